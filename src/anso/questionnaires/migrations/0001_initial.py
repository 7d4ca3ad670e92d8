from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('owner_type', models.CharField(max_length=60)),
                ('owner_id', models.BigIntegerField()),
                ('purpose', models.CharField(help_text='What it is for: a key of the kind, or of the app that asks.', max_length=24)),
                ('number', models.PositiveSmallIntegerField()),
                ('definition', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('migration', models.JSONField(blank=True, default=dict)),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('owner_type', 'owner_id', 'purpose', 'number'), name='questionnaires_form_version_one_per_number')],
            },
        ),
    ]
