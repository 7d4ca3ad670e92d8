"""What can become of an application, and on what grounds a decision is reviewed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Result(models.TextChoices):
    """The result of a selection for one application. The last three are those of a step that leads
    to another one.
    """

    SELECTED = "selected", _("selected")
    WAITING = "waiting", _("waiting")
    UNPLACED = "unplaced", _("not selected")
    INELIGIBLE = "ineligible", _("not eligible")
    INVITED = "invited", _("invited")
    ADVANCED = "advanced", _("goes on")
    REJECTED = "rejected", _("does not go on")


class Ground(models.TextChoices):
    """On what a review of a decision may be asked for. The judgement of reviewers is none."""

    PROCEDURE = "procedure", _("The procedure was not kept as the call promises it")
    CONFLICT = "conflict", _("Somebody who took part had a conflict of interest")
    FACT = "fact", _("The decision rests on a fact that is wrong")
