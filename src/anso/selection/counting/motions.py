"""Votes on a motion: quorum, abstentions and majorities, by head or by weight, in whole numbers.

Here belongs deciding a question by yes and no. Electing people belongs to the other methods.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from anso.selection.counting.ballots import refuse_twice
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

METHOD = "motion/1"


class Voice(StrEnum):
    """What a member says on a motion. A blank or spoilt paper shows presence and is no vote."""

    YES = "yes"
    NO = "no"
    ABSTAIN = "abstain"
    BLANK = "blank"


class Base(StrEnum):
    """What the yes votes are measured against; this is where the rule on abstentions lies.

    `DECIDED`: yes and no, abstentions do not count. `CAST`: yes, no and abstentions, so abstaining
    works as no. `PRESENT`: everybody present. `MEMBERS`: all members, present or not.
    """

    DECIDED = "decided"
    CAST = "cast"
    PRESENT = "present"
    MEMBERS = "members"


class Measure(StrEnum):
    """Whether members count one each or by their weight."""

    HEADS = "heads"
    WEIGHT = "weight"


class Result(StrEnum):
    """How the vote ended."""

    CARRIED = "carried"
    LOST = "lost"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True, slots=True)
class Member:
    """A member with a vote, and its weight where votes are weighted."""

    key: str
    weight: int | Decimal = 1


@dataclass(frozen=True, slots=True)
class Vote:
    """What one member said."""

    member: str
    voice: Voice


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of the base that yes must exceed (`is_strict`) or reach. For a quorum: the share of
    members present.
    """

    share: Fraction
    is_strict: bool = True
    base: Base = Base.DECIDED
    measure: Measure = Measure.HEADS


@dataclass(frozen=True, slots=True)
class Tested:
    """One threshold tested: `share` of `base` against `reached`, as a comparison of whole numbers
    in words.
    """

    name: str
    holds: bool
    reached: Fraction
    base: Fraction
    sentence: str


@dataclass(frozen=True, slots=True)
class Amount:
    """How many members said one thing, and their weight together."""

    voice: Voice
    heads: int
    weight: Fraction


@dataclass(frozen=True, slots=True)
class Division:
    """The answer: carried, lost or without quorum, with every test that led there."""

    method: str
    result: Result
    amounts: tuple[Amount, ...]
    tests: tuple[Tested, ...]
    trace: tuple[str, ...]

    @property
    def is_carried(self) -> bool:
        """Whether the motion is carried."""
        return self.result is Result.CARRIED

    def to_dict(self) -> dict[str, Any]:
        """Return the division as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def explain(self, key: str = "") -> tuple[str, ...]:
        """Return why the motion was carried or lost; `key` is not needed, a motion has one
        answer.
        """
        return self.trace


SIMPLE_MAJORITY = (Threshold(Fraction(1, 2)),)


def count_motion(
    votes: Sequence[Vote],
    members: Sequence[Member],
    thresholds: Sequence[Threshold] = SIMPLE_MAJORITY,
    quorum: Threshold | None = None,
    *,
    present: Collection[str] = (),
    casting_vote: Voice | None = None,
) -> Division:
    """Decide a motion: first the quorum, then every threshold, which must all hold.

    Each test multiplies crosswise, so 2/3 of 100 needs 67 and no rounding can decide. Who votes is
    present; `present` adds those who did not vote. A `casting_vote` decides only an exact tie of
    yes and no where more than half of them is asked. Refuses votes of strangers, two votes of one
    member, empty membership, no thresholds or some outside 0..1, and weights below zero or not
    finite.
    """
    if not thresholds:
        raise SelectionError(
            "No majority is asked for, so nothing could be lost: name at least one threshold."
        )
    weights = _weights(members)
    voices = _voices(votes, weights)
    there = _present(present, voices, weights)
    books = {measure: _books(voices, there, weights, measure) for measure in Measure}
    amounts = tuple(
        Amount(voice, int(books[Measure.HEADS][voice]), books[Measure.WEIGHT][voice])
        for voice in Voice
    )
    if quorum is not None:
        book = books[quorum.measure]
        attended = _test("quorum", quorum, book[Base.PRESENT], book[Base.MEMBERS], "present")
        if not attended.holds:
            ended = "There is no quorum, so nothing is decided."
            return Division(
                METHOD, Result.NO_QUORUM, amounts, (attended,), (attended.sentence, ended)
            )
    tests = [] if quorum is None else [attended]
    tests += [
        _majority(threshold, books[threshold.measure], casting_vote) for threshold in thresholds
    ]
    result = Result.CARRIED if all(test.holds for test in tests) else Result.LOST
    trace = (*(test.sentence for test in tests), f"The motion is {result.value}.")
    return Division(METHOD, result, amounts, tuple(tests), trace)


def _weights(members: Sequence[Member]) -> dict[str, Fraction]:
    if not members:
        raise SelectionError("There are no members.")
    refuse_twice("member", (member.key for member in members))
    weights = {}
    for member in members:
        number = Decimal(member.weight)
        if not number.is_finite() or number < 0:
            raise SelectionError(
                f"The weight of “{member.key}” is {member.weight}; it must be zero or more."
            )
        weights[member.key] = Fraction(number)
    return weights


def _voices(votes: Sequence[Vote], weights: Mapping[str, Fraction]) -> dict[str, Voice]:
    refuse_twice("voter", (vote.member for vote in votes))
    for vote in votes:
        if vote.member not in weights:
            raise SelectionError(f"“{vote.member}” voted but is not a member.")
    return {vote.member: vote.voice for vote in votes}


def _present(
    present: Collection[str], voices: Mapping[str, Voice], weights: Mapping[str, Fraction]
) -> frozenset[str]:
    for key in sorted(present):
        if key not in weights:
            raise SelectionError(f"“{key}” is said to be present but is not a member.")
    return frozenset(present) | voices.keys()


def _books(
    voices: Mapping[str, Voice],
    there: frozenset[str],
    weights: Mapping[str, Fraction],
    measure: Measure,
) -> dict[str, Fraction]:
    worth = weights if measure is Measure.WEIGHT else dict.fromkeys(weights, Fraction(1))
    book: dict[str, Fraction] = {
        voice: sum((worth[key] for key, said in voices.items() if said is voice), Fraction(0))
        for voice in Voice
    }
    book[Base.DECIDED] = book[Voice.YES] + book[Voice.NO]
    book[Base.CAST] = book[Base.DECIDED] + book[Voice.ABSTAIN]
    book[Base.PRESENT] = sum((worth[key] for key in there), Fraction(0))
    book[Base.MEMBERS] = sum(worth.values(), Fraction(0))
    return book


def _majority(
    threshold: Threshold, book: Mapping[str, Fraction], casting_vote: Voice | None
) -> Tested:
    tested = _test(threshold.base.value, threshold, book[Voice.YES], book[threshold.base], "yes")
    asks_more_than_half = threshold.is_strict and threshold.share == Fraction(1, 2)
    is_tie = book[Voice.YES] == book[Voice.NO] and threshold.base is Base.DECIDED
    if casting_vote is None or not (asks_more_than_half and is_tie):
        return tested
    holds = casting_vote is Voice.YES
    sentence = f"{tested.sentence} The casting vote is {casting_vote.value}."
    return Tested(tested.name, holds, tested.reached, tested.base, sentence)


def _test(name: str, threshold: Threshold, reached: Fraction, base: Fraction, word: str) -> Tested:
    share = threshold.share
    if not 0 <= share <= 1:
        raise SelectionError(f"The share {share} asked for is not between 0 and 1.")
    left, right = share.denominator * reached, share.numerator * base
    holds = left > right if threshold.is_strict else left >= right
    holds = holds and reached > 0
    needed = "more than" if threshold.is_strict else "at least"
    against = Base.MEMBERS.value if name == "quorum" else name
    sentence = (
        f"{needed.capitalize()} {share} of {base} ({against}, by {threshold.measure.value}) must be"
        f" {word}: {share.denominator} × {reached} = {left} against {share.numerator} × {base} ="
        f" {right}, {'reached' if holds else 'not reached'}."
    )
    return Tested(name, holds, reached, base, sentence)
