"""The plain method: rank by the weighted mean of the reviews, fill the places in that order."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.wording import Text
from anso.programmes.methods.model import (
    Selection,
    SelectionMethod,
    SelectionProblem,
    as_ranked,
    decide_beside,
    fill_places,
    rank_plainly,
    with_adjusted,
)
from anso.selection.adjusting import Standing


def select(task: SelectionProblem) -> Selection:
    """Rank by the weighted mean, then fill the places; exact equals are drawn with the seed."""
    ranked = rank_plainly(task)
    rows = as_ranked(ranked.answer)
    beside = decide_beside(task, [Standing(row.item, row.rank, row.score) for row in rows])
    ranks = {row.item: row.rank for row in rows}
    ranks |= {key: each.standing.rank for key, each in beside.known.items()}
    filled = fill_places(beside.without_those_below(task), ranks)
    items = sorted(
        (
            with_adjusted(replace(row, rank=ranks[row.item]), beside.known.get(row.item))
            for row in rows
        ),
        key=lambda row: row.rank,
    )
    record = {"ranking": ranked.record, **beside.record, "places": filled.record}
    return Selection(tuple(items), filled.answer, record)


RANK_AND_FILL = SelectionMethod(
    key="rank_and_fill",
    label=Text({"en": "Weighted mean", "ar": "المتوسط المرجح"}),
    sentence=Text(
        {
            "en": (
                "What came in is ranked by the weighted mean of its reviews and selected in that"
                " order."
            ),
            "ar": "يُرتَّب ما ورد حسب المتوسط المرجح لتقييماته ويُختار بهذا الترتيب.",
        }
    ),
    guarantee=Text(
        {
            "en": (
                "Nobody loses to a lower mean, and only exact equals are drawn by lot. A"
                " severe reviewer is not evened out."
            ),
            "ar": (
                "لا يخسر أحد أمام متوسط أدنى، ولا تُجرى القرعة إلا بين المتساوين تمامًا."
                " ولا يُعوَّض تشدد المُحكِّم."
            ),
        }
    ),
    select=select,
)
