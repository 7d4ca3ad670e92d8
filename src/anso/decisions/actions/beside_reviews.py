"""What is decided beside the reviews, and taken back: that something is not awarded in this
edition, that the panel moves a mean. It counts from the next run on, and a run that was computed
before goes no further.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from anso.applications.models import Application
from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions import rules
from anso.decisions.actions.confirming import return_selection
from anso.decisions.models import Adjustment, Decision, NotAwarded
from anso.decisions.queries import adjustments_in, get_ranking_step, not_awarded_in, runs_of
from anso.decisions.wording import place_label
from anso.kernel.actors import Actor
from anso.kernel.canonical import plain_decimal
from anso.kernel.errors import BadInput
from anso.kernel.reasons import KEPT_ON_RECORD, READ_BY_APPLICANT, required_reason
from anso.kernel.wording import gettext_noop
from anso.review.models import Assignment


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
    record_entry(
        made, "withhold_place", actor=actor, now=now, changes=changes, because=reason, is_first=True
    )
    said = _("Not awarded: %(place)s. %(because)s")
    _send_back(call, said % {"place": _label(made), "because": reason}, actor, now)
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
        said = _("Awarded after all: %(place)s.") % {"place": _label(withheld)}
        _send_back(withheld.call, said, actor, now)
    return withheld


@transaction.atomic
def adjust_mean(
    *, actor: Actor, application: Application, points: Decimal, because: str, now: dt.datetime
) -> Adjustment:
    """Move the mean of one application by points, up or down, in the place of what it was moved by
    before. The reason stands in the record; its applicant reads it as an officer words it.

    Refuses more points than the terms allow, an application that nobody has reviewed or that cannot
    be selected, and a move without a reason.
    """
    call = application.call
    _lock(call)
    rules.may_adjust_application(actor, application, now).require()
    reason = required_reason(because, KEPT_ON_RECORD)
    _require_within(points, get_terms(call).adjustment_most or Decimal(0))
    reviewed = Assignment.objects.filter(
        application=application, step=get_ranking_step(call), state="submitted"
    )
    if application.state != "eligible" or not reviewed.exists():
        raise BadInput(gettext_noop("It has no mean that could be moved."))
    for earlier in adjustments_in(call).filter(application=application):
        _take_back(earlier, actor, now)
    made = Adjustment.objects.create(
        application=application, points=points, reason=reason, decided_at=now
    )
    changes = {"points": [None, str(points)]}
    record_entry(
        made, "adjust_mean", actor=actor, now=now, changes=changes, because=reason, is_first=True
    )
    said = _("Moved: %(number)s. %(because)s")
    _send_back(call, said % {"number": application.number, "because": reason}, actor, now)
    return made


@transaction.atomic
def undo_adjustment(*, actor: Actor, adjustment: Adjustment, now: dt.datetime) -> Adjustment:
    """Let the reviews alone count again; doing so twice changes nothing."""
    call = adjustment.application.call
    _lock(call)
    rules.may_adjust_application(actor, adjustment.application, now).require()
    adjustment.refresh_from_db(fields=["taken_back_at"])
    if adjustment.taken_back_at is None:
        _take_back(adjustment, actor, now)
        said = _("Not moved any more: %(number)s.")
        _send_back(call, said % {"number": adjustment.application.number}, actor, now)
    return adjustment


@transaction.atomic
def word_adjustment(*, actor: Actor, decision: Decision, text: str, now: dt.datetime) -> Decision:
    """An officer has read why the panel moved an application, and words it for its applicant."""
    call = decision.application.call
    _lock(call)
    rules.may_pass_words_on(actor, call, now).require()
    decision.refresh_from_db(fields=["state", "adjustment_told"])
    if decision.state != "prepared":
        raise BadInput(gettext_noop("This decision was released; correct it instead."))
    decision.adjustment_told = required_reason(text, READ_BY_APPLICANT)
    decision.save(update_fields=["adjustment_told"])
    record_entry(
        decision, "word_adjustment", actor=actor, now=now, because=decision.adjustment_told
    )
    return decision


def _require_within(points: Decimal, most: Decimal) -> None:
    if points == 0 or abs(points) > most:
        text = gettext_noop("Move it by at most %(most)s, up or down.")
        raise BadInput(text, most=plain_decimal(most))


def _take_back(adjustment: Adjustment, actor: Actor, now: dt.datetime) -> None:
    adjustment.taken_back_at = now
    adjustment.save(update_fields=["taken_back_at"])
    changes = {"points": [str(adjustment.points), None]}
    record_entry(adjustment, "undo_adjustment", actor=actor, now=now, changes=changes)


def _label(withheld: NotAwarded) -> str:
    return place_label(get_terms(withheld.call), withheld.place)


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
