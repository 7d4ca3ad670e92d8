"""Where an application stands at every moment, what comes next, who can see it and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import cast

from django.utils.translation import get_language, gettext

from anso.applications.enums import Viewer
from anso.applications.models import Application
from anso.applications.queries.viewers import Sees, viewers_of
from anso.applications.queries.visibility import has_unsubmitted_changes
from anso.applications.queries.windows import WRITTEN, deadline_of, is_over, is_writable, opens_at
from anso.calls.enums import BodyFunction
from anso.calls.models import Call, Step
from anso.calls.queries import get_deadline
from anso.calls.queries.steps import is_first_window, steps_of, steps_of_block
from anso.calls.wording import BODY_WORDS, entry_word
from anso.kernel.periods import day_of
from anso.kernel.wording import Text
from anso.ui.instants import day_in_words, instant_here_and_there, period_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

SHORT = {
    "draft": "",
    "submitted": "good",
    "eligible": "act",
    "ineligible": "act",
    "invited": "attn",
    "decided": "act",
    "withdrawn": "",
}


def _closing_told(application: Application) -> str:
    return instant_here_and_there(deadline_of(application).announced, application.call.zone)


def status_in_words(application: Application, now: dt.datetime) -> str:
    """Where the application stands, for its applicant. Screening results stay unsaid until
    decisions are released.
    """
    wordings = {
        "draft": _draft_in_words,
        "submitted": _submitted_in_words,
        "eligible": _running_in_words,
        "ineligible": _running_in_words,
        "invited": _invited_in_words,
        "decided": _decided_in_words,
        "withdrawn": _withdrawn_in_words,
    }
    return wordings[application.state](application, now)


def short_status(application: Application, now: dt.datetime) -> tuple[str, str]:
    """One or two words and a tone, for lists and headings, as the applicant may know them."""
    if has_unsubmitted_changes(application) and is_writable(application, now):
        return gettext("changed since submission"), "attn"
    words = {
        "draft": gettext("draft") if is_writable(application, now) else gettext("not submitted"),
        "submitted": gettext("submitted"),
        "eligible": gettext("being judged"),
        "ineligible": gettext("being judged"),
        "invited": gettext("not submitted") if is_over(application, now) else gettext("invited"),
        "decided": gettext("decided"),
        "withdrawn": gettext("withdrawn"),
    }
    return words[application.state], SHORT[application.state]


def _draft_in_words(application: Application, now: dt.datetime) -> str:
    closes = {"closes": _closing_told(application)}
    if is_writable(application, now):
        return gettext("This is a draft. Submit it by %(closes)s.") % closes
    return gettext("This draft was not submitted. The call closed on %(closes)s.") % closes


def _invited_in_words(application: Application, now: dt.datetime) -> str:
    zone = application.call.zone
    facts = {
        "step": in_reader_language(application.step.label),
        "opens": instant_here_and_there(opens_at(application), zone),
        "closes": _closing_told(application),
    }
    if is_over(application, now):
        facts["your_entry"] = entry_word(application.call, "your")
        text = gettext(
            "You were invited to “%(step)s” and submitted nothing until %(closes)s, so"
            " %(your_entry)s is no longer considered."
        )
    elif now < opens_at(application):
        text = gettext(
            "You are invited to “%(step)s”. You can write it from %(opens)s and submit it until"
            " %(closes)s."
        )
    else:
        text = gettext("You are invited to “%(step)s”. Submit it by %(closes)s.")
    return text % facts


def _submitted_in_words(application: Application, now: dt.datetime) -> str:
    facts = {
        "at": instant_here_and_there(_submitted_at(application), application.call.zone),
        "closes": _closing_told(application),
    }
    if not is_writable(application, now):
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
    current, hears = _step_on(call, day_of(now, call.zone)), _hears_on(application)
    if current is None or current.block == "applications":
        return " ".join(filter(None, (gettext("It is with us."), hears)))
    step = gettext("Now: %(stage)s, until %(day)s.") % {
        "stage": in_reader_language(current.label),
        "day": day_in_words(current.ends_on),
    }
    return " ".join(filter(None, (step, hears)))


def _hears_on(application: Application) -> str:
    call = application.call
    later = [each for each in steps_of(call) if each.order > application.step.order]
    window = next((each for each in later if each.block == "applications"), None)
    if window is not None:
        facts = {
            "step": in_reader_language(window.label),
            "day": day_in_words(window.starts_on),
        }
        return gettext("You hear by %(day)s whether you are invited to “%(step)s”.") % facts
    release = [*steps_of_block(call, "release"), *steps_of_block(call, "decision")]
    if not release:
        return ""
    return gettext("Everyone hears on %(day)s.") % {"day": day_in_words(release[0].starts_on)}


def _decided_in_words(application: Application, now: dt.datetime) -> str:
    return gettext("Decided on %(day)s. Read the outcome and the reasons.") % {
        "day": _day_in_words(application, application.decided_at)
    }


def _withdrawn_in_words(application: Application, now: dt.datetime) -> str:
    return gettext("You withdrew it on %(day)s.") % {
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


def steps_ahead(application: Application, now: dt.datetime) -> list[NextStep]:
    """What happens next with one application: nothing once it has ended, was never submitted or
    its call was cancelled.
    """
    has_ended = application.state in ("withdrawn", "decided")
    is_unsubmitted = application.state in WRITTEN and is_over(application, now)
    if has_ended or is_unsubmitted or application.call.state == "cancelled":
        return []
    return next_steps(application.call, now)


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
        if is_first_window(step):
            continue
        is_current = step.starts_on <= today <= step.ends_on and now >= call.closes_at
        steps.append(
            NextStep(
                period_in_words(step.starts_on, step.ends_on),
                Text(step.label).in_language(language),
                today > step.ends_on,
                is_current,
            )
        )
    return steps


@dataclass(frozen=True)
class ViewerLine:
    """Somebody who can see an application, what of it, and why."""

    who: str
    what: str
    why: str


def who_can_see(application: Application) -> list[ViewerLine]:
    """Everybody who can see this application, what of it, and why."""
    return [_VIEWERS[found.viewer](found) for found in viewers_of(application)]


def _applicant_line(found: Sees) -> ViewerLine:
    what = gettext("everything but what letters say")
    return ViewerLine(gettext("You"), what, gettext("It is yours."))


def _collaborator_line(found: Sees) -> ViewerLine:
    sections = in_a_row(in_reader_language(each.title) for each in found.sections)
    what = gettext("also before submission: %(sections)s") % {"sections": sections}
    return ViewerLine(in_a_row(found.names), what, gettext("You asked them to fill it in."))


def _officers_line(found: Sees) -> ViewerLine:
    return ViewerLine(
        gettext("Programme officers of this call (%(n)d)") % {"n": found.number},
        gettext("everything, after submission")
        if found.is_whole
        else gettext("answers marked for them, after submission"),
        gettext("They answer questions, check eligibility and run the call."),
    )


def _auditors_line(found: Sees) -> ViewerLine:
    return ViewerLine(
        gettext("Auditors"),
        gettext("everything but what only officers read, after submission"),
        gettext("They check that rules were kept."),
    )


def _writers_line(found: Sees) -> ViewerLine:
    what = (
        gettext("your name, the call and the title")
        if found.is_title_told
        else gettext("your name and the call")
    )
    if found.reads:
        shown = in_a_row(in_reader_language(each.label) for each in found.reads)
        what = gettext("%(what)s, and: %(shown)s") % {"what": what, "shown": shown}
    why = (
        gettext("You ask them whether they agree.")
        if found.is_to_agree
        else gettext("You ask them for a letter.")
    )
    return ViewerLine(in_a_row(found.names), what, why)


def _matched_line(found: Sees) -> ViewerLine:
    return ViewerLine(
        gettext("Those you may be matched with"),
        gettext("answers marked for them, once it is open for matching"),
        gettext("They choose whom to ask, or whether to say yes."),
    )


def _chair_line(found: Sees) -> ViewerLine:
    words = BODY_WORDS[BodyFunction(found.judging)]
    why = str(words.confirms)
    if found.is_conferred:
        why = gettext("They propose the result to the body that confers.")
    seen = gettext("answers marked for them, after submission")
    return ViewerLine(str(words.Chair), seen, why)


def _reviewers_line(found: Sees) -> ViewerLine:
    return ViewerLine(
        gettext("Reviewers (%(n)d)") % {"n": found.number},
        gettext("answers marked for them, without your name")
        if found.is_blind
        else gettext("answers marked for them"),
        gettext(
            "They score it. Who belongs to your organisation or declared an interest is left out."
        ),
    )


_VIEWERS = {
    Viewer.APPLICANT: _applicant_line,
    Viewer.COLLABORATOR: _collaborator_line,
    Viewer.OFFICERS: _officers_line,
    Viewer.AUDITORS: _auditors_line,
    Viewer.WRITERS: _writers_line,
    Viewer.MATCHED: _matched_line,
    Viewer.CHAIR: _chair_line,
    Viewer.REVIEWERS: _reviewers_line,
}
