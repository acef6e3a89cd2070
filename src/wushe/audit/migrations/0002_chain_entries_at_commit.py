from django.db import migrations

FORWARD = """
CREATE FUNCTION audit_digest(e audit_entry) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(jsonb_build_array(
        e.seq, e.previous, extract(epoch FROM e.at)::numeric, e.actor, e.actor_name, e.verb, e.subject_kind, e.subject, e.subject_name, e.data
    )::text, 'UTF8')), 'hex')
$$;

-- Deferred to the commit: the head is locked for an instant only, and after every other lock, so it can take part in no deadlock.
CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    head audit_chainhead%ROWTYPE;
    linked audit_entry%ROWTYPE;
BEGIN
    INSERT INTO audit_chainhead (id, seq, digest) VALUES (1, 0, '') ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_chainhead WHERE id = 1 FOR UPDATE;
    linked := NEW;
    linked.seq := head.seq + 1;
    linked.previous := head.digest;
    linked.digest := audit_digest(linked);
    UPDATE audit_entry SET seq = linked.seq, previous = linked.previous, digest = linked.digest WHERE id = NEW.id;
    UPDATE audit_chainhead SET seq = linked.seq, digest = linked.digest WHERE id = 1;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER audit_entry_is_chained AFTER INSERT ON audit_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION audit_chain();

CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.seq IS NULL
       AND (to_jsonb(OLD) - 'seq' - 'previous' - 'digest') = (to_jsonb(NEW) - 'seq' - 'previous' - 'digest') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'audit entries can be neither changed nor deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER audit_entry_is_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
"""
BACKWARD = """
DROP TRIGGER audit_entry_is_append_only ON audit_entry;
DROP FUNCTION audit_refuse_change();
DROP TRIGGER audit_entry_is_chained ON audit_entry;
DROP FUNCTION audit_chain();
DROP FUNCTION audit_digest(audit_entry);
DELETE FROM audit_chainhead;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_entries")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
