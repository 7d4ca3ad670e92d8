"""What was recorded about members and associations is only ever added: the database refuses to change or delete it, for every program
and every person."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("governance", "0001_initial"), ("audit", "0002_append_only")]
    operations = [
        migrations.RunSQL(
            """
            CREATE TRIGGER governance_membershipevent_only_added BEFORE UPDATE OR DELETE ON governance_membershipevent
            FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
            CREATE TRIGGER governance_associationevent_only_added BEFORE UPDATE OR DELETE ON governance_associationevent
            FOR EACH ROW EXECUTE FUNCTION audit_refuse_change();
            """,
            "DROP TRIGGER governance_membershipevent_only_added ON governance_membershipevent;"
            "DROP TRIGGER governance_associationevent_only_added ON governance_associationevent;",
        )
    ]
