"""Deciding that something is not awarded in this edition, and taking that back. It counts from the
next run on, and a run that was computed before goes no further.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions import rules
from anso.decisions.actions.confirming import return_selection
from anso.decisions.models import NotAwarded
from anso.decisions.queries import get_ranking_step, not_awarded_in, runs_of
from anso.decisions.wording import place_label
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import required_reason
from anso.kernel.wording import gettext_noop


@transaction.atomic
def withhold_place(
    *, actor: Actor, call: Call, place: str, because: str, now: dt.datetime
) -> NotAwarded:
    """Give nothing at a node of what the call gives, nor below it. Those who asked for it read the
    reason with their result.

    Refuses what the call does not give, what is withheld already, and a decision without a reason.
    """
    _lock(call)
    rules.may_withhold(actor, call, now).require()
    reason = required_reason(
        because, gettext_noop("Say why: those who asked for it read it with their result.")
    )
    if get_terms(call).outcome.node(place) is None:
        raise BadInput(gettext_noop("Choose what is not awarded."))
    if not_awarded_in(call).filter(place=place).exists():
        raise BadInput(gettext_noop("That is not awarded already."))
    made = NotAwarded.objects.create(call=call, place=place, reason=reason, decided_at=now)
    changes = {"place": ["", place]}
    said = _("Not awarded: %(place)s. %(because)s")
    _send_back(
        call, said % {"place": place_label(get_terms(call), place), "because": reason}, actor, now
    )
    record_entry(
        made, "withhold_place", actor=actor, now=now, changes=changes, because=reason, is_first=True
    )
    return made


@transaction.atomic
def award_after_all(*, actor: Actor, withheld: NotAwarded, now: dt.datetime) -> NotAwarded:
    """Take back that something is not awarded; doing so twice changes nothing."""
    _lock(withheld.call)
    rules.may_withhold(actor, withheld.call, now).require()
    withheld.refresh_from_db(fields=["taken_back_at"])
    if withheld.taken_back_at is None:
        withheld.taken_back_at = now
        withheld.save(update_fields=["taken_back_at"])
        changes = {"place": [withheld.place, ""]}
        record_entry(withheld, "award_after_all", actor=actor, now=now, changes=changes)
        said = _("Awarded after all: %(place)s.")
        place = place_label(get_terms(withheld.call), withheld.place)
        _send_back(withheld.call, said % {"place": place}, actor, now)
    return withheld


def _lock(call: Call) -> None:
    """In turn with computing, proposing and releasing: a run knows of all that was decided before
    it.
    """
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)


def _send_back(call: Call, because: str, actor: Actor, now: dt.datetime) -> None:
    """A chair who decides so about a selection that lies before them returns it by that: officers
    learn of it, and compute it again.
    """
    run = runs_of(call, get_ranking_step(call)).first()
    if run and run.state == "proposed" and rules.may_return_selection(actor, run, now):
        return_selection(actor=actor, run=run, reason=because, now=now)
