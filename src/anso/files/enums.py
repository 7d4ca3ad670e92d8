"""What a scan can say of a file."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanResult(models.TextChoices):
    """Only clean files, and unscanned ones where no scanner is installed, are ever served to
    others.
    """

    PENDING = "pending", _("waiting for the scan")
    CLEAN = "clean", _("clean")
    NOT_SCANNED = "not_scanned", _("no scanner installed")
    INFECTED = "infected", _("infected")
