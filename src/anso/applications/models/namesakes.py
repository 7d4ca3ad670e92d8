"""Two submitted applications of one call that may be of one person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from anso.applications.models.applications import Application
from anso.kernel.references import new_reference


class Namesake(models.Model):
    """Two submitted applications of one call whose people bear one name and birth date: a question
    to an officer, until one says whether they are two people or one.

    The answer is about the names and birth dates that were compared; it falls when these change.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    first = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="+", db_index=False
    )  # the index of its constraint begins with it
    second = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="+")
    same = models.CharField(max_length=12, help_text="In what they are: ``SameWhat``.")
    about = models.CharField(max_length=64, help_text="The hash of what was compared.")
    found_at = models.DateTimeField()
    is_one_person = models.BooleanField(null=True, help_text="Empty until an officer answers.")
    reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nobody asks for what one officer answered
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="applications_namesake_once"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="applications_namesake_in_order"
            ),
            models.CheckConstraint(
                condition=Q(
                    is_one_person__isnull=True,
                    reason="",
                    answered_by__isnull=True,
                    answered_at__isnull=True,
                )
                | Q(
                    ~Q(reason=""),
                    is_one_person__isnull=False,
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                ),
                name="applications_namesake_answered_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"namesakes {self.first_id} and {self.second_id}"
