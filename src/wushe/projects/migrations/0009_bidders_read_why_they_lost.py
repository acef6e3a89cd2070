import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("projects", "0008_agreements_keep_their_versions"),
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
    ]
