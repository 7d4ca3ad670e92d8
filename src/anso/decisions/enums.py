"""What can become of an application."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    """The result of a selection for one application. The last three are those of a step that leads
    to another one.
    """

    SELECTED = "selected", _("selected")
    WAITING = "waiting", _("waiting")
    UNPLACED = "unplaced", _("not selected")
    INELIGIBLE = "ineligible", _("not eligible")
    INVITED = "invited", _("invited")
    ADVANCED = "advanced", _("goes on")
    REJECTED = "rejected", _("does not go on")
