"""Every sentence about a calibrated rank, of some two thousand placements, read against the numbers
that it tells: none contradicts another.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

import pytest

from anso.decisions.actions.placement_facts import PlacementFacts
from anso.decisions.models import Placement
from anso.decisions.wording import words_for_placement
from anso.kernel.terms import Terms
from anso.programmes.catalogue import KINDS
from anso.programmes.methods import find_selection_method
from tests.programmes.methods.tasks import make_task, people, reviewed

NUMBER = r"(-?[\d.]*\d)"
FORMS = {
    "mean": rf"weighted mean {NUMBER} of at most {NUMBER}\.",
    "severity": rf"reviewers? grades? (lower|higher) than others, by {NUMBER}(?: on average)?\.",
    "without": rf"Without that the mean would be {NUMBER}\.",
    "drawn": rf"it counts as {NUMBER}, nearer to {NUMBER}, the mean of all\.",
    "counts": rf"It counts as {NUMBER}\.",
    "expected": rf"Its expected rank is {NUMBER} of (\d+), as likely as not between {NUMBER} and"
    rf" {NUMBER}\.",
    "range": rf"Its rank of (\d+) is as likely as not between {NUMBER} and {NUMBER}\.",
    "sure": rf"most likely number {NUMBER} of (\d+)\.",
    "order": r"So it was number (\d+) in the order of choice\.",
}
HALF = Decimal("0.011")
CASES = [(20, 6, seed) for seed in range(20)] + [(150, 25, seed) for seed in range(10)]


@pytest.fixture(scope="module")
def told() -> list[str]:
    return [words for case in CASES for words in words_of(*case)]


def words_of(count: int, reviewers: int, seed: int) -> Iterator[str]:
    terms: Terms = KINDS["fellowship"].terms_for(2027)
    task = make_task(count, reviews=reviewed(count, reviewers=reviewers, seed=seed),
                     candidates=people(count))  # fmt: skip
    selection = find_selection_method("calibrated").select(task)
    facts, items = PlacementFacts(task, selection), {each.item: each for each in selection.items}
    for placed in selection.places.placements:
        item = items[placed.key]
        yield words_for_placement(
            Placement(
                rank=item.rank,
                score=item.score,
                review_count=item.reviews,
                result="unplaced",
                facts=facts.of(placed),
            ),
            terms,
        )


def found_in(words: str) -> dict[str, tuple[str, ...]]:
    found = {name: re.search(form, words) for name, form in FORMS.items()}
    return {name: match.groups() for name, match in found.items() if match}


def test_each_step_follows_from_the_one_before(told: list[str]) -> None:
    """Graded lower, then higher without it; drawn in, then nearer to the mean of all."""
    seen: Counter[str] = Counter()
    for words in told:
        said = found_in(words)
        seen.update(said.keys())
        mean = Decimal(said["mean"][0])
        without = Decimal(said["without"][0]) if "without" in said else mean
        if "without" in said:
            direction, by = said["severity"]
            change = without - mean
            assert (change > 0) == (direction == "lower"), words
            assert abs(abs(change) - Decimal(by)) <= HALF, words
        if "drawn" in said:
            counted, overall = map(Decimal, said["drawn"])
            assert min(without, overall) - HALF <= counted <= max(without, overall) + HALF, words
            assert abs(counted - overall) < abs(without - overall) + HALF, words
        assert not {"drawn", "counts"} <= said.keys(), words
    assert seen["without"] > 500
    assert seen["drawn"] > 500


def test_a_rank_lies_within_the_range_that_is_told_for_it(told: list[str]) -> None:
    for words in told:
        said = found_in(words)
        assert len({"expected", "range", "sure"} & said.keys()) == 1, words
        if "expected" in said:
            expected, total, low, high = map(Decimal, said["expected"])
            assert 1 <= low <= expected <= high <= total, words
            assert low < high, words
        if "range" in said:
            total, low, high = map(Decimal, said["range"])
            assert 1 <= low < high <= total, words


def test_everybody_has_an_own_number_in_the_order_of_choice() -> None:
    for case in CASES[:3]:
        numbers = [int(found_in(words)["order"][0]) for words in words_of(*case)]
        assert sorted(numbers) == list(range(1, case[0] + 1))
