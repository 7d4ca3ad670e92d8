import anso.kernel.references
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0001_initial'),
        ('calls', '0001_initial'),
        ('directory', '0002_initial'),
        ('questionnaires', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(default='assigned', max_length=12)),
                ('due_at', models.DateTimeField()),
                ('assigned_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('submitted_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('reminder_count', models.PositiveSmallIntegerField(default=0)),
                ('last_reminded_at', models.DateTimeField(blank=True, null=True)),
                ('remark', models.CharField(blank=True, help_text='Why declined, or which conflict.', max_length=300)),
                ('draft', models.JSONField(blank=True, default=dict, help_text='The review while it is being written.')),
                ('draft_revision', models.PositiveIntegerField(default=0)),
                ('draft_revisions', models.JSONField(blank=True, default=dict, help_text='Entry to the revision at which it last changed.')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='applications.application')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='calls.step')),
            ],
        ),
        migrations.CreateModel(
            name='ListedName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('is_organisation', models.BooleanField(default=False)),
                ('name', models.CharField(max_length=200)),
                ('key', models.CharField(help_text='By what it is compared with files.', max_length=210)),
                ('added_at', models.DateTimeField()),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='listed_names', to='calls.call')),
            ],
        ),
        migrations.CreateModel(
            name='Rebuttal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answers', models.JSONField(blank=True, default=dict, help_text='Question key to value.')),
                ('revision', models.PositiveIntegerField(default=0)),
                ('revisions', models.JSONField(blank=True, default=dict, help_text='Question key to the revision at which it last changed.')),
                ('saved_at', models.DateTimeField(blank=True, null=True)),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('words', models.JSONField(help_text='What each reviewer wrote for the applicant, frozen.')),
                ('body', models.JSONField(blank=True, default=dict, help_text='The answer as it was sent.')),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('asked_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rebuttals', to='applications.application')),
                ('form_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='questionnaires.formversion')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rebuttals', to='calls.step')),
            ],
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('revision', models.PositiveSmallIntegerField(default=1)),
                ('comment_for_panel', models.TextField(blank=True)),
                ('comment_for_applicant', models.TextField(blank=True)),
                ('submitted_at', models.DateTimeField()),
                ('words_passed', models.TextField(blank=True, help_text='What the applicant answers to: as an officer read it, or worded it.')),
                ('words_read_at', models.DateTimeField(blank=True, null=True)),
                ('assignment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='review', to='review.assignment')),
            ],
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(default='invited', max_length=10)),
                ('capacity', models.PositiveSmallIntegerField(default=12)),
                ('invited_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('released_at', models.DateTimeField(blank=True, null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=300)),
                ('names_answered_at', models.DateTimeField(blank=True, help_text='When they last answered about the list of names.', null=True)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewers', to='calls.call')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviewer_roles', to='directory.person')),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(default='asked', max_length=10)),
                ('email', models.EmailField(max_length=254)),
                ('full_name', models.CharField(max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('expertise', models.CharField(blank=True, max_length=300)),
                ('language', models.CharField(help_text='Of the mail, unless an account says it.', max_length=10)),
                ('capacity', models.PositiveSmallIntegerField()),
                ('invited_at', models.DateTimeField()),
                ('answer_by', models.DateField(help_text='The day until which an answer is asked for.')),
                ('last_sent_at', models.DateTimeField()),
                ('send_count', models.PositiveSmallIntegerField(default=1)),
                ('reminder_count', models.PositiveSmallIntegerField(default=0)),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('decline_kind', models.CharField(blank=True, choices=[('no_time', 'I have no time in these weeks'), ('not_my_field', 'It is not my field'), ('conflict', 'I am too close to somebody who may be judged'), ('other', 'Another reason')], max_length=12)),
                ('decline_reason', models.CharField(blank=True, max_length=300)),
                ('suggestion', models.CharField(blank=True, help_text='Whom they would ask instead, as they typed it.', max_length=300)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_invitations', to='calls.call')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='review.reviewer')),
            ],
        ),
        migrations.CreateModel(
            name='DeclaredName',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('same_organisation', 'works at the same organisation'), ('family', 'family or close friend'), ('supervision', 'supervised or was supervised by'), ('joint_work', 'published or worked together'), ('other', 'another interest')], default='other', max_length=20)),
                ('last_year', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('declared_at', models.DateTimeField()),
                ('is_late', models.BooleanField(default=False)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_because', models.CharField(blank=True, max_length=300)),
                ('listed', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declared_by', to='review.listedname')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='declared_names', to='review.reviewer')),
            ],
        ),
        migrations.CreateModel(
            name='ConflictAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(help_text='Which tie.', max_length=30)),
                ('about', models.CharField(help_text='The hash of what was compared.', max_length=32)),
                ('is_conflict', models.BooleanField()),
                ('reason', models.CharField(max_length=300)),
                ('answered_at', models.DateTimeField()),
                ('answered_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflict_answers', to='applications.application')),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflict_answers', to='review.reviewer')),
            ],
        ),
        migrations.AddField(
            model_name='assignment',
            name='reviewer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='review.reviewer'),
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('criterion', models.CharField(max_length=60)),
                ('value', models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True)),
                ('cannot_judge_because', models.CharField(blank=True, max_length=300)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='review.review')),
            ],
        ),
        migrations.CreateModel(
            name='AssignmentProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('state', models.CharField(default='running', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('tried_at', models.DateTimeField(help_text='When its work was last begun.')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('applications', models.PositiveIntegerField(help_text='How many lacked reviews.')),
                ('reviewers', models.PositiveIntegerField(help_text='How many had agreed.')),
                ('basis', models.CharField(help_text='The hash of what it was worked out from.', max_length=64)),
                ('pairs', models.JSONField(blank=True, default=list, help_text='Application and reviewer.')),
                ('short', models.JSONField(blank=True, default=list, help_text='Application, lack, is barred.')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='proposals', to='calls.call')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('call',), name='review_proposal_one_running')],
            },
        ),
        migrations.CreateModel(
            name='Dossier',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('submission_sha256', models.CharField(max_length=64)),
                ('body', models.JSONField()),
                ('sha256', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='applications.application')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossiers', to='calls.step')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'step'), name='review_dossier_one_per_step')],
            },
        ),
        migrations.AddConstraint(
            model_name='listedname',
            constraint=models.UniqueConstraint(fields=('call', 'key'), name='review_listed_name_once'),
        ),
        migrations.AddConstraint(
            model_name='rebuttal',
            constraint=models.UniqueConstraint(fields=('application', 'step'), name='review_rebuttal_one_per_step'),
        ),
        migrations.AddConstraint(
            model_name='rebuttal',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'answered'))), name='review_rebuttal_known_state'),
        ),
        migrations.AddConstraint(
            model_name='rebuttal',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('sha256', ''), ('state', 'asked')), models.Q(('answered_at__isnull', False), ('state', 'answered'), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='review_rebuttal_answered_has_facts'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.UniqueConstraint(fields=('call', 'person'), name='review_reviewer_once_per_call'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('invited', 'accepted', 'declined', 'released'))), name='review_reviewer_known_state'),
        ),
        migrations.AddConstraint(
            model_name='reviewer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined']), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='review_reviewer_answered_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(models.F('call'), django.db.models.functions.text.Lower('email'), condition=models.Q(('state', 'cancelled'), _negated=True), name='review_invitation_once_per_address'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'accepted', 'declined', 'cancelled'))), name='review_invitation_known_state'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined']), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='review_invitation_answered_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'accepted'), _negated=True), ('reviewer__isnull', False), _connector='OR'), name='review_invitation_accepted_has_reviewer'),
        ),
        migrations.AddConstraint(
            model_name='declaredname',
            constraint=models.UniqueConstraint(fields=('reviewer', 'listed'), name='review_declared_name_once'),
        ),
        migrations.AddConstraint(
            model_name='declaredname',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_because', ''), _negated=True), _connector='OR'), name='review_declared_name_withdrawn_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='conflictanswer',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='review_conflict_answer_has_reason'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['reviewer', 'state', 'due_at'], name='review_assignment_todo'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('application', 'step', 'reviewer'), name='review_assignment_once'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('assigned', 'accepted', 'submitted', 'declined', 'conflicted', 'cancelled'))), name='review_assignment_known_state'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'submitted'), _negated=True), ('submitted_at__isnull', False), _connector='OR'), name='review_assignment_submitted_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined', 'conflicted']), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='review_assignment_answered_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.UniqueConstraint(fields=('review', 'criterion'), name='review_score_one_per_criterion'),
        ),
        migrations.AddConstraint(
            model_name='score',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('cannot_judge_because', ''), ('value__isnull', False)), models.Q(('value__isnull', True), models.Q(('cannot_judge_because', ''), _negated=True)), _connector='OR'), name='review_score_value_or_reason'),
        ),
    ]
