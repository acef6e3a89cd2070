from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

from wushe.kernel.words import three_index

# how frequent a word is, is estimated from this many wishes: with a hundred, three in a hundred is often taken for one
FORWARD = "ALTER TABLE needs_need ALTER COLUMN wish SET STATISTICS 500"
BACKWARD = "ALTER TABLE needs_need ALTER COLUMN wish SET STATISTICS -1"


class Migration(migrations.Migration):
    dependencies = [("needs", "0005_read_little_before_the_index")]

    operations = [
        TrigramExtension(),
        migrations.AddIndex("need", three_index("wish", "needs_by_three_characters")),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
