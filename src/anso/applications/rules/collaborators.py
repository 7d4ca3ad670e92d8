"""Who may ask others to fill in parts of an application, answer that, and take the whole over."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.models import Application, Collaborator
from anso.applications.queries.collaborators import is_asked, keys_shared_with
from anso.applications.queries.visibility import current_applications_of, next_ordinal_of
from anso.applications.rules.applications import (
    is_applicant,
    is_state_open,
    is_window_open,
    may_change_application,
)
from anso.calls.queries import get_terms, parts_in_call
from anso.calls.rules import may_combine
from anso.directory.queries import get_person_of
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse


def may_fill_in(
    actor: Actor, application: Application, keys: Iterable[str], now: dt.datetime
) -> Verdict:
    """Whoever hands it in, and for the questions of their sections whoever was asked to fill them
    in, while its window is open.
    """
    if is_applicant(actor, application):
        return may_change_application(actor, application, now)
    theirs = refuse("not_yours", _("Only whoever wrote it may do this."))
    shared = keys_shared_with(actor, application)
    beyond = refuse("not_your_part", _("This part is not yours to fill in any more."))
    return first_refusal(
        ALLOWED if shared else theirs,
        ALLOWED if set(keys) <= set(shared) else beyond,
        is_state_open(application.state),
        is_window_open(application, now),
    )


def may_ask_collaborators(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Whoever hands in, where the call lets several people fill it in, as long as it can be
    changed.
    """
    alone = refuse("alone", _("In this call, whoever hands in fills in everything themselves."))
    return first_refusal(
        ALLOWED if get_terms(application.call).intake.with_others else alone,
        may_change_application(actor, application, now),
    )


def may_answer_collaboration(actor: Actor, asked: Collaborator, now: dt.datetime) -> Verdict:
    """Whoever was asked, unless they have a part in the call that does not go with it."""
    if not is_asked(actor, asked):
        return _not_asked()
    if asked.ended_at is not None or asked.declined_at is not None:
        return refuse("over", _("You are no longer asked to fill in a part of it."))
    person = get_person_of(actor) if actor.pk is not None else None
    day = alliance_day(now)
    people = [person.pk] if person else []
    held = parts_in_call(asked.application.call, people, day, beside="party")
    parts = held[person.pk] if person else frozenset[str]()
    return first_refusal(
        is_state_open(asked.application.state),
        is_window_open(asked.application, now),
        may_combine(asked.application.call, "party", parts),
    )


def may_end_collaboration(actor: Actor, asked: Collaborator, now: dt.datetime) -> Verdict:
    """Whoever hands in, and whoever was asked, at any time; so it is with an offer to take over."""
    return (
        ALLOWED
        if is_applicant(actor, asked.application) or is_asked(actor, asked)
        else _not_asked()
    )


def _not_asked() -> Verdict:
    return refuse("not_asked", _("Somebody else was asked to fill in parts of it."))


def may_offer_lead(actor: Actor, asked: Collaborator, now: dt.datetime) -> Verdict:
    """Whoever hands in, to somebody who said yes, as long as nothing is decided."""
    waiting = refuse("not_yet", _("They have not said yet that they fill in their part."))
    return first_refusal(
        is_applicant(actor, asked.application),
        _is_running(asked.application),
        ALLOWED if asked.accepted_at and not asked.ended_at else waiting,
    )


def may_take_over(actor: Account, asked: Collaborator, now: dt.datetime) -> Verdict:
    """Whoever was offered it, unless they have as many of their own in the call as one person
    may.
    """
    application = asked.application
    offered = refuse("not_offered", _("It is not offered to you any more."))
    own = refuse(
        "one_of_your_own",
        _("You have as many of your own in this call as one person may. Withdraw one first."),
    )
    standing = current_applications_of(actor, application.call)
    is_free = next_ordinal_of(standing, application.call) is not None
    is_offered = asked.lead_offered_at is not None and asked.ended_at is None
    return first_refusal(
        ALLOWED if is_asked(actor, asked) else _not_asked(),
        ALLOWED if is_offered else offered,
        _is_running(application),
        ALLOWED if is_free else own,
    )


def _is_running(application: Application) -> Verdict:
    if application.state in ("withdrawn", "decided"):
        return refuse("over", _("It is over: nobody takes it over any more."))
    return ALLOWED
