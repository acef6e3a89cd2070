import django.contrib.postgres.constraints
from django.db import migrations, models

import wushe.stations.models.station


class Migration(migrations.Migration):
    dependencies = [
        ("workforce", "0006_withdrawn_studies"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="spell",
            name="workforce_in_one_spell",
        ),
        migrations.AddField(
            model_name="spell",
            name="withdrawal",
            field=models.CharField(blank=True, max_length=300),
        ),
        migrations.AddField(
            model_name="spell",
            name="withdrawn_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddConstraint(
            model_name="spell",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("withdrawn_on__isnull", True)),
                expressions=[("worker", "="), (wushe.stations.models.station.DateRange("since", "until"), "&&")],
                name="workforce_in_one_spell",
            ),
        ),
        migrations.AddConstraint(
            model_name="spell",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("withdrawal", ""), ("withdrawn_on__isnull", True)),
                    models.Q(("withdrawn_on__isnull", False), models.Q(("withdrawal", ""), _negated=True)),
                    _connector="OR",
                ),
                name="workforce_withdrawn_spell_has_reason",
            ),
        ),
    ]
