"""The one way to what was answered: each reader gets the questions that are theirs, and no more.

Pages, files and the receipt ask here. Which applications somebody sees at all is said by
``visibility``; who reads which question by ``kernel.questions.audiences``. Reviewers read through
the dossier, which is made with ``answers_read_by``. Columns of lists, exports and search repeat
only what every reader of a list reads, which ``check_form`` holds every form to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Model

from anso.applications.models import Submission
from anso.calls.models import Call
from anso.calls.queries import form_of, is_officer_of, is_overseer_of, is_panel_chair_of
from anso.governance.queries import is_auditor
from anso.kernel.questions import (
    Audience,
    ReadAnswers,
    is_read_by,
    meaning_fact,
    read_by,
    read_whole,
)
from anso.questionnaires.queries import versions_of


def audiences_of(account: Model | None, call: Call, now: dt.datetime) -> frozenset[Audience]:
    """What somebody is to the applications of a call today, from mandates and work on it; empty
    for nearly everybody. Reviewers are none of these: they hold a dossier and no application.
    """
    if account is None or account.pk is None:
        return frozenset()
    facts = {
        Audience.OFFICERS: is_officer_of(account, call, now),
        # Whoever oversees a call reads what its chair reads, and nothing for officers alone.
        Audience.PANEL: is_panel_chair_of(account, call, now) or is_overseer_of(account, call, now),
        Audience.AUDITORS: is_auditor(account, now),
    }
    return frozenset(audience for audience, holds in facts.items() if holds)


def answers_visible_to(
    account: Model | None, submission: Submission, now: dt.datetime
) -> ReadAnswers:
    """What this person reads of a submission: applicants all of their own, everybody else what is
    asked for their eyes. Documents are the answers of the questions that ask for them.
    """
    application = submission.application
    if account is not None and account.pk and application.applicant.account_id == account.pk:
        return read_whole(form_of(submission.form_version), submission.answers)
    return answers_read_by(submission, audiences_of(account, application.call, now))


def answers_read_by(submission: Submission, audiences: Iterable[Audience]) -> ReadAnswers:
    """What was submitted as somebody of these audiences reads it."""
    return read_by(form_of(submission.form_version), submission.answers, frozenset(audiences))


def facts_kept_from(account: Model | None, call: Call, now: dt.datetime) -> frozenset[str]:
    """The facts of rules, by key and by meaning, that come from answers which this person does not
    read in some form of the call: what a rule saw of them is not theirs either.
    """
    audiences = audiences_of(account, call, now)
    versions = versions_of(call).defer("definition")
    hidden = [
        question
        for version in versions
        for question in form_of(version).questions()
        if not is_read_by(question, audiences)
    ]
    return frozenset(
        name
        for question in hidden
        for name in (question.key, *(meaning_fact(each) for each in question.means))
    )
