"""Applications in one state are found in the order of their numbers inside an index; one that only repeated others goes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("applications", "0004_lists_within_indexes"),
        ("calls", "0002_form_purposes"),
        ("directory", "0002_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="application",
            name="call",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="applications", to="calls.call"
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["call", "state", "number"],
                include=("id", "level", "first_host", "country", "standing"),
                name="applications_by_state",
            ),
        ),
    ]
