"""Requests. A match is an accepted one, and nothing beside it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anso.applications.models import Application
from anso.kernel.references import new_reference
from anso.matching.lifecycle import MATCH_REQUEST


class MatchRequest(models.Model):
    """Somebody who was selected in one call asks somebody who was selected in another.

    An accepted request holds one of the places of whoever was asked, numbered from 1 to their
    ``capacity``: the database gives no place twice.
    """

    lifecycle = MATCH_REQUEST

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    asking = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="requests_made")
    asked = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="requests_got")
    state = models.CharField(max_length=10, default="asked")
    words = models.TextField(blank=True, help_text="What whoever asks wrote to whoever is asked.")
    asks_next = models.BooleanField(
        default=False, help_text="After a no, or no answer, the next on the shortlist is asked."
    )
    position = models.PositiveSmallIntegerField(help_text="On the shortlist of that moment.")
    record = models.JSONField(help_text="The shortlist of that moment, as selection.record keeps.")
    sha256 = models.CharField(max_length=64)
    capacity = models.PositiveSmallIntegerField(help_text="How many tasks whoever is asked takes.")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True, help_text="Why it was declined or ended.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=MATCH_REQUEST.states), name="matching_request_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(asking=F("asked")), name="matching_request_not_of_itself"
            ),
            models.UniqueConstraint(
                fields=["asking", "asked"],
                condition=Q(state__in=["asked", "accepted"]),
                name="matching_request_one_standing_for_both",
            ),
            models.UniqueConstraint(
                fields=["asking"],
                condition=Q(state="accepted"),
                name="matching_request_one_match_of_whoever_asks",
            ),
            models.UniqueConstraint(
                fields=["asked", "place"],
                condition=Q(state="accepted"),
                name="matching_request_place_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(place__gte=1, place__lte=F("capacity")),
                name="matching_request_within_capacity",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined", "ended"])
                | Q(answered_at__isnull=False),
                name="matching_request_answered_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["released", "withdrawn", "ended"])
                | Q(closed_at__isnull=False),
                name="matching_request_closed_has_instant",
            ),
        ]
        # What the clock looks for.
        indexes = [
            models.Index(
                fields=["answer_by"], condition=Q(state="asked"), name="matching_request_due"
            )
        ]

    def __str__(self) -> str:
        return f"{self.asking_id} asks {self.asked_id}"
