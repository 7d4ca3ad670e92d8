"""The parts of the demonstration cast, as the bar on top of every page names them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CastPart(models.TextChoices):
    """Whom a visitor of a demonstration may be."""

    APPLICANT = "applicant", _("applicant")
    CO_APPLICANT = "co_applicant", _("co-applicant")
    REFEREE = "referee", _("referee")
    REVIEWER = "reviewer", _("reviewer")
    CONFLICTED_REVIEWER = "conflicted_reviewer", _("reviewer with a conflict")
    PANEL_CHAIR = "panel_chair", _("panel chair")
    PROGRAMME_OFFICER = "programme_officer", _("programme officer")
    MEMBERS_DELEGATE = "members_delegate", _("member’s delegate")
    BOARD_MEMBER = "board_member", _("board member")
    REGIONAL_OFFICER = "regional_officer", _("regional officer")
    AUDITOR = "auditor", _("auditor")
    HOST = "host", _("university that seeks an expert")
    EXPERT = "expert", _("retired expert")
    ADMITTING = "admitting", _("somebody at a host")
    STRANGER = "stranger", _("stranger")


def part_label(part: str) -> str:
    """The name of a part; one that is not on the list names itself."""
    return str(CastPart(part).label) if part in CastPart.values else part.replace("_", " ")
