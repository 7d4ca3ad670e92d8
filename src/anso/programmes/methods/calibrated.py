"""The calibrated method: reviewers' severity is evened out, and those who cannot be separated at
the last place are drawn by lot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import numpy as np

from anso.kernel.wording import Text
from anso.programmes.methods.lines import Line, find_lines, order_after_draws
from anso.programmes.methods.model import (
    Calibrated,
    Lot,
    Ranked,
    Selection,
    SelectionMethod,
    SelectionProblem,
    as_ranked,
    decide_beside,
    fill_places,
    rank_plainly,
    with_adjusted,
)
from anso.programmes.methods.rank_and_fill import select as select_plainly
from anso.selection.adjusting import Adjusted, Standing
from anso.selection.calibration import Calibration, Grades, grades_from_reviews
from anso.selection.lottery import announce_draw
from anso.selection.record import Recorded, run_method

PANEL_METHOD, CALL_METHOD, DRAW_METHOD = (
    "calibration-panel/1",
    "calibration-call/1",
    "lottery-sha256/1",
)
PANEL_CELLS = 1000
PANEL_SPAN = 9
SOURCE = "the SHA-256 of the terms of the call as they were published"


def select(task: SelectionProblem) -> Selection:
    """Calibrate, find the lines of the places, draw among those who cannot be separated from them,
    fill the places in that order.

    Where reviews are too few to tell severity from quality the plain method is used, and the answer
    says so.
    """
    ranked = rank_plainly(task)
    grades = _grades(task)
    if grades is None:
        return replace(select_plainly(task), is_too_thin=True)
    calibration = _calibrate(task, grades)
    first = _places(calibration.answer)
    told = _calibrated(grades, calibration.answer)
    beside = decide_beside(task, _standings(first, told))
    first |= {key: each.standing.rank for key, each in beside.known.items()}
    known = {key: _moved(each, beside.known.get(key)) for key, each in told.items()}
    task = beside.without_those_below(task)
    provisional = fill_places(task, first)
    lines = find_lines(provisional.answer, known)
    draws = {line.turn: _draw(line, task.seed) for line in lines if line.is_drawn}
    drawn = {turn: [ticket.item for ticket in draw.answer.tickets] for turn, draw in draws.items()}
    order = order_after_draws(provisional.answer, lines, drawn)
    lots = {
        key: Lot(number, place, len(keys))
        for number, keys in enumerate(drawn.values(), start=1)
        for place, key in enumerate(keys, start=1)
    }
    turns = _turns(order, first, lots)
    places = fill_places(task, turns)
    record = {
        "ranking": ranked.record,
        "calibration": calibration.record,
        **beside.record,
        "provisional": provisional.record,
    }
    record |= {f"draw_{number}": draw.record for number, draw in enumerate(draws.values(), start=1)}
    values = {key: line.value for line in lines for key in line.everybody}
    plain = {row.item: row for row in as_ranked(ranked.answer)}
    items = [
        with_adjusted(
            _told(
                replace(plain[key], rank=turns[key]), told.get(key), values.get(key), lots.get(key)
            ),
            beside.known.get(key),
        )
        for key in order
    ]
    return Selection(tuple(items), places.answer, record | {"places": places.record})


def uses_panel_model(grades: Grades, scale: tuple[int, int]) -> bool:
    """Whether the panel's model fits: few items and reviewers (it integrates over a grid for each),
    a scale such as the published one's.
    """
    return (
        len(grades.items) * (len(grades.reviewers) + 1) <= PANEL_CELLS
        and scale[1] - scale[0] <= PANEL_SPAN
    )


def _grades(task: SelectionProblem) -> Grades | None:
    """One grade for each review; None where there are too few to tell items, reviewers and noise
    apart.
    """
    usable = [
        review
        for review in task.reviews
        if any(score is not None for score in review.scores.values())
    ]
    items, reviewers = (
        {getattr(review, part) for review in usable} for part in ("item", "reviewer")
    )
    if len(reviewers) < 2 or len(usable) <= max(len(items), len(reviewers)):
        return None
    # In order: the grades are part of the record, and equal questions must have equal digests.
    ordered = sorted(usable, key=lambda review: (review.item, review.reviewer))
    return grades_from_reviews(
        ordered, task.criteria, sorted(candidate.key for candidate in task.candidates)
    )


def _calibrate(task: SelectionProblem, grades: Grades) -> Recorded:
    room = sum(quota.capacity for quota in task.quotas if quota.parent is None)
    places = max(1, min(room, len(grades.items)))
    method = PANEL_METHOD if uses_panel_model(grades, task.scale) else CALL_METHOD
    return run_method(method, {"grades": grades}, {"places": places}, seed=task.seed)


def _calibrated(grades: Grades, answer: Calibration) -> dict[str, Calibrated]:
    severity = np.array([reviewer.severity for reviewer in answer.reviewers])
    totals = np.bincount(
        grades.item, weights=severity[grades.reviewer], minlength=len(grades.items)
    )
    means = dict(zip(grades.items, (totals / np.maximum(grades.counts, 1)).tolist(), strict=True))
    return {
        row.item: Calibrated(
            row.mean, row.expected_rank, row.lowest_rank, row.highest_rank, means[row.item]
        )
        for row in answer.items
    }


def _standings(places: Mapping[str, int], known: Mapping[str, Calibrated]) -> list[Standing]:
    """What calibration says of everybody. Its numbers are estimates: six places are enough, and the
    same on every machine.
    """
    found = []
    for key, place in places.items():
        said = known.get(key)
        if said is None:
            found.append(Standing(key, place, None))
            continue
        ranks = (said.expected_rank, said.lowest_rank, said.highest_rank)
        found.append(
            Standing(key, place, Decimal(f"{said.mean:.6f}"), *(round(x, 6) for x in ranks))
        )
    return found


def _moved(known: Calibrated, adjusted: Adjusted | None) -> Calibrated:
    """What is known of somebody after the panel moved them; the same where it did not."""
    standing = adjusted.standing if adjusted else None
    if standing is None or standing.expected is None or not adjusted or not adjusted.is_moved:
        return known
    return replace(
        known,
        mean=float(standing.score or 0),
        expected_rank=standing.expected,
        lowest_rank=standing.lowest or 1.0,
        highest_rank=standing.highest or 1.0,
    )


def _places(answer: Calibration) -> dict[str, int]:
    """The place of everybody by calibration; those without a usable review share the last one."""
    last = len(answer.items) + 1
    return {row.item: row.place for row in answer.items} | dict.fromkeys(answer.unscored, last)


def _draw(line: Line, seed: str) -> Recorded:
    announcement = announce_draw(line.band, line.places, SOURCE)
    return run_method(DRAW_METHOD, {"announcement": announcement, "public_value": seed})


def _turns(
    order: Sequence[str], first: Mapping[str, int], lots: Mapping[str, Lot]
) -> dict[str, int]:
    """The turn of everybody; neighbours with the same calibrated place who were not drawn share
    one, as exact equals do.
    """
    turns: dict[str, int] = {}
    before = ""
    for turn, key in enumerate(order, start=1):
        is_equal = before and first[before] == first[key] and before not in lots and key not in lots
        turns[key] = turns[before] if is_equal else turn
        before = key
    return turns


def _told(
    row: Ranked, calibrated: Calibrated | None, line: float | None, lot: Lot | None
) -> Ranked:
    """The row with its calibration, and the sentence of the record: as the library says it, against
    the line of the places asked for.
    """
    if calibrated is None:
        return row
    low, high = f"{calibrated.lowest_rank:g}", f"{calibrated.highest_rank:g}"
    mean, expected = f"{calibrated.mean:.2f}", f"{calibrated.expected_rank:.2f}"
    words = [row.explanation, f"Calibrated mean {mean}, expected rank {expected},"]
    words.append(f"likely {low} to {high}.")
    if line is not None:
        words.append(f"The line of the places asked for is {line:.2f}.")
    if lot is not None:
        words.append(f"Not separable from it: drawn number {lot.place} of {lot.of}.")
    return replace(row, explanation=" ".join(words), calibrated=calibrated, line=line, lot=lot)


CALIBRATED = SelectionMethod(
    key="calibrated",
    label=Text({"en": "Calibrated, with a draw at the line", "ar": "معايرة، مع قرعة عند الحد"}),
    sentence=Text(
        {
            "en": (
                "The severity of each reviewer is estimated and evened out; applications that"
                " cannot be separated at the line are drawn by lot."
            ),
            "ar": (
                "يُقدَّر تشدد كل مُحكِّم ويُعوَّض عنه، وتُجرى القرعة بين الطلبات التي لا يمكن الفصل"
                " بينها عند الحد."
            ),
        }
    ),
    guarantee=Text(
        {
            "en": (
                "Nobody loses by a difference smaller than chance, and anybody can repeat"
                " the draw: its seed was public before the call opened. Where reviews are too few"
                " to calibrate, the weighted mean is used."
            ),
            "ar": (
                "لا يخسر أحد بفارق أصغر من الصدفة، ويمكن لأي شخص إعادة القرعة: فبذرتها كانت"
                " علنية قبل فتح الدعوة. وحيث تقل التقييمات عما تحتاج إليه المعايرة يُستخدم المتوسط"
                " المرجح."
            ),
        }
    ),
    select=select,
)
