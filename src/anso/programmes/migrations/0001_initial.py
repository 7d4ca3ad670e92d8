import anso.kernel.references
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Programme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('kind', models.CharField(help_text='A code of the catalogue.', max_length=40)),
                ('name', models.JSONField(help_text='Text by language.')),
                ('summary', models.JSONField(default=dict, help_text='Text by language.')),
                ('division', models.CharField(blank=True, help_text='Code of the body of the Secretariat that runs it.', max_length=60)),
                ('is_active', models.BooleanField(default=True)),
            ],
        ),
    ]
