from django.db import migrations

# every search of three characters is planned by matching all of them: with two hundred, a word in three of a hundred wishes is still seen,
# and planning takes half the time
FORWARD = "ALTER TABLE needs_need ALTER COLUMN wish SET STATISTICS 200"
BACKWARD = "ALTER TABLE needs_need ALTER COLUMN wish SET STATISTICS 500"


class Migration(migrations.Migration):
    dependencies = [("needs", "0008_let_residents_contest_answers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
