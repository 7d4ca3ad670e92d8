"""What was decided beside the reviews: what is not awarded in this edition, and whose mean the
panel moved.
"""

from __future__ import annotations

from django.db.models import QuerySet

from anso.calls.models import Call
from anso.decisions.models import Adjustment, Decision, NotAwarded, SelectionRun
from anso.decisions.queries.ranking_steps import get_final_run


def not_awarded_in(call: Call) -> QuerySet[NotAwarded]:
    """What stands as not awarded, in the order of the decisions."""
    return NotAwarded.objects.filter(call=call, taken_back_at__isnull=True).order_by("id")


def withheld_rows(call: Call) -> list[list[str]]:
    """The same as a run keeps it: the node and the reason."""
    return [list(row) for row in not_awarded_in(call).values_list("place", "reason")]


def adjustments_in(call: Call) -> QuerySet[Adjustment]:
    """The panel's adjustments that stand, by the numbers of the applications."""
    found = Adjustment.objects.filter(application__call=call, taken_back_at__isnull=True)
    return found.select_related("application").order_by("application__number")


def adjusted_rows(call: Call) -> list[list[str]]:
    """The same as a run keeps it, of those who can be selected: number, points and reason."""
    found = adjustments_in(call).filter(application__state="eligible")
    rows = found.values_list("application__number", "points", "reason")
    return [[number, str(points), reason] for number, points, reason in rows]


def unworded_adjustments(run: SelectionRun) -> QuerySet[Decision]:
    """Prepared decisions of those whom the panel moved, before an officer has worded why."""
    moved = run.placements.filter(facts__has_key="adjusted").values("application_id")
    return run.decisions.filter(state="prepared", adjustment_told="", application__in=moved)


def numbers_given(call: Call) -> dict[str, int]:
    """By group of places, how many there were to give in the selection that was released; empty
    before.
    """
    run = get_final_run(call)
    leaves = run.figures["leaves"] if run else {}
    return {key: capacity for key, (_filled, capacity) in leaves.items()}
