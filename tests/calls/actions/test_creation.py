"""Creating a call from its kind, and saying who works on it."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.calls import actions, queries
from anso.calls.enums import BodyFunction
from anso.calls.models import BankQuestion, Call
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import KINDS, find_kind
from tests.cast import Cast
from tests.factories.calls import make_programme
from tests.factories.governance import make_body

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("code", sorted(KINDS))
def test_a_call_of_every_kind_starts_complete(
    code: str, now: dt.datetime, officer: Account
) -> None:
    call = actions.create_call(
        programme=make_programme(code), edition=actions.Edition(2028), actor=officer, now=now
    )
    assert call.state == "draft"
    assert queries.get_terms(call) == find_kind(code).terms_for(2028)
    assert set(queries.form_purposes(call)) == set(find_kind(code).forms())
    assert [fault for fault in queries.find_faults(call, now) if fault.is_blocking] == []
    assert set(queries.get_form(call)[1].keys()) <= set(
        BankQuestion.objects.values_list("key", flat=True)
    )


def test_whoever_creates_a_call_works_on_it_and_the_record_says_so(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    assert list(queries.calls_managed_by(officer, now)) == [draft]
    entry = Entry.objects.get(object_id=draft.pk, object_type="calls.call")
    assert (entry.verb, entry.actor) == ("create_call", officer)


def test_the_window_is_announced_in_the_zone_of_the_kind(draft: Call) -> None:
    assert draft.opens_at == dt.datetime(2026, 11, 8, 16, tzinfo=dt.UTC)
    assert queries.get_deadline(draft).announced.isoformat() == "2027-02-15T23:59:00+08:00"
    assert (draft.slug, draft.number_prefix) == ("fellowship-2027", "F27")


def test_days_of_an_edition_replace_those_of_the_kind(officer: Account, now: dt.datetime) -> None:
    edition = actions.Edition(2027, dt.date(2026, 12, 1), dt.date(2027, 1, 31))
    call = actions.create_call(programme=make_programme(), edition=edition, actor=officer, now=now)
    assert queries.get_deadline(call).announced.date() == dt.date(2027, 1, 31)
    assert queries.get_terms(call).stages[0].ends_on == dt.date(2027, 1, 31)


def test_a_year_has_one_call_of_a_programme_unless_it_is_named_apart(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    with pytest.raises(BadInput, match="2027 already"):
        actions.create_call(
            programme=draft.programme, edition=actions.Edition(2027), actor=officer, now=now
        )
    second = actions.create_call(
        programme=draft.programme, edition=actions.Edition(2027, round="b"), actor=officer, now=now
    )
    assert (second.slug, second.number_prefix) == ("fellowship-2027-b", "FB27")
    assert second.title["en"] == "Fellowship for Young Talents 2027, round B"


@pytest.mark.parametrize("letter", ["BB", "2", "é", "-"])
def test_a_further_round_has_one_plain_letter(
    letter: str, officer: Account, now: dt.datetime
) -> None:
    with pytest.raises(BadInput, match="one letter"):
        actions.create_call(
            programme=make_programme(),
            edition=actions.Edition(2027, round=letter),
            actor=officer,
            now=now,
        )


def test_days_in_the_wrong_order_are_refused(officer: Account, now: dt.datetime) -> None:
    edition = actions.Edition(2027, dt.date(2027, 1, 2), dt.date(2027, 1, 1))
    with pytest.raises(BadInput, match="after it opens"):
        actions.create_call(programme=make_programme(), edition=edition, actor=officer, now=now)


def test_only_programme_officers_create_calls(cast: Cast, now: dt.datetime) -> None:
    for role, account in cast.everyone().items():
        if role == "programme_officer":
            continue
        with pytest.raises(Refused):
            actions.create_call(
                programme=make_programme(), edition=actions.Edition(2029), actor=account, now=now
            )
    assert not Call.objects.exists()


def test_the_set_up_of_the_installation_creates_calls_without_officers(now: dt.datetime) -> None:
    call = actions.create_call(
        programme=make_programme(), edition=actions.Edition(2027), actor=SETUP, now=now
    )
    assert not call.officers.exists()
    assert "Nobody works on this call." in [str(fault) for fault in queries.find_faults(call, now)]


def test_officers_come_and_go_but_one_stays(
    draft: Call, officer: Account, cast: Cast, now: dt.datetime
) -> None:
    actions.add_officer(call=draft, account=cast.stranger, actor=officer, now=now)
    actions.add_officer(call=draft, account=cast.stranger, actor=officer, now=now)
    assert draft.officers.count() == 2
    actions.remove_officer(call=draft, account=cast.stranger, actor=officer, now=now)
    with pytest.raises(BadInput, match="does not work"):
        actions.remove_officer(call=draft, account=cast.stranger, actor=officer, now=now)
    with pytest.raises(BadInput, match="somebody must run"):
        actions.remove_officer(call=draft, account=officer, actor=officer, now=now)
    with pytest.raises(Refused):
        actions.add_officer(call=draft, account=cast.stranger, actor=cast.stranger, now=now)


def test_a_panel_is_named_while_the_call_is_a_draft(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    panel = make_body("panel", code="jury")
    facts = {"function": BodyFunction.PANEL, "body": panel, "actor": officer, "now": now}
    actions.name_body(call=draft, base_revision=0, **facts)
    assert queries.bodies_of(draft) == {"panel": panel}
    assert Entry.objects.filter(verb="name_body").get().changes == {"panel": [None, "jury"]}
    assert "The panel has no chair today." in [
        str(fault) for fault in queries.find_faults(draft, now)
    ]


@pytest.mark.django_db(transaction=True)
def test_a_double_click_makes_one_call(cast: Cast, now: dt.datetime) -> None:
    programme, start = make_programme(), Barrier(2)

    def click(_: int) -> bool:
        start.wait()
        try:
            actions.create_call(
                programme=programme,
                edition=actions.Edition(2028),
                actor=cast.programme_officer,
                now=now,
            )
        except BadInput:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as clicks:
        assert sorted(clicks.map(click, range(2))) == [False, True]
    assert Call.objects.count() == 1
