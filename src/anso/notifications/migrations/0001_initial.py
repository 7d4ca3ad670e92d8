import anso.database.search
import anso.kernel.references
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Mailing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('code', models.CharField(help_text='Of what it tells, e.g. decisions.outcomes.', max_length=60)),
                ('name', models.CharField(blank=True, help_text='Where an officer named it.', max_length=200)),
                ('key', models.CharField(help_text='One mailing for one occasion.', max_length=120, unique=True)),
                ('context_type', models.CharField(max_length=60)),
                ('context_id', models.BigIntegerField()),
                ('texts', models.JSONField(default=dict, help_text='Own words, by code of the letter and language: a subject and a text.')),
                ('chosen', models.JSONField(blank=True, default=dict, help_text='A set of people that an officer wrote to: who they are and how they were found.')),
                ('prepared_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['context_type', 'context_id', '-prepared_at'], name='notifications_mailing_context')],
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('code', models.CharField(help_text='Which notice this is, e.g. applications.receipt.', max_length=60)),
                ('state', models.CharField(default='waiting', max_length=10)),
                ('email', models.EmailField(max_length=254)),
                ('recipient_label', models.CharField(blank=True, max_length=200)),
                ('language', models.CharField(max_length=10)),
                ('second_language', models.CharField(blank=True, help_text='In which it says the same once more, below: of readers without an account.', max_length=10)),
                ('subject', models.CharField(max_length=300)),
                ('body', models.TextField()),
                ('search_text', anso.database.search.SearchTextField('recipient_label', 'email', 'subject', are_names=False, editable=False)),
                ('secret', models.CharField(blank=True, help_text='The scoped link, put in place of {link} at sending; never shown in the log.', max_length=300)),
                ('calendar', models.TextField(blank=True, help_text='A calendar file that goes with it, as every calendar program reads.')),
                ('facts', models.JSONField(default=dict, help_text='What a letter of a mailing may say of its reader, to word it anew.')),
                ('second_facts', models.JSONField(blank=True, default=dict, help_text='The same in the second language.')),
                ('own_text', models.JSONField(blank=True, default=dict, help_text="An officer's words for this reader alone: a subject and a text.")),
                ('about_type', models.CharField(max_length=60)),
                ('about_id', models.BigIntegerField()),
                ('context_type', models.CharField(help_text='The kind of object it belongs to: who looks after that object reads it.', max_length=60)),
                ('context_id', models.BigIntegerField()),
                ('dedupe_key', models.CharField(help_text='The same notice about the same thing is written once.', max_length=120, unique=True)),
                ('created_at', models.DateTimeField()),
                ('send_after', models.DateTimeField()),
                ('held_at', models.DateTimeField(blank=True, null=True)),
                ('sent_at', models.DateTimeField(blank=True, null=True)),
                ('failed_at', models.DateTimeField(blank=True, null=True)),
                ('bounced_at', models.DateTimeField(blank=True, null=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('claimed_at', models.DateTimeField(blank=True, help_text='A worker is handing it over since then.', null=True)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
                ('mailing', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='letters', to='notifications.mailing')),
                ('recipient', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('is_accepted', models.BooleanField()),
                ('answer', models.CharField(blank=True, max_length=500)),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='notifications.message')),
            ],
        ),
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reminders', models.BooleanField(default=True)),
                ('account', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notification_preference', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['state', 'send_after'], name='notifications_message_due'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['about_type', 'about_id'], name='notifications_message_about'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['context_type', 'context_id', '-created_at'], name='notifications_message_context'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['email', '-created_at'], name='notifications_message_to'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=django.contrib.postgres.indexes.GinIndex(fields=['search_text'], name='notifications_search_trgm', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'held', 'sent', 'failed', 'cancelled', 'bounced'))), name='notifications_message_known_state'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'sent'), _negated=True), ('sent_at__isnull', False), _connector='OR'), name='notifications_message_sent_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('held_at__isnull', False), ('state', 'held')), models.Q(('state', 'held'), _negated=True), _connector='OR'), name='notifications_message_held_has_instant'),
        ),
    ]
