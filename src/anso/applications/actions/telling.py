"""Whom of a call's applicants and writers the mails about a cancelled, amended or moved call go to,
for an officer who looks before the press.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from anso.applications import notices
from anso.applications.actions.amended import (
    applicants_told_of_amendment,
    say_amended,
    tell_applicant_of_amendment,
    tell_writer_of_amendment,
)
from anso.applications.actions.deadline_notices import notify_of_cancellation, notify_of_extension
from anso.applications.actions.following import (
    applicants_told_of_days,
    letters_extended_by,
    tell_applicant_of_days,
    tell_writer_of_days,
)
from anso.applications.queries.letters import letters_waited_for
from anso.applications.queries.todo import (
    applicants_to_notify_of_cancellation,
    applications_extended_by,
)
from anso.calls.models import Call, CallTerms, Extension
from anso.calls.queries.amendments import APPLICANTS, WRITERS, audiences_of, get_amendment
from anso.calls.queries.telling import Cause, Told
from anso.kernel.actors import CLOCK

OF_APPLICANTS, OF_WRITERS = (
    _("Those who write or wrote"),
    _("Writers of letters that are still wanted"),
)


def told_of(cause: Cause, now: dt.datetime) -> Iterator[Told]:
    """The readers of mails about one change."""
    if isinstance(cause, Call):
        yield from _told_of_cancellation(cause, now)
    elif isinstance(cause, CallTerms):
        yield from _told_of_amendment(cause, now)
    else:
        yield from _told_of_move(cause, now)


def _told_of_cancellation(call: Call, now: dt.datetime) -> Iterator[Told]:
    waiting = letters_waited_for(call)
    count, letter = waiting.count(), waiting.first()
    found = applicants_to_notify_of_cancellation().filter(call=call)
    yield Told(
        OF_APPLICANTS,
        found.count(),
        notices.CALL_CANCELLED.code,
        lambda: notify_of_cancellation(application=found[0], now=now),
    )
    if letter is not None:
        own = letter.application
        yield Told(
            OF_WRITERS,
            count,
            notices.LETTER_CANCELLED.code,
            lambda: notify_of_cancellation(application=own, now=now),
        )


def _told_of_amendment(terms: CallTerms, now: dt.datetime) -> Iterator[Told]:
    changes = get_amendment(terms).changes
    touched, call = audiences_of(terms.call, changes), terms.call
    if APPLICANTS in touched:
        found = applicants_told_of_amendment(call)
        yield Told(
            OF_APPLICANTS,
            found.count(),
            notices.CALL_AMENDED.code,
            lambda: tell_applicant_of_amendment(
                found[0], terms, say_amended(terms, changes), actor=CLOCK, now=now
            ),
        )
    if WRITERS in touched:
        letters = letters_waited_for(call)
        yield Told(
            OF_WRITERS,
            letters.count(),
            notices.LETTER_AMENDED.code,
            lambda: tell_writer_of_amendment(letters[0], terms, actor=CLOCK, now=now),
        )


def _told_of_move(extension: Extension, now: dt.datetime) -> Iterator[Told]:
    if extension.step.block == "applications":
        written = applications_extended_by(extension)
        yield Told(
            _("Those who may still write or change"),
            written.count(),
            notices.DEADLINE_MOVED.code,
            lambda: notify_of_extension(application=written[0], extension=extension, now=now),
        )
    letters = letters_extended_by(extension)
    yield Told(
        OF_WRITERS,
        letters.count(),
        notices.LETTER_EXTENDED.code,
        lambda: tell_writer_of_days(letters[0], extension, actor=CLOCK, now=now),
    )
    waiting = applicants_told_of_days(extension)
    yield Told(
        _("Those who wait"),
        waiting.count(),
        notices.DAYS_MOVED.code,
        lambda: tell_applicant_of_days(waiting[0], extension, actor=CLOCK, now=now),
    )
