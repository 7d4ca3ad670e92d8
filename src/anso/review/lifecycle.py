"""The lives of a reviewer's invitation to a call, of one assignment, of an answer to reviewers."""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

REVIEWER = Lifecycle(
    name="reviewer",
    states=("invited", "accepted", "declined", "released"),
    transitions=(
        Transition(
            "accept_invitation",
            ("invited", "declined"),
            "accepted",
            "reviewer",
            stamps=("answered_at",),
        ),
        Transition(
            "decline_invitation",
            ("invited", "accepted"),
            "declined",
            "reviewer",
            stamps=("answered_at",),
        ),
        Transition(
            "release_reviewer",
            ("invited", "accepted", "declined"),
            "released",
            "programme officer",
            stamps=("released_at",),
        ),
        Transition(
            "invite_again",
            ("released",),
            "invited",
            "programme officer",
            stamps=("invited_at",),
            clears=("released_at", "answered_at"),
        ),
    ),
)

# Somebody who is asked at an address, and is no reviewer before they accept.
INVITATION = Lifecycle(
    name="invitation to review",
    states=("asked", "accepted", "declined", "cancelled"),
    transitions=(
        Transition(
            "accept_asked", ("asked", "declined"), "accepted", "invited", stamps=("answered_at",)
        ),
        Transition("decline_asked", ("asked",), "declined", "invited", stamps=("answered_at",)),
        Transition(
            "cancel_asked",
            ("asked", "declined"),
            "cancelled",
            "programme officer",
            stamps=("cancelled_at",),
        ),
    ),
)

ASSIGNMENT = Lifecycle(
    name="assignment",
    states=("assigned", "accepted", "submitted", "declined", "conflicted", "cancelled"),
    transitions=(
        Transition(
            "accept_assignment", ("assigned",), "accepted", "reviewer", stamps=("answered_at",)
        ),
        Transition(
            "decline_assignment",
            ("assigned", "accepted"),
            "declined",
            "reviewer",
            stamps=("answered_at",),
        ),
        Transition(
            "declare_conflict",
            ("assigned", "accepted"),
            "conflicted",
            "reviewer",
            stamps=("answered_at",),
        ),
        Transition(
            "remove_for_conflict",
            ("assigned", "accepted", "submitted"),
            "conflicted",
            "programme officer",
            stamps=("answered_at",),
        ),
        Transition(
            "submit_review", ("accepted",), "submitted", "reviewer", stamps=("submitted_at",)
        ),
        Transition(
            "revise_review", ("submitted",), "submitted", "reviewer", stamps=("submitted_at",)
        ),
        Transition(
            "cancel_assignment",
            ("assigned", "accepted"),
            "cancelled",
            "programme officer",
            stamps=("cancelled_at",),
        ),
        Transition(
            "assign_again",
            ("cancelled",),
            "assigned",
            "programme officer",
            stamps=("assigned_at",),
            clears=("cancelled_at", "answered_at"),
        ),
    ),
)

REBUTTAL = Lifecycle(
    name="answer to reviewers",
    states=("asked", "answered"),
    transitions=(
        Transition(
            "answer_reviewers",
            ("asked", "answered"),
            "answered",
            "applicant",
            stamps=("answered_at",),
        ),
    ),
)

# Who could review what, worked out once for all officers of a call.
PROPOSAL = Lifecycle(
    name="proposal of assignments",
    states=("running", "ready", "failed", "dropped", "assigned"),
    transitions=(
        Transition("finish_proposal", ("running",), "ready", "worker", stamps=("ended_at",)),
        Transition("fail_proposal", ("running",), "failed", "worker", stamps=("ended_at",)),
        Transition(
            "drop_proposal", ("running",), "dropped", "programme officer", stamps=("ended_at",)
        ),
        Transition("carry_out_proposal", ("ready",), "assigned", "programme officer"),
    ),
)
