"""A scholar applies, or a host for a scholar; rules of each class at their limits."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from anso.applications.actions import submit_application
from anso.applications.models import Letter
from anso.applications.queries.participants import beneficiaries_of
from anso.calls.queries import get_form, judge_facts
from anso.kernel.questions import facts_for_rules
from tests.factories.answers import answers_for
from tests.factories.applications import add_documents, make_application
from tests.factories.calls import YEAR, make_call, make_programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("initiative", "letters", "holder"),
    [
        ("self", ["host"], "Salt and water 1"),
        ("host", ["host", "nominee"], "Wanjiru Kamau 1"),
    ],
)
def test_what_is_offered_is_offered_to_the_scholar_whoever_writes(
    now: dt.datetime, initiative: str, letters: list[str], holder: str
) -> None:
    call = make_call(make_programme("scholarship"))
    form = get_form(call)[1]
    application = make_application(call, answers=answers_for(form, 1, {"initiative": initiative}))
    add_documents(application)
    writer = application.applicant.account
    submit_application(application=application, actor=writer, arrived_at=now, now=now)
    assert sorted(Letter.objects.values_list("kind", flat=True)) == letters
    (found,) = beneficiaries_of(application)
    assert found.full_name == holder
    assert (found.person == application.applicant) is (initiative == "self")


BORN = "date_of_birth"
VISITING = {
    "level": "visiting",
    "months": "12",
    "rank": "assistant",
    "years_experience": "5",
    BORN: f"{YEAR - 56}-01-01",
    "highest_degree": "doctor",
    "degree_awarded_on": f"{YEAR - 6}-12-31",
}
POSTDOCTORAL = VISITING | {"level": "postdoctoral", BORN: f"{YEAR - 35}-01-01"}
DISTINGUISHED = {"level": "distinguished", "weeks": "2", "institutes": "2"}


@pytest.mark.parametrize(
    ("answers", "rule", "result"),
    [
        (VISITING | {"citizenship": "CN"}, "S1", "not_met"),
        (VISITING | {"degree_awarded_on": f"{YEAR}-01-01"}, "S2", "not_met"),
        (VISITING, "S2", "met"),
        (DISTINGUISHED | {"highest_degree": "bachelor"}, "S2", "not_concerned"),
        (POSTDOCTORAL, "S3", "met"),
        (POSTDOCTORAL | {BORN: f"{YEAR - 36}-12-31"}, "S3", "not_met"),
        (VISITING, "S4", "met"),
        (VISITING | {BORN: f"{YEAR - 57}-12-31"}, "S4", "not_met"),
        (VISITING | {"years_experience": "4"}, "S5", "not_met"),
        (VISITING | {"rank": "other"}, "S6", "not_met"),
        (DISTINGUISHED, "S7", "met"),
        (DISTINGUISHED | {"weeks": "3"}, "S7", "not_met"),
        (DISTINGUISHED | {"institutes": "1"}, "S8", "not_met"),
        (VISITING, "S9", "met"),
        (VISITING | {"months": "13"}, "S9", "not_met"),
        (POSTDOCTORAL | {"months": "24"}, "S10", "met"),
        (POSTDOCTORAL | {"months": "25"}, "S10", "not_met"),
        (POSTDOCTORAL | {"months": "11"}, "S11", "not_met"),
        (VISITING | {"scholar_organisation": "the Institute Host"}, "S12", "question"),
        (VISITING | {"scholar_organisation": "Host Institute"}, "S12", "not_met"),
        (VISITING, "S13", "met"),
        (VISITING | {"host_contact": {"organisation": "University of Ghana"}}, "S13", "not_met"),
        (VISITING | {"holds_other": "yes"}, "S14", "not_met"),
    ],
)
def test_a_rule_of_a_class_decides_at_its_limit(
    answers: dict[str, Any], rule: str, result: str
) -> None:
    call = make_call(make_programme("scholarship"))
    form = get_form(call)[1]
    known = {
        "citizenship": "KE",
        "scholar_organisation": "Makerere University",
        "host_organisation": "Host Institute",
        "host_contact": {"organisation": "host institute"},
        "holds_other": "no",
    }
    given = {
        key: value == "yes" if form.question(key).type == "yesno" else value
        for key, value in (known | answers).items()
    }
    verdict = judge_facts(call, facts_for_rules(form, given))
    (judged,) = (each for each in verdict.judged_rules if each.rule.code == rule)
    assert judged.result == result, judged
