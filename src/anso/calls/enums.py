"""Choices of calls."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BodyFunction(models.TextChoices):
    """What a body does in a call: a panel or a jury judges and proposes; where another body
    confers, that one confirms.
    """

    PANEL = "panel", _("panel")
    JURY = "jury", _("jury")
    CONFERRING = "conferring", _("conferring body")


JUDGING = (BodyFunction.PANEL, BodyFunction.JURY)
