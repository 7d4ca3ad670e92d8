import anso.kernel.references
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0002_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Body',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('name', models.JSONField(help_text='Text by language.')),
                ('purpose', models.JSONField(blank=True, default=dict, help_text='Text by language.')),
                ('kind', models.CharField(choices=[('assembly', 'General Assembly'), ('board', 'Governing Board'), ('secretariat', 'Secretariat'), ('division', 'division of the Secretariat'), ('working_group', 'working group'), ('regional_centre', 'regional centre'), ('panel', 'panel or jury'), ('audit', 'audit')], max_length=20)),
                ('seat_count', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('is_seat_of_organisation', models.BooleanField(default=False, help_text='Seats belong to organisations, not to people.')),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='parts', to='governance.body')),
            ],
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(help_text='An organisation that comes back has its number again.')),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='directory.organisation')),
            ],
        ),
        migrations.CreateModel(
            name='MembershipEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('admitted', 'admitted'), ('recategorised', 'moved to another category'), ('suspended', 'suspended'), ('waived', 'suspension waived'), ('restored', 'restored'), ('left', 'left'), ('expelled', 'expelled'), ('revoked', 'record revoked')], max_length=16)),
                ('on', models.DateField()),
                ('until', models.DateField(blank=True, help_text='The day on which a suspension or waiver runs out.', null=True)),
                ('category', models.CharField(blank=True, choices=[('founding', 'founding member'), ('full', 'member')], max_length=12)),
                ('because', models.CharField(blank=True, max_length=500)),
                ('source', models.CharField(blank=True, help_text='Where it was decided or is written.', max_length=300)),
                ('recorded_at', models.DateTimeField()),
                ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='governance.membership')),
                ('revokes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='revoked_by', to='governance.membershipevent')),
            ],
        ),
        migrations.CreateModel(
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('role', models.CharField(choices=[('president', 'president'), ('vice_president', 'vice-president'), ('chair', 'chair'), ('member', 'member'), ('delegate', 'delegate'), ('executive_director', 'Executive Director'), ('programme_officer', 'programme officer'), ('regional_officer', 'regional officer'), ('auditor', 'auditor')], max_length=24)),
                ('is_seat_of_organisation', models.BooleanField(default=False)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='governance.body')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='directory.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='directory.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'role'], name='governance_mandate_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organisation__isnull', False), _connector='OR'), name='governance_mandate_has_holder'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='governance_mandate_period'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('person__isnull', False)), expressions=[('body', '='), ('role', '='), ('person', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='governance_mandate_once_per_person'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('organisation__isnull', False), models.Q(('is_seat_of_organisation', True), ('person__isnull', True), _connector='OR')), expressions=[('body', '='), ('role', '='), ('organisation', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='governance_mandate_once_per_organisation'), django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('role__in', ('president', 'chair', 'executive_director'))), expressions=[('body', '='), ('role', '='), (models.Func(models.F('starts_on'), models.F('ends_on'), function='daterange', output_field=django.contrib.postgres.fields.ranges.DateRangeField()), '&&')], name='governance_mandate_one_holder')],
            },
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('organisation', '='), ('period', '&&')], name='governance_membership_no_overlap'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[('number', '='), ('organisation', '<>')], name='governance_membership_number_of_one'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(('period__isempty', False), ('period__startswith__isnull', False)), name='governance_membership_has_first_day'),
        ),
        migrations.AddIndex(
            model_name='membershipevent',
            index=models.Index(fields=['membership', 'on', 'id'], name='governance_membership_events'),
        ),
        migrations.AddConstraint(
            model_name='membershipevent',
            constraint=models.CheckConstraint(condition=models.Q(('until__isnull', True), models.Q(('kind__in', ['suspended', 'waived']), ('until__gt', models.F('on'))), _connector='OR'), name='governance_membership_event_period'),
        ),
        migrations.AddConstraint(
            model_name='membershipevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['admitted', 'recategorised']), models.Q(('category', ''), _negated=True)), models.Q(models.Q(('kind__in', ['admitted', 'recategorised']), _negated=True), ('category', '')), _connector='OR'), name='governance_membership_event_category'),
        ),
        migrations.AddConstraint(
            model_name='membershipevent',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'revoked'), ('revokes__isnull', False)), models.Q(models.Q(('kind', 'revoked'), _negated=True), ('revokes__isnull', True)), _connector='OR'), name='governance_membership_event_revokes'),
        ),
        migrations.AddConstraint(
            model_name='membershipevent',
            constraint=models.CheckConstraint(condition=models.Q(('because', ''), ('source', ''), _negated=True), name='governance_membership_event_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='membershipevent',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'admitted')), fields=('membership',), name='governance_membership_admitted_once'),
        ),
        migrations.CreateModel(
            name='Association',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('code', models.SlugField(max_length=60, unique=True)),
                ('name', models.JSONField(help_text='Text by language.')),
                ('acronym', models.CharField(blank=True, max_length=20)),
                ('led_by', models.CharField(blank=True, max_length=200)),
                ('launched', models.CharField(blank=True, help_text='2019, or 2019-05-11.', max_length=10)),
                ('recognised', models.CharField(blank=True, help_text='2019, or 2019-05-11.', max_length=10)),
                ('remark', models.JSONField(blank=True, default=dict, help_text='Text by language.')),
                ('source', models.CharField(max_length=300)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('launched__regex', '^([0-9]{4}(-[0-9]{2}-[0-9]{2})?)?$'), ('recognised__regex', '^([0-9]{4}(-[0-9]{2}-[0-9]{2})?)?$')), name='governance_association_dates'), models.CheckConstraint(condition=models.Q(('source', ''), _negated=True), name='governance_association_has_source')],
            },
        ),
        migrations.CreateModel(
            name='AssociationEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('active', 'active'), ('dormant', 'dormant'), ('closed', 'closed')], max_length=8)),
                ('on', models.DateField()),
                ('because', models.CharField(max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='governance.association')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('because', ''), _negated=True), name='governance_association_event_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='AssociationGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('association', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='governance.association')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('association', 'name'), name='governance_association_group_once'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='governance_association_group_period')],
            },
        ),
    ]
