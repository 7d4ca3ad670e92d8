"""Choices of calls."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormPurpose(models.TextChoices):
    """What a form of a call is for; the keys under which programme kinds declare their forms."""

    APPLICATION = "application", _("application")
    REFEREE = "referee", _("referee's letter")
    SUPERVISOR = "supervisor", _("supervisor's statement")
    SUPPORTER = "supporter", _("supporter's letter")
    NOMINEE = "nominee", _("nominee's consent")
    FULL_PROPOSAL = "full_proposal", _("full proposal")
