import anso.kernel.references
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
            name='BulkAction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('code', models.CharField(help_text='Which work, e.g. applications.screen.', max_length=60)),
                ('key', models.CharField(help_text='One press, one action.', max_length=120, unique=True)),
                ('context_type', models.CharField(max_length=60)),
                ('context_id', models.BigIntegerField()),
                ('said', models.JSONField(default=dict, help_text='What was asked: the verb, the reason, a day.')),
                ('items', models.JSONField(help_text='The keys of the things, in order.')),
                ('refused', models.JSONField(blank=True, default=list, help_text='What was left: places in items, and why, by language.')),
                ('done', models.PositiveIntegerField(default=0, help_text='How many it has gone through.')),
                ('state', models.CharField(default='running', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('moved_at', models.DateTimeField(help_text='When the latest part was done.')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, help_text='When whoever asked looked at how it ended.', null=True)),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bulk_actions', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['context_type', 'context_id', '-asked_at'], name='bulk_action_context')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state', 'running')), models.Q(('state__in', ['finished', 'stopped']), ('ended_at__isnull', False)), _connector='OR'), name='bulk_action_ended_has_instant')],
            },
        ),
    ]
