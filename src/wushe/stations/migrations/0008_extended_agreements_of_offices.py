import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0007_agreements_of_free_offices"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OfficeExtension",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("agreement", models.CharField(max_length=200)),
                ("before", models.DateField(blank=True, null=True)),
                ("agreed_until", models.DateField()),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("use", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="extensions", to="stations.officeuse")),
            ],
            options={
                "db_table": "stations_office_extension",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("agreement", ""), _negated=True), name="stations_office_extension_rests_on_an_agreement"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("before__isnull", True), ("agreed_until__gt", models.F("before")), _connector="OR"),
                        name="stations_office_extension_is_longer",
                    ),
                ],
            },
        ),
    ]
