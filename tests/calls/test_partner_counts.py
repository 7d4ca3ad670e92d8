"""What rules count of a consortium: organisations and members, however they are spelled."""

from __future__ import annotations

import pytest

from anso.calls.queries import judge_facts
from anso.kernel.questions import Meaning, meaning_fact
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db
PARTNERS = meaning_fact(Meaning.PARTNERS)
OWN = meaning_fact(Meaning.APPLICANT_ORGANISATION)
COUNTRY = meaning_fact(Meaning.COUNTRY)


def seen_by(rule: str, organisations: list[str], countries: list[str]) -> tuple[str, str]:
    call = make_call(make_programme("collaborative_research"))
    rows = [
        {"organisation": name, "country": country}
        for name, country in zip(organisations[1:], countries[1:], strict=True)
    ]
    facts = {OWN: organisations[0], COUNTRY: countries[0], PARTNERS: rows}
    judged = {each.rule.code: each for each in judge_facts(call, facts).judged_rules}
    return judged[rule].seen, str(judged[rule].result)


@pytest.mark.parametrize(
    ("organisations", "seen"),
    [
        (["Oslo University", "oslo university.", "The Oslo University"], ("1", "not_met")),
        (["جامعة القاهرة", "جامعه القاهره", "Oslo"], ("2", "not_met")),
        (["Oslo", "Bergen", "Tromsø"], ("3", "met")),
        (["Oslo", "", "Bergen"], ("2", "not_met")),
    ],
)  # fmt: skip
def test_an_organisation_in_two_spellings_counts_once(
    organisations: list[str], seen: tuple[str, str]
) -> None:
    assert seen_by("R1", organisations, ["KE", "KE", "KE"]) == seen


def test_countries_count_without_those_that_are_none() -> None:
    assert seen_by("R2", ["A", "B", "C"], ["KE", "XS", "XU"]) == ("1", "not_met")
    assert seen_by("R2", ["A", "B", "C"], ["KE", "XK", "NP"]) == ("3", "met")
