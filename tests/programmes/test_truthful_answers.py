"""Whoever has no citizenship, one that is not settled, or comes from a place whose name is in
dispute can say what is true in every shipped form, and is judged by it.
"""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from lxml import html

from anso.applications.wording.answers import value_in_words
from anso.directory.models import Country
from anso.kernel.citizenships import STATELESS, UNSETTLED
from anso.kernel.eligibility import RuleResult, RuleSet, evaluate
from anso.kernel.questions import Meaning, clean_answer
from anso.programmes.catalogue import KINDS, find_kind
from anso.questionnaires.models import FormVersion
from anso.ui.countries import country_name
from tests.factories.applications import make_application
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_country
from tests.tabs import Tab

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


BORN = find_kind("fellowship").form.question("date_of_birth")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ({"day": "", "month": "", "year": "1994"}, "1994"),
        ({"day": "", "month": "3", "year": "1994"}, "1994-03"),
        ({"day": "7", "month": "3", "year": "1994"}, "1994-03-07"),
        ({"day": "٧", "month": "٣", "year": "١٩٩٤"}, "1994-03-07"),
        ({"day": "७", "month": "३", "year": "१९९४"}, "1994-03-07"),
        ("1994", "1994"),
        ("1994-03-07", "1994-03-07"),
    ],
)
def test_of_a_birth_the_year_is_enough_in_digits_of_any_script(typed: Any, kept: str) -> None:
    cleaned = clean_answer(BORN, typed)
    assert (cleaned.value, cleaned.error) == (kept, None)


@pytest.mark.parametrize(
    "typed",
    [
        {"day": "7", "month": "", "year": "1994"},
        {"day": "7", "month": "3", "year": ""},
        {"day": "31", "month": "2", "year": "1994"},
        {"day": "", "month": "13", "year": "1994"},
        {"day": "", "month": "", "year": "soon"},
    ],
)
def test_a_day_without_its_month_or_year_is_no_birth(typed: dict[str, str]) -> None:
    error = clean_answer(BORN, typed).error
    assert error is not None
    assert error.code == "no_such_day"


def test_no_other_date_is_a_year_alone_and_a_year_of_another_calendar_is_asked_about() -> None:
    passport = find_kind("fellowship").form.question("passport_valid_until")
    assert clean_answer(passport, {"day": "", "month": "", "year": "2030"}).error is not None
    bounded = replace(BORN, earliest=dt.date(1907, 1, 1), latest=dt.date(2017, 1, 1))
    for year in ("2537", "1415"):
        error = clean_answer(bounded, {"day": "", "month": "", "year": year}).error
        assert error is not None
        assert f"was born on {year}" in str(error)
    assert clean_answer(bounded, "2017").error is None
    late = clean_answer(bounded, "2018-01-01").error
    assert late is not None
    assert late.code == "no_birth_date"


def test_an_applicant_who_only_knows_the_year_saves_it_by_page_and_by_script(
    client: Client, now: dt.datetime
) -> None:
    application = make_application()
    client.force_login(application.applicant.account)
    section = find_kind("fellowship").form.section_of("date_of_birth").key
    here = f"/applications/{application.reference}/form/{section}/"
    with time_machine.travel(now, tick=False):
        tab = Tab(client, here, field="date_of_birth:year")
        assert "Whoever only knows the year" in tab.words()
        typed = {"date_of_birth:day": "", "date_of_birth:month": "", "date_of_birth:year": "1994"}
        assert tab.fill(typed).send().status_code == 302
        application.refresh_from_db()
        assert application.answers["date_of_birth"]["value"] == "1994"
        assert Tab(client, here, field="date_of_birth:year").shown("date_of_birth:year") == "1994"
        fields = {"date_of_birth": {"day": "", "month": "4", "year": "1994"}}
        body = json.dumps({"fields": fields, "base": application.revision, "token": "t1"})
        page = f"/applications/{application.reference}/save/"
        answer = client.post(page, body, content_type="application/json")
    assert answer.json()["revision"] == application.revision + 1
    application.refresh_from_db()
    kept = application.answers["date_of_birth"]["value"]
    assert kept == "1994-04"
    assert value_in_words(BORN, kept) == "April 1994"
    assert value_in_words(BORN, "1994") == "1994"
    with translation.override("ar"):
        assert value_in_words(BORN, kept) == "أبريل 1994"


def test_a_year_that_leaves_the_age_open_is_a_question_and_any_other_is_judged() -> None:
    rules = RuleSet.from_dict(find_kind("fellowship").terms_for(2027).rules[2])
    only = replace(rules, rules=tuple(each for each in rules.rules if each.code == "U2"))
    seen = {}
    for born in ("1980", "1981", "1981-10", "1982"):
        facts = {"means:birth_date": born, "level": "phd"}
        (judged,) = evaluate([only], facts, on=dt.date(2027, 2, 15)).judged_rules
        seen[born] = judged.result
    assert seen == {
        "1980": RuleResult.NOT_MET,
        "1981": RuleResult.QUESTION,
        "1981-10": RuleResult.MET,
        "1982": RuleResult.MET,
    }


def test_the_check_takes_a_year_too(client: Client, now: dt.datetime) -> None:
    make_country("KE")
    call = make_call(make_programme("fellowship"), slug="year-alone")
    page = f"/calls/{call.slug}/check/"
    with time_machine.travel(now, tick=False):
        tab = Tab(client, page, field="date_of_birth:year")
        tab.fill({"citizenship": STATELESS, "level": "phd", "date_of_birth:year": "1996"})
        answer = client.post(page, tab.body(), follow=True)
    words = " ".join(html.fromstring(answer.content.decode()).text_content().split())
    assert "none (stateless)" in words
    assert "For a doctoral place you are at most 35" in words
