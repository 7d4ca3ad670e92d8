"""Who may decide what no review says: that something is not awarded, that a mean is moved. And
whether a run knows of everything that was decided so.
"""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from anso.applications.models import Application
from anso.calls.models import Call
from anso.calls.queries import get_terms, is_conferred, is_confirming_chair_of, is_panel_chair_of
from anso.calls.queries.steps import entry_of, step_after, window_deadline
from anso.calls.rules import may_act_as, may_manage_call
from anso.decisions.models import SelectionRun
from anso.decisions.queries.beside_reviews import (
    adjusted_rows,
    unworded_adjustments,
    withheld_rows,
)
from anso.decisions.queries.ranking_steps import get_final_run, get_ranking_step
from anso.directory.models import Person
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.terms import Strictness
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.review.queries import findings_between, get_conflict_facts
from anso.ui.question_fields import in_reader_language

HARD = Strictness.HARD


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


def may_adjust(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """The same people, where the terms of the call let the panel move means, until its chair has
    confirmed a selection.
    """
    return first_refusal(
        may_speak_of_selection(actor, call, now),
        _has_adjustments(call),
        has_closed(call, now),
        nothing_released(call),
        _is_not_confirmed(call),
    )


def may_adjust_application(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """The same for one application, without those who have a conflict with it."""
    return first_refusal(
        may_adjust(actor, application.call, now), _has_no_conflict(actor, application, now)
    )


def is_worded(run: SelectionRun) -> Verdict:
    """Nobody is told that the panel moved them before an officer has worded why."""
    count = unworded_adjustments(run).count()
    if not count:
        return ALLOWED
    text = ngettext(
        "%(count)s was moved beside the reviews, and nobody has worded yet how the"
        " reason is told. Do so under “Decisions”.",
        "%(count)s were moved beside the reviews, and nobody has worded yet how the"
        " reasons are told. Do so under “Decisions”.",
        count,
    )
    return refuse("unworded", text % {"count": count}, count=count)


def _has_adjustments(call: Call) -> Verdict:
    if get_terms(call).adjustment_most is not None:
        return ALLOWED
    return refuse(
        "no_adjustments", _("The terms of this call let nobody move what reviewers have given.")
    )


def _is_not_confirmed(call: Call) -> Verdict:
    run = SelectionRun.objects.filter(call=call, step=get_ranking_step(call)).order_by("-number")
    if not run.filter(state="confirmed").exists():
        return ALLOWED
    return refuse(
        "confirmed",
        _("This selection is confirmed. Let it be computed again before anybody is moved."),
    )


def _has_no_conflict(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Whatever keeps somebody from judging an application keeps them from moving it; what they are
    in the call was asked before.
    """
    person = Person.objects.filter(account=actor.pk).first()
    facts = get_conflict_facts([person] if person else [], [application], alliance_day(now))
    ties = findings_between(person, application, facts) if person else []
    # Nobody is asked about a chair or an officer: who may be the same person does not move it.
    keeping = (each for each in ties if each.strictness is HARD or each.code == "namesake")
    found = {each.code for each in keeping} - {"part"} if person else {"self"}
    if not found:
        return ALLOWED
    return refuse(
        "conflict",
        _("You cannot move %(number)s: our record shows a conflict of interest.")
        % {"number": application.number},
        conflicts=sorted(found),
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
    text = _("“%(step)s” is still to come or open; selections are computed after it has closed.")
    return refuse(
        "still_open",
        text % {"step": in_reader_language(entry.label)},
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
    if step_after(run.call, run.step):
        return ALLOWED
    if run.figures.get("adjusted", []) != adjusted_rows(run.call):
        return refuse(
            "adjusted_changed",
            _(
                "Who was moved beside the reviews has changed since this selection was computed. It"
                " has to be computed again."
            ),
        )
    if run.figures.get("withheld", []) == withheld_rows(run.call):
        return ALLOWED
    return refuse(
        "withheld_changed",
        _(
            "What is not awarded has changed since this selection was computed. It has to be"
            " computed again."
        ),
    )
