"""Interviews: the times that officers open in a step, and which application is heard when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from anso.applications.models import Application
from anso.calls.models import Step
from anso.kernel.references import new_reference
from anso.review.models import Reviewer

PLACE_LIMIT = 300


class InterviewTime(models.Model):
    """A time at which one application can be heard in a step, where, and who listens. Several at
    the same time are as many rows.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="interview_times")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=PLACE_LIMIT, help_text="A room, or the address of a call.")
    listeners = models.ManyToManyField(Reviewer, blank=True, related_name="interview_times")
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="Nobody can choose it any more since then."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="interviews_time_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["step", "starts_at"], name="interviews_time_of_step")]

    def __str__(self) -> str:
        return self.reference


class Interview(models.Model):
    """One application is to be heard in one step; the time that was chosen for it, which no other
    interview has.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="interviews"
    )
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="interviews")
    time = models.OneToOneField(
        InterviewTime, null=True, blank=True, on_delete=models.PROTECT, related_name="interview"
    )
    choose_until = models.DateTimeField(help_text="Until then the time can be chosen and changed.")
    invited_at = models.DateTimeField()
    chosen_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveSmallIntegerField(
        default=0, help_text="How often its entry in a calendar changed."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "step"], name="interviews_interview_once_per_step"
            ),
            models.CheckConstraint(
                condition=Q(time__isnull=True, chosen_at__isnull=True)
                | Q(time__isnull=False, chosen_at__isnull=False),
                name="interviews_interview_time_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
