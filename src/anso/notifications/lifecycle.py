"""The life of a message in the outbox."""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

MESSAGE = Lifecycle(
    name="message",
    states=("waiting", "held", "sent", "failed", "cancelled", "bounced"),
    transitions=(
        Transition("hold_message", ("waiting",), "held", "programme officer", stamps=("held_at",)),
        Transition(
            "release_message", ("held",), "waiting", "programme officer", clears=("held_at",)
        ),
        Transition(
            "cancel_message",
            ("waiting", "held", "failed"),
            "cancelled",
            "programme officer",
            stamps=("cancelled_at",),
        ),
        Transition("send_message", ("waiting",), "sent", "worker", stamps=("sent_at",)),
        Transition("fail_message", ("waiting",), "failed", "worker", stamps=("failed_at",)),
        Transition(
            "retry_message",
            ("failed", "bounced"),
            "waiting",
            "programme officer or worker",
            clears=("failed_at", "bounced_at"),
        ),
        Transition("bounce_message", ("sent",), "bounced", "mail system", stamps=("bounced_at",)),
    ),
)
