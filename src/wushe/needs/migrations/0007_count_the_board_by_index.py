from django.db import migrations, models

COUNTED = ["created_at", "due_at", "duplicate_of"]


class Migration(migrations.Migration):
    dependencies = [("needs", "0006_search_long_words_by_threes")]

    operations = [
        migrations.RemoveIndex("need", "needs_by_field"),
        migrations.AddIndex("need", models.Index(fields=["region", "field", "state"], include=COUNTED, name="needs_by_field")),
    ]
