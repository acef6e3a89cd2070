from django.db import migrations, models

FORWARD = """
CREATE FUNCTION oversight_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.submitted_at IS NOT NULL THEN
        RAISE EXCEPTION 'a report that is handed in does not change'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'oversight_report_stays';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER oversight_report_stays
    BEFORE UPDATE OF content, score, pass_mark, grade, summary, advice, submitted_by_id, submitted_at ON oversight_evaluation
    FOR EACH ROW EXECUTE FUNCTION oversight_report_stays();
"""
BACKWARD = """
DROP TRIGGER oversight_report_stays ON oversight_evaluation;
DROP FUNCTION oversight_report_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("oversight", "0003_rounds_of_supervision"),
    ]

    operations = [
        migrations.AddField("evaluation", "content", models.JSONField(null=True)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
