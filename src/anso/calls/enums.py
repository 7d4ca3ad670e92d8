"""Choices of calls."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FormPurpose(models.TextChoices):
    """Who fills a form of a call."""

    APPLICATION = "application", _("application")
    REFEREE = "referee", _("referee's letter")
    SUPERVISOR = "supervisor", _("supervisor's statement")
