from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0009_several_hours_a_day"),
    ]

    operations = [
        migrations.AddField(
            model_name="officeextension",
            name="withdrawn_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="officeextension",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="officeextension",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("withdrawn_at__isnull", True)),
                    models.Q(("withdrawn_at__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="stations_office_extension_withdrawn_with_reason",
            ),
        ),
    ]
