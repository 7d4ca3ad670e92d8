"""Who may lead a meeting: rules that ask the directory, each at its limit."""

from __future__ import annotations

from typing import Any

import pytest

from anso.calls.models import Call
from anso.calls.queries import get_form, judge_facts
from anso.kernel.questions import facts_for_rules
from tests.factories.answers import answers_for
from tests.factories.calls import YEAR, make_call, make_programme
from tests.factories.directory import make_country, make_organisation
from tests.factories.governance import make_membership

pytestmark = pytest.mark.django_db

NEPAL = "Nepal Academy of Science and Technology"
KENYA = "Kenya National Academy of Sciences"


@pytest.fixture
def conference() -> Call:
    for name, acronym in ((NEPAL, "NAST"), (KENYA, "KNAS")):
        make_membership(make_organisation(name=name, acronym=acronym))
    make_organisation(name="University of Nairobi")
    make_country("NP")
    return make_call(make_programme("conference"))


def partner(organisation: str, country: str = "KE") -> dict[str, str]:
    return {"organisation": organisation, "country": country, "name": "Amina", "email": "a@x.org"}


SOUND: dict[str, Any] = {
    "organisation": NEPAL,
    "citizenship": "NP",
    "meeting_country": "NP",
    "in_charge": {"name": "Sita Rai", "email": "s@nast.org", "organisation": "NAST"},
    "partners": [partner(KENYA)],
    "on_site": "50",
    "starts_on": f"{YEAR}-01-01",
    "priority": "health",
}


@pytest.mark.parametrize(
    ("changed", "rule", "result"),
    [
        ({}, "C1", "met"),
        ({"organisation": "nast"}, "C1", "met"),
        ({"organisation": "University of Nairobi"}, "C1", "not_met"),
        ({"organisation": "Nepal Academy of Science & Technology (Kathmandu)"}, "C1", "question"),
        ({"citizenship": "CN"}, "C2", "not_met"),
        ({"citizenship": "HK"}, "C2", "met"),
        ({"meeting_country": "CN"}, "C3", "not_met"),
        ({}, "C4", "met"),
        ({"partners": [partner("University of Nairobi")]}, "C4", "not_met"),
        ({"partners": [partner("NAST")]}, "C4", "not_met"),
        ({"partners": [partner("University of Nairobi"), partner("KNAS")]}, "C4", "met"),
        ({}, "C5", "met"),
        ({"in_charge": partner(KENYA)}, "C5", "not_met"),
        ({"in_charge": partner("Nepal Academy of Science")}, "C5", "question"),
        ({"on_site": "49"}, "C6", "not_met"),
        ({}, "C6", "met"),
        ({"starts_on": f"{YEAR - 1}-12-31"}, "C7", "not_met"),
        ({"starts_on": f"{YEAR}-12-31"}, "C8", "met"),
        ({"starts_on": f"{YEAR + 1}-01-01"}, "C8", "not_met"),
        ({}, "C9", "met"),
        ({"partners": [partner(KENYA, "NP")]}, "C9", "not_met"),
        ({"priority": "other"}, "C10", "not_met"),
    ],
)
def test_a_rule_decides_at_its_limit_and_asks_where_names_are_only_alike(
    conference: Call, changed: dict[str, Any], rule: str, result: str
) -> None:
    form = get_form(conference)[1]
    answers = answers_for(form) | SOUND | changed
    verdict = judge_facts(conference, facts_for_rules(form, answers))
    (judged,) = (each for each in verdict.judged_rules if each.rule.code == rule)
    assert judged.result == result, judged
