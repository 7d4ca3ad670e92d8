"""In which steps of a call applications are ranked and decided, and which of them is next."""

from __future__ import annotations

from anso.calls.models import Call, Step
from anso.calls.queries.steps import steps_of_block
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


def get_final_run(call: Call) -> SelectionRun | None:
    """The released run of the last step, which gives what the call gives; None before."""
    last = ranking_steps(call)[-1:]
    found = SelectionRun.objects.filter(call=call, state="released", step__in=last)
    return found.defer("record").first()
