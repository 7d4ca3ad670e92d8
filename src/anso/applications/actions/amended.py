"""What belongs to applications when a call is amended: whom the rules judge otherwise, and mails to
applicants and writers of letters.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.letter_mail import notify_writer
from anso.applications.actions.screening import note_eligibility
from anso.applications.models import Application, Letter
from anso.applications.notices import CALL_AMENDED, LETTER_AMENDED
from anso.applications.queries.eligibility import judge_submission
from anso.applications.queries.letters import letters_waited_for
from anso.calls.models import Call, CallTerms
from anso.calls.queries import get_terms, is_open
from anso.calls.queries.amendments import (
    APPLICANTS,
    WRITERS,
    Changes,
    Watcher,
    audiences_of,
    get_amendment,
)
from anso.calls.wording.amendments import changes_in_words
from anso.calls.wording.rows import shelves_of
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.wording import Message, gettext_noop
from anso.notifications.actions import Say

RUNNING = ("draft", "submitted", "eligible", "ineligible", "invited")
JUDGED = ("submitted", "eligible", "ineligible")
RULES = ("rules", "entries_each")
AMENDED_TASK = "applications.notify_of_amendment"


def reasons_against(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """Rules do not change when nobody can answer to them any more, and no letter is due earlier
    than its writer was told.
    """
    is_binding = any(each.part in RULES and not each.is_words for each in changes)
    if is_binding and not is_open(call, now):
        text = gettext_noop(
            "The call has closed: whoever submitted did so by the rules of that day, which cannot"
            " change any more."
        )
        yield Message("rules_closed", text)
    for change in changes:
        if change.path[-1] == "days_after_close" and change.after < change.before:
            text = gettext_noop("Letters are not due earlier than their writers were told.")
            yield Message("letters_earlier", text)


def tell_of_amendment(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """How many people are written to."""
    touched = audiences_of(call, changes)
    if APPLICANTS in touched:
        text = gettext_noop("Begun or submitted, whose people are told: %(count)s.")
        yield Message("told", text, {"count": applicants_told_of_amendment(call).count()})
    if WRITERS in touched:
        text = gettext_noop("Letters whose writers are told: %(count)s.")
        yield Message("writers_told", text, {"count": letters_waited_for(call).count()})
    if any(each.part in RULES for each in changes):
        text = gettext_noop("What was submitted is judged anew by the changed rules.")
        yield Message("judged_anew", text)


def follow_amendment(terms: CallTerms, changes: Changes, actor: Actor, now: dt.datetime) -> None:
    """Left to a job: there may be thousands."""
    app.configure_task(AMENDED_TASK).defer(terms_id=terms.pk)


@transaction.atomic
def notify_of_amendment(*, terms: CallTerms, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Judge what was submitted anew where rules changed, and tell those whom the amendment touches,
    each once.
    """
    call, changes = terms.call, get_amendment(terms).changes
    touched = audiences_of(call, changes)
    if any(each.part in RULES for each in changes):
        for application in Application.objects.filter(call=call, state__in=JUDGED).order_by("id"):
            note_eligibility(application, judge_submission(application).to_dict(), now)
    if APPLICANTS in touched:
        say = say_amended(terms, changes)
        for application in applicants_told_of_amendment(call):
            tell_applicant_of_amendment(application, terms, say, actor=actor, now=now)
    if WRITERS in touched:
        for letter in letters_waited_for(call):
            tell_writer_of_amendment(letter, terms, actor=actor, now=now)


def tell_applicant_of_amendment(
    application: Application, terms: CallTerms, say: Say, *, actor: Actor, now: dt.datetime
) -> None:
    """Tell one applicant what was amended and why."""
    notify_applicant(
        CALL_AMENDED,
        application,
        key=f"{application.reference}:{terms.version}",
        actor=actor,
        now=now,
        say=say,
    )


def say_amended(terms: CallTerms, changes: Changes) -> Say:
    """What mails to applicants tell of an amendment, each in the language of its reader."""
    lists = shelves_of(terms.call, get_terms(terms.call))
    return lambda: {"reason": terms.because, "changes": changes_in_words(changes, lists)}


def tell_writer_of_amendment(
    letter: Letter, terms: CallTerms, *, actor: Actor, now: dt.datetime
) -> None:
    """Tell the writer of one letter what is asked of them now."""
    key = f"{letter.reference}:{terms.version}"
    notify_writer(LETTER_AMENDED, letter, key=key, actor=actor, now=now)


def applicants_told_of_amendment(call: Call) -> QuerySet[Application]:
    """Applications of a call that are neither withdrawn nor decided."""
    found = Application.objects.filter(call=call, state__in=RUNNING)
    return found.select_related("call", "step", "applicant__account").order_by("id")


WATCHER = Watcher(reasons_against, tell_of_amendment, follow_amendment)
