"""Leave room on each page, so that a save updates a row in place and touches no index."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("applications", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE applications_application SET (fillfactor = 75)",
            "ALTER TABLE applications_application RESET (fillfactor)",
        )
    ]
