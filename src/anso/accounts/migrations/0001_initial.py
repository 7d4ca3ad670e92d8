import anso.kernel.references
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.CreateModel(
            name='EntryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254)),
                ('code_hash', models.CharField(max_length=64)),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('browser', models.CharField(max_length=16)),
                ('wanted', models.CharField(blank=True, max_length=500)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('used_at', models.DateTimeField(blank=True, null=True)),
                ('wrong_guesses', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(django.db.models.functions.text.Lower('email'), models.F('created_at'), name='accounts_entry_code_by_address')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='accounts_entry_code_expires_later')],
            },
        ),
        migrations.CreateModel(
            name='ScopedLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('purpose', models.CharField(max_length=40)),
                ('about_type', models.CharField(max_length=60)),
                ('about_id', models.BigIntegerField()),
                ('sent_to', models.EmailField(blank=True, help_text='Whose way in it is.', max_length=254)),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('revoked_at', models.DateTimeField(blank=True, null=True)),
                ('first_used_at', models.DateTimeField(blank=True, null=True)),
                ('last_used_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['about_type', 'about_id'], name='accounts_scoped_link_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(('expires_at__gt', models.F('created_at'))), name='accounts_scoped_link_expires_later')],
            },
        ),
        migrations.CreateModel(
            name='Account',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='en', max_length=10)),
                ('zone', models.CharField(blank=True, max_length=60)),
                ('browser_zone', models.CharField(blank=True, help_text='Where the browser last was, for mails.', max_length=60)),
                ('is_active', models.BooleanField(default=True)),
                ('is_staff', models.BooleanField(default=False, help_text='Works for the Secretariat: must use a second factor.')),
                ('is_demonstration', models.BooleanField(default=False, help_text='Made for the demonstration: stands for nobody real.')),
                ('demonstration_role', models.CharField(blank=True, help_text='Part in the cast that a visitor may sign in as.', max_length=40)),
                ('session_stamp', models.CharField(default=anso.kernel.references.new_reference, editable=False, help_text='A new one ends all sessions.', max_length=16)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                ('merged_into', models.ForeignKey(blank=True, db_index=False, help_text='The account of the same person that its addresses lead to since.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
            ],
            options={
                'constraints': [models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='accounts_account_one_per_email'), models.UniqueConstraint(condition=models.Q(('demonstration_role', ''), _negated=True), fields=('demonstration_role',), name='accounts_account_one_per_part'), models.CheckConstraint(condition=models.Q(('demonstration_role', ''), ('is_demonstration', True), _connector='OR'), name='accounts_account_part_is_demonstration')],
            },
        ),
    ]
