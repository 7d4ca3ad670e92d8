import anso.database.search
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True)),
                ('sealed_at', models.DateTimeField()),
                ('entry_count', models.PositiveIntegerField()),
                ('merkle_root', models.CharField(max_length=64)),
                ('previous_root', models.CharField(max_length=64)),
                ('root', models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_type', models.CharField(max_length=60)),
                ('object_id', models.BigIntegerField()),
                ('object_label', models.CharField(max_length=200)),
                ('sequence', models.PositiveIntegerField()),
                ('verb', models.CharField(max_length=60)),
                ('actor_label', models.CharField(max_length=200)),
                ('on_behalf_of', models.CharField(blank=True, max_length=200)),
                ('mandate', models.CharField(blank=True, max_length=200)),
                ('at', models.DateTimeField()),
                ('changes', models.JSONField(default=dict)),
                ('because', models.TextField(blank=True)),
                ('previous_hash', models.CharField(max_length=64)),
                ('hash', models.CharField(max_length=64)),
                ('object_search', anso.database.search.SearchTextField('object_label', are_names=False, editable=False)),
                ('actor_search', anso.database.search.SearchTextField('actor_label', are_names=False, editable=False)),
                ('actor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='UnsealedEntry',
            fields=[
                ('entry', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='wait', serialize=False, to='audit.entry')),
            ],
        ),
        migrations.CreateModel(
            name='SealedEntry',
            fields=[
                ('entry', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='seal', serialize=False, to='audit.entry')),
                ('position', models.PositiveIntegerField()),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to='audit.checkpoint')),
            ],
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['at'], name='audit_entry_at'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(fields=['verb'], name='audit_entry_verb'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(django.contrib.postgres.indexes.OpClass('object_search', name='text_pattern_ops'), name='audit_entry_object'),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(django.contrib.postgres.indexes.OpClass('actor_search', name='text_pattern_ops'), name='audit_entry_actor'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.UniqueConstraint(fields=('object_type', 'object_id', 'sequence'), name='audit_entry_one_per_sequence'),
        ),
        migrations.AddConstraint(
            model_name='entry',
            constraint=models.CheckConstraint(condition=models.Q(('sequence__gte', 1)), name='audit_entry_sequence_from_one'),
        ),
        migrations.AddConstraint(
            model_name='sealedentry',
            constraint=models.UniqueConstraint(fields=('checkpoint', 'position'), name='audit_sealed_entry_one_per_position'),
        ),
    ]
