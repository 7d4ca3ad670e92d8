"""An application in words: where it stands at every moment, what comes next, who can see it and
why.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, cast
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time
from django.utils import timezone
from django.utils.translation import get_language, gettext

from anso.applications.models import Application
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.letters import letter_slots
from anso.calls.models import Call, Step
from anso.calls.queries import get_deadline, get_terms, is_open
from anso.calls.queries.steps import is_window, steps_of, steps_of_block
from anso.kernel.periods import Deadline, day_of
from anso.kernel.questions import Audience, Form, Meaning, meanings_read_by, readers_of
from anso.kernel.terms import Terms
from anso.kernel.wording import Text
from anso.ui.question_fields import in_reader_language
from anso.ui.templatetags.ui import current_locale, day_in_words, zone_label

SHORT = {
    "draft": "",
    "submitted": "good",
    "eligible": "act",
    "ineligible": "act",
    "decided": "act",
    "withdrawn": "",
}


def instant_in_words(at: dt.datetime, zone: str) -> str:
    """An instant with the month's name and the zone's city."""
    local, locale = at.astimezone(ZoneInfo(zone)), current_locale()
    day, clock = (
        format_date(local, "long", locale=locale),
        format_time(local, "HH:mm", locale=locale),
    )
    return f"{day}, {clock} ({zone_label(zone, locale)})"


def end_in_words(end: dt.datetime, zone: str) -> str:
    """An end as people are told it: the last minute that is in time, 23:59 and not the midnight
    after it.
    """
    return instant_in_words(Deadline(end, zone).announced, zone)


def told_in_words(at: dt.datetime, zone: str) -> str:
    """An instant in its own zone and, where the reader is known to live in another one, in
    theirs.
    """
    there, own = instant_in_words(at, zone), timezone.get_current_timezone_name()
    if own in {"UTC", zone}:
        return there
    return gettext("%(there)s, which is %(here)s") % {
        "there": there,
        "here": instant_in_words(at, own),
    }


def closing_in_words(call: Call) -> str:
    """When a call closes, as announced: the last minute that is in time, in the call's zone."""
    return end_in_words(call.closes_at, call.zone)


def _closing_told(call: Call) -> str:
    return told_in_words(get_deadline(call).announced, call.zone)


def has_unsubmitted_changes(application: Application) -> bool:
    """Whether answers or documents changed after the latest submission."""
    return (
        application.state == "submitted" and application.revision > application.submitted_revision
    )


def status_in_words(application: Application, now: dt.datetime) -> str:
    """Where the application stands, for its applicant. Screening results stay unsaid until
    decisions are released.
    """
    wordings = {
        "draft": _draft_in_words,
        "submitted": _submitted_in_words,
        "eligible": _running_in_words,
        "ineligible": _running_in_words,
        "decided": _decided_in_words,
        "withdrawn": _withdrawn_in_words,
    }
    return wordings[application.state](application, now)


def short_status(application: Application, now: dt.datetime) -> tuple[str, str]:
    """One or two words and a tone, for lists and headings, as the applicant may know them."""
    if has_unsubmitted_changes(application) and is_open(application.call, now):
        return gettext("changed since submission"), "attn"
    words = {
        "draft": gettext("draft") if is_open(application.call, now) else gettext("not submitted"),
        "submitted": gettext("submitted"),
        "eligible": gettext("being judged"),
        "ineligible": gettext("being judged"),
        "decided": gettext("decided"),
        "withdrawn": gettext("withdrawn"),
    }
    return words[application.state], SHORT[application.state]


def _draft_in_words(application: Application, now: dt.datetime) -> str:
    closes = {"closes": _closing_told(application.call)}
    if is_open(application.call, now):
        return gettext("This is a draft. Submit it by %(closes)s.") % closes
    return gettext("This draft was not submitted. The call closed on %(closes)s.") % closes


def _submitted_in_words(application: Application, now: dt.datetime) -> str:
    facts = {
        "at": told_in_words(_submitted_at(application), application.call.zone),
        "closes": _closing_told(application.call),
    }
    if not is_open(application.call, now):
        return " ".join(
            (gettext("Submitted on %(at)s.") % facts, _running_in_words(application, now))
        )
    if has_unsubmitted_changes(application):
        text = gettext(
            "You changed something after submitting. Submit again by %(closes)s, or what you"
            " submitted on %(at)s counts."
        )
        return text % facts
    return (
        gettext("Submitted on %(at)s. You may still change it and submit again until %(closes)s.")
        % facts
    )


def _running_in_words(application: Application, now: dt.datetime) -> str:
    call = application.call
    current, hears = _step_on(call, day_of(now, call.zone)), _hears_on(call)
    if current is None or is_window(current):
        return " ".join(filter(None, (gettext("It is with us."), hears)))
    step = gettext("Now: %(stage)s, until %(day)s.") % {
        "stage": in_reader_language(current.label),
        "day": day_in_words(current.ends_on),
    }
    return " ".join(filter(None, (step, hears)))


def _hears_on(call: Call) -> str:
    release = [*steps_of_block(call, "release"), *steps_of_block(call, "decision")]
    if not release:
        return ""
    return gettext("Everyone hears on %(day)s.") % {"day": day_in_words(release[0].starts_on)}


def _decided_in_words(application: Application, now: dt.datetime) -> str:
    return gettext("Decided on %(day)s. Read the outcome and the reasons.") % {
        "day": _day_in_words(application, application.decided_at)
    }


def _withdrawn_in_words(application: Application, now: dt.datetime) -> str:
    return gettext("You withdrew this application on %(day)s.") % {
        "day": _day_in_words(application, application.withdrawn_at)
    }


def _submitted_at(application: Application) -> dt.datetime:
    return cast(
        "dt.datetime", application.submitted_at
    )  # the database pairs every state with its instant


def _day_in_words(application: Application, at: dt.datetime | None) -> str:
    return day_in_words(day_of(cast("dt.datetime", at), application.call.zone))


def _step_on(call: Call, day: dt.date) -> Step | None:
    current = [step for step in steps_of(call) if step.starts_on <= day <= step.ends_on]
    return current[-1] if current else None


@dataclass(frozen=True)
class NextStep:
    """One line of "What happens next"."""

    when: str
    title: str
    is_past: bool
    is_current: bool
    note: str = ""


def next_steps(call: Call, now: dt.datetime) -> list[NextStep]:
    """The steps of a call with their days as they stand, the closing first."""
    language, today = get_language() or "en", day_of(now, call.zone)
    closing = get_deadline(call).last_day
    steps = [
        NextStep(
            day_in_words(closing),
            gettext("Call closes"),
            now >= call.closes_at,
            now < call.closes_at,
        )
    ]
    for step in steps_of(call):
        if is_window(step):
            continue
        is_current = step.starts_on <= today <= step.ends_on and now >= call.closes_at
        steps.append(
            NextStep(
                _period_in_words(step),
                Text(step.label).in_language(language),
                today > step.ends_on,
                is_current,
            )
        )
    return steps


def _period_in_words(step: Step) -> str:
    if step.starts_on == step.ends_on:
        return day_in_words(step.starts_on)
    locale = current_locale()
    return (
        f"{format_date(step.starts_on, 'd MMM', locale=locale)} –"
        f" {format_date(step.ends_on, 'd MMM y', locale=locale)}"
    )


@dataclass(frozen=True)
class Viewer:
    """Somebody who can see an application, what of it, and why."""

    who: str
    what: str
    why: str


def who_can_see(application: Application) -> list[Viewer]:
    """Everybody who can see this application and why, from the same facts that open it to them."""
    call, form = application.call, get_form_of(application)
    terms = get_terms(call)
    audiences = {audience for question in form.questions() for audience in readers_of(question)}
    viewers = [*_always(call, form), *_writers(application, form)]
    if call.panel_id and Audience.PANEL in audiences:
        viewers.append(
            Viewer(
                gettext("The chair of the panel"),
                gettext("answers marked for the chair, after submission"),
                gettext("The chair confirms the result."),
            )
        )
    if terms.rubric.criteria and Audience.REVIEWERS in audiences:
        viewers.append(_reviewers(terms))
    return viewers


def _always(call: Call, form: Form) -> list[Viewer]:
    officers = gettext("Programme officers of this call (%(n)d)") % {"n": call.officers.count()}
    is_all_theirs = all(Audience.OFFICERS in readers_of(each) for each in form.questions())
    return [
        Viewer(gettext("You"), gettext("everything but what letters say"), gettext("It is yours.")),
        Viewer(
            officers,
            gettext("everything, after submission")
            if is_all_theirs
            else gettext("answers marked for them, after submission"),
            gettext("They answer questions, check eligibility and run the call."),
        ),
        Viewer(
            gettext("Auditors"),
            gettext("everything but what only officers read, after submission"),
            gettext("They check that rules were kept."),
        ),
    ]


def _reviewers(terms: Terms) -> Viewer:
    who = gettext("Reviewers (%(n)d)") % {"n": terms.rubric.reviews_each}
    what = (
        gettext("answers marked for them, without your name")
        if terms.rubric.is_blind
        else gettext("answers marked for them")
    )
    return Viewer(
        who,
        what,
        gettext(
            "They score it. Who belongs to your organisation or declared an interest is left out."
        ),
    )


def _writers(application: Application, form: Form) -> list[Viewer]:
    answers: dict[str, Any] = plain_answers(application)
    named = [
        answers[slot.key].get("name", "")
        for slot in letter_slots(application)
        if isinstance(answers.get(slot.key), dict)
    ]
    names = ", ".join(name for name in named if name)
    if not names:
        return []
    is_title_told = Meaning.TITLE in meanings_read_by(form, frozenset({Audience.WRITERS}))
    what = (
        gettext("your name, the call and the title")
        if is_title_told
        else gettext("your name and the call")
    )
    return [Viewer(names, what, gettext("You ask them for a letter."))]
