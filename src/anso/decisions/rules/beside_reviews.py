"""Who may decide what no review says: that something is not awarded. And whether a run knows of
everything that was decided so.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call
from anso.calls.queries import is_conferred, is_confirming_chair_of, is_panel_chair_of
from anso.calls.queries.steps import entry_of, step_after, window_deadline
from anso.calls.rules import may_act_as, may_manage_call
from anso.decisions.models import SelectionRun
from anso.decisions.queries.beside_reviews import withheld_rows
from anso.decisions.queries.ranking_steps import get_final_run, get_ranking_step
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse


def may_withhold(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Whoever presides over the body that confirms or over the one that judges, and officers, who
    write down what was decided: the chair confirms it with the selection. From the closing of the
    window until the last decisions are released.
    """
    return first_refusal(
        may_speak_of_selection(actor, call, now),
        has_closed(call, now),
        nothing_released(call),
    )


def may_speak_of_selection(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call and the chairs of its bodies, none of whom has another part in it."""
    if is_confirming_chair_of(actor, call, now):
        return may_act_as(actor, "conferrer" if is_conferred(call) else "chair", call, now)
    if is_panel_chair_of(actor, call, now):
        return may_act_as(actor, "chair", call, now)
    return may_manage_call(actor, call, now)


def has_closed(call: Call, now: dt.datetime) -> Verdict:
    """Nothing is decided while people may still apply."""
    step = get_ranking_step(call)
    entry = entry_of(call, step) if step else None
    if entry is None or entry.block == "review" or now >= window_deadline(call, entry).closes_at:
        return ALLOWED
    return refuse(
        "still_open", _("The call is still open; selections are computed after it has closed.")
    )


def nothing_released(call: Call) -> Verdict:
    """What everybody knows is corrected one by one."""
    if get_final_run(call) is None:
        return ALLOWED
    return refuse(
        "released",
        _("The decisions of this call were released; a new selection would contradict them."),
    )


def is_by_these_decisions(run: SelectionRun) -> Verdict:
    """A run is worth what was decided beside the reviews before it was computed."""
    if step_after(run.call, run.step) or run.figures.get("withheld", []) == withheld_rows(run.call):
        return ALLOWED
    return refuse(
        "withheld_changed",
        _(
            "What is not awarded has changed since this selection was computed. It has to be"
            " computed again."
        ),
    )
