"""Who may ask, answer, withdraw and end."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application
from anso.applications.queries.participants import is_beneficiary
from anso.calls.models import Call
from anso.calls.rules import may_manage_call
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.verdict import ALLOWED, Verdict, refuse
from anso.matching.models import MatchRequest
from anso.matching.queries import count_open, free_place_of, is_open, pairing_of
from anso.ui.instants import end_in_words


def may_read_matches(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Whoever is on the desk of a call in which there is something to match."""
    if pairing_of(call) is None:
        return refuse("no_matching", _("Nothing is matched in this call."))
    return ALLOWED


def may_ask(actor: Actor, asking: Application, now: dt.datetime) -> Verdict:
    """Whoever seeks, while they are open for matching, have no match and not too many requests that
    wait; the clock asks the next for them where they wished so.
    """
    part = pairing_of(asking.call)
    if not is_party(actor, asking) and not isinstance(actor, SystemProcess):
        return refuse("not_yours", _("This is somebody else's."))
    if part is None or not part.seeks or not is_open(asking):
        return refuse("not_open", _("It is not open for matching."))
    if asking.requests_made.filter(state="accepted").exists():
        return refuse("matched", _("It is matched already."))
    if count_open(asking) >= part.most_open:
        text = _("%(most)s requests wait for an answer; no more may be open at a time.")
        return refuse("too_many", text % {"most": part.most_open})
    return ALLOWED


def may_answer(actor: Actor, request: MatchRequest, now: dt.datetime) -> Verdict:
    """Whoever is asked, until the day has passed."""
    if not is_party(actor, request.asked):
        return refuse("not_yours", _("Somebody else is asked."))
    if request.state != "asked":
        return refuse("gone", _("This request does not wait for an answer."))
    if now >= request.answer_by:
        day = end_in_words(request.answer_by, request.asked.call.zone)
        return refuse("late", _("It could be answered until %(day)s.") % {"day": day})
    return ALLOWED


def may_accept(actor: Actor, request: MatchRequest, now: dt.datetime) -> Verdict:
    """The same, while both sides are still open for matching, whoever asks has no match, and
    whoever is asked has room for another task.
    """
    answering = may_answer(actor, request, now)
    if not answering:
        return answering
    if not (is_open(request.asking) and is_open(request.asked)):
        return refuse("not_open", _("One of you is not open for matching any more."))
    if request.asking.requests_made.filter(state="accepted").exists():
        return refuse("matched", _("Whoever asked you has found somebody else."))
    if free_place_of(request) is None:
        text = _("You have as many tasks as you take at a time: %(most)s.")
        return refuse("full", text % {"most": request.capacity})
    return ALLOWED


def may_withdraw(actor: Actor, request: MatchRequest, now: dt.datetime) -> Verdict:
    """Whoever asked, until there is an answer."""
    if not is_party(actor, request.asking):
        return refuse("not_yours", _("Somebody else asked."))
    if request.state != "asked":
        return refuse("gone", _("This request does not wait for an answer."))
    return ALLOWED


def may_end(actor: Actor, request: MatchRequest, now: dt.datetime) -> Verdict:
    """Either side, and officers of either call."""
    if request.state != "accepted":
        return refuse("gone", _("This is no match any more."))
    if is_party(actor, request.asking) or is_party(actor, request.asked):
        return ALLOWED
    of_asking = may_manage_call(actor, request.asking.call, now)
    return of_asking or may_manage_call(actor, request.asked.call, now)


def may_release(actor: Actor, request: MatchRequest, now: dt.datetime) -> Verdict:
    """The clock, once the day has passed or a side is open no more."""
    if not isinstance(actor, SystemProcess):
        return refuse("not_clock", _("Requests are released by themselves."))
    if now < request.answer_by and is_open(request.asking) and is_open(request.asked):
        return refuse("not_yet", _("It can still be answered."))
    return ALLOWED


def is_party(actor: Actor, application: Application) -> bool:
    return not isinstance(actor, SystemProcess) and is_beneficiary(actor, application)
