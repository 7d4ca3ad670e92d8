"""The lives of an application and of a letter asked for it."""

from __future__ import annotations

from anso.kernel.lifecycle import Lifecycle, Transition

APPLICATION = Lifecycle(
    name="application",
    states=("draft", "submitted", "eligible", "ineligible", "invited", "decided", "withdrawn"),
    transitions=(
        Transition(
            "submit_application",
            ("draft", "invited"),
            "submitted",
            "applicant",
            stamps=("submitted_at",),
        ),
        Transition("resubmit_application", ("submitted",), "submitted", "applicant"),
        # For the applicant, with a reason: a new version with another document.
        Transition("mend_submission", ("submitted",), "submitted", "programme officer"),
        Transition(
            "withdraw_application",
            ("draft", "submitted", "eligible", "ineligible", "invited"),
            "withdrawn",
            "applicant",
            stamps=("withdrawn_at",),
        ),
        # The withdrawal is taken back, to where it was.
        Transition(
            "restore_draft", ("withdrawn",), "draft", "programme officer", clears=("withdrawn_at",)
        ),
        Transition(
            "restore_application",
            ("withdrawn",),
            "submitted",
            "programme officer",
            clears=("withdrawn_at", "screened_at"),
        ),
        Transition(
            "confirm_eligible",
            ("submitted", "ineligible"),
            "eligible",
            "programme officer",
            stamps=("screened_at",),
        ),
        Transition(
            "reject_ineligible",
            ("submitted", "eligible"),
            "ineligible",
            "programme officer",
            stamps=("screened_at",),
        ),
        Transition(
            "reopen_screening",
            ("eligible", "ineligible"),
            "submitted",
            "programme officer",
            clears=("screened_at",),
        ),
        # From step to step. An invited one is written again and screened again.
        Transition(
            "invite_application",
            ("eligible",),
            "invited",
            "release of decisions",
            stamps=("invited_at",),
            clears=("screened_at",),
        ),
        Transition("advance_application", ("eligible",), "eligible", "release of decisions"),
        Transition(
            "reject_application",
            ("eligible",),
            "decided",
            "release of decisions",
            stamps=("decided_at",),
        ),
        Transition(
            "decide_application",
            ("eligible", "ineligible"),
            "decided",
            "release of decisions",
            stamps=("decided_at",),
        ),
    ),
)

# A letter in these was asked for and is still waited for; asking, its writer waits for the
# applicant.
WAITED_FOR = ("asked", "opened", "asking")
LETTER = Lifecycle(
    name="letter",
    states=("asked", "opened", "asking", "completed", "declined", "replaced"),
    transitions=(
        Transition(
            "open_letter", ("asked",), "opened", "referee or supervisor", stamps=("opened_at",)
        ),
        Transition("ask_back", ("asked", "opened"), "asking", "supervisor or nominee"),
        Transition("answer_back", ("asking",), "opened", "applicant"),
        Transition(
            "complete_letter",
            (*WAITED_FOR, "completed"),
            "completed",
            "referee or supervisor",
            stamps=("completed_at",),
        ),
        Transition(
            "decline_letter",
            WAITED_FOR,
            "declined",
            "referee or supervisor",
            stamps=("declined_at",),
        ),
        # By the writer, or by an officer with a reason.
        Transition(
            "take_back_decline",
            ("declined",),
            "asked",
            "referee or supervisor",
            clears=("declined_at",),
        ),
        Transition(
            "replace_letter",
            (*WAITED_FOR, "completed", "declined"),  # completed: a No, by the rule
            "replaced",
            "applicant",
            stamps=("replaced_at",),
        ),
        Transition(
            "cancel_letter",
            WAITED_FOR,
            "replaced",
            "withdrawal of the application",
            stamps=("replaced_at",),
        ),
        Transition(
            "ask_letter_again", ("replaced",), "asked", "applicant", clears=("replaced_at",)
        ),
    ),
)
