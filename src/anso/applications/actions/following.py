"""What belongs to applications when the end of a step moves: letters that count longer, and whom
to tell.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import F, QuerySet
from procrastinate.contrib.django import app

from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.letter_mail import notify_writer
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Letter
from anso.applications.notices import DAYS_MOVED, LETTER_EXTENDED
from anso.applications.queries.letters import letters_waited_for
from anso.calls.models import Extension, Step
from anso.calls.queries.moves import Follower, MovePlan
from anso.calls.queries.steps import is_first_window
from anso.calls.wording import moved_in_words
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.wording import Message, gettext_noop

# What applicants wait for after they have submitted.
AWAITED = ("interviews", "rebuttal", "panel", "decision", "release", "offers")
RUNNING = ("submitted", "eligible", "ineligible", "invited")
FOLLOW_TASK = "applications.notify_of_moved_days"


def reasons_against(step: Step, now: dt.datetime) -> Iterator[Message]:
    """A window cannot open again for those who were screened after it."""
    if step.block != "applications":
        return
    screened = Application.objects.filter(
        step=step, state__in=("eligible", "ineligible", "decided")
    )
    count = screened.count()
    if count:
        text = gettext_noop(
            "Screening has begun; results so far: %(count)s. Extend it for one person on the page"
            " of their case, or take the results back first."
        )
        yield Message("screening_begun", text, {"count": count})


def tell_of_move(plan: MovePlan, now: dt.datetime) -> Iterator[Message]:
    """How many people a move concerns."""
    if plan.step.block == "applications":
        drafts = Application.objects.filter(step=plan.step, state__in=("draft", "invited")).count()
        text = gettext_noop("Drafts that get more time: %(count)s.")
        yield Message("drafts", text, {"count": drafts})
    letters = Letter.objects.filter(application__call=plan.step.call, state__in=WAITED_FOR)
    if any(each.step.block == "letters" for each in plan.moves):
        text = gettext_noop("Letters still wanted, whose writers are told: %(count)s.")
        yield Message("letters", text, {"count": letters.count()})


def follow_move(extension: Extension, plan: MovePlan, actor: Actor, now: dt.datetime) -> None:
    """Let letters count longer. Mails are left to a job: there may be
    thousands.
    """
    days, letters = _letters_moved(plan)
    if days:
        letters.update(due_at=F("due_at") + days)
    app.configure_task(FOLLOW_TASK).defer(extension_id=extension.pk)


def _letters_moved(plan: MovePlan) -> tuple[dt.timedelta, QuerySet[Letter]]:
    """Which letters count longer, and by how much: those of applications written in the window that
    moves, or all of the call where the days for letters move by themselves.
    """
    standing = Letter.objects.filter(application__call=plan.step.call).exclude(state="replaced")
    if plan.step.block == "applications":
        return dt.timedelta(days=plan.days), standing.filter(application__step=plan.step)
    moved = [
        each.ends_on - each.step.ends_on for each in plan.moves if each.step.block == "letters"
    ]
    return max(moved, default=dt.timedelta(0)), standing


@transaction.atomic
def notify_of_moved_days(*, extension: Extension, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Tell those whom a move touches, each once: the writers of letters that are still wanted, and
    applicants of later days than they were told. Applicants whose window moved are written to as
    such.
    """
    for letter in letters_extended_by(extension):
        tell_writer_of_days(letter, extension, actor=actor, now=now)
    for application in applicants_told_of_days(extension):
        tell_applicant_of_days(application, extension, actor=actor, now=now)


def tell_writer_of_days(
    letter: Letter, extension: Extension, *, actor: Actor, now: dt.datetime
) -> None:
    """Tell the writer of one letter until when it counts now."""
    key = f"{letter.reference}:{extension.pk}"
    notify_writer(LETTER_EXTENDED, letter, key=key, actor=actor, now=now)


def tell_applicant_of_days(
    application: Application, extension: Extension, *, actor: Actor, now: dt.datetime
) -> None:
    """Tell one applicant, who waits, which days they wait for moved."""
    notify_applicant(
        DAYS_MOVED,
        application,
        key=f"{application.reference}:{extension.pk}",
        actor=actor,
        now=now,
        say=lambda: {
            "reason": extension.because,
            "moved": moved_in_words(extension, _awaited_moves(extension)),
        },
    )


def _awaited_moves(extension: Extension) -> list[str]:
    blocks = dict(extension.call.steps.values_list("key", "block"))
    return [key for key in extension.moves if blocks.get(key) in AWAITED]


def letters_extended_by(extension: Extension) -> QuerySet[Letter]:
    """Letters still wanted that count longer by a move of days."""
    found = letters_waited_for(extension.call)
    if extension.step.block == "applications":
        return found.filter(application__step=extension.step)
    return found if extension.step.block == "letters" else found.none()


def applicants_told_of_days(extension: Extension) -> QuerySet[Application]:
    """Applications whose people wait for days that a move makes later; those whose own window moved
    are written to as such.
    """
    found = Application.objects.filter(call=extension.call, state__in=RUNNING)
    if is_first_window(extension.step) or not _awaited_moves(extension):
        return found.none()
    if extension.step.block == "applications":
        found = found.exclude(step=extension.step)
    return found.select_related("call", "step", "applicant__account").order_by("id")


FOLLOWER = Follower(reasons_against, tell_of_move, follow_move)
