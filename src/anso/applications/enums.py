"""Choices of applications."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class LetterKind(models.TextChoices):
    """What is asked of the person who gets the link."""

    REFEREE = "referee", _("referee")
    SUPERVISOR = "supervisor", _("supervisor")
    SUPPORTER = "supporter", _("supporter")
    NOMINEE = "nominee", _("nominee")


class TaskState(StrEnum):
    """How far a topic of the form is, by the answers so far. Kept nowhere."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    LACKS_DOCUMENTS = "lacks_documents"
    DONE = "done"


class Viewer(StrEnum):
    """Somebody who can see an application. Kept nowhere."""

    APPLICANT = "applicant"
    OFFICERS = "officers"
    AUDITORS = "auditors"
    WRITERS = "writers"
    CHAIR = "chair"
    REVIEWERS = "reviewers"
