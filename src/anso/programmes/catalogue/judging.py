"""Rubrics as most kinds have them: criteria on five points, judged by names."""

from __future__ import annotations

from decimal import Decimal

from anso.kernel.terms import Criterion, Rubric
from anso.kernel.wording import Text
from anso.programmes.catalogue.bank import FIVE_POINTS


def criterion(key: str, label: Text, weight: str, hint: Text) -> Criterion:
    """Return a criterion whose values have the usual words; ``weight`` is a share of one."""
    return Criterion(key, label, Decimal(weight), hint, FIVE_POINTS)


def open_rubric(*criteria: Criterion, reviews_each: int) -> Rubric:
    """Return a rubric from 1 to 5 by which reviewers judge people whose names they read."""
    return Rubric(
        criteria, scale_lowest=1, scale_highest=5, reviews_each=reviews_each, is_blind=False
    )
