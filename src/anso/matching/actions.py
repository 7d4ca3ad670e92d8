"""Asking, answering, withdrawing, releasing, ending. Everything that asks or answers in one pool
takes turns.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application
from anso.applications.queries.answers import applicant_zone
from anso.applications.queries.participants import account_of, beneficiaries_of
from anso.audit.actions import record_entry, transition
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.notices import Notice
from anso.kernel.reasons import READ_BY_APPLICANT, fitting, required_reason
from anso.kernel.verdict import refuse
from anso.kernel.wording import gettext_noop
from anso.matching import notices, rules
from anso.matching.models import MatchRequest
from anso.matching.queries import Drawn, answer_by, draw_shortlist, free_place_of, pairing_of
from anso.matching.wording import told_to
from anso.notifications.actions import notify
from anso.programmes.models import Programme

WORDS_AT_MOST = 1000


@transaction.atomic
def ask_match(
    *,
    actor: Actor,
    asking: Application,
    number: str,
    words: str,
    asks_next: bool,
    now: dt.datetime,
) -> MatchRequest:
    """Ask whoever stands on the shortlist of now under that number; they have days to answer.

    Refused for whoever is not on it, such as somebody who found another task meanwhile.
    """
    part = pairing_of(asking.call)
    _take_turns(part.seeks if part is not None else "")
    rules.may_ask(actor, asking, now).require()
    told = fitting(words, WORDS_AT_MOST, gettext_noop("What you write to them"))
    drawn = draw_shortlist(asking, now)
    if number not in {each.key for each in drawn.shortlist.fits}:
        refuse("not_listed", _("They cannot be asked any more. Choose somebody else.")).require()
    return _ask(asking, drawn, number, (told, asks_next), actor=actor, now=now)


@transaction.atomic
def accept_match(*, actor: Actor, request: MatchRequest, now: dt.datetime) -> MatchRequest:
    """Say yes: both are told whom to write to, and other requests of whoever asked are withdrawn.
    Refused where somebody has as many tasks as they take at a time.
    """
    _take_turns(request.asked.call.programme.kind)
    request.refresh_from_db(fields=["state"])
    rules.may_accept(actor, request, now).require()
    place = free_place_of(request)
    transition(request, "accept_match", actor=actor, now=now, place=place)
    for side in (request.asking, request.asked):
        _tell(notices.MATCHED, request, side, actor=actor, now=now)
    for other in request.asking.requests_made.filter(state="asked"):
        _withdraw(other, actor=actor, now=now)
    return request


@transaction.atomic
def decline_match(
    *, actor: Actor, request: MatchRequest, because: str, now: dt.datetime
) -> MatchRequest:
    """Say no, with a word if one likes; where whoever asked wished so, the next is asked."""
    _take_turns(request.asked.call.programme.kind)
    rules.may_answer(actor, request, now).require()
    told = fitting(because, WORDS_AT_MOST, gettext_noop("What you write to them"))
    transition(request, "decline_match", actor=actor, now=now, remark=told)
    _ask_next(request, now=now)
    _tell(notices.DECLINED, request, request.asking, actor=actor, now=now)
    return request


@transaction.atomic
def withdraw_match(*, actor: Actor, request: MatchRequest, now: dt.datetime) -> MatchRequest:
    """Take a request back that nobody has answered."""
    _take_turns(request.asked.call.programme.kind)
    rules.may_withdraw(actor, request, now).require()
    return _withdraw(request, actor=actor, now=now)


@transaction.atomic
def release_match(*, actor: Actor, request: MatchRequest, now: dt.datetime) -> MatchRequest:
    """Close a request that nobody answered in time, and tell both; the next is asked as after a
    no.
    """
    _take_turns(request.asked.call.programme.kind)
    rules.may_release(actor, request, now).require()
    transition(request, "release_match", actor=actor, now=now)
    _ask_next(request, now=now)
    for side in (request.asking, request.asked):
        _tell(notices.RELEASED, request, side, actor=actor, now=now)
    return request


@transaction.atomic
def end_match(
    *, actor: Actor, request: MatchRequest, because: str, now: dt.datetime
) -> MatchRequest:
    """End a match, done or not, with the reason that both read; its place is free again."""
    _take_turns(request.asked.call.programme.kind)
    rules.may_end(actor, request, now).require()
    reason = required_reason(because, READ_BY_APPLICANT, WORDS_AT_MOST)
    transition(request, "end_match", actor=actor, now=now, because=reason, remark=reason)
    for side in (request.asking, request.asked):
        _tell(notices.ENDED, request, side, actor=actor, now=now)
    return request


def _take_turns(kind: str) -> None:
    """Whoever asks or answers in one pool waits for whoever did so a moment before; calls of these
    programmes are opened meanwhile.
    """
    rows = Programme.objects.select_for_update(no_key=True).filter(kind=kind).order_by("pk")
    list(rows.values_list("pk"))


def _ask(
    asking: Application,
    drawn: Drawn,
    number: str,
    said: tuple[str, bool],
    *,
    actor: Actor,
    now: dt.datetime,
) -> MatchRequest:
    (fit,) = (each for each in drawn.shortlist.fits if each.key == number)
    asked = drawn.entries[number]
    request = MatchRequest.objects.create(
        asking=asking,
        asked=asked,
        words=said[0],
        asks_next=said[1],
        position=fit.position,
        record=drawn.record.to_dict(),
        sha256=drawn.record.digest,
        capacity=drawn.profiles[asked.pk].capacity,
        asked_at=now,
        answer_by=answer_by(asked, now),
    )
    record_entry(request, "ask_match", actor=actor, now=now, changes={"asked": ["", number]})
    _tell(notices.ASKED, request, asked, actor=actor, now=now)
    return request


def _ask_next(request: MatchRequest, *, now: dt.datetime) -> None:
    """Ask whoever is first on the shortlist of now, in the same words, where that was wished and is
    allowed.
    """
    if not request.asks_next or not rules.may_ask(CLOCK, request.asking, now):
        return
    drawn = draw_shortlist(request.asking, now)
    if drawn.shortlist.fits:
        number, said = drawn.shortlist.fits[0].key, (request.words, True)
        _ask(request.asking, drawn, number, said, actor=CLOCK, now=now)


def _withdraw(request: MatchRequest, *, actor: Actor, now: dt.datetime) -> MatchRequest:
    transition(request, "withdraw_match", actor=actor, now=now)
    _tell(notices.WITHDRAWN, request, request.asked, actor=actor, now=now)
    return request


def _tell(
    notice: Notice, request: MatchRequest, side: Application, *, actor: Actor, now: dt.datetime
) -> None:
    """Write to everybody of one side, in their language."""
    for person in beneficiaries_of(side):
        notify(
            notice,
            about=request,
            say=lambda: told_to(person, request, side),  # noqa: B023 - said at once
            key=f"{request.reference}:{side.pk}:{person.reference}",
            recipient=account_of(person),
            context=side.call,
            zone=applicant_zone(side),
            actor=actor,
            now=now,
        )
