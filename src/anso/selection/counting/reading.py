"""Reading published ballots: BLT files, tables of ranks, and lists of preferences.

Here belong the formats in which real elections are published. Counting belongs to the methods.
"""

from __future__ import annotations

import csv
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

from anso.selection.counting.ballots import RankedBallot
from anso.selection.errors import SelectionError


@dataclass(frozen=True, slots=True)
class Election:
    """A published election: its candidates, seats and ballots."""

    candidates: tuple[str, ...]
    seats: int
    ballots: tuple[RankedBallot, ...]
    title: str = ""


def read_blt(text: str) -> Election:
    """Return the election in a BLT file: counts, ballots ended by 0, names, title. Refuses equal
    ranks.

    Withdrawn candidates (negative numbers) are left out of the candidates and of all ballots.
    """
    lines = [line for line in (raw.partition("#")[0].strip() for raw in text.splitlines()) if line]
    total, seats = _whole_numbers(lines[0] if lines else "", 2)
    body = lines[1:]
    withdrawn: set[int] = set()
    papers = []
    while body and body[0] != "0":
        numbers = _whole_numbers(body.pop(0), 0)
        if numbers[0] < 0:
            withdrawn.update(-number for number in numbers)
        else:
            papers.append((numbers[0], [number for number in numbers[1:] if number]))
    names = [_unquoted(line) for line in body[1:]]
    if len(names) < total:
        raise SelectionError(f"The file announces {total} candidates and names {len(names)}.")
    ballots = [
        RankedBallot(_names_of(numbers, names[:total], withdrawn), weight)
        for weight, numbers in papers
    ]
    candidates = tuple(
        name for at, name in enumerate(names[:total], start=1) if at not in withdrawn
    )
    return Election(candidates, seats, tuple(ballots), names[total] if len(names) > total else "")


def _unquoted(line: str) -> str:
    return " ".join(shlex.split(line)) if line.startswith('"') else line


def _whole_numbers(line: str, wanted: int) -> list[int]:
    try:
        numbers = [int(word) for word in line.split()]
    except ValueError as error:
        raise SelectionError(
            f"“{line}” should hold whole numbers only; equal ranks cannot be read."
        ) from error
    if not numbers or (wanted and len(numbers) != wanted):
        raise SelectionError(f"“{line}” does not hold the numbers that belong there.")
    return numbers


def _names_of(numbers: Sequence[int], names: Sequence[str], withdrawn: set[int]) -> tuple[str, ...]:
    for number in numbers:
        if not 1 <= number <= len(names):
            raise SelectionError(f"A ballot names candidate {number}, but there are {len(names)}.")
    return tuple(names[number - 1] for number in numbers if number not in withdrawn)


def read_rank_table(text: str, seats: int) -> Election:
    """Return the election in a table with a column of ranks per candidate and the number of papers
    in column `m`.

    0 or empty means not ranked. A paper is followed up to the first rank that is missing or stands
    twice.
    """
    rows = list(csv.DictReader(text.splitlines()))
    if not rows or "m" not in rows[0]:
        raise SelectionError(
            "The table needs a column “m” with the number of papers, and at least one row."
        )
    candidates = tuple(name for name in rows[0] if name != "m")
    ballots = []
    for row in rows:
        ranks = {name: int(row[name] or 0) for name in candidates}
        ballots.append(RankedBallot(_followed(ranks), int(row["m"])))
    return Election(candidates, seats, tuple(ballots))


def _followed(ranks: dict[str, int]) -> tuple[str, ...]:
    ranking: list[str] = []
    for rank in range(1, len(ranks) + 1):
        here = [name for name, given in ranks.items() if given == rank]
        if len(here) != 1:
            break
        ranking.append(here[0])
    return tuple(ranking)


def read_preference_lists(text: str) -> Election:
    """Return the election in rows "papers, first, second, …" after a row "candidates, seats" and
    before the names.
    """
    rows = [[cell.strip() for cell in row if cell.strip()] for row in csv.reader(text.splitlines())]
    rows = [row for row in rows if row]
    if not rows:
        raise SelectionError("The file is empty.")
    total, seats = _whole_numbers(" ".join(rows[0]), 2)
    named = [row for row in rows[1:] if not row[0].isdigit()]
    names = [row[1] for row in named[:total] if len(row) > 1]
    if len(names) < total:
        raise SelectionError(f"The file announces {total} candidates and names {len(names)}.")
    ballots = []
    for row in rows[1:]:
        if row[0].isdigit():
            weight, *numbers = _whole_numbers(" ".join(row), 0)
            ballots.append(RankedBallot(_names_of(numbers, names, set()), weight))
    title = named[total][0] if len(named) > total else ""
    return Election(tuple(names), seats, tuple(ballots), title)
