import anso.database.search
import anso.kernel.references
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('calls', '0001_initial'),
        ('directory', '0002_initial'),
        ('files', '0001_initial'),
        ('questionnaires', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Application',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('number', models.CharField(max_length=20, unique=True)),
                ('ordinal', models.PositiveSmallIntegerField(db_default=1, default=1, help_text="Which of this person's applications to the call: 1 except where a kind takes several.")),
                ('state', models.CharField(default='draft', max_length=12)),
                ('answers', models.JSONField(default=dict)),
                ('revision', models.PositiveIntegerField(default=0, help_text='Counts the saves.')),
                ('submitted_revision', models.PositiveIntegerField(default=0)),
                ('subject_name', models.CharField(blank=True, help_text='Whom it is about: the applicant, or the nominee.', max_length=200)),
                ('name_key', anso.database.search.SortKeyField('subject_name', 'en', default=b'')),
                ('name_key_ar', anso.database.search.SortKeyField('subject_name', 'ar', default=b'')),
                ('category', models.CharField(blank=True, help_text='A level, an award …', max_length=60)),
                ('first_preference', models.CharField(blank=True, max_length=60)),
                ('title', models.CharField(blank=True, max_length=300)),
                ('eligibility', models.CharField(blank=True, help_text='The latest check of the rules: eligible, not_eligible or ask_us.', max_length=16)),
                ('lacks', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), blank=True, default=list, help_text='Required letters that are not there: their kind, with the host where for one.', size=None)),
                ('flags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), blank=True, default=list, help_text='What officers keep in mind about it.', size=None)),
                ('namesake_key', models.CharField(blank=True, help_text='By what others of the call are found who may be the same person.', max_length=100)),
                ('search_text', models.TextField(blank=True)),
                ('started_at', models.DateTimeField()),
                ('saved_at', models.DateTimeField()),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('invited_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('extended_until', models.DateTimeField(blank=True, help_text='An officer gave this one more time than everybody has.', null=True)),
                ('screened_at', models.DateTimeField(blank=True, null=True)),
                ('screening_reason', models.TextField(blank=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='directory.person')),
                ('call', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='calls.call')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('form_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='questionnaires.formversion')),
                ('owner', models.ForeignKey(blank=True, db_index=False, help_text='The officer of the call who looks after it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(help_text='Where it stands: the window it is written in, or where it was led to since.', on_delete=django.db.models.deletion.PROTECT, related_name='applications', to='calls.step')),
            ],
        ),
        migrations.CreateModel(
            name='Letter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(blank=True, default=dict, help_text='Question key to value.')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('revisions', models.JSONField(blank=True, default=dict, help_text='Question key to the revision at which it last changed.')),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('kind', models.CharField(help_text='As the terms of the call name it.', max_length=24)),
                ('question_key', models.CharField(blank=True, help_text='The question of the application that names the writer.', max_length=60)),
                ('position', models.PositiveSmallIntegerField(default=1)),
                ('host', models.CharField(blank=True, help_text='For supervisors: the host they answer for.', max_length=40)),
                ('full_name', models.CharField(max_length=200)),
                ('email', models.EmailField(max_length=254)),
                ('organisation_name', models.CharField(blank=True, max_length=200)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('last_sent_at', models.DateTimeField()),
                ('send_count', models.PositiveSmallIntegerField(default=1, help_text='How often the applicant had the link sent.')),
                ('reminder_count', models.PositiveSmallIntegerField(default=0)),
                ('opened_at', models.DateTimeField(blank=True, null=True)),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('replaced_at', models.DateTimeField(blank=True, null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=300)),
                ('text', models.TextField(blank=True)),
                ('is_acceptance', models.BooleanField(blank=True, help_text='The answer yes or no of a supervisor or nominee.', null=True)),
                ('taken_down_because', models.TextField(blank=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='applications.application')),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('taken_down_by', models.ForeignKey(blank=True, db_index=False, help_text='The officer who wrote down an answer that the writer gave by telephone or mail.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Enquiry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('text', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('answer', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('reminder_count', models.PositiveSmallIntegerField(default=0)),
                ('answered_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='applications.application')),
                ('letter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='enquiries', to='applications.letter')),
            ],
        ),
        migrations.CreateModel(
            name='Namesake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('same', models.CharField(help_text='In what they are: ``SameWhat``.', max_length=12)),
                ('about', models.CharField(help_text='The hash of what was compared.', max_length=64)),
                ('found_at', models.DateTimeField()),
                ('is_one_person', models.BooleanField(help_text='Empty until an officer answers.', null=True)),
                ('reason', models.TextField(blank=True)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('answered_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.application')),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='applications.application')),
            ],
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('role', models.CharField(max_length=20)),
                ('order', models.PositiveSmallIntegerField(default=1)),
                ('full_name', models.CharField(blank=True, max_length=200)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('organisation_name', models.CharField(blank=True, max_length=200)),
                ('part', models.CharField(blank=True, help_text='What they do in it.', max_length=300)),
                ('question_key', models.CharField(blank=True, help_text='The question that names them.', max_length=60)),
                ('asked_at', models.DateTimeField(blank=True, null=True)),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participants', to='applications.application')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='directory.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='directory.person')),
            ],
        ),
        migrations.CreateModel(
            name='RuleAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(help_text='The code of the rule in the terms.', max_length=40)),
                ('about', models.CharField(help_text='The hash of the value and the limit.', max_length=64)),
                ('is_met', models.BooleanField()),
                ('reason', models.TextField()),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rule_answers', to='applications.application')),
            ],
        ),
        migrations.CreateModel(
            name='SaveReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('revision', models.PositiveIntegerField()),
                ('saved_at', models.DateTimeField()),
                ('changes', models.JSONField(help_text='Question key to the value that was saved.')),
                ('set_aside', models.JSONField(blank=True, default=dict, help_text='Question key to a text that came after a newer one, or that the form no longer asks in this way.')),
                ('token', models.CharField(help_text='Chosen by the browser, so that a repeated request is saved once.', max_length=64)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='applications.application')),
            ],
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('body', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('submitted_at', models.DateTimeField()),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('version', models.PositiveSmallIntegerField(help_text='Counts on through all steps.')),
                ('arrived_at', models.DateTimeField(help_text='When the request reached the server; the deadline is decided by it.')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='applications.application')),
                ('form_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.formversion')),
                ('pdf', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('step', models.ForeignKey(help_text='The window in which it was handed in.', on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='calls.step')),
            ],
        ),
        migrations.AddField(
            model_name='application',
            name='submission',
            field=models.ForeignKey(blank=True, help_text='The latest submission: what counts. None before the first.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='applications.submission'),
        ),
        migrations.CreateModel(
            name='CaseNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('text', models.TextField(blank=True)),
                ('written_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='case_notes', to='applications.application')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'written_at'], name='applications_case_notes')],
                'constraints': [models.CheckConstraint(condition=models.Q(('removed_at__isnull', True), ('text', ''), _connector='OR'), name='applications_case_note_removed_is_empty')],
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('slot', models.CharField(max_length=60)),
                ('added_at', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('because', models.TextField(blank=True)),
                ('added_by', models.ForeignKey(blank=True, db_index=False, help_text='The officer who put it in for the applicant, with the reason; else empty.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='applications.application')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='files.storedfile')),
                ('replaces', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='applications.document')),
            ],
            options={
                'indexes': [models.Index(fields=['application', 'slot'], name='applications_document_slot')],
                'constraints': [models.CheckConstraint(condition=models.Q(('added_by__isnull', True), models.Q(('because', ''), _negated=True), _connector='OR'), name='applications_document_put_in_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='EligibilityCheck',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_eligible', models.BooleanField(help_text='Empty where a fact is missing: ask us.', null=True)),
                ('verdict', models.JSONField()),
                ('checked_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='eligibility_checks', to='applications.application')),
            ],
            options={
                'indexes': [models.Index(fields=['application', '-checked_at'], name='applications_eligibility_new')],
            },
        ),
        migrations.CreateModel(
            name='Invited',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('full_name', models.CharField(max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(help_text='Of the mail, unless an account says it.', max_length=10)),
                ('until_on', models.DateField(help_text='The last day on which they may start.')),
                ('invited_at', models.DateTimeField()),
                ('last_sent_at', models.DateTimeField()),
                ('send_count', models.PositiveSmallIntegerField(default=1)),
                ('taken_back_at', models.DateTimeField(blank=True, null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invited', to='calls.call')),
            ],
            options={
                'constraints': [models.UniqueConstraint(models.F('call'), django.db.models.functions.text.Lower('email'), condition=models.Q(('taken_back_at__isnull', True)), name='applications_invited_once_per_address')],
            },
        ),
        migrations.CreateModel(
            name='ExportView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('columns', models.JSONField(help_text='Keys of columns, in the order of the file.')),
                ('kept_at', models.DateTimeField()),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='export_views', to='calls.call')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('call', 'name'), name='applications_export_view_one_per_name'), models.CheckConstraint(condition=models.Q(models.Q(('name', ''), _negated=True), models.Q(('columns', []), _negated=True)), name='applications_export_view_whole')],
            },
        ),
        migrations.AddIndex(
            model_name='letter',
            index=models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('state__in', ('asked', 'opened', 'asking'))), name='applications_letter_by_writer'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'opened', 'asking', 'completed', 'declined', 'replaced'))), name='applications_letter_known_state'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'completed'), _negated=True), ('completed_at__isnull', False), _connector='OR'), name='applications_letter_completed_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), ('declined_at__isnull', False), _connector='OR'), name='applications_letter_declined_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='letter',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'replaced'), _negated=True), fields=('application', 'kind', 'position'), name='applications_letter_one_per_position'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(fields=['application', 'asked_at'], name='applications_enquiries'),
        ),
        migrations.AddIndex(
            model_name='enquiry',
            index=models.Index(condition=models.Q(('answered_at__isnull', True), ('letter__isnull', True)), fields=['asked_at'], name='applications_enquiries_open'),
        ),
        migrations.AddConstraint(
            model_name='enquiry',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True), ('answered_by__isnull', True)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='applications_enquiry_answer_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='namesake',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='applications_namesake_once'),
        ),
        migrations.AddConstraint(
            model_name='namesake',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='applications_namesake_in_order'),
        ),
        migrations.AddConstraint(
            model_name='namesake',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('answered_by__isnull', True), ('is_one_person__isnull', True), ('reason', '')), models.Q(models.Q(('reason', ''), _negated=True), ('answered_at__isnull', False), ('answered_by__isnull', False), ('is_one_person__isnull', False)), _connector='OR'), name='applications_namesake_answered_has_reason'),
        ),
        migrations.AddIndex(
            model_name='participant',
            index=models.Index(django.db.models.functions.text.Lower('email'), condition=models.Q(('email', ''), _negated=True), name='applications_participant_email'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.UniqueConstraint(fields=('application', 'role', 'order'), name='applications_participant_one_each'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('full_name', ''), _negated=True), models.Q(('organisation_name', ''), _negated=True), _connector='OR'), name='applications_participant_has_name'),
        ),
        migrations.AddConstraint(
            model_name='participant',
            constraint=models.CheckConstraint(condition=models.Q(('confirmed_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='applications_participant_one_answer'),
        ),
        migrations.AddIndex(
            model_name='ruleanswer',
            index=models.Index(fields=['application', 'answered_at'], name='applications_rule_answers'),
        ),
        migrations.AddConstraint(
            model_name='ruleanswer',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='applications_rule_answer_has_reason'),
        ),
        migrations.AddIndex(
            model_name='savereceipt',
            index=models.Index(fields=['application', '-revision'], name='applications_receipts'),
        ),
        migrations.AddConstraint(
            model_name='savereceipt',
            constraint=models.UniqueConstraint(fields=('application', 'token'), name='applications_save_receipt_once'),
        ),
        migrations.AddConstraint(
            model_name='submission',
            constraint=models.UniqueConstraint(fields=('application', 'version'), name='applications_submission_one_per_version'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'state', 'category', 'first_preference', 'country', 'eligibility'], name='applications_by_facets'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', '-submitted_at', 'id'], include=('state', 'category', 'first_preference', 'country', 'eligibility'), name='applications_by_submission'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'country', 'number'], include=('id', 'state', 'category', 'first_preference', 'eligibility'), name='applications_by_country'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'number'], include=('id', 'state', 'category', 'first_preference', 'country', 'eligibility'), name='applications_by_number'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'state', 'number'], include=('id', 'category', 'first_preference', 'country', 'eligibility'), name='applications_by_state'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'name_key', 'id'], include=('state', 'category', 'first_preference', 'country', 'eligibility'), name='applications_by_name'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(fields=['call', 'name_key_ar', 'id'], include=('state', 'category', 'first_preference', 'country', 'eligibility'), name='applications_name_ar'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('namesake_key', ''), _negated=True), fields=['call', 'namesake_key'], name='applications_by_namesake'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=models.Index(condition=models.Q(('owner__isnull', False)), fields=['owner', 'call'], name='applications_by_owner'),
        ),
        migrations.AddIndex(
            model_name='application',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='applications_search_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('call', 'applicant', 'ordinal'), name='applications_application_one_per_person'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('draft', 'submitted', 'eligible', 'ineligible', 'invited', 'decided', 'withdrawn'))), name='applications_application_known_state'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'draft'), ('submitted_at__isnull', True)), models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False)), models.Q(('state__in', ['submitted', 'eligible', 'ineligible', 'invited', 'decided']), ('submission__isnull', False), ('submitted_at__isnull', False)), _connector='OR'), name='applications_application_submitted_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['eligible', 'ineligible']), _negated=True), ('screened_at__isnull', False), _connector='OR'), name='applications_application_screened_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'invited'), _negated=True), ('invited_at__isnull', False), _connector='OR'), name='applications_application_invited_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'decided'), _negated=True), ('decided_at__isnull', False), _connector='OR'), name='applications_application_decided_has_instant'),
        ),
        migrations.CreateModel(
            name='EarlierAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.TextField()),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('enquiry', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='earlier', to='applications.enquiry')),
            ],
        ),
        migrations.AddField(
            model_name='savereceipt',
            name='saved_by',
            field=models.ForeignKey(blank=True, db_index=False, help_text='Whoever typed it beside the applicant; else empty.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Collaborator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('full_name', models.CharField(max_length=200)),
                ('sections', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), size=None)),
                ('asked_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('lead_offered_at', models.DateTimeField(blank=True, help_text='Since when they are asked to take the whole over.', null=True)),
                ('account', models.ForeignKey(blank=True, help_text='Of whoever said yes; empty until then.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='collaborators', to='applications.application')),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Lower('email'), name='applications_collaborator_mail')],
                'constraints': [models.UniqueConstraint(models.F('application'), django.db.models.functions.text.Lower('email'), condition=models.Q(('declined_at__isnull', True), ('ended_at__isnull', True)), name='applications_collaborator_once'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('account__isnull', False), _connector='OR'), name='applications_collaborator_accepted_has_account'), models.CheckConstraint(condition=models.Q(('accepted_at__isnull', True), ('declined_at__isnull', True), _connector='OR'), name='applications_collaborator_one_answer'), models.UniqueConstraint(condition=models.Q(('lead_offered_at__isnull', False)), fields=('application',), name='applications_collaborator_one_successor')],
            },
        ),
        migrations.CreateModel(
            name='Presence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=60)),
                ('at', models.DateTimeField()),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='presences', to='applications.application')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'account'), name='applications_presence_one_each')],
            },
        ),
    ]
