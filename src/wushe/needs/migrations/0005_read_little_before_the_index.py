from django.db import migrations

from wushe.kernel.words import pair_index

FORWARD = "ALTER INDEX needs_by_two_characters SET (gin_pending_list_limit = 64); SELECT gin_clean_pending_list('needs_by_two_characters')"
BACKWARD = "ALTER INDEX needs_by_two_characters RESET (gin_pending_list_limit)"


class Migration(migrations.Migration):
    dependencies = [("needs", "0004_leave_the_tries_to_the_kernel")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(FORWARD, BACKWARD)],
            state_operations=[
                migrations.RemoveIndex("need", "needs_by_two_characters"),
                migrations.AddIndex("need", pair_index("wish", "needs_by_two_characters")),
            ],
        ),
    ]
