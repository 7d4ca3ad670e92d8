"""Columns of an export that officers chose and kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from anso.calls.models import Call


class ExportView(models.Model):
    """A choice of columns under a name, such as that of the ministry which asks for it each year.
    Everybody on the desk of the call sees it; which cells they get is asked each time.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="export_views")
    name = models.CharField(max_length=80)
    columns = models.JSONField(help_text="Keys of columns, in the order of the file.")
    kept_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "name"], name="applications_export_view_one_per_name"
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(columns=[]), name="applications_export_view_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.name
