import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_posts_are_withdrawn_and_passwords_given"),
        ("organisations", "0006_annual_checks"),
        ("regions", "0004_pair_characters_faster"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="GuidanceVisit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("planned_on", models.DateField()),
                ("plan", models.CharField(max_length=500)),
                ("held_on", models.DateField(blank=True, null=True)),
                ("result", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "db_table": "organisations_guidancevisit",
            },
        ),
        migrations.AddField(
            model_name="organisation",
            name="client_groups",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.AddIndex(
            model_name="organisation",
            index=django.contrib.postgres.indexes.GinIndex(fields=["client_groups"], name="organisations_by_group"),
        ),
        migrations.AddField(
            model_name="guidancevisit",
            name="held_by",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="guidancevisit",
            name="organisation",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="guidance", to="organisations.organisation"
            ),
        ),
        migrations.AddField(
            model_name="guidancevisit",
            name="planned_by",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddIndex(
            model_name="guidancevisit",
            index=models.Index(fields=["organisation", "-planned_on"], name="organisations_visits_of_org"),
        ),
        migrations.AddConstraint(
            model_name="guidancevisit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("held_by__isnull", True), ("held_on__isnull", True), ("result", "")),
                    models.Q(("held_by__isnull", False), ("held_on__isnull", False), models.Q(("result", ""), _negated=True)),
                    _connector="OR",
                ),
                name="organisations_held_visit_has_result",
            ),
        ),
        migrations.AddConstraint(
            model_name="guidancevisit",
            constraint=models.CheckConstraint(condition=models.Q(("plan", ""), _negated=True), name="organisations_visit_has_plan"),
        ),
    ]
