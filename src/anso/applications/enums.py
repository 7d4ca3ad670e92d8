"""Choices of applications."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class TaskState(StrEnum):
    """How far a topic of the form is, by the answers so far. Kept nowhere."""

    TO_DO = "to_do"
    IN_PROGRESS = "in_progress"
    LACKS_DOCUMENTS = "lacks_documents"
    DONE = "done"


class LetterAnswer(StrEnum):
    """What a writer who was asked has answered. Kept as the state of the letter and the yes or no
    in it.
    """

    NOTHING = "nothing"
    DECLINED = "declined"
    GIVEN = "given"
    YES = "yes"
    NO = "no"


REFUSALS = (LetterAnswer.DECLINED, LetterAnswer.NO)


class Viewer(StrEnum):
    """Somebody who can see an application. Kept nowhere."""

    APPLICANT = "applicant"
    COLLABORATOR = "collaborator"
    OFFICERS = "officers"
    AUDITORS = "auditors"
    WRITERS = "writers"
    MATCHED = "matched"
    CHAIR = "chair"
    REVIEWERS = "reviewers"


class Flag(models.TextChoices):
    """What officers keep in mind about an application; for them alone."""

    LOOK_AGAIN = "look_again", _("look at it again")
    DOCUMENT = "document", _("a document is to be mended")
    WAITING = "waiting", _("waits for an answer from its writer")
    IDENTITY = "identity", _("who it is must be checked")
    INTEGRITY = "integrity", _("a question of integrity")


class SameWhat(StrEnum):
    """In what two submitted applications of one call may be of one person."""

    BOTH = "both"
    BIRTH_NEAR_NAME = "near_name"
    NAME_NEAR_BIRTH = "near_birth"
    NAME = "name"  # and country: where nobody is asked for a birth date
