import anso.kernel.references
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
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=16, unique=True)),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('media_type', models.CharField(max_length=100)),
                ('name', models.CharField(max_length=200)),
                ('storage_key', models.CharField(max_length=200)),
                ('page_count', models.PositiveIntegerField(blank=True, null=True)),
                ('scan_result', models.CharField(choices=[('pending', 'waiting for the scan'), ('clean', 'clean'), ('not_scanned', 'no scanner installed'), ('infected', 'infected')], default='pending', max_length=12)),
                ('scanned_at', models.DateTimeField(blank=True, null=True)),
                ('received_at', models.DateTimeField()),
                ('received_from', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(default=anso.kernel.references.new_reference, editable=False, max_length=24, unique=True)),
                ('owner_key', models.CharField(help_text='Who may continue it: an account or a scoped link.', max_length=120)),
                ('purpose', models.CharField(help_text='Where the finished file goes, e.g. application:AB12:passport.', max_length=120)),
                ('name', models.CharField(max_length=200)),
                ('size_bytes', models.PositiveBigIntegerField()),
                ('received_bytes', models.PositiveBigIntegerField(default=0)),
                ('started_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('finished_file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(('size_bytes__gt', 0)), name='files_stored_file_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='storedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('scan_result', 'pending'), ('scanned_at__isnull', True)), models.Q(models.Q(('scan_result', 'pending'), _negated=True), ('scanned_at__isnull', False)), _connector='OR'), name='files_stored_file_scanned_has_instant'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('received_bytes__lte', models.F('size_bytes'))), name='files_upload_not_over_size'),
        ),
    ]
