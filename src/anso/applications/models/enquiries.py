"""Questions about one application and their answers: what its applicant asks the officers, and what
a writer asks the applicant before saying yes or no.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from anso.applications.models.applications import Application
from anso.applications.models.letters import Letter
from anso.kernel.references import new_reference


class Enquiry(models.Model):
    """A question about an application and, beside it, its answer. With a letter, whoever is asked
    for it asks the applicant; without one, the applicant asks the officers of the call.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="enquiries")
    letter = models.ForeignKey(
        Letter, null=True, blank=True, on_delete=models.CASCADE, related_name="enquiries"
    )
    text = models.TextField()
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nobody asks for what one officer answered
    )
    reminder_count = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="", answered_by__isnull=True)
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="applications_enquiry_answer_has_instant",
            ),
        ]
        indexes = [
            models.Index(fields=["application", "asked_at"], name="applications_enquiries"),
            # What officers have to answer: few of many.
            models.Index(
                fields=["asked_at"],
                condition=Q(answered_at__isnull=True, letter__isnull=True),
                name="applications_enquiries_open",
            ),
        ]

    def __str__(self) -> str:
        return f"question {self.reference} on {self.application_id}"


class EarlierAnswer(models.Model):
    """What was answered to a question before its answer was corrected."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.CASCADE, related_name="earlier")
    answer = models.TextField()
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # as with the answer that stands
    )

    def __str__(self) -> str:
        return f"earlier answer to {self.enquiry_id}"
