import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("files", "0001_register"),
        ("organisations", "0002_the_life_and_the_filing"),
    ]

    operations = [
        migrations.CreateModel(
            name="FilingPaper",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("charter", "Charter"), ("roster", "Roster")], max_length=10)),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="files.file")),
                (
                    "filing",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="papers", to="organisations.filing"
                    ),
                ),
            ],
            options={
                "db_table": "organisations_filingpaper",
                "constraints": [models.UniqueConstraint(fields=("filing", "kind"), name="organisations_one_paper_per_kind")],
            },
        ),
    ]
