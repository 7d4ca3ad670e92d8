"""The life of a call. Whether a published call is open follows from its dates and the clock and is
not stored.
"""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

CALL = Lifecycle(
    name="call",
    states=("draft", "published", "completed", "cancelled"),
    transitions=(
        Transition(
            "publish_call", ("draft",), "published", "programme officer", stamps=("published_at",)
        ),
        Transition(
            "complete_call",
            ("published",),
            "completed",
            "programme officer",
            stamps=("completed_at",),
        ),
        Transition(
            "cancel_call",
            ("draft", "published"),
            "cancelled",
            "programme officer",
            stamps=("cancelled_at",),
        ),
    ),
)
