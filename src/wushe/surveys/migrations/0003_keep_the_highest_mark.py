from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("surveys", "0002_keep_answers_as_given")]

    operations = [
        migrations.AddField("survey", "highest", models.PositiveSmallIntegerField(default=5), preserve_default=False),
        migrations.AddConstraint(
            "survey", models.CheckConstraint(condition=models.Q(("highest__gt", 1)), name="surveys_scale_has_two_ends")
        ),
    ]
