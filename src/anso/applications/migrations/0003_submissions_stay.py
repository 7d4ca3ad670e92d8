"""What was submitted is never changed: by the database, for every program and every person. Only
the PDF that is made from it may be added.
"""

from django.db import migrations

TRIGGER = """
CREATE FUNCTION applications_refuse_other_submission() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'pdf_id' IS DISTINCT FROM to_jsonb(OLD) - 'pdf_id' THEN
        RAISE EXCEPTION 'a submission is never changed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER applications_submission_stays BEFORE UPDATE ON applications_submission
    FOR EACH ROW EXECUTE FUNCTION applications_refuse_other_submission();
"""


class Migration(migrations.Migration):
    dependencies = [("applications", "0002_room_for_saves")]
    operations = [
        migrations.RunSQL(
            TRIGGER,
            "DROP TRIGGER applications_submission_stays ON applications_submission;"
            " DROP FUNCTION applications_refuse_other_submission();",
        )
    ]
