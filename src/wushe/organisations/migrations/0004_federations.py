import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisations", "0003_papers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("joined_on", models.DateField()),
                ("left_on", models.DateField(blank=True, null=True)),
                ("leaving_reason", models.CharField(blank=True, max_length=300)),
                (
                    "federation",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="memberships",
                        to="organisations.organisation",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="joined",
                        to="organisations.organisation",
                    ),
                ),
            ],
            options={
                "db_table": "organisations_membership",
                "indexes": [
                    models.Index(fields=["federation", "kind", "name"], name="organisations_members_by_kind"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)),
                        fields=("federation", "organisation"),
                        name="organisations_joined_once_at_a_time",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("left_on__isnull", True)), fields=("federation", "name"), name="organisations_member_named_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("leaving_reason", ""), ("left_on__isnull", True)),
                            models.Q(("left_on__gt", models.F("joined_on")), models.Q(("leaving_reason", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="organisations_leaving_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("organisation", models.F("federation")), _negated=True),
                        name="organisations_federation_is_not_its_own_member",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MemberComment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500)),
                ("at", models.DateTimeField()),
                ("by", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL)),
                (
                    "membership",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="comments", to="organisations.membership"),
                ),
            ],
            options={
                "db_table": "organisations_membercomment",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="organisations_comment_says_something"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BoardSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("person", models.CharField(max_length=60)),
                ("position", models.CharField(max_length=60)),
                ("seated_on", models.DateField()),
                ("vacated_on", models.DateField(blank=True, null=True)),
                (
                    "federation",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="board", to="organisations.organisation"),
                ),
                (
                    "membership",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="organisations.membership",
                    ),
                ),
            ],
            options={
                "db_table": "organisations_boardseat",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("vacated_on__isnull", True), ("vacated_on__gt", models.F("seated_on")), _connector="OR"),
                        name="organisations_seat_vacated_after_filled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("person", ""), _negated=True), models.Q(("position", ""), _negated=True)),
                        name="organisations_seat_names_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Pledge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.CharField(max_length=500)),
                ("pledged_on", models.DateField()),
                (
                    "membership",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="pledges", to="organisations.membership"),
                ),
            ],
            options={
                "db_table": "organisations_pledge",
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="organisations_pledge_says_what"),
                ],
            },
        ),
    ]
