"""Asking for a review of a decision, taking that back, and answering it. What an upheld request
leads to is a correction.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.queries.answers import applicant_zone
from anso.audit.actions import record_entry, transition
from anso.decisions import notices, rules
from anso.decisions.enums import Ground
from anso.decisions.models import Appeal, Decision
from anso.decisions.wording.appeals import appeal_told
from anso.files.models import StoredFile
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_paragraphs
from anso.kernel.notices import Notice
from anso.kernel.reasons import READ_BY_APPLICANT, required_reason, uncut
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify

LONGEST = 10_000


@transaction.atomic
def file_appeal(
    *,
    decision: Decision,
    ground: str,
    text: str,
    stored: StoredFile | None,
    actor: Account,
    now: dt.datetime,
) -> Appeal:
    """Ask for a review of a decision; who asks is told that it arrived.

    Refuses a ground that is none, a request without words, one too many and one too late.
    """
    # Whoever presses twice waits here for the first, and is then told that it arrived.
    locked = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    rules.may_appeal(actor, locked, now).require()
    if ground not in Ground.values:
        raise BadInput(gettext_noop("Choose on what ground you ask."))
    words = clean_paragraphs(text)
    if not words:
        raise BadInput(gettext_noop("Say what was wrong: without it nobody can look at it."))
    uncut(words, LONGEST, gettext_noop("Your request"))
    appeal = Appeal.objects.create(
        decision=locked, ground=ground, text=words, file=stored, filed_at=now
    )
    changes = {"ground": [None, ground], "file": [None, stored.sha256 if stored else None]}
    record_entry(appeal, "file_appeal", actor=actor, now=now, changes=changes, is_first=True)
    _tell(notices.APPEAL_FILED, appeal, actor=actor, now=now)
    return appeal


@transaction.atomic
def withdraw_appeal(*, appeal: Appeal, actor: Account, now: dt.datetime) -> Appeal:
    """Its author takes a request back that was not answered yet."""
    rules.may_withdraw_appeal(actor, appeal, now).require()
    return transition(appeal, "withdraw_appeal", actor=actor, now=now)


@transaction.atomic
def answer_appeal(
    *, appeal: Appeal, is_upheld: bool, answer: str, actor: Account, now: dt.datetime
) -> Appeal:
    """Say what was found; its author reads these words. A decision changes only by a correction,
    which is the officer's next step.
    """
    rules.may_answer_appeal(actor, appeal, now).require()
    words = required_reason(answer, READ_BY_APPLICANT)
    verb = "uphold_appeal" if is_upheld else "reject_appeal"
    answered = transition(appeal, verb, actor=actor, now=now, because=words, answer=words)
    _tell(notices.APPEAL_ANSWERED, answered, actor=actor, now=now)
    return answered


def _tell(notice: Notice, appeal: Appeal, *, actor: Account, now: dt.datetime) -> None:
    application = appeal.decision.application
    notify(
        notice,
        # About the decision, so that it stands with its letters on the page of the outcome.
        about=appeal.decision,
        recipient=application.applicant.account,
        zone=applicant_zone(application),
        say=lambda: appeal_told(appeal),
        key=f"{appeal.reference}",
        context=application.call,
        actor=actor,
        now=now,
    )
