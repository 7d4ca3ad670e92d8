import anso.kernel.references
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0001_initial'),
        ('calls', '0001_initial'),
        ('files', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SelectionRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('number', models.PositiveSmallIntegerField(help_text='Counts the runs of its step.')),
                ('state', models.CharField(default='computed', max_length=12)),
                ('record', models.JSONField(help_text='Input, parameters, seed, versions, output and trace, as selection.record makes it.')),
                ('sha256', models.CharField(max_length=64)),
                ('figures', models.JSONField(default=dict, help_text='Places filled, countries, shares: for the head of the page.')),
                ('computed_at', models.DateTimeField()),
                ('proposed_at', models.DateTimeField(blank=True, null=True)),
                ('returned_at', models.DateTimeField(blank=True, null=True)),
                ('returned_because', models.TextField(blank=True, help_text='What the chair asks to change.')),
                ('few_because', models.TextField(blank=True, help_text='Why it goes to the chair with fewer reviews than the call promises.')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='selection_runs', to='calls.call')),
                ('step', models.ForeignKey(help_text='Whose reviews it ranks by.', on_delete=django.db.models.deletion.PROTECT, related_name='selection_runs', to='calls.step')),
            ],
        ),
        migrations.CreateModel(
            name='Placement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rank', models.PositiveIntegerField()),
                ('score', models.DecimalField(blank=True, decimal_places=4, max_digits=8, null=True)),
                ('spread', models.DecimalField(blank=True, decimal_places=4, max_digits=8, null=True)),
                ('review_count', models.PositiveSmallIntegerField()),
                ('result', models.CharField(choices=[('selected', 'selected'), ('waiting', 'waiting'), ('unplaced', 'not selected'), ('ineligible', 'not eligible'), ('invited', 'invited'), ('advanced', 'goes on'), ('rejected', 'does not go on')], max_length=12)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('waiting_position', models.PositiveIntegerField(blank=True, null=True)),
                ('reason', models.TextField(help_text="The selection library's own words; readers get sentences made from the facts.")),
                ('facts', models.JSONField(default=dict, help_text='What the sentences need: refusals, waiting lists, lowest and highest review.')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='placements', to='applications.application')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='placements', to='decisions.selectionrun')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('result', models.CharField(choices=[('selected', 'selected'), ('waiting', 'waiting'), ('unplaced', 'not selected'), ('ineligible', 'not eligible'), ('invited', 'invited'), ('advanced', 'goes on'), ('rejected', 'does not go on')], max_length=12)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('waiting_position', models.PositiveIntegerField(blank=True, null=True)),
                ('reason', models.TextField(blank=True, help_text="An officer's own words, or the library's.")),
                ('unmet', models.JSONField(blank=True, default=list, help_text='For those not eligible: the rules not met, with code and sentence by language.')),
                ('feedback', models.TextField(blank=True, help_text='What reviewers wrote for the applicant.')),
                ('adjustment_told', models.TextField(blank=True, help_text='Why the panel moved its mean, as an officer worded it for the applicant.')),
                ('feedback_read_at', models.DateTimeField(blank=True, help_text='An officer read it and passed it on; before, it stays here.', null=True)),
                ('state', models.CharField(default='prepared', max_length=10)),
                ('prepared_at', models.DateTimeField()),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('corrected_at', models.DateTimeField(blank=True, help_text="The result or its reason is an officer's since then.", null=True)),
                ('appeal_until', models.DateTimeField(blank=True, help_text='Until when a review of it may be asked for, as the letter about it says.', null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='applications.application')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='calls.step')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='decisions.selectionrun')),
            ],
        ),
        migrations.CreateModel(
            name='Adjustment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('points', models.DecimalField(decimal_places=2, max_digits=5)),
                ('reason', models.TextField()),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='adjustments', to='applications.application')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('application',), name='decisions_adjustment_once'), models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), _negated=True), models.Q(('points', 0), _negated=True)), name='decisions_adjustment_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('ground', models.CharField(choices=[('procedure', 'The procedure was not kept as the call promises it'), ('conflict', 'Somebody who took part had a conflict of interest'), ('fact', 'The decision rests on a fact that is wrong')], max_length=12)),
                ('text', models.TextField()),
                ('state', models.CharField(default='filed', max_length=10)),
                ('filed_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True, help_text='What its author reads.')),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='decisions.decision')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'filed')), fields=('decision',), name='decisions_appeal_one_open'), models.CheckConstraint(condition=models.Q(('state__in', ('filed', 'upheld', 'rejected', 'withdrawn'))), name='decisions_appeal_known_state'), models.CheckConstraint(condition=models.Q(('state__in', ['filed', 'withdrawn']), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='decisions_appeal_answered_has_words')],
            },
        ),
        migrations.CreateModel(
            name='NotAwarded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(help_text='A node of the tree, with all below it.', max_length=120)),
                ('reason', models.TextField()),
                ('decided_at', models.DateTimeField()),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='not_awarded', to='calls.call')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_back_at__isnull', True)), fields=('call', 'place'), name='decisions_not_awarded_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='decisions_not_awarded_has_reason')],
            },
        ),
        migrations.AddConstraint(
            model_name='selectionrun',
            constraint=models.UniqueConstraint(fields=('call', 'step', 'number'), name='decisions_selection_run_one_per_number'),
        ),
        migrations.AddConstraint(
            model_name='selectionrun',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('computed', 'proposed', 'returned', 'confirmed', 'released', 'superseded'))), name='decisions_selection_run_known_state'),
        ),
        migrations.AddConstraint(
            model_name='selectionrun',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'released')), fields=('call', 'step'), name='decisions_selection_run_released_once'),
        ),
        migrations.AddConstraint(
            model_name='selectionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'returned'), _negated=True), models.Q(('returned_at__isnull', False), models.Q(('returned_because', ''), _negated=True)), _connector='OR'), name='decisions_selection_run_returned_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='selectionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['confirmed', 'released']), _negated=True), ('confirmed_at__isnull', False), _connector='OR'), name='decisions_selection_run_confirmed_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='selectionrun',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), ('released_at__isnull', False), _connector='OR'), name='decisions_selection_run_released_has_instant'),
        ),
        migrations.AddIndex(
            model_name='placement',
            index=models.Index(fields=['run', 'rank', 'id'], name='decisions_placement_by_rank'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.UniqueConstraint(fields=('run', 'application'), name='decisions_placement_once_per_run'),
        ),
        migrations.AddConstraint(
            model_name='placement',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('result', 'selected'), models.Q(('place', ''), _negated=True)), models.Q(('result', 'selected'), _negated=True), _connector='OR'), name='decisions_placement_place_named'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('application', 'step'), name='decisions_decision_one_per_step'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('prepared', 'released'))), name='decisions_decision_known_state'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_at__isnull', True), ('state', 'prepared')), models.Q(('released_at__isnull', False), ('state', 'released')), _connector='OR'), name='decisions_decision_released_has_instant'),
        ),
    ]
