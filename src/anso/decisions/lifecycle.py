"""The lives of a selection run, of a decision, and of a request for its review."""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

SELECTION_RUN = Lifecycle(
    name="selection run",
    states=("computed", "proposed", "returned", "confirmed", "released", "superseded"),
    transitions=(
        Transition(
            "propose_selection",
            ("computed",),
            "proposed",
            "programme officer",
            stamps=("proposed_at",),
        ),
        Transition("return_selection", ("proposed",), "returned", "chair", stamps=("returned_at",)),
        Transition(
            "confirm_selection", ("proposed",), "confirmed", "chair", stamps=("confirmed_at",)
        ),
        Transition(
            "release_decisions",
            ("confirmed",),
            "released",
            "programme officer",
            stamps=("released_at",),
        ),
        Transition(
            "supersede_selection",
            ("computed", "proposed", "returned", "confirmed"),
            "superseded",
            "programme officer",
        ),
    ),
)

DECISION = Lifecycle(
    name="decision",
    states=("prepared", "released"),
    transitions=(
        Transition(
            "release_decision",
            ("prepared",),
            "released",
            "release of decisions",
            stamps=("released_at",),
        ),
    ),
)

APPEAL = Lifecycle(
    name="request for a review",
    states=("filed", "upheld", "rejected", "withdrawn"),
    transitions=(
        Transition(
            "withdraw_appeal", ("filed",), "withdrawn", "applicant", stamps=("withdrawn_at",)
        ),
        Transition(
            "uphold_appeal", ("filed",), "upheld", "programme officer", stamps=("answered_at",)
        ),
        Transition(
            "reject_appeal", ("filed",), "rejected", "programme officer", stamps=("answered_at",)
        ),
    ),
)
