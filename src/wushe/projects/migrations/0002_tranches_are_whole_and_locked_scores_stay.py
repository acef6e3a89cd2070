from django.db import migrations

FORWARD = """
CREATE FUNCTION projects_tranches_are_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint := coalesce(NEW.agreement_id, OLD.agreement_id);
    percents numeric;
    amounts numeric;
    price numeric;
BEGIN
    SELECT sum(t.percent), sum(t.amount) INTO percents, amounts FROM projects_tranche t WHERE t.agreement_id = checked;
    SELECT a.price INTO price FROM projects_agreement a WHERE a.id = checked;
    IF price IS NOT NULL AND (percents IS DISTINCT FROM 100 OR amounts IS DISTINCT FROM price) THEN
        RAISE EXCEPTION 'the tranches of agreement % sum to % percent and % yuan of %', checked, percents, amounts, price
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_tranches_are_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projects_tranches_are_whole AFTER INSERT OR UPDATE OR DELETE ON projects_tranche
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION projects_tranches_are_whole();

CREATE FUNCTION projects_locked_scores_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM projects_expert e WHERE e.id = coalesce(NEW.expert_id, OLD.expert_id) AND e.locked_at IS NOT NULL) THEN
        RAISE EXCEPTION 'locked scores do not change' USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_locked_scores_stay';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER projects_locked_scores_stay BEFORE INSERT OR UPDATE OR DELETE ON projects_score
    FOR EACH ROW EXECUTE FUNCTION projects_locked_scores_stay();
"""
BACKWARD = """
DROP TRIGGER projects_locked_scores_stay ON projects_score;
DROP FUNCTION projects_locked_scores_stay();
DROP TRIGGER projects_tranches_are_whole ON projects_tranche;
DROP FUNCTION projects_tranches_are_whole();
"""


class Migration(migrations.Migration):
    dependencies = [("projects", "0001_projects")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
