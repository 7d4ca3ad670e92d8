"""What the pages of the site say and where they lead: links and entries of the frame, how a call
stands and what to do next about it, what happened lately, what somebody has to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.wording import screening_in_words
from anso.calls.enums import Phase
from anso.calls.models import Call
from anso.calls.queries import count_places, get_terms
from anso.calls.wording import DeskPage, page_of
from anso.database.search import has_words
from anso.directory.models import Person
from anso.kernel.finding import MOST_FOUND, Found, Searchable
from anso.kernel.todo import TODO_SOURCES, TodoItem, in_order
from anso.site.enums import Happened, NextAction
from anso.site.queries.home import News
from anso.site.queries.overview import CallCounts, next_actions
from anso.site.queries.people import people_seen_by
from anso.ui.figures import in_figures

FRAME_LINKS = {"home": "site:home", "todo": "site:todo", "desk": "site:desk", "name": "site:name"}
FOOT = {"site:accessibility": _("Accessibility"), "site:privacy": _("Privacy")}
CALL_LINKS = {"desk": page_of("site:call")}
DESK_PAGES = {
    "site:call": DeskPage(
        _("Overview"), page_of("site:call"), in_phase=Phase.OVERVIEW, is_exact=True
    )
}


def page_of_person(person: Person) -> str:
    """The page about a person."""
    return reverse("site:person", args=[person.reference])


def find_people(account: Any, text: str, now: dt.datetime) -> list[Found]:
    """The people in whose name, in any script, all words of a text occur, among those of whom this
    account reads on its desk.
    """
    found = people_seen_by(account, now).filter(has_words(text)).order_by("full_name", "id")
    return [
        Found(each.full_name, each.latin_name, page_of_person(each)) for each in found[:MOST_FOUND]
    ]


SEARCHABLES = {"people": Searchable(_("People"), find_people)}


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Everything that waits for this person, from every app that knows of something, the most
    pressing first.
    """
    return in_order([item for source in TODO_SOURCES.values() for item in source(account, now)])


@dataclass(frozen=True)
class NewsLine:
    """One thing that happened lately: when (in the zone of its call), what, where it can be
    read, and a note.
    """

    at: dt.datetime
    zone: str
    title: Mapping[str, str]
    note: str
    url: str


def news_line(news: News) -> NewsLine:
    """One thing that happened lately, in words."""
    notes = {
        Happened.RELEASED: gettext("A step was decided"),
        Happened.MOVED: gettext("Deadline moved: %(why)s"),
        Happened.PUBLISHED: gettext("Published, terms %(hash)s"),
        Happened.CANCELLED: gettext("Cancelled"),
    }
    note = notes[news.happened] % {"why": news.because, "hash": news.sha256[:8]}
    url = reverse("calls:call", args=[news.call.slug])
    return NewsLine(news.at, news.call.zone, news.call.title, note, url)


def figures_of(*, members: int, countries: int, calls: list[Call]) -> list[dict[str, Any]]:
    """The figures below the map."""
    terms = (get_terms(call) for call in calls)
    # Awards, grants and members are no places: only what seats people is added up.
    places = sum(count_places(each) for each in terms if each.outcome.keeps_for_groups)
    return [
        {"label": gettext("Members"), "value": in_figures(members)},
        {"label": gettext("Countries"), "value": in_figures(countries)},
        {"label": gettext("Open calls"), "value": in_figures(len(calls))},
        {"label": gettext("Places in open calls"), "value": in_figures(places)},
    ]


def funnel_of(counts: CallCounts) -> list[tuple[str, int]]:
    """The funnel of a call, widest first."""
    return [
        (gettext("Started"), counts.started),
        (gettext("Submitted"), counts.submitted_ever),
        (gettext("Found eligible"), counts.eligible),
        (gettext("Decided"), counts.applications.get("decided", 0)),
        (gettext("Offered"), sum(counts.offers.values())),
        (gettext("Offer accepted"), counts.offers.get("accepted", 0)),
    ]


@dataclass(frozen=True)
class NextLine:
    """What an officer should do next about a call, and where."""

    text: str
    url: str


def next_lines(call: Call, counts: CallCounts, now: dt.datetime) -> list[NextLine]:
    """What waits, in the order of a call's life; empty when nothing waits for a person."""
    return [_next_line(action, call, counts) for action in next_actions(call, counts, now)]


NEXT = {
    NextAction.PUBLISH: (_("See what is missing, then publish the call"), "calls:publish"),
    NextAction.SCREEN: ("", "applications:screening"),
    NextAction.ASSIGN: (_("Invite reviewers and assign reviews"), "review:reviewers"),
    NextAction.CHASE: (
        _("Chase reviews: %(there)d of %(due)d are there"),
        "review:call_assignments",
    ),
    NextAction.COMPUTE: (_("Compute the ranking and the selection"), "decisions:ranking"),
    NextAction.RELEASE: (_("Release the decisions, all together"), "decisions:decisions"),
    NextAction.OFFER: (_("Make the offers"), "awards:offers"),
}


def _next_line(action: NextAction, call: Call, counts: CallCounts) -> NextLine:
    text, page = NEXT[action]
    if action is NextAction.SCREEN:
        said = screening_in_words(call, counts.applications["submitted"])
    else:
        said = str(text) % {"there": counts.reviews_in, "due": counts.reviews_due}
    return NextLine(said, reverse(page, args=[call.reference]))
