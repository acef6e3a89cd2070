from django.db import migrations

# what the function really costs: at the default price the planner would rather compute the pairs of every row than open their index
FORWARD = "ALTER FUNCTION regions_bigrams(varchar) COST 5000"
BACKWARD = "ALTER FUNCTION regions_bigrams(varchar) COST 100"


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_load_and_search_the_whole_country")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
