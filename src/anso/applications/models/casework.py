"""What officers keep beside an application for themselves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from anso.applications.models.applications import Application
from anso.kernel.references import new_reference


class CaseNote(models.Model):
    """An officer's note on an application, for the officers of its call alone. Taken away by its
    writer, its words are gone; who wrote it and when stay.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="case_notes"
    )
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(removed_at__isnull=True) | Q(text=""),
                name="applications_case_note_removed_is_empty",
            )
        ]
        indexes = [
            models.Index(fields=["application", "written_at"], name="applications_case_notes")
        ]

    def __str__(self) -> str:
        return f"note {self.reference} on {self.application_id}"
