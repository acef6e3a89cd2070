import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("services", "0003_free_rooms_have_an_end"),
        ("workforce", "0004_terms_of_community_bodies"),
    ]

    operations = [
        migrations.AddField(
            model_name="stationentry",
            name="worker",
            field=models.ForeignKey(
                blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workforce.worker"
            ),
        ),
    ]
