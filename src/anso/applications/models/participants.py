"""Who takes part in an application: a person or an organisation, in one role."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from anso.directory.models import Country, Organisation, Person
from anso.kernel.references import new_reference


class Participant(models.Model):
    """Somebody takes part in an application in one role (``kernel.participants.ROLES``).

    Whoever writes has a row from the start; all others follow from what was submitted, and are
    written again with every submission. Name, address and organisation stand as they were given;
    ``person`` and ``organisation`` are the records of the directory that they lead to. A person
    who has no account yet is one row of the directory for each address.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(
        "applications.Application", on_delete=models.CASCADE, related_name="participants"
    )
    role = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField(default=1)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    full_name = models.CharField(max_length=200, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    organisation_name = models.CharField(max_length=200, blank=True)
    part = models.CharField(max_length=300, blank=True, help_text="What they do in it.")
    question_key = models.CharField(
        max_length=60, blank=True, help_text="The question that names them."
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "role", "order"], name="applications_participant_one_each"
            ),
            models.CheckConstraint(
                condition=~Q(full_name="") | ~Q(organisation_name=""),
                name="applications_participant_has_name",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(declined_at__isnull=True),
                name="applications_participant_one_answer",
            ),
        ]
        indexes = [
            # Who signs in finds what concerns them by each of their addresses.
            models.Index(
                Lower("email"), condition=~Q(email=""), name="applications_participant_email"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.full_name or self.organisation_name}"
