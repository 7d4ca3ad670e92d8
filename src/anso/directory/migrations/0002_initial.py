import anso.database.search
import anso.kernel.references
import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.contrib.postgres.indexes
import django.db.models.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('directory', '0001_extensions'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Country',
            fields=[
                ('code', models.CharField(max_length=2, primary_key=True, serialize=False)),
                ('alpha3', models.CharField(max_length=3, unique=True)),
                ('region', models.CharField(max_length=60)),
                ('subregion', models.CharField(blank=True, max_length=80)),
                ('latitude', models.DecimalField(decimal_places=4, max_digits=7)),
                ('longitude', models.DecimalField(decimal_places=4, max_digits=7)),
            ],
        ),
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('name', models.CharField(max_length=200)),
                ('acronym', models.CharField(blank=True, max_length=20)),
                ('kind', models.CharField(choices=[('academy', 'academy of sciences'), ('university', 'university'), ('research', 'research organisation'), ('agency', 'agency or ministry'), ('international', 'international organisation')], max_length=16)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('url', models.URLField(blank=True, max_length=300)),
                ('latitude', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True)),
                ('longitude', models.DecimalField(blank=True, decimal_places=4, max_digits=7, null=True)),
                ('search_text', anso.database.search.SearchTextField('name', 'acronym', 'city', are_names=True, editable=False)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='directory.country')),
            ],
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('full_name', models.CharField(max_length=200)),
                ('given_name', models.CharField(blank=True, max_length=100)),
                ('family_name', models.CharField(blank=True, max_length=100)),
                ('latin_name', models.CharField(blank=True, max_length=200)),
                ('gender', models.CharField(choices=[('woman', 'woman'), ('man', 'man'), ('other', 'another gender'), ('unstated', 'not stated')], default='unstated', max_length=10)),
                ('born_on', models.DateField(blank=True, null=True)),
                ('orcid', models.CharField(blank=True, max_length=19)),
                ('languages', models.JSONField(default=list, help_text='Codes of languages the person reads well.')),
                ('search_text', anso.database.search.SearchTextField('full_name', 'latin_name', are_names=True, editable=False)),
                ('account', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='person', to=settings.AUTH_USER_MODEL)),
                ('nationality', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='nationals', to='directory.country')),
                ('residence', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='residents', to='directory.country')),
            ],
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('because', models.TextField()),
                ('moved', models.JSONField(help_text='Name of a column to the keys of the rows that moved.')),
                ('merged_at', models.DateTimeField()),
                ('undo_until', models.DateTimeField()),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('merged_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('gone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merged_in', to='directory.person')),
                ('kept', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='directory.person')),
            ],
        ),
        migrations.CreateModel(
            name='Interest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('same_organisation', 'works at the same organisation'), ('family', 'family or close friend'), ('supervision', 'supervised or was supervised by'), ('joint_work', 'published or worked together'), ('other', 'another interest')], max_length=20)),
                ('remark', models.CharField(blank=True, max_length=300)),
                ('last_year', models.PositiveSmallIntegerField(blank=True, help_text='Of joint work: when it was last, where they say so.', null=True)),
                ('declared_at', models.DateTimeField()),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.organisation')),
                ('other_person', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.person')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interests', to='directory.person')),
            ],
        ),
        migrations.CreateModel(
            name='Expertise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=40)),
                ('keywords', models.CharField(blank=True, max_length=300)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='expertise', to='directory.person')),
            ],
        ),
        migrations.CreateModel(
            name='Affiliation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(blank=True, max_length=120)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField(blank=True, null=True)),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='affiliations', to='directory.organisation')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='affiliations', to='directory.person')),
            ],
        ),
        migrations.CreateModel(
            name='ShippedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=40)),
                ('key', models.CharField(help_text='What names the row among the shipped facts.', max_length=300)),
                ('object_key', models.CharField(help_text='The primary key of the row.', max_length=40)),
                ('facts', models.JSONField(help_text='Column to value, as it was shipped.')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('table', 'key'), name='directory_shipped_row_once')],
            },
        ),
        migrations.CreateModel(
            name='CountryClass',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(choices=[('LDC', 'least developed country'), ('LLDC', 'landlocked developing country'), ('SIDS', 'small island developing state'), ('developing', 'developing country')], max_length=12)),
                ('period', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('source', models.CharField(max_length=300)),
                ('country', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='classes', to='directory.country')),
            ],
            options={
                'constraints': [django.contrib.postgres.constraints.ExclusionConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], expressions=[('country', '='), ('code', '='), ('period', '&&')], name='directory_country_class_no_overlap')],
            },
        ),
        migrations.AddIndex(
            model_name='organisation',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='directory_organisation_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.UniqueConstraint(fields=('name', 'country'), name='directory_organisation_one_per_name'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['full_name'], name='directory_person_name_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='person',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='directory_person_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.CheckConstraint(condition=models.Q(('full_name', ''), _negated=True), name='directory_person_has_name'),
        ),
        migrations.AddConstraint(
            model_name='person',
            constraint=models.UniqueConstraint(condition=models.Q(('orcid', ''), _negated=True), fields=('orcid',), name='directory_person_one_per_orcid'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kept', models.F('gone')), _negated=True), models.Q(('because', ''), _negated=True)), name='directory_merge_of_two'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('gone',), name='directory_merge_once'),
        ),
        migrations.AddConstraint(
            model_name='interest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation__isnull', True), ('other_person__isnull', False)), models.Q(('organisation__isnull', False), ('other_person__isnull', True)), _connector='OR'), name='directory_interest_in_one'),
        ),
        migrations.AddConstraint(
            model_name='expertise',
            constraint=models.UniqueConstraint(fields=('person', 'subject'), name='directory_expertise_once'),
        ),
        migrations.AddConstraint(
            model_name='affiliation',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gt', models.F('starts_on')), _connector='OR'), name='directory_affiliation_period'),
        ),
    ]
