"""Where an application stands and what comes next. How it ended is said by the apps above."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from anso.applications.models import Application, Letter
from anso.applications.queries.batches import goes_on
from anso.applications.queries.todo import letters_awaited
from anso.applications.queries.visibility import has_unsubmitted_changes
from anso.applications.queries.windows import is_over
from anso.applications.wording.status import NextStep, short_status, status_in_words, steps_ahead
from anso.calls.queries import get_terms
from anso.kernel.registers import Register
from anso.programmes.wording import CallWords
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_a_row


@dataclass(frozen=True)
class Ending:
    """How an application ended, as an app above says it: a word and its tone for tags, what its
    page says first, and what comes next. ``is_open`` says that something may still come of it.
    """

    word: str
    tone: str
    heading: str
    text: str
    coming: str
    is_open: bool


# How decided applications ended, by their keys; those of which nothing was released are left out.
ENDINGS: Register[Callable[[Sequence[Application], dt.datetime], Mapping[int, Ending]]] = Register(
    "endings of applications"
)


@dataclass(frozen=True)
class Standing:
    """Where an application stands: a word with its tone, a heading, sentences, and what comes
    next: a sentence, the steps of the call, or both.
    """

    word: str
    tone: str
    heading: str
    words: str
    coming: str
    steps: Sequence[NextStep]
    is_over: bool


def standings_of(
    applications: Sequence[Application], now: dt.datetime
) -> list[tuple[Application, Standing]]:
    """Where each of one's own applications stands, in a fixed number of queries."""
    decided = [each for each in applications if each.state == "decided"]
    endings = {
        key: ending
        for source in (ENDINGS.values() if decided else ())
        for key, ending in source(decided, now).items()
    }
    judged = [
        each for each in applications if each.state in ("submitted", "eligible", "ineligible")
    ]
    awaited: dict[int, list[Letter]] = {}
    for letter in letters_awaited(judged, now):
        awaited.setdefault(letter.application_id, []).append(letter)
    return [
        (each, _standing(each, endings.get(each.pk), awaited.get(each.pk, []), now))
        for each in applications
    ]


def standing_of(application: Application, now: dt.datetime) -> Standing:
    """Where one application stands."""
    return standings_of([application], now)[0][1]


def _standing(
    application: Application, ending: Ending | None, awaited: list[Letter], now: dt.datetime
) -> Standing:
    if ending is not None:
        return Standing(
            ending.word,
            ending.tone,
            ending.heading,
            ending.text,
            ending.coming,
            [],
            not ending.is_open,
        )
    word, tone = short_status(application, now)
    words = [status_in_words(application, now), awaited_in_words(awaited, application.call.zone)]
    coming, steps = _coming(application, now), steps_ahead(application, now)
    return Standing(
        word,
        tone,
        _heading(application, now),
        " ".join(filter(None, words)),
        coming,
        steps,
        is_over=not steps,
    )


def awaited_in_words(letters: Sequence[Letter], zone: str) -> str:
    """Who was asked and has not answered yet, and until when it counts, and who asks the applicant
    first; blank where nobody is.
    """
    listed = [each for each in letters if each.state != "asking"]
    days: dict[dt.datetime, list[str]] = {}
    for each in sorted(listed, key=lambda each: each.due_at):
        days.setdefault(each.due_at, []).append(each.full_name or each.email)
    told = [
        ngettext(
            "%(names)s has not answered yet; answers count until %(day)s.",
            "%(names)s have not answered yet; answers count until %(day)s.",
            len(names),
        )
        % {"names": in_a_row(names), "day": end_in_words(due_at, zone)}
        for due_at, names in days.items()
    ]
    asking = in_a_row(each.full_name for each in letters if each.state == "asking")
    if asking:
        asked = gettext("%(names)s asked you something and waits for your answer.")
        told.append(asked % {"names": asking})
    return " ".join(told)


def _is_unsubmitted(application: Application, now: dt.datetime) -> bool:
    return application.state in ("draft", "invited") and is_over(application, now)


def _heading(application: Application, now: dt.datetime) -> str:
    if _is_unsubmitted(application, now):
        return gettext("Not submitted")
    if has_unsubmitted_changes(application):
        return gettext("Changed since you submitted")
    headings = {
        "draft": gettext("Draft"),
        "invited": gettext("You are invited"),
        "withdrawn": gettext("Withdrawn"),
        "decided": gettext("There is a decision"),
    }
    yours = CallWords(get_terms(application.call)).entry.your
    we_have = gettext("We have %(your_entry)s") % {"your_entry": yours}
    return headings.get(application.state, we_have)


def _coming(application: Application, now: dt.datetime) -> str:
    """What comes next, where it is not the steps of the call."""
    call = application.call
    if application.state == "withdrawn":
        if call.state == "published" and now < call.closes_at:
            return gettext(
                "Nothing more: it is not judged. While the call is open you can start anew."
            )
        return gettext("Nothing more: it is not judged.")
    if call.state == "cancelled":
        return gettext("Nothing more: the call was cancelled.")
    if goes_on(application, now):
        return gettext("It goes on in the next batch, in a few minutes.")
    if _is_unsubmitted(application, now):
        return gettext(
            "Nothing more: what is not submitted is not judged. You can still read your answers,"
            " and begin anew with them."
        )
    return ""
