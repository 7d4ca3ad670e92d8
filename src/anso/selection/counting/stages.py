"""The result of a count, stage by stage, as published results show it.

Here belong the frozen answers that all ways of counting ranked ballots share, and the table in
text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from anso.selection.counting.ties import TieDecision
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain


@dataclass(frozen=True, slots=True)
class Tally:
    """The votes of one candidate after one stage."""

    candidate: str
    votes: Decimal


@dataclass(frozen=True, slots=True)
class CountStage:
    """One stage: what was done, the votes after it, votes of no effect so far, and who was elected
    or excluded.
    """

    number: int
    event: str
    tallies: tuple[Tally, ...]
    lost: Decimal
    quota: Decimal
    elected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """The answer of a count: who is elected, in that order, and every stage and tie on the way."""

    method: str
    seats: int
    elected: tuple[str, ...]
    quota: Decimal
    stages: tuple[CountStage, ...]
    ties: tuple[TieDecision, ...]
    trace: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the count as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def explain(self, key: str) -> tuple[str, ...]:
        """Return why candidate `key` was, or was not, elected. Refuses somebody who did not
        stand.
        """
        if not any(tally.candidate == key for tally in self.stages[0].tallies):
            raise SelectionError(f"“{key}” was not a candidate of this election.")
        votes, quota = _votes_of(self.stages[0], key), self.stages[0].quota
        sentences = [f"{key} began with {votes} votes; the quota was {quota}."]
        for before, stage in zip(self.stages[:1] + self.stages, self.stages, strict=False):
            if key in stage.elected:
                sentences.append(
                    f"{key} was elected at stage {stage.number} with {_votes_of(stage, key)} votes."
                )
            if key in stage.excluded:
                votes = max(_votes_of(before, key), _votes_of(stage, key))
                sentences.append(
                    f"{key} was excluded at stage {stage.number}, the lowest with {votes} votes."
                )
        sentences += [tie.sentence for tie in self.ties if key in tie.tied]
        if not any(key in stage.elected + stage.excluded for stage in self.stages):
            sentences.append(
                f"{key} was still in the count when all {self.seats} seats were filled."
            )
        return tuple(sentences)

    def table(self) -> str:
        """Return the stages as a table in text: a row per candidate, a column per stage."""
        rows = [["", *(str(stage.number) for stage in self.stages)]]
        for at, tally in enumerate(self.stages[0].tallies):
            rows.append([tally.candidate, *(str(stage.tallies[at].votes) for stage in self.stages)])
        rows.append(["(no effect)", *(str(stage.lost) for stage in self.stages)])
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        lines = (
            "  ".join(
                cell.ljust(width) if not at else cell.rjust(width)
                for at, (cell, width) in enumerate(pairs)
            )
            for pairs in (list(zip(row, widths, strict=True)) for row in rows)
        )
        return "\n".join(line.rstrip() for line in lines)


def _votes_of(stage: CountStage, key: str) -> Decimal:
    return next(tally.votes for tally in stage.tallies if tally.candidate == key)
