import anso.kernel.references
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('applications', '0003_submissions_stay'),
        ('calls', '0001_initial'),
        ('decisions', '0001_initial'),
        ('files', '0001_initial'),
        ('governance', '0002_only_added'),
        ('programmes', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AwardDetail',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('host', models.CharField(blank=True, help_text='Blank: the whole call.', max_length=40)),
                ('version', models.PositiveIntegerField(default=0, help_text='0: nobody has said anything yet.')),
                ('kept_at', models.DateTimeField()),
                ('starts_on', models.DateField(blank=True, null=True)),
                ('contact', models.TextField(blank=True, help_text='To whom whoever holds an award writes.')),
                ('steps', models.JSONField(blank=True, default=dict, help_text='What comes next, by language.')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='award_details', to='calls.call')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('call', 'host', 'version'), name='awards_award_detail_one_per_version')],
            },
        ),
        migrations.CreateModel(
            name='Offer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('place', models.CharField(max_length=120)),
                ('benefits', models.JSONField(default=list)),
                ('amount', models.DecimalField(blank=True, decimal_places=2, help_text="What it is paid, in the currency of the call's budget; none where none counts.", max_digits=14, null=True)),
                ('state', models.CharField(default='made', max_length=10)),
                ('reason', models.TextField(help_text='Why this place went to this application.')),
                ('is_by_correction', models.BooleanField(default=False, help_text='Made by a correction, beside the number of the call: passed on to nobody.')),
                ('made_at', models.DateTimeField()),
                ('respond_by', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('lapsed_at', models.DateTimeField(blank=True, null=True)),
                ('decline_reason', models.CharField(blank=True, max_length=300)),
                ('is_unnamed', models.BooleanField(default=False, help_text='Whoever accepts it asked not to be named among the results.')),
                ('letter_had', models.PositiveIntegerField(blank=True, help_text='The version of the letter that its holder had last.', null=True)),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('revoked_because', models.TextField(blank=True, help_text='Told to whoever it was made to.')),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='applications.application')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='decisions.decision')),
                ('follows', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='awards.offer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('made', 'accepted', 'declined', 'lapsed', 'revoked'))), name='awards_offer_known_state'), models.UniqueConstraint(condition=models.Q(('state__in', ['made', 'accepted'])), fields=('application',), name='awards_offer_one_standing_per_application'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'declined']), _negated=True), ('answered_at__isnull', False), _connector='OR'), name='awards_offer_answered_has_instant'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'lapsed'), _negated=True), ('lapsed_at__isnull', False), _connector='OR'), name='awards_offer_lapsed_has_instant'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'revoked'), _negated=True), ('revoked_at__isnull', False), _connector='OR'), name='awards_offer_revoked_has_instant')],
            },
        ),
        migrations.CreateModel(
            name='EarlierHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('year', models.PositiveSmallIntegerField()),
                ('award', models.CharField(help_text='What was given, as it was called then.', max_length=200)),
                ('name', models.CharField(blank=True, max_length=200)),
                ('organisation', models.CharField(blank=True, max_length=200)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('citation', models.CharField(blank=True, max_length=400)),
                ('not_given_because', models.CharField(blank=True, max_length=400)),
                ('entered_at', models.DateTimeField()),
                ('taken_off_at', models.DateTimeField(blank=True, null=True)),
                ('taken_off_because', models.TextField(blank=True)),
                ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='earlier_holders', to='programmes.programme')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('taken_off_at__isnull', True)), fields=('programme', 'year', 'award', 'name'), name='awards_earlier_holder_once'), models.CheckConstraint(condition=models.Q(('name', ''), ('not_given_because', ''), _connector='XOR'), name='awards_earlier_holder_or_nobody'), models.CheckConstraint(condition=models.Q(('taken_off_at__isnull', True), models.Q(('taken_off_because', ''), _negated=True), _connector='OR'), name='awards_earlier_holder_taken_off_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Enrolment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('entered_at', models.DateTimeField(blank=True, null=True)),
                ('is_admitted', models.BooleanField(default=False, help_text='Admitted by this; false for one that was a member already.')),
                ('membership', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='enrolments', to='governance.membership')),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='enrolment', to='awards.offer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('entered_at__isnull', True), ('membership__isnull', True)), models.Q(('entered_at__isnull', False), ('membership__isnull', False)), _connector='OR'), name='awards_enrolment_entered_has_instant')],
            },
        ),
        migrations.CreateModel(
            name='HolderPicture',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('shows', models.CharField(max_length=200)),
                ('consent', models.CharField(max_length=200)),
                ('put_at', models.DateTimeField()),
                ('offer', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='picture', to='awards.offer')),
                ('stored', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('shows', ''), _negated=True), models.Q(('consent', ''), _negated=True)), name='awards_picture_told_and_agreed')],
            },
        ),
    ]
