"""The life of an offer."""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

OFFER = Lifecycle(
    name="offer",
    states=("made", "accepted", "declined", "lapsed", "revoked"),
    transitions=(
        Transition("accept_offer", ("made",), "accepted", "applicant", stamps=("answered_at",)),
        Transition(
            "decline_offer", ("made", "accepted"), "declined", "applicant", stamps=("answered_at",)
        ),
        Transition("lapse_offer", ("made",), "lapsed", "clock", stamps=("lapsed_at",)),
        Transition(
            "revoke_offer",
            ("made", "accepted"),
            "revoked",
            "programme officer",
            stamps=("revoked_at",),
        ),
    ),
)
