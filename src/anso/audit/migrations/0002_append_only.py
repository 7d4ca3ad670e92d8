"""The record refuses UPDATE, DELETE and TRUNCATE, and each new entry waits for its seal: by the database, for every
program and every person."""

from django.db import migrations

# The queue is missing here: sealing takes rows out of it, and has triggers of its own below.
TABLES = ("audit_entry", "audit_checkpoint", "audit_sealedentry")
FUNCTION = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the record is append-only: % on % is refused', TG_OP, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;
"""
# By a trigger and not by the program, so that whoever writes an entry, it cannot be left out of the seals.
QUEUE = """
CREATE FUNCTION audit_await_seal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO audit_unsealedentry (entry_id) SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_entry_awaits_seal AFTER INSERT ON audit_entry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION audit_await_seal();

CREATE FUNCTION audit_keep_until_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM audit_sealedentry WHERE entry_id = OLD.entry_id) THEN
        RAISE EXCEPTION 'the record is append-only: entry % is not sealed yet', OLD.entry_id USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER audit_unsealedentry_kept_until_sealed BEFORE DELETE ON audit_unsealedentry
    FOR EACH ROW EXECUTE FUNCTION audit_keep_until_sealed();
CREATE TRIGGER audit_unsealedentry_no_update BEFORE UPDATE ON audit_unsealedentry
    FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
CREATE TRIGGER audit_unsealedentry_no_truncate BEFORE TRUNCATE ON audit_unsealedentry
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
"""
WITHOUT_QUEUE = """
DROP TRIGGER audit_entry_awaits_seal ON audit_entry;
DROP TRIGGER audit_unsealedentry_kept_until_sealed ON audit_unsealedentry;
DROP TRIGGER audit_unsealedentry_no_update ON audit_unsealedentry;
DROP TRIGGER audit_unsealedentry_no_truncate ON audit_unsealedentry;
DROP FUNCTION audit_await_seal();
DROP FUNCTION audit_keep_until_sealed();
"""


def _triggers(table: str) -> str:
    return f"""
    CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
    CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse_change();
    """


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        migrations.RunSQL(
            FUNCTION + "".join(_triggers(table) for table in TABLES) + QUEUE,
            WITHOUT_QUEUE
            + "".join(f"DROP TRIGGER {t}_append_only ON {t}; DROP TRIGGER {t}_no_truncate ON {t};" for t in TABLES)
            + "DROP FUNCTION audit_refuse_change();",
        )
    ]
