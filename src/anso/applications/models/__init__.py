"""Rows of applications. Import from here."""

from __future__ import annotations

from anso.applications.models.applications import (
    FACETS,
    NAME_KEYS,
    Application,
    Document,
    SaveReceipt,
    Submission,
)
from anso.applications.models.casework import CaseNote
from anso.applications.models.collaborators import Collaborator, Presence
from anso.applications.models.eligibility import EligibilityCheck, RuleAnswer
from anso.applications.models.enquiries import EarlierAnswer, Enquiry
from anso.applications.models.export_views import ExportView
from anso.applications.models.invited import Invited
from anso.applications.models.letters import IS_GIVEN, IS_REFUSED, Letter
from anso.applications.models.namesakes import Namesake
from anso.applications.models.participants import Participant

__all__ = [
    "FACETS",
    "IS_GIVEN",
    "IS_REFUSED",
    "NAME_KEYS",
    "Application",
    "CaseNote",
    "Collaborator",
    "Document",
    "EarlierAnswer",
    "EligibilityCheck",
    "Enquiry",
    "ExportView",
    "Invited",
    "Letter",
    "Namesake",
    "Participant",
    "Presence",
    "RuleAnswer",
    "SaveReceipt",
    "Submission",
]
