"""Bodies, mandates in them, and membership of the alliance. Meetings, motions and votes come on top
of these.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anso.directory.models import Organisation, Person
from anso.governance.enums import BodyKind, MandateRole, MembershipCategory
from anso.kernel.references import new_reference


class Body(models.Model):
    """A part of the alliance that people or organisations serve in."""

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.JSONField(help_text="Text by language.")
    purpose = models.JSONField(default=dict, blank=True, help_text="Text by language.")
    kind = models.CharField(max_length=20, choices=BodyKind.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    seat_count = models.PositiveSmallIntegerField(null=True, blank=True)
    is_seat_of_organisation = models.BooleanField(
        default=False, help_text="Seats belong to organisations, not to people."
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.code


class Mandate(models.Model):
    """Somebody serves in a body during a half-open period. Rights follow from mandates, never from
    group names.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="mandates")
    role = models.CharField(max_length=24, choices=MandateRole.choices)
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="mandates"
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(organisation__isnull=False),
                name="governance_mandate_has_holder",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="governance_mandate_period",
            ),
        ]
        indexes = [models.Index(fields=["person", "role"], name="governance_mandate_of_person")]

    def __str__(self) -> str:
        return f"{self.role} of {self.body}"


class Membership(models.Model):
    """An organisation belongs to the alliance during a half-open period."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.PROTECT, related_name="membership"
    )
    number = models.PositiveSmallIntegerField(unique=True)
    category = models.CharField(max_length=12, choices=MembershipCategory.choices)
    admitted_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=models.F("admitted_on")),
                name="governance_membership_period",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.organisation}"
