from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0005_spells_and_whole_identities"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="study",
            name="workforce_one_study_at_a_time",
        ),
        migrations.AddField(
            model_name="study",
            name="reason",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="study",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                fields=("worker", "education", "began_on"),
                name="workforce_one_study_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="study",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), ("withdrawn_on__isnull", True)),
                    models.Q(("withdrawn_on__isnull", False), models.Q(("reason", ""), _negated=True)),
                    _connector="OR",
                ),
                name="workforce_withdrawn_study_has_reason",
            ),
        ),
    ]
