"""What interviews say and where they lead: their verbs in words, the page on a call's desk, the
entry in a calendar, to-dos.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.answers import applicant_name
from anso.applications.wording import FurtherLine
from anso.audit.wording import Field
from anso.calls.enums import Phase
from anso.calls.models import Step
from anso.calls.wording import DeskPage, page_of
from anso.interviews.models import Interview, InterviewTime
from anso.interviews.queries import (
    interviews_to_choose,
    interviews_without_time,
    listening_of,
    own_interviews_of,
)
from anso.interviews.rules import may_see_interviews
from anso.kernel.icalendar import Event, calendar_file
from anso.kernel.todo import TodoItem, tone_until
from anso.ui.instants import end_in_words, instant_here_and_there
from anso.ui.menus import OwnPage
from anso.ui.question_fields import in_reader_language

VERBS: dict[str, Promise] = {
    "open_times": _("opened a time for interviews"),
    "close_time": _("closed a time for interviews"),
    "change_time": _("changed a time for interviews"),
    "ask_to_interview": _("asked to an interview"),
    "choose_time": _("chose a time for the interview"),
    "settle_time": _("settled the time of an interview"),
    "lose_time": _("lost the time of the interview"),
}
# What the record calls the time of an interview.
FIELDS: dict[str, Field] = {"time": Field(_("time"))}
KINDS: dict[str, Promise] = {
    "interviews.interviewtime": _("time for an interview"),
    "interviews.interview": _("interview"),
}
MAIL_KINDS: dict[str, Promise] = {
    "interviews.asked": _("question when to be interviewed"),
    "interviews.chosen": _("chosen time of an interview"),
    "interviews.settled": _("settled time of an interview"),
    "interviews.lost": _("lost time of an interview"),
    "interviews.reminder": _("reminder to choose a time"),
    "interviews.message": _("message to those who are interviewed"),
}
DESK_PAGES = {
    "interviews:call_interviews": DeskPage(
        _("Interviews"),
        page_of("interviews:call_interviews"),
        True,
        Phase.REVIEW,
        opened_by=may_see_interviews,
    )
}
OWN_PAGES = {"interviews:listening": OwnPage(_("Interviews you hear"), listening_of)}
# By which those who are interviewed are found.
FILTERS: dict[str, Promise] = {
    "waiting": _("no time chosen"),
    "chosen": _("time chosen"),
}
WARNED = (dt.timedelta(days=1), dt.timedelta(hours=1))


def interview_url(interview: Interview) -> str:
    """Where an applicant chooses a time."""
    return reverse("interviews:interview", args=[interview.reference])


def time_in_words(time: InterviewTime) -> str:
    """When an interview begins, in the call's zone and in the reader's, or in UTC where nobody
    knows the reader's.
    """
    return instant_here_and_there(time.starts_at, time.step.call.zone)


def interview_told(
    interview: Interview, now: dt.datetime, lost: InterviewTime | None = None, reason: str = ""
) -> dict[str, Any]:
    """What mails to an applicant may say; of a time that they ``lost`` its calendar file takes it
    out again.
    """
    call, time = interview.application.call, lost or interview.time
    told = {
        "name": applicant_name(interview.application),
        "number": interview.application.number,
        "call": in_reader_language(call.title),
        "step": in_reader_language(interview.step.label),
        "when": time_in_words(time) if time else gettext("not chosen yet"),
        "place": time.place if time else "",
        "until": end_in_words(interview.choose_until, call.zone),
        "reason": reason,
        "url": interview_url(interview),
    }
    if time is not None:
        event = interview_event(interview, time, is_cancelled=lost is not None)
        told["calendar"] = calendar_file(interview.application.number, [event], now)
    return told


def interview_event(
    interview: Interview, time: InterviewTime, *, is_cancelled: bool = False
) -> Event:
    """The interview in its applicant's calendar: one entry, whenever it moves."""
    facts = {
        "number": interview.application.number,
        "step": in_reader_language(interview.step.label),
    }
    return Event(
        key=f"{interview.reference}-interview@{settings.SITE_URL.partition('//')[2]}",
        title=gettext("%(number)s: %(step)s") % facts,
        text=time_in_words(time),
        url=settings.SITE_URL + interview_url(interview),
        at=time.starts_at,
        ends_at=time.ends_at,
        reminds_before=WARNED,
        place=time.place,
        organiser=settings.ALLIANCE["MAIL"],
        revision=interview.revision,
        is_cancelled=is_cancelled,
    )


def days_of_interviews(application: Application, now: dt.datetime) -> Iterator[Event]:
    """The interviews of one application, for the calendar of its applicant."""
    for each in application.interviews.select_related("application", "step__call", "time__step"):
        if each.time is not None:
            yield interview_event(each, each.time)


def interview_lines(application: Application, now: dt.datetime) -> list[FurtherLine]:
    """The interviews of one application on its page, each with its time."""
    found = application.interviews.select_related("application__call", "step__call", "time")
    return [
        FurtherLine(in_reader_language(each.step.label), interview_url(each), *_standing(each, now))
        for each in found.order_by("step__order")
    ]


def _standing(interview: Interview, now: dt.datetime) -> tuple[str, str]:
    """When an interview is, or what is asked, and its tone."""
    if interview.time is not None:
        return instant_here_and_there(interview.time.starts_at, interview.step.call.zone), "good"
    if interview.application.state != "eligible":
        return gettext("no interview"), ""
    return gettext("choose a time"), "attn"


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """For applicants: choose a time. For officers: settle a time for who chose none."""
    waiting = own_interviews_of(account) & interviews_to_choose(now)
    items = [_choice_item(each, now) for each in waiting] if account.pk else []
    return items + [_settle_item(*each) for each in interviews_without_time(account, now)]


def _choice_item(interview: Interview, now: dt.datetime) -> TodoItem:
    facts = {"number": interview.application.number}
    return TodoItem(
        due_at=interview.choose_until,
        text=gettext("Choose a time for your interview about %(number)s") % facts,
        reason=in_reader_language(interview.application.call.title),
        url=interview_url(interview),
        tone=tone_until(interview.choose_until, now),
        zone=interview.application.call.zone,
    )


def _settle_item(step: Step, number: int) -> TodoItem:
    text = ngettext(
        "%(n)d person has chosen no time for the interview: settle one",
        "%(n)d people have chosen no time for the interview: settle one for each",
        number,
    )
    page = reverse("interviews:call_interviews", args=[step.call.reference])
    return TodoItem(
        due_at=None,
        text=text % {"n": number},
        reason=in_reader_language(step.call.title),
        url=f"{page}?step={step.key}&only=waiting",
        tone="attn",
    )
