from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inbox", "0001_todos_and_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="todo",
            name="starts_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
