"""Whoever has no citizenship, one that is not settled, or comes from a place whose name is in
dispute can say what is true in every shipped form, and is judged by it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client
from lxml import html

from anso.directory.models import Country
from anso.kernel.citizenships import STATELESS, UNSETTLED
from anso.kernel.eligibility import RuleResult, evaluate
from anso.kernel.questions import Meaning, clean_answer
from anso.programmes.catalogue import KINDS, find_kind
from anso.questionnaires.models import FormVersion
from anso.ui.countries import country_name
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_country

pytestmark = pytest.mark.django_db
OF_PEOPLE = ("fellowship", "prize")


@pytest.mark.parametrize("kind", OF_PEOPLE)
def test_a_stateless_person_can_say_so_where_a_citizenship_is_asked_and_nowhere_else(
    kind: str,
) -> None:
    form = find_kind(kind).form
    (asked,) = (each for each in form.questions() if Meaning.COUNTRY in each.means)
    for code in (STATELESS, UNSETTLED, "XK", "KE"):
        assert clean_answer(asked, code).error is None
    elsewhere = [each for each in form.questions() if each.type == "country" and each is not asked]
    refused = [clean_answer(each, STATELESS).error for each in elsewhere]
    assert all(error and error.code == "not_a_country" for error in refused)


def test_no_organisation_is_stateless() -> None:
    form = find_kind("collaborative_research").form
    (asked,) = (each for each in form.questions() if Meaning.COUNTRY in each.means)
    assert clean_answer(asked, STATELESS).error is not None


def test_the_rules_judge_what_was_said() -> None:
    rules = find_kind("fellowship").rule_sets[0]
    only_f2 = replace(rules, rules=tuple(each for each in rules.rules if each.code == "F2"))
    results: dict[str, dict[str, RuleResult]] = {}
    for code in (STATELESS, UNSETTLED, "CN"):
        facts = {"means:country": code, "level": "phd"}
        verdict = evaluate([only_f2], facts, on=dt.date(2027, 2, 15))
        results[code] = {each.rule.code: each.result for each in verdict.judged_rules}
    assert results == {
        STATELESS: {"F2": RuleResult.MET},
        UNSETTLED: {"F2": RuleResult.UNKNOWN},
        "CN": {"F2": RuleResult.NOT_MET},
    }


@pytest.mark.parametrize(
    ("language", "words"), [("en", "none (stateless)"), ("ar", "لا شيء (عديم الجنسية)")]
)
def test_the_two_minute_check_offers_it_at_the_end_in_the_readers_language(
    client: Client, now: dt.datetime, language: str, words: str
) -> None:
    make_country("KE")
    Country.objects.create(code="XK", alpha3="XKX", region="Europe", latitude=42, longitude=21)
    call = make_call(make_programme("fellowship"), slug="truth")
    with time_machine.travel(now, tick=False):
        answer = client.get(f"/calls/{call.slug}/check/", headers={"accept-language": language})
    page = html.fromstring(answer.content.decode())
    offered = page.xpath("//select[@name='citizenship']/option")
    assert [each.get("value") for each in offered[-2:]] == [STATELESS, UNSETTLED]
    assert offered[-2].text_content() == words
    assert "XK" in {each.get("value") for each in offered}


def test_a_form_keeps_what_its_questions_take_beside_countries() -> None:
    call = make_call(make_programme("prize"))
    version = FormVersion.objects.get(owner_id=call.pk, purpose="application")
    (asked,) = (
        question
        for section in version.definition["sections"]
        for question in section["questions"]
        if question["key"] == "citizenship"
    )
    assert asked["also"] == [STATELESS, UNSETTLED]
    assert len(KINDS) >= 3


def test_names_of_places_in_dispute_are_those_of_the_alliance(settings: Any) -> None:
    assert country_name("XK", "en") == "Kosovo"
    settings.ALLIANCE = settings.ALLIANCE | {
        "PLACES": {"XK": {"en": "Kosovo (UNSCR 1244)", "ar": "كوسوفو (القرار 1244)"}}
    }
    assert country_name("XK", "en") == "Kosovo (UNSCR 1244)"
    assert country_name("XK", "ar") == "كوسوفو (القرار 1244)"
    assert country_name("XK", "fr") == "Kosovo (UNSCR 1244)"
    assert country_name("KE", "en") == "Kenya"
