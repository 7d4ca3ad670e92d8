import anso.kernel.references
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
            name='Mandate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('role', models.CharField(choices=[('president', 'president'), ('vice_president', 'vice-president'), ('chair', 'chair'), ('member', 'member'), ('delegate', 'delegate'), ('executive_director', 'Executive Director'), ('programme_officer', 'programme officer'), ('regional_officer', 'regional officer'), ('auditor', 'auditor')], max_length=24)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('source', models.CharField(blank=True, max_length=300)),
                ('body', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='governance.body')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='directory.organisation')),
                ('person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mandates', to='directory.person')),
            ],
            options={
                'indexes': [models.Index(fields=['person', 'role'], name='governance_mandate_of_person')],
                'constraints': [models.CheckConstraint(condition=models.Q(('person__isnull', False), ('organisation__isnull', False), _connector='OR'), name='governance_mandate_has_holder'), models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='governance_mandate_period')],
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(unique=True)),
                ('category', models.CharField(choices=[('founding', 'founding member'), ('full', 'member')], max_length=12)),
                ('admitted_on', models.DateField()),
                ('ended_on', models.DateField(blank=True, null=True)),
                ('organisation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='membership', to='directory.organisation')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gt', models.F('admitted_on')), _connector='OR'), name='governance_membership_period')],
            },
        ),
    ]
