"""Every kind of the catalogue is complete, sound and walks its stages; the shipped numbers are
those of their sources.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest

from anso.directory.reference import reference_rows
from anso.kernel.eligibility import (
    RULE_KINDS,
    ClassMembership,
    CountryClasses,
    Eligibility,
    RuleSet,
    evaluate,
)
from anso.kernel.errors import BadDefinition
from anso.kernel.periods import DatePeriod
from anso.kernel.questions import Audience, Form, check_answers, facts_for_rules
from anso.kernel.terms import to_plain
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.kinds import ProgrammeKind, check_kind
from anso.programmes.outcomes import read_terms

YEARS = (2024, 2027, 2028)
ROOT = Path(__file__).resolve().parents[2]
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.code)
FELLOWSHIP = KINDS["fellowship"]


def shipped_classes() -> CountryClasses:
    return CountryClasses(
        ClassMembership(
            row["code"],
            row["country"],
            DatePeriod(None, row["ends_before"] and dt.date.fromisoformat(row["ends_before"])),
        )
        for row in reference_rows("country_classes")
    )


@each_kind
@pytest.mark.parametrize("year", YEARS)
def test_a_kind_has_no_fault(kind: ProgrammeKind, year: int) -> None:
    assert check_kind(kind, year) == []


@each_kind
def test_the_terms_of_an_edition_survive_json(kind: ProgrammeKind) -> None:
    design = json.loads(json.dumps(to_plain(kind.terms_for(2027))))
    assert read_terms(design) == kind.terms_for(2027)
    assert to_plain(read_terms(design)) == design


@each_kind
def test_every_form_survives_json(kind: ProgrammeKind) -> None:
    assert [
        form
        for form in kind.forms().values()
        if Form.from_dict(json.loads(json.dumps(form.to_dict()))) != form
    ] == []


@each_kind
def test_stages_follow_one_another_from_the_window_to_the_end(kind: ProgrammeKind) -> None:
    stages = kind.terms_for(2027).stages
    assert (stages[0].starts_on, stages[0].ends_on) == (
        kind.window.opens_on(2027),
        kind.window.closes_on(2027),
    )
    assert all(stage.starts_on > stages[0].ends_on for stage in stages[1:])
    assert [stage.starts_on for stage in stages] == sorted(stage.starts_on for stage in stages)
    assert len({stage.key for stage in stages}) == len(stages)


@each_kind
def test_moving_the_window_moves_every_stage(kind: ProgrammeKind) -> None:
    week = dt.timedelta(days=7)
    usual = kind.terms_for(2027)
    later = kind.terms_for(
        2027,
        opens_on=kind.window.opens_on(2027) + week,
        closes_on=kind.window.closes_on(2027) + week,
    )
    assert [stage.starts_on for stage in later.stages] == [
        stage.starts_on + week for stage in usual.stages
    ]


@each_kind
def test_every_rule_is_settled_and_can_be_judged_from_nothing(kind: ProgrammeKind) -> None:
    sets = [RuleSet.from_dict(content) for content in kind.terms_for(2027).rules]
    verdict = evaluate(sets, {}, on=dt.date(2026, 12, 1), classes=shipped_classes())
    assert verdict.eligibility is Eligibility.ASK_US
    assert {outcome.rule.kind for outcome in verdict.judged_rules} <= set(RULE_KINDS)
    assert all(outcome.rule.source for outcome in verdict.judged_rules)


@each_kind
def test_an_empty_application_lacks_something_on_the_first_page(kind: ProgrammeKind) -> None:
    assert check_answers(kind.form, {}, section=kind.form.sections[0].key) != []


@each_kind
def test_the_two_minute_check_asks_only_what_the_form_asks_and_each_once(
    kind: ProgrammeKind,
) -> None:
    keys = kind.terms_for(2027).check_keys
    assert keys
    assert set(keys) <= set(kind.form.keys())
    assert len(set(keys)) == len(keys)


@each_kind
def test_a_kind_has_a_page_in_the_documents(kind: ProgrammeKind) -> None:
    assert (ROOT / "docs" / "programmes" / f"{kind.code}.md").is_file()


@each_kind
def test_every_number_says_where_it_comes_from(kind: ProgrammeKind) -> None:
    assert {"window", "stages", "rubric"} <= set(kind.sources)
    assert all(source.strip() for source in kind.sources.values())


@each_kind
def test_weights_of_the_rubric_sum_to_one(kind: ProgrammeKind) -> None:
    assert sum(criterion.weight for criterion in kind.rubric.criteria) == 1


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(BadDefinition, match="lottery"):
        find_kind("lottery")
    assert find_kind("prize") is KINDS["prize"]


def test_the_fellowship_has_two_hundred_and_three_hundred_places_at_two_hosts() -> None:
    leaves = FELLOWSHIP.outcome.leaves()
    assert sum(leaf.capacity for leaf in leaves) == 500
    counted = {
        (level, host): sum(
            leaf.capacity for leaf in leaves if (leaf.level, leaf.host) == (level, host)
        )
        for level in ("master", "phd")
        for host in ("UCAS", "USTC")
    }
    assert counted == {
        ("master", "UCAS"): 145,
        ("master", "USTC"): 55,
        ("phd", "UCAS"): 190,
        ("phd", "USTC"): 110,
    }


def test_forty_doctoral_places_are_for_developing_countries() -> None:
    special = [leaf for leaf in FELLOWSHIP.outcome.leaves() if leaf.fund == "TWAS-UNESCO"]
    assert sum(leaf.capacity for leaf in special) == 40
    assert {(leaf.level, leaf.only, leaf.favour) for leaf in special} == {
        ("phd", ("developing",), ("LDC", "women"))
    }


@pytest.mark.parametrize(
    ("keys", "amount"),
    [("stipend_master", 3000), ("stipend_phd_before", 6000), ("stipend_phd_after", 7000)],
)
def test_the_stipend_is_the_published_one_with_the_hosts_part(keys: str, amount: int) -> None:
    benefits = {benefit.key: benefit.amount or Decimal(0) for benefit in FELLOWSHIP.benefits}
    host_part = benefits["stipend_master_host" if "master" in keys else "stipend_phd_host"]
    assert (benefits[keys] + host_part, host_part) == (amount, 1000)


def test_the_call_of_2024_closed_at_the_end_of_15_february_in_beijing() -> None:
    deadline = FELLOWSHIP.window.deadline(2024)
    assert deadline.closes_at == dt.datetime(2024, 2, 15, 16, 0, tzinfo=dt.UTC)
    assert FELLOWSHIP.window.opening(2024) == dt.datetime(2023, 11, 8, 16, 0, tzinfo=dt.UTC)


APPLICANT = {
    "level": "phd",
    "gender": "woman",
    "date_of_birth": "1989-01-01",
    "citizenship": "ET",
    "passport_valid_until": "2030-01-01",
    "highest_degree": "master",
    "degree_awarded_on": "2020-06-30",
    "is_doctoral_student_in_china": False,
    "language_proofs": ["en"],
    "commits_full_time": True,
    "full_name": "Hana Bekele",
    "referee_1": {"name": "Wanjiru Kamau", "email": "kamau@example.org"},
    "referee_2": {"name": "Рустам Каримов", "email": "karimov@example.org"},
}


@pytest.mark.parametrize(
    ("changes", "failed"),
    [
        ({}, []),
        ({"date_of_birth": "1988-12-31"}, ["F4"]),
        ({"level": "master", "highest_degree": "bachelor"}, ["F3"]),
        ({"level": "master", "highest_degree": "bachelor", "date_of_birth": "1994-01-01"}, []),
        ({"citizenship": "CN"}, ["F2"]),
        ({"second_citizenship": "CN"}, ["F2"]),
        ({"highest_degree": "bachelor"}, ["F6"]),
        ({"degree_awarded_on": "2024-08-31"}, ["U3"]),
        ({"degree_awarded_on": "2024-09-01"}, ["F6", "U3"]),
        ({"is_doctoral_student_in_china": True}, ["F7"]),
        ({"language_proofs": ["none"]}, ["F8"]),
        ({"passport_valid_until": "2026-02-14"}, ["F9"]),
        ({"commits_full_time": False}, ["F10"]),
    ],
)
def test_the_rules_of_the_call_of_2024(changes: dict[str, object], failed: list[str]) -> None:
    sets = [RuleSet.from_dict(content) for content in FELLOWSHIP.terms_for(2024).rules]
    facts = facts_for_rules(FELLOWSHIP.form, APPLICANT | changes)
    verdict = evaluate(sets, facts, on=dt.date(2024, 2, 15), classes=shipped_classes())
    assert [outcome.rule.code for outcome in verdict.failed] == failed
    assert verdict.unknown == ()
    only_host_rules = {code[0] for code in failed} <= {"U"}
    assert (verdict.eligibility is Eligibility.ELIGIBLE) is only_host_rules


def test_a_woman_of_a_least_developed_country_is_favoured_for_the_special_places() -> None:
    sets = [RuleSet.from_dict(content) for content in FELLOWSHIP.terms_for(2024).rules]
    facts = facts_for_rules(FELLOWSHIP.form, APPLICANT)
    verdict = evaluate(sets, facts, on=dt.date(2024, 2, 15), classes=shipped_classes())
    assert [outcome.rule.code for outcome in verdict.favours] == ["F11", "F12", "F13"]


@each_kind
def test_what_reviewers_read_does_not_speak_to_the_applicant(kind: ProgrammeKind) -> None:
    spoken = re.compile(r"\byou(?:rs?)?\b", re.IGNORECASE)
    forms = (kind.form, *kind.further_forms.values())
    labels = {
        question.key: question.label.to_dict()["en"]
        for form in forms
        for question in form.questions()
        if Audience.REVIEWERS in question.who_sees
    }
    assert labels
    assert [key for key, label in labels.items() if spoken.search(label)] == []


def test_whoever_judges_the_budget_of_a_project_reads_it() -> None:
    kind = KINDS["collaborative_research"]
    assert "plan" in {criterion.key for criterion in kind.rubric.criteria}
    budget = kind.further_forms["full_proposal"].question("budget")
    assert Audience.REVIEWERS in budget.who_sees


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_stage_of_offers_lasts_until_the_last_answer_to_those_made_on_the_day_of_results(
    kind: str,
) -> None:
    terms = KINDS[kind].terms_for(2027)
    days = {stage.block: stage for stage in terms.stages}
    if "offers" in days:
        last = days["release"].starts_on + dt.timedelta(days=terms.offer_days)
        assert days["offers"].ends_on >= last
