"""What an officer decides about ties between reviewers and files: whether one is a conflict, and
that a file is taken from somebody because of it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.audit.actions import record_entry, transition
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.reasons import READ_LATER, REMARK_AT_MOST, required_reason
from anso.kernel.terms import Strictness
from anso.review import rules
from anso.review.actions.mail import tell_taken_back
from anso.review.models import Assignment, ConflictAnswer, Reviewer
from anso.review.queries import findings_between, get_conflict_facts


@transaction.atomic
def answer_conflict(
    *,
    actor: Actor,
    application: Application,
    reviewer: Reviewer,
    is_conflict: bool,
    because: str,
    now: dt.datetime,
) -> list[ConflictAnswer]:
    """Say of every tie that is to be looked at whether it is a conflict, with the reason, which
    stays in the record. Also of those that were found to be one before: the latest answer counts.
    """
    rules.may_assign_reviewers(actor, application.call, now).require()
    reason = required_reason(because, READ_LATER, REMARK_AT_MOST)
    # Locked, so that two officers who answer at once take turns.
    Reviewer.objects.select_for_update(of=("self",)).get(pk=reviewer.pk)
    facts = get_conflict_facts([reviewer.person], [application], alliance_day(now))
    open_ties = [
        each
        for each in findings_between(reviewer.person, application, facts)
        if each.strictness is Strictness.ASK or each.is_answered
    ]
    answers = ConflictAnswer.objects.bulk_create(
        ConflictAnswer(
            application=application,
            reviewer=reviewer,
            code=each.code,
            about=each.about,
            is_conflict=is_conflict,
            reason=reason,
            answered_by=actor if isinstance(actor, Account) else None,
            answered_at=now,
        )
        for each in open_ties
    )
    if answers:
        changes = {
            "reviewer": [None, reviewer.reference],
            "ties": [None, sorted(each.code for each in answers)],
            "is_conflict": [None, is_conflict],
        }
        record_entry(
            application, "answer_conflict", actor=actor, now=now, changes=changes, because=reason
        )
    return answers


@transaction.atomic
def remove_for_conflict(
    *, actor: Actor, assignment: Assignment, because: str, now: dt.datetime
) -> Assignment:
    """Take a file from a reviewer because of a conflict of interest, with the reason, also when the
    review is in: it stays in the record and counts no more, and the file may go to somebody else.

    Refused once a selection stands on the review: then the decision is corrected instead.
    """
    rules.may_remove_for_conflict(actor, assignment, now).require()
    reason = required_reason(because, READ_LATER, REMARK_AT_MOST)
    transition(
        assignment, "remove_for_conflict", actor=actor, now=now, because=reason, remark=reason
    )
    tell_taken_back(assignment, actor, now)
    return assignment
