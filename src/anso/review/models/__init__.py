"""Rows of reviews. Import from here."""

from __future__ import annotations

from anso.review.models.proposals import AssignmentProposal
from anso.review.models.reviewing import (
    Assignment,
    ConflictAnswer,
    DeclaredName,
    Dossier,
    Invitation,
    ListedName,
    Rebuttal,
    Review,
    Reviewer,
    Score,
)

__all__ = [
    "Assignment",
    "AssignmentProposal",
    "ConflictAnswer",
    "DeclaredName",
    "Dossier",
    "Invitation",
    "ListedName",
    "Rebuttal",
    "Review",
    "Reviewer",
    "Score",
]
