"""The draws of a run laid out so that anybody can repeat them: announcement, seed and tickets,
under application numbers only.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from anso.decisions.models import Placement, SelectionRun
from anso.selection.allocation.order import drawn_number

FIRST_STEPS = ["ranking", "places"]


@dataclass(frozen=True)
class DrawShown:
    """One draw: what was announced, the value that was public, the seed that follows, and all
    tickets from lowest to highest.
    """

    number: int
    lines: tuple[str, ...]
    digest: str
    value: str
    seed: str
    places: int
    tickets: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class EqualsShown:
    """Exact equals whose order was drawn: their rank, and each with the hash of seed and number,
    the smallest first.
    """

    rank: int
    numbers: tuple[tuple[str, str], ...]


def steps_of(run: SelectionRun) -> list[str]:
    """The steps whose records the run keeps, in order."""
    return list(run.figures.get("steps", FIRST_STEPS))


def draws_of(run: SelectionRun) -> list[DrawShown]:
    """The draws among applications that could not be separated, in the order of their lines."""
    names = [step for step in steps_of(run) if step.startswith("draw_")]
    outputs = [
        SelectionRun.objects.values_list(f"record__{name}__output", flat=True).get(pk=run.pk)
        for name in names
    ]
    return [_draw(number, output) for number, output in enumerate(outputs, start=1)]


def reviewer_severities(run: SelectionRun) -> dict[str, float]:
    """How each reviewer, under the reference, grades compared with others; empty where nothing was
    calibrated.
    """
    if "calibration" not in steps_of(run):
        return {}
    reviewers = SelectionRun.objects.values_list(
        "record__calibration__output__reviewers", flat=True
    ).get(pk=run.pk)
    return {row["reviewer"]: row["severity"] for row in reviewers}


def equals_of(run: SelectionRun) -> tuple[str, list[EqualsShown]]:
    """The seed, and the exact equals of whom some were selected and some were not."""
    seed = SelectionRun.objects.values_list("record__places__seed", flat=True).get(pk=run.pk) or ""
    found: dict[int, list[str]] = defaultdict(list)
    drawn = Placement.objects.filter(run=run, facts__is_drawn=True).order_by("rank", "id")
    for rank, number, lot in drawn.values_list("rank", "application__number", "facts__lot"):
        if not lot:
            found[rank].append(number)
    return seed, [EqualsShown(rank, _ordered(seed, numbers)) for rank, numbers in found.items()]


def _ordered(seed: str, numbers: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            ((number, drawn_number(seed, number)) for number in numbers), key=lambda pair: pair[1]
        )
    )


def _draw(number: int, output: dict[str, Any]) -> DrawShown:
    announced = output["announcement"]
    return DrawShown(
        number=number,
        lines=(
            announced["method"],
            announced["source"],
            str(announced["places"]),
            *announced["items"],
        ),
        digest=announced["digest"],
        value=output["public_value"],
        seed=output["seed"],
        places=announced["places"],
        tickets=tuple(output["tickets"]),
    )
