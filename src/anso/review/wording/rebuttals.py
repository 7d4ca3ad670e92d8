"""Answers to reviewers in words: on the page of an application, each with how it stands."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from anso.applications.models import Application
from anso.applications.wording import FurtherLine
from anso.review.models import Rebuttal
from anso.review.queries.rebuttals import answers_to_reviewers, is_open, opens_at
from anso.ui.question_fields import in_reader_language


def rebuttal_url(rebuttal: Rebuttal) -> str:
    """Where an applicant reads what reviewers wrote and answers it."""
    return reverse("review:rebuttal", args=[rebuttal.reference])


def rebuttal_lines(application: Application, now: dt.datetime) -> list[FurtherLine]:
    """All that reviewers wrote to be answered, step by step in their order."""
    return [
        FurtherLine(in_reader_language(each.step.label), rebuttal_url(each), *_standing(each, now))
        for each in reversed(answers_to_reviewers(application))
    ]


def _standing(rebuttal: Rebuttal, now: dt.datetime) -> tuple[str, str]:
    """How an answer stands, and its tone."""
    if rebuttal.state == "answered":
        return _("answered"), "good"
    if is_open(rebuttal.step, now) and rebuttal.application.state == "eligible":
        return _("waits for your answer"), "attn"
    return (_("opens later"), "") if now < opens_at(rebuttal.step) else (_("not answered"), "")
