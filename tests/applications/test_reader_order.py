"""Lists in the order of what is shown, as their readers expect it, and pages that neither repeat
nor lose anybody.
"""

from __future__ import annotations

import pytest
from django.utils import translation

from anso.applications.models import Application
from anso.applications.queries import desk
from anso.applications.queries.desk import ListFilter
from anso.directory.actions import load_countries
from anso.directory.wording import country_choices
from anso.ui.ordering import choices_in_order
from tests.factories.applications import fellowship_answers, make_submitted_application
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
IN_ENGLISH = [
    "Eva Nagel", "Éva Nagy", "Lucy Zimmer", "Łukasz Żak", "Oyo Bello", "Öz Kaya", "Zoe Abel",
    "Иван Петров", "أحمد حسن", "إبراهيم علي",
]  # fmt: skip


def listed(call: object, sort: str, field: str = "subject_name") -> list[str]:
    """All pages of the list, three on each, one after the other."""
    codes = tuple(code for code, _ in country_choices())
    wanted = ListFilter(sort=sort, language=translation.get_language(), countries=codes)
    found = Application.objects.filter(call=call)
    rows: list[str] = []
    ordered = desk.in_order_of(found, wanted)
    pages = desk.CountedPaginator(ordered, found.count(), rows=found, per_page=3)
    for number in pages.page_range:
        rows += [getattr(each, field) for each in pages.page(number)]
    return rows


@pytest.mark.parametrize("language", ["en", "ar"])
def test_names_sort_by_the_collation_of_the_reader(language: str) -> None:
    call = make_call()
    for name in sorted(IN_ENGLISH):
        make_submitted_application(call, answers=fellowship_answers(full_name=name))
    arabic, others = IN_ENGLISH[-2:], IN_ENGLISH[:-2]
    with translation.override(language):
        seen = listed(call, "name")
        assert listed(call, "-name") == list(reversed(seen))
    # Each reader finds their own script first; for an Arabic one an alef is an alef with any hamza.
    assert seen == (IN_ENGLISH if language == "en" else [*reversed(arabic), *others])


@pytest.mark.parametrize(
    ("language", "codes"),
    [("en", ["AX", "CI", "GM", "TR", "TV"]), ("ar", ["TR", "TV", "AX", "CI", "GM"])],
)
def test_countries_sort_by_their_names_and_not_by_their_codes(
    language: str, codes: list[str]
) -> None:
    load_countries()
    call = make_call()
    for code in ("TV", "TR", "CI", "GM", "AX"):
        make_submitted_application(call, answers=fellowship_answers(citizenship=code))
    with translation.override(language):
        offered = [code for code, _ in country_choices() if code in codes]
        assert listed(call, "country", "country_id") == offered
        assert listed(call, "-country", "country_id") == list(reversed(offered))
    if language == "en":
        assert offered == codes


def test_choices_sort_by_what_is_shown() -> None:
    zones = [("b", "Zürich"), ("c", "São Paulo"), ("a", "Zagreb"), ("d", "Östersund")]
    shown = [label for _, label in choices_in_order(zones)]
    assert shown == ["Östersund", "São Paulo", "Zagreb", "Zürich"]
    with translation.override("ar"):
        arabic = choices_in_order([("1", "باكستان"), ("2", "Chad"), ("3", "إثيوبيا")])
    assert [value for value, _ in arabic] == ["3", "1", "2"]
