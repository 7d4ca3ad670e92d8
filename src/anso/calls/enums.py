"""Choices of calls."""

from __future__ import annotations

from enum import StrEnum

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


class Phase(StrEnum):
    """A part of a call's life as its desk shows it. Kept nowhere."""

    OVERVIEW = "overview"
    SETUP = "setup"
    APPLICATIONS = "applications"
    SCREENING = "screening"
    REVIEW = "review"
    SELECTION = "selection"
    OFFERS = "offers"
    MAIL = "mail"


class PhaseState(StrEnum):
    """How a phase stands. Kept nowhere."""

    DONE = "done"
    NOW = "now"
    LATE = "late"
    AHEAD = "ahead"
