"""What a host can answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class HostSays(models.TextChoices):
    """Whether a host would receive a candidate."""

    ADMITS = "admits", _("admits")
    CONDITION = "condition", _("admits on a condition")
    REFUSES = "refuses", _("does not admit")
