import django.contrib.postgres.constraints
import django.db.models.functions.comparison
from django.db import migrations, models

import wushe.stations.models.hours


class Migration(migrations.Migration):
    dependencies = [
        ("stations", "0008_extended_agreements_of_offices"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="openingtime",
            name="stations_open_once_a_weekday",
        ),
        migrations.AddConstraint(
            model_name="openingtime",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("station", "="),
                    (django.db.models.functions.comparison.Coalesce("room", models.Value(0)), "="),
                    ("weekday", "="),
                    (
                        wushe.stations.models.hours.SpanOfDay(
                            wushe.stations.models.hours.SecondOfDay("opens"), wushe.stations.models.hours.SecondOfDay("closes")
                        ),
                        "&&",
                    ),
                ],
                name="stations_open_once_at_a_time",
            ),
        ),
    ]
