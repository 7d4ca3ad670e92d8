"""The plain method: rank by the weighted mean of the reviews, fill the places in that order."""

from __future__ import annotations

from anso.kernel.wording import Text
from anso.programmes.methods.model import (
    Selection,
    SelectionMethod,
    SelectionProblem,
    as_ranked,
    fill_places,
    rank_plainly,
)


def select(task: SelectionProblem) -> Selection:
    """Rank by the weighted mean, then fill the places; exact equals are drawn with the seed."""
    ranked = rank_plainly(task)
    filled = fill_places(task, {row.item: row.rank for row in ranked.answer.items})
    return Selection(
        as_ranked(ranked.answer), filled.answer, {"ranking": ranked.record, "places": filled.record}
    )


RANK_AND_FILL = SelectionMethod(
    key="rank_and_fill",
    label=Text({"en": "Weighted mean", "ar": "المتوسط المرجح"}),
    sentence=Text(
        {
            "en": (
                "Applications are ranked by the weighted mean of their reviews and selected in"
                " that order."
            ),
            "ar": "تُرتَّب الطلبات حسب المتوسط المرجح لتقييماتها وتُختار بهذا الترتيب.",
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
