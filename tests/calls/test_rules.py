"""The reasons that are given where something may not be done."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.calls import queries, rules
from anso.calls.models import Call
from anso.kernel.actors import SETUP
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import versions_of
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def code_of(call: Call, cast: Cast, now: dt.datetime) -> str:
    verdict = rules.may_start_application(cast.applicant, call, now)
    return "" if verdict else verdict.reasons[0].code


def test_everyone_starts_an_application_while_the_call_is_open_and_learns_why_not_otherwise(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call()
    assert code_of(call, cast, call.opens_at - SECOND) == "call_not_open_yet"
    assert code_of(call, cast, call.opens_at) == ""
    assert code_of(call, cast, call.closes_at - SECOND) == ""
    assert code_of(call, cast, call.closes_at) == "call_closed"
    assert code_of(make_call(state="cancelled"), cast, now) == "call_cancelled"
    assert code_of(make_call(state="completed"), cast, now) == "call_closed"


def test_nobody_who_works_on_a_call_applies_to_it(cast: Cast, now: dt.datetime) -> None:
    call = make_call(
        officer=cast.programme_officer, panel=cast.panel_chair.person.mandates.get().body
    )
    for insider in (cast.programme_officer, cast.panel_chair):
        assert [
            reason.code for reason in rules.may_start_application(insider, call, now).reasons
        ] == ["incompatible"]


def test_the_executive_director_names_officers_of_any_call(cast: Cast, now: dt.datetime) -> None:
    call = make_call()
    assert not rules.may_change_officers(cast.stranger, call, now)
    cast.stranger.person.mandates.create(
        body=cast.programme_officer.person.mandates.get().body,
        role="executive_director",
        starts_on=now.date(),
    )
    assert rules.may_change_officers(cast.stranger, call, now)


def test_questions_of_a_call_that_is_over_stay(cast: Cast, now: dt.datetime) -> None:
    call = make_call(state="completed", officer=cast.programme_officer)
    assert (
        rules.may_change_questions(cast.programme_officer, call, now).reasons[0].code
        == "call_closed"
    )


def test_a_process_of_the_system_has_no_desk_of_its_own(now: dt.datetime) -> None:
    call = make_call()
    assert list(queries.calls_managed_by(SETUP, now)) == []
    assert list(queries.calls_on_desk_of(SETUP, now)) == []
    assert not queries.is_panel_chair_of(SETUP, call, now)
    assert rules.may_manage_call(SETUP, call, now)


def test_readiness_looks_into_rules_dates_and_options(cast: Cast, now: dt.datetime) -> None:
    call = make_call(
        state="draft",
        officer=cast.programme_officer,
        panel=cast.panel_chair.person.mandates.get().body,
    )
    assert queries.find_faults(call, now) == []
    stages = call.design["stages"]
    call.design["stages"] = [
        stage | {"ends_on": "2026-01-02", "starts_on": "2026-01-01"} for stage in stages
    ]
    call.design["rules"][0]["rules"][0]["kind"] = "unheard_of"
    nodes = call.design["outcome"]["nodes"]
    call.design["outcome"]["nodes"] = [node | {"capacity": 0} for node in nodes]
    found = {(fault.part, str(fault)) for fault in queries.find_faults(call, now)}
    assert ("stages", "Review ends before the call closes.") in found
    assert ("outcome", "There is nothing to give.") in found
    assert any(place == "rules" and "unheard_of" in text for place, text in found)


@pytest.mark.parametrize(
    ("rule", "changes", "fault"),
    [
        (("collaborative_research", "R1"), {"least": 40}, "Rule R1 can never be met"),
        (("collaborative_research", "R2"), {"fact": "citizenship"}, "Rule R2 can never be met"),
        (("collaborative_research", "R3"), {"least": 0}, "Rule R3 is always met"),
        (("fellowship", "F8"), {"languages": ["la"]}, "Rule F8 can never be met"),
        (("fellowship", "F11"), {"class": "G77"}, "“G77”, which is no class of countries"),
        (("prize", "P6"), {"fact": "removed"}, "Rule P6 reads “removed”, which nobody is asked"),
    ],
)
def test_a_rule_that_cannot_decide_is_refused_at_publication(
    cast: Cast, now: dt.datetime, rule: tuple[str, str], changes: dict[str, object], fault: str
) -> None:
    kind, code = rule
    call = make_call(make_programme(kind), state="draft", officer=cast.programme_officer)
    before = [str(each) for each in queries.find_faults(call, now) if each.is_blocking]
    for rule_set in call.design["rules"]:
        for each in rule_set["rules"]:
            each["terms"] |= changes if each["code"] == code else {}
    after = [str(each) for each in queries.find_faults(call, now) if each.is_blocking]
    assert before == []
    assert any(fault in each for each in after), after


def test_a_call_without_an_application_form_is_told_that_alone(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(state="draft", officer=cast.programme_officer)
    versions_of(call).filter(purpose="application").delete()
    faults = [each for each in queries.find_faults(call, now) if each.part == "rules"]
    assert faults == []


def test_what_is_read_often_is_kept_and_the_store_does_not_grow_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("anso.calls.queries.terms.KEPT", 1)
    call = make_call()
    version = versions_of(call).get(purpose="referee")
    assert queries.form_of(version) is queries.form_of(FormVersion.objects.get(pk=version.pk))
    queries.form_of(versions_of(call).get(purpose="supervisor"))
    assert queries.form_of(version) == queries.form_of(version)


def test_a_call_without_any_frozen_terms_reads_its_design() -> None:
    call = make_call()
    Call.objects.filter(pk=call.pk).update(terms_sha256="", design=call.design)
    call.refresh_from_db()
    assert len(queries.get_terms(call).outcome.tree()) == 11
    assert queries.get_working_form(make_call(), "nobody")[0] is None
