import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0004_federations"),
        ("regions", "0004_pair_characters_faster"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Cohort",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
            ],
            options={
                "db_table": "organisations_cohort",
            },
        ),
        migrations.CreateModel(
            name="IncubationBase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                ("area_m2", models.DecimalField(blank=True, decimal_places=2, max_digits=9, null=True)),
                ("address", models.CharField(blank=True, max_length=200)),
                ("opened_on", models.DateField()),
                ("closed_on", models.DateField(blank=True, null=True)),
                (
                    "region",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="incubation_bases", to="regions.region"),
                ),
            ],
            options={
                "db_table": "organisations_incubationbase",
                "indexes": [
                    models.Index(fields=["region", "opened_on"], name="organisations_bases_of_place"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closed_on__isnull", True), ("closed_on__gt", models.F("opened_on")), _connector="OR"),
                        name="organisations_base_closes_after_opening",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("area_m2__isnull", True), ("area_m2__gt", 0), _connector="OR"),
                        name="organisations_base_area_is_positive",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="organisations_base_has_name"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Incubation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contract", models.CharField(max_length=120)),
                ("entered_on", models.DateField()),
                ("until", models.DateField()),
                ("left_on", models.DateField(blank=True, null=True)),
                (
                    "leaving",
                    models.CharField(
                        blank=True, choices=[("", "Stays"), ("graduated", "Graduated"), ("exited", "Exited")], default="", max_length=10
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "cohort",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="organisations.cohort"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="incubations", to="organisations.organisation"
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="stays", to="organisations.incubationbase"
                    ),
                ),
            ],
            options={
                "db_table": "organisations_incubation",
                "indexes": [
                    models.Index(fields=["base", "left_on", "-entered_on"], name="organisations_stays_of_base"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)), fields=("organisation",), name="organisations_in_one_base_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("until__gt", models.F("entered_on")), models.Q(("contract", ""), _negated=True)),
                        name="organisations_contract_lasts_a_while",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leaving", ""), ("left_on__isnull", True), ("reason", "")),
                            models.Q(
                                ("left_on__gte", models.F("entered_on")),
                                models.Q(("leaving", ""), _negated=True),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="organisations_leaving_a_base_has_reason",
                    ),
                ],
            },
        ),
        migrations.AddField(
            model_name="cohort",
            name="base",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="cohorts", to="organisations.incubationbase"
            ),
        ),
        migrations.CreateModel(
            name="BaseService",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("service", models.CharField(max_length=40)),
                ("served_on", models.DateField()),
                ("hours", models.DecimalField(blank=True, decimal_places=1, max_digits=6, null=True)),
                ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=12, null=True)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "entered_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "stay",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="services", to="organisations.incubation"
                    ),
                ),
            ],
            options={
                "db_table": "organisations_baseservice",
                "indexes": [models.Index(fields=["stay", "-served_on"], name="organisations_slips_of_stay")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("hours__isnull", True), ("hours__gt", 0), _connector="OR"),
                            models.Q(("value__isnull", True), ("value__gte", 0), _connector="OR"),
                        ),
                        name="organisations_slip_counts_something",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.UniqueConstraint(fields=("base", "name"), name="organisations_cohort_names_differ"),
        ),
        migrations.AddConstraint(
            model_name="cohort",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_on__gt", models.F("starts_on")), models.Q(("name", ""), _negated=True)),
                name="organisations_cohort_lasts_a_while",
            ),
        ),
    ]
