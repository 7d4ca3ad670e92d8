"""Choices of the governing bodies."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from anso.kernel.standing import StandingEventKind


class BodyKind(models.TextChoices):
    """What a body is."""

    ASSEMBLY = "assembly", _("General Assembly")
    BOARD = "board", _("Governing Board")
    SECRETARIAT = "secretariat", _("Secretariat")
    DIVISION = "division", _("division of the Secretariat")
    WORKING_GROUP = "working_group", _("working group")
    REGIONAL_CENTRE = "regional_centre", _("regional centre")
    PANEL = "panel", _("panel or jury")
    AUDIT = "audit", _("audit")


SECRETARIAT_KINDS = (BodyKind.SECRETARIAT, BodyKind.DIVISION)


class MandateRole(models.TextChoices):
    """In what capacity somebody serves in a body."""

    PRESIDENT = "president", _("president")
    VICE_PRESIDENT = "vice_president", _("vice-president")
    CHAIR = "chair", _("chair")
    MEMBER = "member", _("member")
    DELEGATE = "delegate", _("delegate")
    EXECUTIVE_DIRECTOR = "executive_director", _("Executive Director")
    PROGRAMME_OFFICER = "programme_officer", _("programme officer")
    REGIONAL_OFFICER = "regional_officer", _("regional officer")
    AUDITOR = "auditor", _("auditor")


HELD_BY_ONE = (MandateRole.PRESIDENT, MandateRole.CHAIR, MandateRole.EXECUTIVE_DIRECTOR)
"""Roles that one holder at a time has in a body; the database refuses a second."""


class MembershipCategory(models.TextChoices):
    """How an organisation belongs to the alliance."""

    FOUNDING = "founding", _("founding member")
    FULL = "full", _("member")


class MembershipEventKind(models.TextChoices):
    """What can be recorded about a membership, as `kernel.standing` reads it."""

    ADMITTED = StandingEventKind.ADMITTED.value, _("admitted")
    RECATEGORISED = StandingEventKind.RECATEGORISED.value, _("moved to another category")
    SUSPENDED = StandingEventKind.SUSPENDED.value, _("suspended")
    WAIVED = StandingEventKind.WAIVED.value, _("suspension waived")
    RESTORED = StandingEventKind.RESTORED.value, _("restored")
    LEFT = StandingEventKind.LEFT.value, _("left")
    EXPELLED = StandingEventKind.EXPELLED.value, _("expelled")
    REVOKED = StandingEventKind.REVOKED.value, _("record revoked")


class AssociationState(models.TextChoices):
    """Whether an association that was recognised still does something."""

    ACTIVE = "active", _("active")
    DORMANT = "dormant", _("dormant")
    CLOSED = "closed", _("closed")
