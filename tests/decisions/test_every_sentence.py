"""Nobody is told nonsense: every sentence about some hundred files of calls of every kind, drawn
by seeds, is read against numbers that are counted anew.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.utils.translation import override

from anso.awards import wording as awards_wording
from anso.awards.wording import offers
from anso.decisions.enums import Result
from anso.decisions.wording import (
    check_rows,
    mail,
    place_rows,
    reserve_rows,
    subheading_of,
    words_for_decision,
)
from anso.kernel.terms import EntryKind
from anso.programmes.outcomes import OUTCOMES
from anso.programmes.wording import CallWords
from tests.decisions.reading.checks import Reader
from tests.decisions.reading.grammar import Said, forms_of, read
from tests.decisions.reading.truth import Truth
from tests.decisions.reading.worlds import World, make_worlds
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL

SEEDS = 11
RARE = {"range", "followed", "reserved_of_all", "favour", "reserved"}
CODE = re.compile(r"[a-z]+_[a-z_]+|\b(?:phd|master)\b|[a-z]+-[a-z]+-[a-z]+|None|%\(|\{|\}")
EMPTY = re.compile(r"“”|\s,|\(\)|:\s*\.|\s\.|\.\.|: ?$|  ")
FIGURE = re.compile(r"\d[\d.,]*\d|\d")
PLACES = re.compile(r"\bplaces?\b|\bseats?\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def worlds() -> Iterator[list[Truth]]:
    """All calls, those of a kind that the product does not know among them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(OUTCOMES, "_placed", dict(OUTCOMES._placed))
        OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
        yield [Truth(world) for world in make_worlds(SEEDS)]


def told(world: World) -> dict[str, str]:
    """What everybody reads as the reason, by number."""
    return {
        number: words_for_decision(world.decision_of(each), each, world.terms)
        for number, each in world.placements.items()
    }


def test_every_sentence_is_known_and_true(worlds: list[Truth]) -> None:
    seen: Counter[str] = Counter()
    faults = []
    for truth in worlds:
        forms = forms_of(truth.world.terms)
        for number, words in told(truth.world).items():
            said: list[Said] = read(words, forms)
            seen.update(each.form for each in said)
            reader = Reader(truth, truth.placements[number], said)
            faults += [f"{truth.world.name} {number}: {each}\n{words}" for each in reader.faults()]
    assert not faults, "\n".join(faults[:5])
    everything = {*forms, *seen} - RARE
    assert everything <= seen.keys(), everything - seen.keys()


def test_arabic_tells_the_same_numbers(worlds: list[Truth]) -> None:
    """Where Arabic writes one and two as words, no figure stands."""
    for truth in worlds:
        with override("ar"):
            arabic = told(truth.world)
        for number, words in told(truth.world).items():
            here, there = (Counter(FIGURE.findall(each)) for each in (words, arabic[number]))
            assert not there - here, (words, arabic[number])
            assert set(here - there) <= {"1", "2"}, (words, arabic[number])
            assert not EMPTY.search(arabic[number].replace("،", ",")), arabic[number]


def test_no_text_shows_a_code_an_empty_part_or_words_of_another_outcome(
    worlds: list[Truth], monkeypatch: pytest.MonkeyPatch
) -> None:
    for truth in worlds:
        for where, text in everything_told(truth.world, monkeypatch):
            own = re.sub(r"“[^”]*”", "“…”", text)
            assert not CODE.search(own), (where, text)
            assert not EMPTY.search(text), (where, text)
            if truth.world.terms.outcome.code != "places":
                assert not PLACES.search(own), (where, text)
            if truth.world.terms.entry is EntryKind.NOMINATION:
                assert "waiting list" not in text, (where, text)


def everything_told(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, str]]:
    """Reasons, mails, heads of the page of an application, and what officers read of the run."""
    for_others = world.terms.entry is EntryKind.NOMINATION
    monkeypatch.setattr(offers, "is_written_for_others", lambda _application: for_others)
    yield from told(world).items()
    for number, placement in world.placements.items():
        decision = world.decision_of(placement)
        if placement.result not in (Result.INVITED, Result.ADVANCED, Result.REJECTED):
            head = awards_wording.head_of_result(decision, None, world.terms)
            yield f"head {number}", f"{head['heading']}. {head['text']}"
            if placement.result != Result.SELECTED:
                short = mail._decision_in_short(decision, placement, world.terms)
                yield f"mail {number}", f"{short['subject']}. {short['told']}"
    yield from run_told(world)


def run_told(world: World) -> Iterator[tuple[str, str]]:
    """The desk's page of a run."""
    yield "head of the run", subheading_of(world.run, CallWords(world.terms))
    yield from (("check", words) for _holds, words, _finding in check_rows(world.run))
    yield from (("kept", words) for _full, words in reserve_rows(world.run, world.terms))
    yield from (("filled", label) for label, _filled, _of in place_rows(world.run, world.terms))


def test_mails_of_those_who_wait_name_each_list_once_and_its_number(worlds: list[Truth]) -> None:
    waiting = 0
    for truth in worlds:
        pattern = forms_of(truth.world.terms)["in_line"]
        for number, placement in truth.placements.items():
            if placement.result != Result.WAITING:
                continue
            decision = truth.world.decision_of(placement)
            text = mail._decision_in_short(decision, placement, truth.world.terms)["told"]
            named = {each["label"]: int(each["position"]) for each in pattern.finditer(text)}
            expected = {
                label: truth.lists[key][number]
                for label, key in truth.labels.items()
                if number in truth.lists[key]
            }
            assert named == expected, text
            waiting += 1
    assert waiting > 30


def test_what_officers_read_of_a_run_adds_up(worlds: list[Truth]) -> None:
    for truth in worlds:
        world = truth.world
        if world.inputs.leads_to:
            continue
        rows = {label: (filled, room) for label, filled, room in place_rows(world.run, world.terms)}
        for label, (filled, room) in rows.items():
            assert filled == len(truth.given_in(truth.labels[label])) <= room
        assert sum(filled for filled, _room in rows.values()) == world.run.figures["filled"]
        heading = subheading_of(world.run, CallWords(world.terms))
        entries, reviews, *_rest = FIGURE.findall(heading)
        assert (int(entries), int(reviews)) == (truth.total, len(truth.task.reviews))
        assert all(holds for holds, words, _ in check_rows(world.run) if "asks for" not in words)
        for full, words in reserve_rows(world.run, world.terms):
            wanted, *held = map(int, FIGURE.findall(re.sub(r"\([^)]*\)", "", words)))
            assert full == (not held), words
            assert full or held[0] < wanted, words
