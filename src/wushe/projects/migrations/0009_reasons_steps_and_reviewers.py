import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0008_agreements_keep_their_versions"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="LostBid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(max_length=2000)),
                ("award", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="lost_bids", to="projects.award")),
                ("bid", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="projects.bid")),
            ],
            options={
                "db_table": "projects_lostbid",
                "constraints": [
                    models.UniqueConstraint(fields=("award", "bid"), name="projects_one_reason_per_lost_bid"),
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="projects_lost_bid_has_a_reason"),
                ],
            },
        ),
        migrations.CreateModel(
            name="StepDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=60)),
                ("is_waived", models.BooleanField()),
                ("text", models.TextField(blank=True, max_length=1000)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "project",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps_done", to="projects.project"),
                ),
            ],
            options={
                "db_table": "projects_stepdone",
                "constraints": [
                    models.UniqueConstraint(fields=("project", "code"), name="projects_a_step_is_done_once"),
                    models.CheckConstraint(
                        condition=models.Q(("is_waived", False), models.Q(("text", ""), _negated=True), _connector="OR"),
                        name="projects_waived_step_has_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TakeUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("at", models.DateTimeField()),
                ("project", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="take_ups", to="projects.project")),
                ("reviewer", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "db_table": "projects_takeup",
                "constraints": [models.UniqueConstraint(fields=("project", "version"), name="projects_one_take_up_per_version")],
            },
        ),
    ]
