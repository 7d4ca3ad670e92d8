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
from anso.review.actions.dossiers import make_dossier
from anso.review.actions.inviting import (
    accept_invitation,
    decline_invitation,
    invite_reviewer,
    release_reviewer,
)
from anso.review.actions.rebutting import (
    answer_reviewers,
    read_words,
    release_words,
    remind_of_answer,
    save_rebuttal_draft,
)
from anso.review.actions.reviewing import save_review_draft, submit_review

__all__ = [
    "accept_assignment",
    "accept_invitation",
    "answer_reviewers",
    "assign_reviewer",
    "assign_reviewers",
    "cancel_assignment",
    "declare_conflict",
    "decline_assignment",
    "decline_invitation",
    "invite_reviewer",
    "make_dossier",
    "read_words",
    "release_reviewer",
    "release_words",
    "remind_of_answer",
    "remind_reviewers",
    "save_rebuttal_draft",
    "save_review_draft",
    "submit_review",
]
