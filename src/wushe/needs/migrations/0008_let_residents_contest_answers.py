from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("needs", "0007_count_the_board_by_index")]

    operations = [
        migrations.AddField("need", "contested_count", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("need", "contest_reason", models.CharField(max_length=500, blank=True, default=""), preserve_default=False),
        migrations.AddConstraint(
            "need",
            models.CheckConstraint(condition=Q(contested_count=0) | ~Q(contest_reason=""), name="needs_contest_has_a_reason"),
        ),
        migrations.AddIndex(
            "need",
            models.Index(
                fields=["region", "state", "verdict"],
                include=["reopened_count", "contested_count"],
                condition=Q(duplicate_of__isnull=True),
                name="needs_by_outcome",
            ),
        ),
    ]
