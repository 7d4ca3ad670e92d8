import anso.kernel.references
import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0001_initial'),
        ('calls', '0001_initial'),
        ('directory', '0002_initial'),
        ('questionnaires', '0001_initial'),
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
                ('decline_kind', models.CharField(blank=True, choices=[('no_time', 'I have no time in these weeks'), ('not_my_field', 'It is not my field'), ('conflict', 'I am too close to somebody who may apply'), ('other', 'Another reason')], max_length=12)),
                ('decline_reason', models.CharField(blank=True, max_length=300)),
                ('suggestion', models.CharField(blank=True, help_text='Whom they would ask instead, as they typed it.', max_length=300)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='review_invitations', to='calls.call')),
                ('country', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.country')),
                ('reviewer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='review.reviewer')),
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
            options={
                'constraints': [models.UniqueConstraint(fields=('application', 'step'), name='review_rebuttal_one_per_step'), models.CheckConstraint(condition=models.Q(('state__in', ('asked', 'answered'))), name='review_rebuttal_known_state'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('sha256', ''), ('state', 'asked')), models.Q(('answered_at__isnull', False), ('state', 'answered'), models.Q(('sha256', ''), _negated=True)), _connector='OR'), name='review_rebuttal_answered_has_facts')],
            },
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
