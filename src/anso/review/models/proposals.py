"""Rows of what is proposed: who could review what in one call."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from anso.calls.models import Call
from anso.kernel.references import new_reference
from anso.review.lifecycle import PROPOSAL


class AssignmentProposal(models.Model):
    """Who could review what, worked out once for all officers of a call. It assigns nothing."""

    lifecycle = PROPOSAL

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="proposals")
    state = models.CharField(max_length=10, default="running")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    tried_at = models.DateTimeField(help_text="When its work was last begun.")
    ended_at = models.DateTimeField(null=True, blank=True)
    applications = models.PositiveIntegerField(help_text="How many lacked reviews.")
    reviewers = models.PositiveIntegerField(help_text="How many had agreed.")
    basis = models.CharField(max_length=64, help_text="The hash of what it was worked out from.")
    pairs = models.JSONField(default=list, blank=True, help_text="Application and reviewer.")
    short = models.JSONField(default=list, blank=True, help_text="Application, lack, is barred.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call"], condition=Q(state="running"), name="review_proposal_one_running"
            )
        ]

    def __str__(self) -> str:
        return f"proposal {self.reference}"
