"""A kind may take several applications of one person, told apart by their place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('applications', '0007_letters_by_writer'),
        ('calls', '0003_writers_of_letters'),
        ('directory', '0002_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='application',
            name='applications_application_one_per_person',
        ),
        migrations.AddField(
            model_name='application',
            name='ordinal',
            field=models.PositiveSmallIntegerField(db_default=1, default=1, help_text="Which of this person's applications to the call: 1 except where a kind takes several."),
        ),
        migrations.AddConstraint(
            model_name='application',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('call', 'applicant', 'ordinal'), name='applications_application_one_per_person'),
        ),
    ]
