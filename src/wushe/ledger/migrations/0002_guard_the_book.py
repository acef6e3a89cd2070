from django.db import migrations

FORWARD = """
CREATE FUNCTION ledger_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'entries and lines of the book can be neither changed nor deleted' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_entry_is_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();
CREATE TRIGGER ledger_line_is_append_only BEFORE UPDATE OR DELETE ON ledger_line
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse_change();

-- The update locks the account's row, so the CHECK on the balance sees every booking that came first, whatever the order of arrival.
CREATE FUNCTION ledger_post() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE ledger_account SET balance = balance + NEW.debit - NEW.credit WHERE id = NEW.account_id;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_line_is_posted AFTER INSERT ON ledger_line FOR EACH ROW EXECUTE FUNCTION ledger_post();

CREATE FUNCTION ledger_guard_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NEW.balance = 0 THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND pg_trigger_depth() > 1 AND (to_jsonb(OLD) - 'balance') = (to_jsonb(NEW) - 'balance') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'an account is changed by lines alone' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER ledger_account_is_moved_by_lines BEFORE INSERT OR UPDATE OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_guard_account();

-- The entry's own amount stands in the comparison: no balanced pair can be slipped under an entry that was committed before.
CREATE FUNCTION ledger_check_entry(checked bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    entry ledger_entry%ROWTYPE;
    lines bigint;
    debits numeric;
    credits numeric;
    foreign_lines bigint;
BEGIN
    SELECT * INTO entry FROM ledger_entry WHERE id = checked;
    SELECT count(*), coalesce(sum(l.debit), 0), coalesce(sum(l.credit), 0), count(*) FILTER (WHERE a.source_id <> entry.source_id)
    INTO lines, debits, credits, foreign_lines
    FROM ledger_line l JOIN ledger_account a ON a.id = l.account_id WHERE l.entry_id = checked;
    IF lines < 2 OR debits <> credits OR debits <> entry.amount THEN
        RAISE EXCEPTION 'entry % is not balanced: % lines, debit %, credit %, amount %', entry.number, lines, debits, credits, entry.amount
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_balanced';
    END IF;
    IF foreign_lines > 0 THEN
        RAISE EXCEPTION 'entry % moves money of another source', entry.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_keeps_its_source';
    END IF;
    IF entry.reverses_id IS NOT NULL AND EXISTS (
        (SELECT account_id, debit, credit FROM ledger_line WHERE entry_id = checked
         EXCEPT SELECT account_id, credit, debit FROM ledger_line WHERE entry_id = entry.reverses_id)
        UNION ALL
        (SELECT account_id, credit, debit FROM ledger_line WHERE entry_id = entry.reverses_id
         EXCEPT SELECT account_id, debit, credit FROM ledger_line WHERE entry_id = checked)
    ) THEN
        RAISE EXCEPTION 'entry % is not the mirror of the entry that it corrects', entry.number
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_reversal_is_a_mirror';
    END IF;
END $$;
CREATE FUNCTION ledger_check_own_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_check_entry(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION ledger_check_entry_of_line() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM ledger_check_entry(NEW.entry_id);
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_is_balanced AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_own_entry();
CREATE CONSTRAINT TRIGGER ledger_line_keeps_the_balance AFTER INSERT ON ledger_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_check_entry_of_line();
"""
BACKWARD = """
DROP TRIGGER ledger_line_keeps_the_balance ON ledger_line;
DROP TRIGGER ledger_entry_is_balanced ON ledger_entry;
DROP FUNCTION ledger_check_entry_of_line();
DROP FUNCTION ledger_check_own_entry();
DROP FUNCTION ledger_check_entry(bigint);
DROP TRIGGER ledger_account_is_moved_by_lines ON ledger_account;
DROP FUNCTION ledger_guard_account();
DROP TRIGGER ledger_line_is_posted ON ledger_line;
DROP FUNCTION ledger_post();
DROP TRIGGER ledger_line_is_append_only ON ledger_line;
DROP TRIGGER ledger_entry_is_append_only ON ledger_entry;
DROP FUNCTION ledger_refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_accounts_and_entries")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
