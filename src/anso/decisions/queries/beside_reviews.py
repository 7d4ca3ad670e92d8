"""What was decided beside the reviews: what is not awarded in this edition."""

from __future__ import annotations

from django.db.models import QuerySet

from anso.calls.models import Call
from anso.decisions.models import NotAwarded
from anso.decisions.queries.ranking_steps import get_final_run


def not_awarded_in(call: Call) -> QuerySet[NotAwarded]:
    """What stands as not awarded, in the order of the decisions."""
    return NotAwarded.objects.filter(call=call, taken_back_at__isnull=True).order_by("id")


def withheld_rows(call: Call) -> list[list[str]]:
    """The same as a run keeps it: the node and the reason."""
    return [list(row) for row in not_awarded_in(call).values_list("place", "reason")]


def numbers_given(call: Call) -> dict[str, int]:
    """By group of places, how many there were to give in the selection that was released; empty
    before.
    """
    run = get_final_run(call)
    leaves = run.figures["leaves"] if run else {}
    return {key: capacity for key, (_filled, capacity) in leaves.items()}
