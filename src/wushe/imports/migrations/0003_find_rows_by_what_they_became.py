from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("imports", "0002_show_rows_by_name"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                fields=["subject"],
                condition=models.Q(("subject", ""), _negated=True),
                name="imports_rows_by_subject",
            ),
        ),
    ]
