"""The life of a request: asked, and then answered, released, withdrawn, or ended after a yes."""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

ANSWERED, CLOSED = ("answered_at",), ("closed_at",)
MATCH_REQUEST = Lifecycle(
    name="request",
    states=("asked", "accepted", "declined", "released", "withdrawn", "ended"),
    transitions=(
        Transition("accept_match", ("asked",), "accepted", "whoever is asked", stamps=ANSWERED),
        Transition("decline_match", ("asked",), "declined", "whoever is asked", stamps=ANSWERED),
        Transition("release_match", ("asked",), "released", "clock", stamps=CLOSED),
        Transition("withdraw_match", ("asked",), "withdrawn", "whoever asked", stamps=CLOSED),
        Transition("end_match", ("accepted",), "ended", "either side, or officers", stamps=CLOSED),
    ),
)
