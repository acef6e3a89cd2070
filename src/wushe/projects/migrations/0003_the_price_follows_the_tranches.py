from django.db import migrations

FORWARD = """
CREATE OR REPLACE FUNCTION projects_tranches_are_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint;
    percents numeric;
    amounts numeric;
    price numeric;
BEGIN
    IF TG_TABLE_NAME = 'projects_agreement' THEN
        checked := NEW.id;
    ELSE
        checked := coalesce(NEW.agreement_id, OLD.agreement_id);
    END IF;
    SELECT sum(t.percent), sum(t.amount) INTO percents, amounts FROM projects_tranche t WHERE t.agreement_id = checked;
    SELECT a.price INTO price FROM projects_agreement a WHERE a.id = checked;
    IF price IS NOT NULL AND (percents IS DISTINCT FROM 100 OR amounts IS DISTINCT FROM price) THEN
        RAISE EXCEPTION 'the tranches of agreement % sum to % percent and % yuan of %', checked, percents, amounts, price
            USING ERRCODE = 'check_violation', CONSTRAINT = 'projects_tranches_are_whole';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER projects_price_follows_tranches AFTER INSERT OR UPDATE OF price ON projects_agreement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION projects_tranches_are_whole();
"""
BACKWARD = "DROP TRIGGER projects_price_follows_tranches ON projects_agreement;"


class Migration(migrations.Migration):
    dependencies = [("projects", "0002_tranches_are_whole_and_locked_scores_stay")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
