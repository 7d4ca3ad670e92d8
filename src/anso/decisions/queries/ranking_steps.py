"""In which steps of a call applications are ranked and decided, and which of them is next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from anso.calls.enums import PhaseState
from anso.calls.models import Call, Step
from anso.calls.queries.phases import state_of_work
from anso.calls.queries.steps import (
    first_after,
    step_after,
    step_closes_at,
    steps_of_block,
    window_opens_at,
)
from anso.decisions.models import SelectionRun


def ranking_steps(call: Call) -> list[Step]:
    """The steps whose applications are ranked, in their order: its reviews, or the window of a call
    that reviews nothing.
    """
    return steps_of_block(call, "review") or steps_of_block(call, "applications")[:1]


def get_ranking_step(call: Call) -> Step | None:
    """The step that is decided next: the first whose decisions are not released, or else the last;
    None where nothing can be ranked.
    """
    steps = ranking_steps(call)
    released = set(
        SelectionRun.objects.filter(call=call, state="released").values_list("step", flat=True)
    )
    waiting = (step for step in steps if step.pk not in released)
    return next(waiting, steps[-1] if steps else None)


def find_ranking_step(call: Call, key: str) -> Step | None:
    """The ranking step with that key; without a key the one that is decided next."""
    if not key:
        return get_ranking_step(call)
    return next((step for step in ranking_steps(call) if step.key == key), None)


def decided_by(call: Call, step: Step, block: str) -> dt.datetime | None:
    """Until when a part of deciding a step is due: before the next step begins for those who go on,
    or after the last review when the step of that block ends (panel, decision, release).
    """
    after = step_after(call, step)
    if after is not None:
        return window_opens_at(call, after)
    found = first_after(call, block, step.order)
    return step_closes_at(found) if found else None


def final_runs() -> QuerySet[SelectionRun]:
    """The released runs of last steps, which give what their calls give."""
    later = Step.objects.filter(
        call=OuterRef("call"), block="review", order__gt=OuterRef("step__order")
    )
    found = SelectionRun.objects.filter(state="released").exclude(Exists(later))
    return found.select_related("call").defer("record")


def calls_released(calls: Iterable[Call]) -> set[int]:
    """Of these calls, by their keys, those whose last decisions are released."""
    found = final_runs().filter(call__in=[each.pk for each in calls])
    return set(found.values_list("call_id", flat=True))


def selection_state(call: Call, now: dt.datetime) -> PhaseState:
    """Done once the last decisions are released; late when their day has come before."""
    if call.pk in calls_released([call]):
        return PhaseState.DONE
    days = [*steps_of_block(call, "release"), *steps_of_block(call, "decision")]
    reviews = steps_of_block(call, "review")
    begins = now >= (step_closes_at(reviews[0]) if reviews else call.closes_at)
    is_over = bool(days) and now >= step_closes_at(max(days, key=lambda each: each.order))
    if call.state != "published":
        return PhaseState.DONE if call.state == "completed" else PhaseState.AHEAD
    return state_of_work(begins=begins, remains=True, is_over=is_over)


def get_final_run(call: Call) -> SelectionRun | None:
    """The released run of the last step, which gives what the call gives; None before."""
    last = ranking_steps(call)[-1:]
    found = SelectionRun.objects.filter(call=call, state="released", step__in=last)
    return found.defer("record").first()
