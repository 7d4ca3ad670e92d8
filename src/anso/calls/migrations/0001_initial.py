import anso.kernel.references
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0002_initial'),
        ('governance', '0001_initial'),
        ('programmes', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='BankQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.SlugField(max_length=60, unique=True)),
                ('definition', models.JSONField(help_text='As kernel.questions reads it.')),
                ('is_retired', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('slug', models.SlugField(max_length=80, unique=True)),
                ('edition_year', models.PositiveSmallIntegerField()),
                ('round', models.CharField(blank=True, help_text='The letter of a further round of the same year.', max_length=1)),
                ('number_prefix', models.CharField(help_text='Begins the number of every application, e.g. F27.', max_length=8, unique=True)),
                ('title', models.JSONField(help_text='Text by language.')),
                ('summary', models.JSONField(default=dict, help_text='Text by language.')),
                ('state', models.CharField(default='draft', max_length=12)),
                ('opens_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('zone', models.CharField(max_length=60)),
                ('design', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('revisions', models.JSONField(default=dict, help_text='Part of the design or of a form to the revision at which it last changed.')),
                ('terms_sha256', models.CharField(blank=True, default='', editable=False, help_text='The hash of the terms that count; blank for a draft.', max_length=64)),
                ('proposal', models.CharField(blank=True, help_text='The number of the selected proposal of the parent to which this call belongs.', max_length=24)),
                ('amending_since', models.DateTimeField(blank=True, help_text='An amendment of the published call is being prepared.', null=True)),
                ('amendment', models.JSONField(blank=True, default=dict, help_text='Title and summary as they are to be; what else changes stands in the design.')),
                ('last_number', models.PositiveIntegerField(default=0, help_text='The last application number given out.')),
                ('created_at', models.DateTimeField()),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('batch_of', models.ForeignKey(blank=True, help_text='The first batch of the rolling call of which this one is a later batch.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='batches', to='calls.call')),
                ('parent', models.ForeignKey(blank=True, help_text="The call of which this one is a part, such as one country's of a joint call.", null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='calls.call')),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls', to='programmes.programme')),
            ],
        ),
        migrations.CreateModel(
            name='CallBody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('function', models.CharField(choices=[('panel', 'panel'), ('jury', 'jury'), ('conferring', 'conferring body')], max_length=12)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_calls', to='governance.body')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bodies', to='calls.call')),
            ],
        ),
        migrations.CreateModel(
            name='CallHost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='hosts', to='calls.call')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='hosted_calls', to='directory.organisation')),
                ('people', models.ManyToManyField(blank=True, related_name='hosted_calls', to='directory.person')),
            ],
        ),
        migrations.CreateModel(
            name='CallOfficer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since_at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='calls_worked_on', to=settings.AUTH_USER_MODEL)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='officers', to='calls.call')),
            ],
        ),
        migrations.CreateModel(
            name='CallTerms',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('body', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('frozen_at', models.DateTimeField()),
                ('because', models.TextField(blank=True)),
                ('told_before', models.JSONField(default=dict, help_text='What stood before an amendment, with the days of that moment.')),
                ('announced_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='terms', to='calls.call')),
            ],
        ),
        migrations.CreateModel(
            name='Outage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('remark', models.CharField(max_length=300)),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=60)),
                ('block', models.CharField(max_length=20)),
                ('order', models.PositiveSmallIntegerField()),
                ('label', models.JSONField(help_text='Text by language.')),
                ('form', models.CharField(blank=True, help_text='The purpose of the form that is filled in it.', max_length=24)),
                ('rubric', models.CharField(blank=True, help_text="The key of the rubric by which it judges; blank for the call's own.", max_length=60)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='calls.call')),
            ],
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('previous_closes_at', models.DateTimeField()),
                ('closes_at', models.DateTimeField()),
                ('because', models.TextField()),
                ('moves', models.JSONField(default=dict, help_text='Step key to its first and last day before, and its first and last day after.')),
                ('granted_at', models.DateTimeField()),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='calls.call')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='calls.step')),
            ],
        ),
        migrations.AddIndex(
            model_name='call',
            index=models.Index(fields=['state', 'closes_at'], name='calls_call_open'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('batch_of', models.F('id')), _negated=True), name='calls_call_not_its_own_batch'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.UniqueConstraint(fields=('batch_of', 'opens_at'), name='calls_call_one_batch_after_another'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'published', 'completed', 'cancelled'))), name='calls_call_known_state'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('opens_at'))), name='calls_call_closes_after_opening'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('parent', models.F('id')), _negated=True), name='calls_call_not_its_own_part'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('proposal', ''), ('parent__isnull', False), _connector='OR'), name='calls_call_proposal_has_parent'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', True), ('state', 'draft')), models.Q(('published_at__isnull', False), ('state__in', ['published', 'completed'])), models.Q(('cancelled_at__isnull', False), ('state', 'cancelled')), _connector='OR'), name='calls_call_state_has_facts'),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_at__isnull', False), _connector='OR'), name='calls_call_completed_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='callbody',
            constraint=models.UniqueConstraint(fields=('call', 'function'), name='calls_call_body_one_per_function'),
        ),
        migrations.AddConstraint(
            model_name='callhost',
            constraint=models.UniqueConstraint(fields=('call', 'key'), name='calls_call_host_one_per_key'),
        ),
        migrations.AddConstraint(
            model_name='callofficer',
            constraint=models.UniqueConstraint(fields=('call', 'account'), name='calls_call_officer_once'),
        ),
        migrations.AddConstraint(
            model_name='callterms',
            constraint=models.UniqueConstraint(fields=('call', 'version'), name='calls_call_terms_one_per_version'),
        ),
        migrations.AddConstraint(
            model_name='outage',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='calls_outage_period'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('call', 'key'), name='calls_step_one_per_key'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(fields=('call', 'order'), name='calls_step_one_per_place'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='calls_step_period'),
        ),
        migrations.AddConstraint(
            model_name='extension',
            constraint=models.CheckConstraint(condition=models.Q(('closes_at__gt', models.F('previous_closes_at'))), name='calls_extension_moves_later'),
        ),
    ]
