"""What can become of an application."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    """The result of a selection for one application."""

    SELECTED = "selected", _("selected")
    WAITING = "waiting", _("waiting")
    UNPLACED = "unplaced", _("not selected")
    INELIGIBLE = "ineligible", _("not eligible")
