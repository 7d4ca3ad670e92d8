"""Choices of applications."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """What is asked of the person who gets the link."""

    REFEREE = "referee", _("referee")
    SUPERVISOR = "supervisor", _("supervisor")
    SUPPORTER = "supporter", _("supporter")
    NOMINEE = "nominee", _("nominee")
