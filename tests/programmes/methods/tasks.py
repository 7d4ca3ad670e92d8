"""Makers of selection tasks: seeded people with seeded reviews, and the seats they want."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import Any

from anso.programmes.methods import SelectionProblem
from anso.selection.allocation import Candidate, QuotaNode
from anso.selection.ranking import Criterion, Review

CRITERIA = (Criterion("merit", Decimal("0.6")), Criterion("impact", Decimal("0.4")))
TREE = (QuotaNode("phd", 6), QuotaNode("north", 4, "phd"), QuotaNode("south", 2, "phd"))


def name(number: int) -> str:
    """The number of one application."""
    return f"N-{number:02d}"


def people(count: int, *wishes: tuple[str, ...]) -> tuple[Candidate, ...]:
    """Candidates who ask for the given seats in turn."""
    asked = wishes or (("north", "south"),)
    return tuple(Candidate(name(number), asked[number % len(asked)]) for number in range(count))


def reviewed(count: int, *, reviewers: int = 6, each: int = 3, seed: int = 1) -> tuple[Review, ...]:
    """Every application judged by some reviewers of different severity; now and then somebody
    cannot judge a criterion.
    """
    random = Random(seed)
    severity = [random.uniform(-1, 1) for _ in range(reviewers)]
    found = []
    for number in range(count):
        merit = random.gauss(4, 0.8)
        for reviewer in random.sample(range(reviewers), each):
            scores: dict[str, Decimal | None] = {
                key: score(random, merit + severity[reviewer]) for key in ("merit", "impact")
            }
            if random.random() < 0.1:
                scores["impact"] = None
            found.append(Review(name(number), f"r{reviewer}", scores))
    return tuple(found)


def score(random: Random, level: float) -> Decimal:
    """A score near a level, on a scale from 1 to 6."""
    return Decimal(min(6, max(1, round(random.gauss(level, 0.6)))))


def make_task(count: int = 20, **changed: Any) -> SelectionProblem:
    """Twenty applications for six seats; everything can be changed."""
    task = SelectionProblem(
        reviewed(count), CRITERIA, people(count), TREE, (), (), (1, 6), "the hash of the terms"
    )
    return replace(task, **changed)
