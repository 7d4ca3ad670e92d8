"""What people do around reviews. Import from here."""

from __future__ import annotations

from anso.review.actions.assigning import (
    accept_assignment,
    assign_reviewer,
    assign_reviewers,
    cancel_assignment,
    declare_conflict,
    decline_assignment,
    remind_reviewers,
)
from anso.review.actions.conflicts import answer_conflict, remove_for_conflict
from anso.review.actions.dossiers import make_dossier
from anso.review.actions.extending import extend_assignment
from anso.review.actions.inviting import (
    accept_invitation,
    decline_invitation,
    invite_reviewer,
    release_reviewer,
)
from anso.review.actions.inviting_by_mail import (
    Asking,
    Offer,
    accept_asked,
    ask_again,
    cancel_asked,
    correct_invited_address,
    decline_asked,
    invite_by_mail,
    own_invitation_link,
    preview_invitation,
    remind_asked,
)
from anso.review.actions.names import answer_names, ask_about_names, tick_names, withdraw_name
from anso.review.actions.rebutting import (
    answer_reviewers,
    read_words,
    release_words,
    remind_of_answer,
    save_rebuttal_draft,
)
from anso.review.actions.reviewing import save_review_draft, submit_review

__all__ = [
    "Asking",
    "Offer",
    "accept_asked",
    "accept_assignment",
    "accept_invitation",
    "answer_conflict",
    "answer_names",
    "answer_reviewers",
    "ask_about_names",
    "ask_again",
    "assign_reviewer",
    "assign_reviewers",
    "cancel_asked",
    "cancel_assignment",
    "correct_invited_address",
    "declare_conflict",
    "decline_asked",
    "decline_assignment",
    "decline_invitation",
    "extend_assignment",
    "invite_by_mail",
    "invite_reviewer",
    "make_dossier",
    "own_invitation_link",
    "preview_invitation",
    "read_words",
    "release_reviewer",
    "release_words",
    "remind_asked",
    "remind_of_answer",
    "remind_reviewers",
    "remove_for_conflict",
    "save_rebuttal_draft",
    "save_review_draft",
    "submit_review",
    "tick_names",
    "withdraw_name",
]
