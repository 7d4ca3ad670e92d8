"""Rules that name days of their call: at the limit, a day to each side, with another deadline, and
after an extension.
"""

from __future__ import annotations

import datetime as dt

import pytest

from anso.calls.actions import extend_call
from anso.calls.models import Call
from anso.calls.queries import get_form, judge_facts
from anso.kernel.eligibility import RuleResult
from anso.kernel.periods import Deadline
from anso.kernel.questions import Meaning, clean_answer
from anso.kernel.questions.meanings import questions_meaning
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
# Of each kind: the rule, its fact, other facts that it needs, and years from the closing day.
RULES = {
    "fellowship": ("F9", "passport_valid_until", {}, 2),
    "prize": ("P6", "highest_degree_on", {"level": "youth"}, -10),
}


def call_closing(kind: str, closes_on: dt.date, cast: Cast) -> Call:
    call = make_call(make_programme(kind), officer=cast.programme_officer)
    call.closes_at = Deadline.at_end_of(closes_on, call.zone).closes_at
    call.opens_at = call.closes_at - 60 * DAY
    call.save()
    call.steps.filter(order=0).update(starts_on=closes_on - 60 * DAY, ends_on=closes_on)
    return call


def result_of(call: Call, code: str, facts: dict[str, object]) -> RuleResult:
    (judged,) = [each for each in judge_facts(call, facts).judged_rules if each.rule.code == code]
    return judged.result


@pytest.mark.parametrize("kind", RULES)
@pytest.mark.parametrize("closes_on", [dt.date(2027, 1, 5), dt.date(2026, 12, 31)])
def test_a_rule_counts_from_the_closing_day_of_its_call(
    kind: str, closes_on: dt.date, cast: Cast
) -> None:
    code, fact, others, years = RULES[kind]
    call = call_closing(kind, closes_on, cast)
    limit = closes_on.replace(year=closes_on.year + years)
    results = [
        result_of(call, code, {**others, fact: (limit + days * DAY).isoformat()})
        for days in (-1, 0, 1)
    ]
    assert results == [RuleResult.NOT_MET, RuleResult.MET, RuleResult.MET]


@pytest.mark.parametrize("kind", RULES)
def test_the_rule_moves_with_an_extension(kind: str, cast: Cast) -> None:
    code, fact, others, years = RULES[kind]
    call = call_closing(kind, dt.date(2027, 1, 5), cast)
    limit = dt.date(2027 + years, 1, 5)
    facts = {**others, fact: (limit + 3 * DAY).isoformat()}
    assert result_of(call, code, facts) is RuleResult.MET
    extend_call(
        call=call,
        closes_at=call.closes_at + 4 * DAY,
        because="The service failed.",
        base_revision=call.revision,
        actor=cast.programme_officer,
        now=call.closes_at - DAY,
    )
    call.refresh_from_db()
    assert result_of(call, code, facts) is RuleResult.NOT_MET
    assert result_of(call, code, {**others, fact: (limit + 4 * DAY).isoformat()}) is RuleResult.MET


@pytest.mark.parametrize(
    ("born", "error"),
    [
        ("1994-03-07", ""),
        ("2537-03-07", "no_birth_date"),
        ("1372-12-16", "no_birth_date"),
        ("2026-11-29", "no_birth_date"),
        ("2020-01-01", "no_birth_date"),
        ("1900-01-01", "no_birth_date"),
    ],
)
def test_a_birth_date_of_another_calendar_is_refused_and_asked_about(born: str, error: str) -> None:
    """Buddhist, Persian, the day after tomorrow, a child's, somebody's of a hundred and twenty."""
    call = make_call()
    (question,) = questions_meaning(get_form(call)[1], Meaning.BIRTH_DATE)
    cleaned = clean_answer(question, born)
    assert (cleaned.value, cleaned.error.code if cleaned.error else "") == (born, error)


def test_nobody_is_eligible_by_an_impossible_birth_date() -> None:
    call = make_call()
    for born in ("2537-03-07", "1372-12-16"):
        judged = judge_facts(call, {"level": "phd", "means:birth_date": born}).judged_rules
        ages = [each.result for each in judged if each.rule.kind == "age_at_most"]
        assert RuleResult.MET not in ages
        assert RuleResult.UNKNOWN in ages
