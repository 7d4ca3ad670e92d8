"""Bodies, mandates in them, and membership of the alliance. Meetings, motions and votes come on top
of these.
"""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from anso.directory.models import Organisation, Person
from anso.governance.enums import (
    HELD_BY_ONE,
    AssociationState,
    BodyKind,
    MandateRole,
    MembershipCategory,
    MembershipEventKind,
)
from anso.kernel.references import new_reference
from anso.kernel.standing import MAY_RUN_OUT, NAMING_CATEGORY

RUNNING_OUT = sorted(kind.value for kind in MAY_RUN_OUT)
YEAR_OR_DAY = r"^([0-9]{4}(-[0-9]{2}-[0-9]{2})?)?$"
WITH_CATEGORY = sorted(kind.value for kind in NAMING_CATEGORY)


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


def _in_force() -> Func:
    """The half-open period of a mandate, as exclusion constraints compare it."""
    # Without an end the period has no bound: that is how a range takes a null.
    return Func(F("starts_on"), F("ends_on"), function="daterange", output_field=DateRangeField())


class Mandate(models.Model):
    """Somebody serves in a body during a half-open period. Rights follow from mandates, never from
    group names.

    A period without a day is a mandate that was taken back before its first day had passed.
    ``is_seat_of_organisation`` repeats the body's, so that the database can see whose seat it is.
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
    is_seat_of_organisation = models.BooleanField(default=False)
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
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="governance_mandate_period",
            ),
            # One person holds one role in one body once at a time; so does one organisation, where
            # the seat is its own or nobody is named; and some roles have one holder at a time.
            # Two officers who give the same mandate at the same moment cannot both succeed.
            ExclusionConstraint(
                name="governance_mandate_once_per_person",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (_in_force(), RangeOperators.OVERLAPS),
                ],
                condition=Q(person__isnull=False),
            ),
            ExclusionConstraint(
                name="governance_mandate_once_per_organisation",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (_in_force(), RangeOperators.OVERLAPS),
                ],
                condition=Q(organisation__isnull=False)
                & (Q(is_seat_of_organisation=True) | Q(person__isnull=True)),
            ),
            ExclusionConstraint(
                name="governance_mandate_one_holder",
                expressions=[
                    ("body", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (_in_force(), RangeOperators.OVERLAPS),
                ],
                condition=Q(role__in=HELD_BY_ONE),
            ),
        ]
        # Rights are asked for at nearly every request of staff.
        indexes = [models.Index(fields=["person", "role"], name="governance_mandate_of_person")]

    def __str__(self) -> str:
        return f"{self.role} of {self.body}"


class Membership(models.Model):
    """An organisation belongs to the alliance during a half-open period; one that left and came
    back has two.

    Category and standing are not kept here: they follow, for any day, from the membership's events.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships"
    )
    number = models.PositiveSmallIntegerField(
        help_text="An organisation that comes back has its number again."
    )
    period = DateRangeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="governance_membership_no_overlap",
                expressions=[
                    ("organisation", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                # One organisation may have its number in several periods; two never have the same.
                name="governance_membership_number_of_one",
                expressions=[
                    ("number", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.NOT_EQUAL),
                ],
            ),
            models.CheckConstraint(
                condition=Q(period__startswith__isnull=False, period__isempty=False),
                name="governance_membership_has_first_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.organisation}"

    @property
    def admitted_on(self) -> dt.date:
        """Its first day."""
        return cast("dt.date", self.period.lower)

    @property
    def ended_on(self) -> dt.date | None:
        """The first day on which it was over."""
        return cast("dt.date | None", self.period.upper)


class MembershipEvent(models.Model):
    """Something happened to a membership on a day, with its reason and its source: admitted,
    suspended, restored… Only ever added, which a trigger of the database holds.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=16, choices=MembershipEventKind.choices)
    on = models.DateField()
    until = models.DateField(
        null=True, blank=True, help_text="The day on which a suspension or waiver runs out."
    )
    category = models.CharField(max_length=12, choices=MembershipCategory.choices, blank=True)
    because = models.CharField(max_length=500, blank=True)
    source = models.CharField(
        max_length=300, blank=True, help_text="Where it was decided or is written."
    )
    revokes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="revoked_by"
    )
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("on"), kind__in=RUNNING_OUT),
                name="governance_membership_event_period",
            ),
            models.CheckConstraint(
                condition=(Q(kind__in=WITH_CATEGORY) & ~Q(category=""))
                | (~Q(kind__in=WITH_CATEGORY) & Q(category="")),
                name="governance_membership_event_category",
            ),
            models.CheckConstraint(
                condition=Q(kind=MembershipEventKind.REVOKED, revokes__isnull=False)
                | (~Q(kind=MembershipEventKind.REVOKED) & Q(revokes__isnull=True)),
                name="governance_membership_event_revokes",
            ),
            models.CheckConstraint(
                condition=~(Q(because="") & Q(source="")),
                name="governance_membership_event_has_reason",
            ),
            models.UniqueConstraint(
                fields=["membership"],
                condition=Q(kind=MembershipEventKind.ADMITTED),
                name="governance_membership_admitted_once",
            ),
        ]
        indexes = [
            # Standing at a date is read from all events until then, in order.
            models.Index(fields=["membership", "on", "id"], name="governance_membership_events")
        ]

    def __str__(self) -> str:
        return f"{self.membership_id} {self.kind} {self.on}"


class Association(models.Model):
    """A body of organisations or people beside the alliance that it recognised. When it was
    launched and when it was recognised are told as exactly as they are known: a year, or a day.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.SlugField(max_length=60, unique=True)
    name = models.JSONField(help_text="Text by language.")
    acronym = models.CharField(max_length=20, blank=True)
    led_by = models.CharField(max_length=200, blank=True)
    launched = models.CharField(max_length=10, blank=True, help_text="2019, or 2019-05-11.")
    recognised = models.CharField(max_length=10, blank=True, help_text="2019, or 2019-05-11.")
    remark = models.JSONField(default=dict, blank=True, help_text="Text by language.")
    source = models.CharField(max_length=300)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(launched__regex=YEAR_OR_DAY, recognised__regex=YEAR_OR_DAY),
                name="governance_association_dates",
            ),
            models.CheckConstraint(
                condition=~Q(source=""), name="governance_association_has_source"
            ),
        ]

    def __str__(self) -> str:
        return self.acronym or self.code


class AssociationEvent(models.Model):
    """From a day on an association is active, dormant or closed, and why. Only ever added, which a
    trigger of the database holds; of one of which nothing is recorded nobody says what it is.
    """

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="events")
    state = models.CharField(max_length=8, choices=AssociationState.choices)
    on = models.DateField()
    because = models.CharField(max_length=500)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(because=""), name="governance_association_event_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.association} {self.state} {self.on}"


class AssociationGroup(models.Model):
    """A working group of an association, from a day until it ended."""

    association = models.ForeignKey(Association, on_delete=models.PROTECT, related_name="groups")
    name = models.CharField(max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["association", "name"],
                condition=Q(ends_on__isnull=True),
                name="governance_association_group_once",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="governance_association_group_period",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.association}"
