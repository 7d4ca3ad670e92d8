"""What a signed-in writer was asked for is found inside an index."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0006_writers_of_letters'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('state__in', ('asked', 'opened'))), name='applications_letter_by_writer'),
        ),
    ]
