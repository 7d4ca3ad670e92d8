"""The life of work on many things."""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

BULK = Lifecycle(
    name="bulk action",
    states=("running", "finished", "stopped"),
    transitions=(
        Transition("finish_bulk", ("running",), "finished", "worker", stamps=("ended_at",)),
        Transition("stop_bulk", ("running",), "stopped", "officer", stamps=("ended_at",)),
        Transition("resume_bulk", ("stopped",), "running", "officer", clears=("ended_at",)),
    ),
)
