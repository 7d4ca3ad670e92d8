"""What can be read about reviews. Import from here."""

from __future__ import annotations

from anso.review.queries.conflict_facts import ConflictFacts, get_conflict_facts
from anso.review.queries.conflicts import (
    Finding,
    assignments_without_conflict,
    conflict_answers_of,
    conflicts_between,
    findings_between,
    questions_between,
)
from anso.review.queries.proposals import Proposal, propose_assignments
from anso.review.queries.reading import (
    ReviewerLoad,
    ReviewProgress,
    accepted_by,
    applications_to_review,
    assignments_of_call,
    assignments_to_do,
    assignments_to_remind_of,
    assignments_visible_to,
    count_unanswered,
    dossier_of,
    get_assignment_for,
    get_invitation_for,
    get_review_progress,
    get_review_step,
    get_reviews_close_at,
    given_to,
    in_force_counts_of,
    invitations_to_answer,
    review_state,
    reviewers_of_call,
    reviewing_of,
)
from anso.review.queries.rounds import ReviewRound, review_rounds

__all__ = [
    "ConflictFacts",
    "Finding",
    "Proposal",
    "ReviewProgress",
    "ReviewRound",
    "ReviewerLoad",
    "accepted_by",
    "applications_to_review",
    "assignments_of_call",
    "assignments_to_do",
    "assignments_to_remind_of",
    "assignments_visible_to",
    "assignments_without_conflict",
    "conflict_answers_of",
    "conflicts_between",
    "count_unanswered",
    "dossier_of",
    "findings_between",
    "get_assignment_for",
    "get_conflict_facts",
    "get_invitation_for",
    "get_review_progress",
    "get_review_step",
    "get_reviews_close_at",
    "given_to",
    "in_force_counts_of",
    "invitations_to_answer",
    "propose_assignments",
    "questions_between",
    "review_rounds",
    "review_state",
    "reviewers_of_call",
    "reviewing_of",
]
