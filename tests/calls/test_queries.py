"""Who sees which calls, and what a call says of itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from django.http import Http404

from anso.calls import queries, rules
from anso.calls.models import CallTerms
from anso.calls.queries import benefits_by_level, get_form, get_terms, terms
from anso.programmes.catalogue import KINDS
from anso.questionnaires import queries as questionnaires
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by
from tests.cast import Cast
from tests.factories.calls import make_call
from tests.factories.governance import make_body

pytestmark = pytest.mark.django_db
SECOND = dt.timedelta(seconds=1)


def test_everyone_sees_published_calls_and_nobody_else_s_drafts(
    cast: Cast, now: dt.datetime
) -> None:
    published, draft = make_call(), make_call(state="draft", officer=cast.programme_officer)
    assert set(queries.calls_visible_to(None, now)) == {published}
    seen_by = {
        role
        for role, account in cast.everyone().items()
        if draft in queries.calls_visible_to(account, now)
    }
    assert seen_by == {"programme_officer"}


def test_the_inside_of_a_call_is_read_by_its_officers_its_chair_and_auditors(
    cast: Cast, now: dt.datetime
) -> None:
    panel = cast.panel_chair.person.mandates.get().body
    call = make_call(officer=cast.programme_officer, panel=panel)
    readers = {
        role
        for role, account in cast.everyone().items()
        if call in queries.calls_on_desk_of(account, now)
    }
    assert readers == {"programme_officer", "panel_chair", "auditor"}
    managers = {
        role
        for role, account in cast.everyone().items()
        if rules.may_manage_call(account, call, now)
    }
    assert managers == {"programme_officer"}


def test_an_officer_who_left_the_secretariat_no_longer_manages_the_call(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    assert rules.may_manage_call(cast.programme_officer, call, now)
    cast.programme_officer.person.mandates.update(ends_on=now.date())
    assert not rules.may_manage_call(cast.programme_officer, call, now)
    assert list(queries.calls_managed_by(cast.programme_officer, now)) == []


def test_a_call_that_may_not_be_read_is_not_found(cast: Cast, now: dt.datetime) -> None:
    draft = make_call(state="draft", officer=cast.programme_officer)
    assert queries.get_call_for(cast.programme_officer, draft.slug, now) == draft
    with pytest.raises(Http404):
        queries.get_call_for(cast.stranger, draft.slug, now)
    with pytest.raises(Http404):
        queries.get_desk_call_for(None, draft.reference, now)


def test_a_call_is_open_from_its_opening_until_its_deadline_and_not_at_it(now: dt.datetime) -> None:
    call = make_call()
    states = [
        queries.is_open(call, at)
        for at in (call.opens_at - SECOND, call.opens_at, call.closes_at - SECOND, call.closes_at)
    ]
    assert states == [False, True, True, False]
    assert list(queries.open_calls(call.closes_at - SECOND)) == [call]
    assert list(queries.open_calls(call.closes_at)) == []
    assert str(queries.get_deadline(call).announced.time()) == "23:59:00"


def test_a_published_call_keeps_its_frozen_terms_when_the_working_copy_changes() -> None:
    call = make_call()
    call.design = {}
    assert len(queries.get_terms(call).outcome.tree()) == 11
    assert queries.get_rule_sets(call)[0].code == "programme"


def test_people_fill_the_published_form_and_officers_edit_the_next_one(now: dt.datetime) -> None:
    call = make_call()
    first, form = queries.get_form(call)
    waiting = FormVersion.objects.create(
        **owned_by(call),
        purpose="application",
        number=2,
        definition={"sections": []},
        sha256="x",
        created_at=now,
    )
    assert queries.get_form(call) == (first, form)
    assert queries.get_working_form(call)[0] == waiting
    assert list(queries.form_purposes(call)) == ["application", "referee", "supervisor"]
    with pytest.raises(queries.NoForm):
        queries.get_form(make_call(state="draft"), "nobody")


def test_only_secretariat_officers_create_calls(cast: Cast, now: dt.datetime) -> None:
    make_body("panel")
    allowed = {
        role for role, account in cast.everyone().items() if rules.may_create_call(account, now)
    }
    assert allowed == {"programme_officer"}


def test_levels_that_bring_nothing_of_their_own_are_left_out() -> None:
    terms = KINDS["fellowship"].terms_for(2027)
    common = [benefit for benefit in terms.benefits if not benefit.levels]
    assert benefits_by_level(replace(terms, benefits=tuple(common))) == [(None, common)]
    assert benefits_by_level(replace(terms, benefits=())) == []


def test_terms_and_forms_in_memory_never_grow_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "KEPT", 1)
    monkeypatch.setattr(questionnaires, "KEPT", 1)
    monkeypatch.setattr(questionnaires, "_forms", {})
    monkeypatch.setattr(terms, "_terms", {})
    for _ in range(2):
        call = make_call()
        CallTerms.objects.filter(call=call).update(sha256=call.reference)
        call.terms_sha256 = call.reference
        assert (get_terms(call), get_form(call)[1], get_form(call, "referee")[1]) == (
            get_terms(call),
            get_form(call)[1],
            get_form(call, "referee")[1],
        )
        assert len(questionnaires._forms | terms._terms) <= 2, "one form and one set of terms"
