"""Stored files: content by its hash, and uploads still on their way."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from anso.files.enums import ScanResult
from anso.kernel.references import new_reference


class StoredFile(models.Model):
    """One file as it was received: checked for its real type, scanned, kept under its content
    hash.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    sha256 = models.CharField(max_length=64, db_index=True)
    size_bytes = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    storage_key = models.CharField(max_length=200)
    page_count = models.PositiveIntegerField(null=True, blank=True)
    scan_result = models.CharField(
        max_length=12, choices=ScanResult.choices, default=ScanResult.PENDING
    )
    scanned_at = models.DateTimeField(null=True, blank=True)
    received_at = models.DateTimeField()
    received_from = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(size_bytes__gt=0), name="files_stored_file_not_empty"
            ),
            models.CheckConstraint(
                condition=models.Q(scan_result=ScanResult.PENDING, scanned_at__isnull=True)
                | (~models.Q(scan_result=ScanResult.PENDING) & models.Q(scanned_at__isnull=False)),
                name="files_stored_file_scanned_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file on its way in pieces; the part received so far can be asked for and continued after a
    broken line.
    """

    reference = models.CharField(max_length=24, unique=True, default=new_reference, editable=False)
    owner_key = models.CharField(
        max_length=120, help_text="Who may continue it: an account or a scoped link."
    )
    purpose = models.CharField(
        max_length=120, help_text="Where the finished file goes, e.g. application:AB12:passport."
    )
    name = models.CharField(max_length=200)
    size_bytes = models.PositiveBigIntegerField()
    received_bytes = models.PositiveBigIntegerField(default=0)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    finished_file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(received_bytes__lte=models.F("size_bytes")),
                name="files_upload_not_over_size",
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.received_bytes}/{self.size_bytes}"
