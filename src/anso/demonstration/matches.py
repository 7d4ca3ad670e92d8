"""Matched pairs of the demonstration: needs and experts who were selected, requests in every state,
and something to do for both of the cast.
"""

from __future__ import annotations

import datetime as dt

from anso.applications.models import Application
from anso.awards.actions import accept_offer
from anso.awards.models import Offer
from anso.calls.models import Call
from anso.demonstration.applicants import ApplicationContext, make_application
from anso.demonstration.story import (
    StoryContext,
    answer_offers,
    assign_call,
    fill_call,
    invite_panel,
    review_call,
    screen_call,
    select_call,
    set_up_call,
)
from anso.kernel.verdict import Refused
from anso.matching.actions import accept_match, ask_match, decline_match
from anso.matching.models import MatchRequest
from anso.matching.queries import draw_shortlist, open_entries

SEEKS, OFFERS = "need", "volunteer"
DAYS = (-150, -75)
WORDS = "We read of your work. Would you help us to set the laboratory up and teach two courses?"
SORRY = "I have promised these months to another university. Ask me again next year."


def add_matches(story: StoryContext, now: dt.datetime, *, each: int) -> None:
    """Two calls that were released a month ago, with ``each`` entries beside those of the cast."""
    needs = _selected(story, SEEKS, "host", now, count=each, first=20_000)
    _selected(story, OFFERS, "expert", now, count=each + 2, first=21_000)
    own = story.cast["host"].pk
    found = open_entries().filter(call=needs).order_by("id")
    seeking = [entry for entry in found if entry.applicant.account_id != own]
    for place, entry in enumerate(seeking):
        at = now - dt.timedelta(days=9) + place * dt.timedelta(hours=5)
        request = _ask_one(story, entry, is_of_cast=place == 0, now=at)
        if request is not None:
            _answer(story, request, place, now=at + dt.timedelta(days=3))


def _selected(
    story: StoryContext, code: str, part: str, now: dt.datetime, *, count: int, first: int
) -> Call:
    """A call of one side in which everybody eligible was selected, and most accepted."""
    call = set_up_call(story, code, year=now.year, days=DAYS)
    context = ApplicationContext(
        call, story.random, call.opens_at, call.closes_at - dt.timedelta(hours=1)
    )
    make_application(context, first, account=story.cast[part])
    fill_call(story, call, submitted=count, drafts=0, first=first + 1, until=call.closes_at)
    screen_call(story, call, now=call.closes_at + dt.timedelta(days=3))
    reviews_at = call.closes_at + dt.timedelta(days=16)
    invite_panel(story, call, count=2, first=first + 900, now=reviews_at - dt.timedelta(days=3))
    assign_call(story, call, now=reviews_at)
    review_call(story, call, now=reviews_at + dt.timedelta(days=2))
    select_call(story, call, now=now - dt.timedelta(days=34), until="released")
    at = now - dt.timedelta(days=28)
    answer_offers(story, call, now=at, leave=story.cast[part])
    for offer in Offer.objects.filter(application__applicant__account=story.cast[part]):
        accept_offer(actor=story.cast[part], offer=offer, now=at)
    return call


def _ask_one(
    story: StoryContext, entry: Application, *, is_of_cast: bool, now: dt.datetime
) -> MatchRequest | None:
    """Ask the expert of the cast, or else whoever stands first beside them; nobody where nobody
    fits.
    """
    drawn, expert = draw_shortlist(entry, now), story.cast["expert"].pk
    fits = [
        fit.key
        for fit in drawn.shortlist.fits
        if (drawn.entries[fit.key].applicant.account_id == expert) is is_of_cast
    ]
    account = entry.applicant.account
    if not fits or account is None:
        return None
    return ask_match(
        actor=account,
        asking=entry,
        number=fits[0],
        words=WORDS,
        asks_next=story.random.random() < 0.5,
        now=now,
    )


def _answer(story: StoryContext, request: MatchRequest, place: int, *, now: dt.datetime) -> None:
    """Two of three say yes, one no; the expert of the cast answers for themselves."""
    account = request.asked.applicant.account
    if account is None or account == story.cast["expert"]:
        return
    try:
        if place % 3 == 2:
            decline_match(actor=account, request=request, because=SORRY, now=now)
        else:
            accept_match(actor=account, request=request, now=now)
    except Refused:  # as many tasks as they take at a time
        return
