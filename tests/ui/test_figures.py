"""A number is written in one way, wherever a reader meets it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from anso.kernel.terms import EntryKind
from anso.programmes.wording import entry_words
from anso.ui.charts import bars, funnel
from anso.ui.figures import in_figures, in_percent, to_places


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans", "fr"])
def test_lists_charts_and_sentences_write_one_number_alike(language: str) -> None:
    """In Arabic a list once had 1234 where the chart beside it had 1,234."""
    with translation.override(language):
        number = in_figures(1234)
        (bar,) = bars([("Kenya", 1234)])
        assert bar.text == number
        assert Template("{{ n|figure }}").render(Context({"n": 1234})) == number
        sentence = entry_words(EntryKind.APPLICATION).counted % {"count": 1234, "n": number}
        assert number in sentence


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("score", [Decimal("4.505"), Decimal("4.5"), Decimal("2.675"), 3.25])
def test_a_score_in_a_table_is_the_score_of_the_sentence(
    language: str, score: Decimal | float
) -> None:
    """A table once rounded half a hundredth up and the sentence to the even digit; in Arabic the
    one had a comma and the other a point.
    """
    with translation.override(language):
        table = Template("{{ score|places:2 }}").render(Context({"score": score}))
        assert table == to_places(score, 2)
    assert to_places(Decimal("4.505"), 2) == "4.50"


def test_places_are_kept_or_left_out_as_asked() -> None:
    assert (to_places(4, 2), to_places(4, -2), to_places(Decimal("4.25"), -2)) == (
        "4.00",
        "4",
        "4.25",
    )
    assert to_places("1234.5", 2) == "1,234.50"
    assert in_figures("12000.00") == "12,000"
    assert in_percent(Decimal("0.125")) == "12.5%"
    assert Template("{{ n|places:2 }}{{ n|figure }}").render(Context({"n": None})) == ""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_share_is_written_alike_in_a_chart_a_table_and_a_fact(language: str) -> None:
    """A funnel once had 40 % where the rubric beside it had 40%."""
    with translation.override(language):
        _whole, part = funnel([("Submitted", 5), ("Eligible", 2)])
        table = Template("{{ share|percentage }}").render(Context({"share": Decimal("0.4")}))
        assert part.percent_text == table == in_percent(0.4)
