"""An assignment in sentences: who reviews an application, and what somebody reviews.

Here belongs what can be told from the pairs alone. Why a pair was not made needs the question:
`answer.explain_pair`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from anso.selection.errors import SelectionError


@dataclass(frozen=True, slots=True)
class AssignedPair:
    """One application with one of its reviewers and their affinity."""

    application: str
    reviewer: str
    affinity: Decimal


def explain_pairs(pairs: Sequence[AssignedPair], key: str) -> tuple[str, ...]:
    """Return who reviews `key`, or what `key` reviews, nearest first. Refuses a name that is in no
    pair.
    """
    reviewers = [(pair.affinity, pair.reviewer) for pair in pairs if pair.application == key]
    applications = [(pair.affinity, pair.application) for pair in pairs if pair.reviewer == key]
    if not reviewers and not applications:
        raise SelectionError(
            f"The record says nothing about “{key}”: it is in no pair that was made."
        )
    said = [f"{key} is reviewed by {_listed(reviewers)}."] if reviewers else []
    return tuple(said + ([f"{key} reviews {_listed(applications)}."] if applications else []))


def _listed(named: Iterable[tuple[Decimal, str]]) -> str:
    nearest_first = sorted(named, key=lambda one: (-one[0], one[1]))
    return ", ".join(
        f"{name} (affinity {affinity.normalize():f})" for affinity, name in nearest_first
    )
