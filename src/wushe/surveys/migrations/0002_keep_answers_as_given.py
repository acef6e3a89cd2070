from django.db import migrations

FORWARD = """
CREATE FUNCTION surveys_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'answers can be neither changed nor deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER surveys_answer_is_append_only BEFORE UPDATE OR DELETE ON surveys_answer
    FOR EACH ROW EXECUTE FUNCTION surveys_refuse_change();
"""
BACKWARD = """
DROP TRIGGER surveys_answer_is_append_only ON surveys_answer;
DROP FUNCTION surveys_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_surveys_invitations_answers")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
