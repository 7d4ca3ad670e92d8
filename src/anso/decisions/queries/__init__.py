"""What can be read about selections and decisions. Import from here."""

from __future__ import annotations

from anso.decisions.queries.inputs import SelectionInputs, get_selection_inputs
from anso.decisions.queries.reading import (
    decisions_visible_to,
    get_decision_shown_to,
    get_desk_run_for,
    get_latest_run,
    placements_of,
    runs_of,
    todo_items_for,
)

__all__ = [
    "SelectionInputs",
    "decisions_visible_to",
    "get_decision_shown_to",
    "get_desk_run_for",
    "get_latest_run",
    "get_selection_inputs",
    "placements_of",
    "runs_of",
    "todo_items_for",
]
