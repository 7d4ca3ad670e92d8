"""Requests and shortlists in words, and what the app adds to registers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anso.accounts.models import Account
from anso.applications.models import Application, Participant
from anso.applications.queries.answers import get_submitted_form
from anso.applications.queries.participants import account_of, beneficiaries_of
from anso.applications.queries.readers import answers_read_by
from anso.applications.wording import FurtherLine, value_in_words
from anso.audit.wording import Field
from anso.calls.enums import Phase
from anso.calls.queries import get_terms
from anso.calls.wording import DeskPage, page_of
from anso.calls.wording.calendar import instant_event
from anso.directory.models import Person
from anso.kernel.about_people import PersonLine, PersonShelf
from anso.kernel.icalendar import Event
from anso.kernel.questions import Meaning, questions_meaning
from anso.kernel.todo import TodoItem
from anso.matching.models import MatchRequest
from anso.matching.queries import (
    MATCHED,
    Drawn,
    Profile,
    facts_told_by,
    is_open,
    pairing_of,
    requests_about,
    requests_of,
    requests_to_answer,
    seeking_nobody,
    submission_of,
)
from anso.programmes.wording import CallWords
from anso.selection.pairing import Fit, Lack, Part
from anso.ui.figures import in_figures
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

VERBS: dict[str, Promise] = {
    "ask_match": gettext_lazy("asked for a match"),
    "accept_match": gettext_lazy("accepted a match"),
    "decline_match": gettext_lazy("declined a match"),
    "release_match": gettext_lazy("released a request that nobody answered"),
    "withdraw_match": gettext_lazy("took a request for a match back"),
    "end_match": gettext_lazy("ended a match"),
}
KINDS: dict[str, Promise] = {"matching.matchrequest": gettext_lazy("request for a match")}
MAIL_KINDS: dict[str, Promise] = {
    "matching.asked": gettext_lazy("request for a match"),
    "matching.matched": gettext_lazy("a match was made"),
    "matching.declined": gettext_lazy("a match was declined"),
    "matching.released": gettext_lazy("request for a match released"),
    "matching.withdrawn": gettext_lazy("request for a match taken back"),
    "matching.ended": gettext_lazy("a match ended"),
}
DESK_PAGES = {
    "matching:desk": DeskPage(
        gettext_lazy("Matches"),
        page_of("matching:desk"),
        True,
        Phase.OFFERS,
        concerns=lambda call: pairing_of(call) is not None,
    ),
}
STATES = {
    "asked": (gettext_lazy("waiting for an answer"), "act"),
    "accepted": (gettext_lazy("matched"), "good"),
    "declined": (gettext_lazy("declined"), ""),
    "released": (gettext_lazy("not answered"), "stop"),
    "withdrawn": (gettext_lazy("request taken back"), ""),
    "ended": (gettext_lazy("match ended"), ""),
}
# What the record calls the fields of a request.
FIELDS: dict[str, Field] = {
    "matching.matchrequest:state": Field(
        gettext_lazy("state"), codes={code: words for code, (words, _tone) in STATES.items()}
    ),
    "asked": Field(gettext_lazy("who was asked, by number")),
    "closed_at": Field(gettext_lazy("closed at")),
}
LACKS = {
    Lack.FULL: gettext_lazy("no room for another task now"),
    Lack.FIELDS: gettext_lazy("no field in common"),
    Lack.LANGUAGES: gettext_lazy("no language in common"),
    Lack.WAYS: gettext_lazy("no way of working in common"),
    Lack.DAYS: gettext_lazy("no day in common"),
}
# By the state that a request has reached: what whoever asked reads, and what whoever was asked.
SUBJECTS = {
    "asked": gettext_lazy("%(number)s: somebody asks for you"),
    "accepted": gettext_lazy("%(number)s: you are matched"),
    "declined": gettext_lazy("%(number)s: a request was declined"),
    "released": gettext_lazy("%(number)s: a request was closed without an answer"),
    "withdrawn": gettext_lazy("%(number)s: a request was taken back"),
    "ended": gettext_lazy("%(number)s: a match ended"),
}
TOLD_ASKING = {
    "accepted": gettext_lazy(
        "%(other)s said yes to %(your_entry)s. You are matched. Write to each other now:"
        " %(people)s."
    ),
    "declined": gettext_lazy("%(other)s said no to %(your_entry)s."),
    "released": gettext_lazy("Your request to %(other)s was closed without an answer."),
    "ended": gettext_lazy("The match of %(your_entry)s with %(other)s has ended."),
}
TOLD_ASKED = {
    "asked": gettext_lazy(
        "On %(your_entry)s you are asked by %(other)s. Please say yes or no by %(day)s; a no helps"
        " as much as a yes. After that day the request is closed, and you owe nothing."
    ),
    "accepted": gettext_lazy(
        "You said yes to %(other)s. You are matched. Write to each other now: %(people)s."
    ),
    "released": gettext_lazy(
        "The request of %(other)s was closed without an answer. Nothing is expected of you any"
        " more."
    ),
    "withdrawn": gettext_lazy(
        "The request of %(other)s was taken back. Nothing is expected of you any more."
    ),
    "ended": gettext_lazy("Your match with %(other)s has ended."),
}
GOES_ON = {
    True: gettext_lazy("Whoever fits next, if there is anybody, is asked now, as you wished."),
    False: gettext_lazy("You can ask somebody else on the page of your matches."),
}


def matches_page(application: Application) -> str:
    """The page on which an entry is matched."""
    return reverse("matching:matches", args=[application.reference])


def labels_of(applications: Sequence[Application]) -> dict[int, str]:
    """How entries are called to those whom they may be matched with: by number and title, where
    they read that.
    """
    told = facts_told_by(applications)
    titles = {each.pk: told[each.pk].get(Meaning.TITLE, "") for each in applications}
    return {
        each.pk: f"{each.number} “{titles[each.pk]}”" if titles[each.pk] else each.number
        for each in applications
    }


def label_of(application: Application) -> str:
    """The same of one."""
    return labels_of([application])[application.pk]


def other_side(request: MatchRequest, side: Application) -> Application:
    """The one that this side is matched with."""
    return request.asked if side.pk == request.asking_id else request.asking


def told_to(person: Participant, request: MatchRequest, side: Application) -> dict[str, Any]:
    """What a mail says to somebody of one side of a request that reached its state."""
    other, is_asking = other_side(request, side), side.pk == request.asking_id
    facts = {
        "number": side.number,
        "your_entry": CallWords(get_terms(side.call)).entry.your,
        "other": label_of(other),
        "people": people_in_words(other),
        "day": end_in_words(request.answer_by, request.asked.call.zone),
    }
    told = (TOLD_ASKING if is_asking else TOLD_ASKED)[request.state] % facts
    if is_asking and request.state in ("declined", "released"):
        told = f"{told} {GOES_ON[request.asks_next]}"
    return {
        "name": person.full_name,
        "subject": SUBJECTS[request.state] % facts,
        "told": told,
        "words": request.words if request.state == "asked" else request.remark,
        "safeguarding": safeguarding_of(side),
        "url": matches_page(side),
    }


def people_in_words(application: Application) -> str:
    """Who stands behind an entry, with their addresses: told once there is a match."""
    found = []
    for each in beneficiaries_of(application):
        account = account_of(each)
        found.append(f"{each.full_name} <{account.email if account else each.email}>")
    return in_a_row(found)


def safeguarding_of(application: Application) -> str:
    """Whom to write to when something is not right, by the terms of the call."""
    part = pairing_of(application.call)
    return part.safeguarding if part is not None else ""


def state_of(request: MatchRequest) -> dict[str, Any]:
    """Where a request stands: a word and its tone."""
    word, tone = STATES[request.state]
    return {"word": word, "tone": tone}


def shortlist_rows(drawn: Drawn, asking: Application) -> list[dict[str, Any]]:
    """Whom an entry may ask, in order, each with every reason."""
    own = drawn.profiles[asking.pk]
    told = facts_told_by([drawn.entries[fit.key] for fit in drawn.shortlist.fits])
    labels = {
        meaning: option_labels(asking, meaning)
        for meaning in (Meaning.EXPERTISE, Meaning.LANGUAGES, Meaning.WAYS)
    }
    rows = []
    for fit in drawn.shortlist.fits:
        entry = drawn.entries[fit.key]
        rows.append(
            {
                "fit": fit,
                "title": told[entry.pk].get(Meaning.TITLE, ""),
                "points": in_figures(fit.points),
                "reasons": reasons_in_words(fit, own, drawn.profiles[entry.pk], labels),
            }
        )
    return rows


def left_out_rows(drawn: Drawn) -> list[tuple[str, str]]:
    """Who is not on the shortlist, by number, and all that is lacking."""
    return [
        (each.key, in_a_row(str(LACKS[lack]) for lack in each.lacks))
        for each in drawn.shortlist.left_out
    ]


def sections_read(application: Application) -> list[dict[str, Any]]:
    """What an entry tells those whom it may be matched with, section by section; nothing of what
    was left open.
    """
    read = answers_read_by(submission_of(application), MATCHED)
    return [
        {
            "title": in_reader_language(section.title),
            "rows": [
                (in_reader_language(each.label), value_in_words(each, read.answers[each.key]))
                for each in section.questions
                if read.answers.get(each.key) not in (None, "", [])
            ],
        }
        for section in read.form.sections
    ]


def option_labels(application: Application, meaning: Meaning) -> dict[str, str]:
    """What the answers of a question are called in the form of an entry."""
    form = get_submitted_form(submission_of(application))
    return {
        option.value: in_reader_language(option.label)
        for question in questions_meaning(form, meaning)
        for option in question.options
    }


def reasons_in_words(
    fit: Fit, own: Profile, other: Profile, labels: dict[Meaning, dict[str, str]]
) -> list[str]:
    """Every part of somebody's points in a sentence, and by which ways both would work."""

    def named(meaning: Meaning, codes: frozenset[str]) -> str:
        return in_a_row(sorted(labels[meaning].get(code, code) for code in codes))

    ways = _("Both would work so: %(which)s.")
    which = {
        Part.FIELDS: named(Meaning.EXPERTISE, own.fields & other.fields),
        Part.LANGUAGES: named(Meaning.LANGUAGES, own.languages & other.languages),
    }
    said = [_part_in_words(part, which.get(part.part, "")) for part in fit.parts]
    return [*said, ways % {"which": named(Meaning.WAYS, own.ways & other.ways)}]


def _part_in_words(part: Any, which: str) -> str:
    facts = {
        "met": in_figures(part.met),
        "asked": in_figures(part.asked),
        "points": in_figures(part.points),
        "which": which,
        "hours": in_figures(round(part.met / 60, 1)),
    }
    sentences = {
        Part.FIELDS: _("Fields in common, %(met)s of %(asked)s: %(which)s (%(points)s points)."),
        Part.LANGUAGES: _(
            "Languages in common, %(met)s of %(asked)s: %(which)s (%(points)s points)."
        ),
        Part.HOURS: _("Hours of a working day in common: %(hours)s of 8 (%(points)s points).")
        if part.asked
        else _("The hour of the day plays no part (%(points)s points)."),
        Part.DAYS: _("Days in common: %(met)s of %(asked)s (%(points)s points)."),
        Part.WAITING: ngettext(
            "Has waited %(met)s day (%(points)s points).",
            "Has waited %(met)s days (%(points)s points).",
            part.met,
        ),
    }
    return sentences[part.part] % facts


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Requests that this person has to answer, and what of theirs has asked nobody yet."""
    requests, seeking = list(requests_to_answer(account)), seeking_nobody(account)
    labels = labels_of([*(each.asking for each in requests), *seeking])
    answers = [
        TodoItem(
            due_at=each.answer_by,
            text=_("Say yes or no to a request"),
            reason=labels[each.asking_id],
            url=matches_page(each.asked),
            tone="attn",
            zone=each.asked.call.zone,
        )
        for each in requests
    ]
    choices = [
        TodoItem(
            due_at=None,
            text=_("Choose whom to ask"),
            reason=labels[each.pk],
            url=matches_page(each),
        )
        for each in seeking
    ]
    return [*answers, *choices]


def requests_in_lines(account: Account, person: Person, now: dt.datetime) -> Iterator[PersonLine]:
    """Each request that somebody made or got: with whom, and how it stands."""
    requests = list(requests_about(account, person, now))
    labels = labels_of([side for each in requests for side in (each.asking, each.asked)])
    for each in requests:
        own = each.asking if each.asking.applicant_id == person.pk else each.asked
        yield PersonLine(
            labels[each.asking_id],
            labels[each.asked_id],
            reverse("matching:desk", args=[own.call.reference]),
            *STATES[each.state],
        )


PERSON_SHELVES = {"matches": PersonShelf(gettext_lazy("Matches"), requests_in_lines)}


def days_of_requests(application: Application, now: dt.datetime) -> Iterator[Event]:
    """The last minute in which each request that an entry got can be answered."""
    for each in application.requests_got.filter(state="asked", answer_by__gt=now):
        title = _("%(number)s: say yes or no to a request") % {"number": application.number}
        page, key = settings.SITE_URL + matches_page(application), f"{each.reference}-answer"
        yield instant_event(application.call, key, title, each.answer_by, page)


def further_lines(application: Application, now: dt.datetime) -> list[FurtherLine]:
    """The page of matches, on the page of an entry that is open for matching or has requests."""
    if pairing_of(application.call) is None:
        return []
    requests = requests_of(application)
    if not requests and not is_open(application):
        return []
    word, tone = _standing_of(requests)
    return [FurtherLine(_("Your matches"), matches_page(application), word, tone)]


def _standing_of(requests: Sequence[MatchRequest]) -> tuple[str, str]:
    for state in ("accepted", "asked"):
        if any(each.state == state for each in requests):
            return str(STATES[state][0]), STATES[state][1]
    return _("no match yet"), ""
