"""What can be read about selections and decisions. Import from here."""

from __future__ import annotations

from anso.decisions.queries.bars import GOES_ON, Bar
from anso.decisions.queries.draws import (
    DrawShown,
    EqualsShown,
    draws_of,
    equals_of,
    get_public_run,
    reviewer_severities,
    steps_of,
)
from anso.decisions.queries.inputs import SelectionInputs, get_selection_inputs
from anso.decisions.queries.ranking_steps import (
    calls_released,
    find_ranking_step,
    get_final_run,
    get_ranking_step,
    ranking_steps,
    selection_state,
)
from anso.decisions.queries.reading import (
    count_reviews_since,
    decisions_visible_to,
    earlier_decisions_of,
    get_decision_shown_to,
    get_desk_run_for,
    is_calibrated,
    latest_decisions_of,
    latest_return_of,
    placements_behind,
    placements_of,
    proposers_of,
    runs_of,
    selections_before_chairs,
    selections_returned,
    selections_to_confirm,
    selections_to_propose,
    selections_to_release,
)

__all__ = [
    "GOES_ON",
    "Bar",
    "DrawShown",
    "EqualsShown",
    "SelectionInputs",
    "calls_released",
    "count_reviews_since",
    "decisions_visible_to",
    "draws_of",
    "earlier_decisions_of",
    "equals_of",
    "find_ranking_step",
    "get_decision_shown_to",
    "get_desk_run_for",
    "get_final_run",
    "get_public_run",
    "get_ranking_step",
    "get_selection_inputs",
    "is_calibrated",
    "latest_decisions_of",
    "latest_return_of",
    "placements_behind",
    "placements_of",
    "proposers_of",
    "ranking_steps",
    "reviewer_severities",
    "runs_of",
    "selection_state",
    "selections_before_chairs",
    "selections_returned",
    "selections_to_confirm",
    "selections_to_propose",
    "selections_to_release",
    "steps_of",
]
