import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0005_incubation"),
        ("regions", "0004_pair_characters_faster"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AnnualCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(max_length=60, unique=True)),
                ("year", models.PositiveSmallIntegerField()),
                ("due_on", models.DateField()),
                ("opened_at", models.DateTimeField()),
                (
                    "county",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="annual_checks", to="regions.region"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "db_table": "organisations_annualcheck",
                "constraints": [
                    models.UniqueConstraint(fields=("county", "year"), name="organisations_one_annual_check_a_year"),
                ],
            },
        ),
        migrations.CreateModel(
            name="AnnualForm",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("annual_waiting", "Waiting"),
                            ("annual_confirmed", "Confirmed"),
                            ("annual_returned", "Returned"),
                            ("annual_accepted", "Accepted"),
                        ],
                        default="annual_waiting",
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("members", models.PositiveIntegerField(blank=True, null=True)),
                ("premises", models.CharField(blank=True, max_length=120)),
                ("activities", models.PositiveIntegerField(blank=True, null=True)),
                ("participants", models.PositiveIntegerField(blank=True, null=True)),
                ("income", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("spending", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("funds", models.DecimalField(blank=True, decimal_places=2, max_digits=14, null=True)),
                ("remark", models.CharField(blank=True, max_length=500)),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("judged_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "check_of",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="forms", to="organisations.annualcheck"
                    ),
                ),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="annual_forms",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="annual_forms", to="regions.region"),
                ),
            ],
            options={
                "db_table": "organisations_annualform",
                "indexes": [
                    models.Index(fields=["check_of", "state", "region"], name="organisations_forms_by_state"),
                    models.Index(fields=["organisation", "-check_of"], name="organisations_forms_of_org"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("check_of", "organisation"), name="organisations_one_annual_form_each"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("confirmed_by__isnull", True), ("state", "annual_waiting")),
                            models.Q(
                                models.Q(("state", "annual_waiting"), _negated=True),
                                ("confirmed_at__isnull", False),
                                ("confirmed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="organisations_confirmed_form_has_name",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "annual_returned"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                        ),
                        name="organisations_returned_form_has_reason",
                    ),
                    models.CheckConstraint(condition=models.Q(("name", ""), _negated=True), name="organisations_annual_form_has_name"),
                ],
            },
        ),
    ]
