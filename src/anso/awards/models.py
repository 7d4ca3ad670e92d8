"""Offers of places. A declined or lapsed place goes to the next on the list by the same rules."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anso.applications.models import Application
from anso.awards.lifecycle import OFFER
from anso.calls.models import Call
from anso.decisions.models import Decision
from anso.files.models import StoredFile
from anso.governance.models import Membership
from anso.kernel.references import new_reference
from anso.programmes.models import Programme


class AwardDetail(models.Model):
    """What a award letter tells beside the offer, for one host of a call, or for all of a call
    without hosts. Hosts tell it late, so it is no term of the call: officers keep it up to date.
    Each change is a row of its own: a letter names the version that it was made from.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="award_details")
    host = models.CharField(max_length=40, blank=True, help_text="Blank: the whole call.")
    version = models.PositiveIntegerField(default=0, help_text="0: nobody has said anything yet.")
    kept_at = models.DateTimeField()
    starts_on = models.DateField(null=True, blank=True)
    contact = models.TextField(blank=True, help_text="To whom whoever holds an award writes.")
    steps = models.JSONField(default=dict, blank=True, help_text="What comes next, by language.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "host", "version"], name="awards_award_detail_one_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.host or 'all'} of {self.call_id}, {self.version}"


class Offer(models.Model):
    """A place is offered to one applicant until an instant, with the benefits and who pays them."""

    lifecycle = OFFER

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="offers")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="offers")
    place = models.CharField(max_length=120)
    benefits = models.JSONField(default=list)
    amount = models.DecimalField(
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="What it is paid, in the currency of the call's budget; none where none counts.",
    )
    state = models.CharField(max_length=10, default="made")
    # One to one: what became free is passed on once.
    follows = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    reason = models.TextField(help_text="Why this place went to this application.")
    is_by_correction = models.BooleanField(
        default=False,
        help_text="Made by a correction, beside the number of the call: passed on to nobody.",
    )
    made_at = models.DateTimeField()
    respond_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    lapsed_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=300, blank=True)
    is_unnamed = models.BooleanField(
        default=False, help_text="Whoever accepts it asked not to be named among the results."
    )
    letter_had = models.PositiveIntegerField(
        null=True, blank=True, help_text="The version of the letter that its holder had last."
    )
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_because = models.TextField(blank=True, help_text="Told to whoever it was made to.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=OFFER.states), name="awards_offer_known_state"
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["made", "accepted"]),
                name="awards_offer_one_standing_per_application",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="awards_offer_answered_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="lapsed") | Q(lapsed_at__isnull=False),
                name="awards_offer_lapsed_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | Q(revoked_at__isnull=False),
                name="awards_offer_revoked_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} to {self.application}"


class EarlierHolder(models.Model):
    """Somebody who received what a programme gives before its calls were kept here, or a year in
    which it was given to nobody, and why. Taken off with a reason, never changed: what was wrong is
    entered anew.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="earlier_holders"
    )
    year = models.PositiveSmallIntegerField()
    award = models.CharField(max_length=200, help_text="What was given, as it was called then.")
    name = models.CharField(max_length=200, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    citation = models.CharField(max_length=400, blank=True)
    not_given_because = models.CharField(max_length=400, blank=True)
    entered_at = models.DateTimeField()
    taken_off_at = models.DateTimeField(null=True, blank=True)
    taken_off_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "award", "name"],
                condition=Q(taken_off_at__isnull=True),
                name="awards_earlier_holder_once",
            ),
            models.CheckConstraint(
                condition=Q(name="") ^ Q(not_given_because=""),
                name="awards_earlier_holder_or_nobody",
            ),
            models.CheckConstraint(
                condition=Q(taken_off_at__isnull=True) | ~Q(taken_off_because=""),
                name="awards_earlier_holder_taken_off_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.award} {self.year}: {self.name or 'nobody'}"


class Enrolment(models.Model):
    """An organisation that accepted its admission is entered among the members: at once where the
    directory knows nobody of a similar name, else when an officer says which organisation it is.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="enrolment")
    membership = models.ForeignKey(
        Membership, null=True, blank=True, on_delete=models.PROTECT, related_name="enrolments"
    )
    asked_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True, blank=True)
    is_admitted = models.BooleanField(
        default=False, help_text="Admitted by this; false for one that was a member already."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(membership__isnull=True, entered_at__isnull=True)
                | Q(membership__isnull=False, entered_at__isnull=False),
                name="awards_enrolment_entered_has_instant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.offer}"


class HolderPicture(models.Model):
    """The picture of whoever holds what was given, with what it shows in words, and how its being
    shown was agreed to. Taken away, the row is gone; that it was there stands in the record.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="picture")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    shows = models.CharField(max_length=200)
    consent = models.CharField(max_length=200)
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(shows="") & ~Q(consent=""), name="awards_picture_told_and_agreed"
            )
        ]

    def __str__(self) -> str:
        return f"picture of {self.offer}"
