"""The reviews of one application, step by step: who judges in each and by what."""

from __future__ import annotations

from dataclasses import dataclass

from anso.applications.models import Application
from anso.calls.models import Step
from anso.calls.queries import get_terms
from anso.calls.queries.steps import rubric_of
from anso.kernel.terms import Criterion
from anso.review.models import Assignment


@dataclass(frozen=True)
class ReviewRound:
    """What was assigned of one application in one step, and the criteria of that step."""

    step: Step
    assignments: tuple[Assignment, ...]
    criteria: tuple[Criterion, ...]


def review_rounds(application: Application) -> list[ReviewRound]:
    """Every step in which the application was given to somebody, the latest first."""
    found = application.assignments.select_related("reviewer__person", "review", "step__call")
    by_step: dict[Step, list[Assignment]] = {}
    for each in found.prefetch_related("review__scores").order_by("-step__order", "id"):
        by_step.setdefault(each.step, []).append(each)
    terms = get_terms(application.call)
    return [
        ReviewRound(step, tuple(held), rubric_of(terms, step).criteria)
        for step, held in by_step.items()
    ]
