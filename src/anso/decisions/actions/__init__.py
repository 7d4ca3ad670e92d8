"""What is done with selections and decisions. Import from here."""

from __future__ import annotations

from anso.decisions.actions.appeals import answer_appeal, file_appeal, withdraw_appeal
from anso.decisions.actions.beside_reviews import (
    adjust_mean,
    award_after_all,
    undo_adjustment,
    withhold_place,
    word_adjustment,
)
from anso.decisions.actions.computing import compute_selection
from anso.decisions.actions.confirming import confirm_selection, propose_selection, return_selection
from anso.decisions.actions.correcting import correct_decision
from anso.decisions.actions.releasing import (
    notify_decided_applicants,
    outcome_mailing,
    release_decisions,
)
from anso.decisions.actions.words import pass_words_on

__all__ = [
    "adjust_mean",
    "answer_appeal",
    "award_after_all",
    "compute_selection",
    "confirm_selection",
    "correct_decision",
    "file_appeal",
    "notify_decided_applicants",
    "outcome_mailing",
    "pass_words_on",
    "propose_selection",
    "release_decisions",
    "return_selection",
    "undo_adjustment",
    "withdraw_appeal",
    "withhold_place",
    "word_adjustment",
]
