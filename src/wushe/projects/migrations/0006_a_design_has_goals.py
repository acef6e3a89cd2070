from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("projects", "0005_disqualified_bids_are_whole_and_signed_agreements_stay")]

    operations = [
        migrations.AddField(model_name="project", name="goals", field=models.TextField(blank=True, default="", max_length=2000)),
    ]
