from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("ledger", "0002_guard_the_book")]

    operations = [migrations.AlterField("fundingsource", "pack_version", models.CharField(max_length=80))]
