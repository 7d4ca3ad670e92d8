"""Associations that were recognised: launched and recognised on days of their own, active, dormant
or closed from a day on with a reason, with working groups that come and go.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.db import ProgrammingError, transaction
from django.test import Client

from anso.governance.actions import (
    add_association_group,
    end_association_group,
    enter_association,
    load_associations,
    record_association_state,
)
from anso.governance.actions.associations import is_year_or_day
from anso.governance.models import Association, AssociationEvent
from anso.governance.queries.associations import associations_on
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2027, 5, 3, 9, 0, tzinfo=dt.UTC)
DAY = NOW.date()
FACTS = {"acronym": "WSA", "recognised": "2026", "source": "Decision 12 of the Board"}


def make_association(**facts: str) -> Association:
    return enter_association(name="Water and soil", facts=FACTS | facts, actor=SETUP, now=NOW)


def record(association: Association, state: str, on: dt.date, because: str = "Why") -> None:
    record_association_state(
        association=association, state=state, on=on, because=because, actor=SETUP, now=NOW
    )


@pytest.mark.parametrize(
    ("written", "is_one"),
    [("", True), ("2019", True), ("2019-05-11", True), ("2019-05", False), ("2019-02-30", False),
     ("May 2019", False), ("0000", False)],
)  # fmt: skip
def test_a_day_is_as_exact_as_it_is_known(written: str, *, is_one: bool) -> None:
    assert is_year_or_day(written) is is_one


def test_the_four_that_are_known_are_shipped_with_days_that_differ(client: Client) -> None:
    assert load_associations() == []
    assert load_associations() == [], "brought once"
    assert Association.objects.count() == 4
    page = client.get("/associations/").content.decode()
    for told in ("ANSO-DRR", "11 May 2019", "10 December 2019", "ATES", "OBOR-ETIA", "Lincang"):
        assert told in page
    assert "Enter an association" not in page
    assert 'href="/associations/"' in client.get("/governance/").content.decode()


def test_none_yet_is_told(client: Client) -> None:
    assert "None was recognised yet." in client.get("/associations/").content.decode()


def test_a_state_holds_from_its_day_and_stands_with_its_reason(client: Client) -> None:
    association, other = make_association(), make_association(acronym="OTHER")
    record(association, "dormant", DAY - dt.timedelta(days=100), "Nobody leads it.")
    record(association, "active", DAY - dt.timedelta(days=50), "A new president.")
    record(association, "closed", DAY - dt.timedelta(days=10), "It became a journal.")

    def states(days_ago: int) -> list[tuple[str, str]]:
        found = associations_on(DAY - dt.timedelta(days=days_ago))
        return [(each.association.acronym, each.state) for each in found]

    assert states(101) == [("WSA", ""), ("OTHER", "")], "nobody says what it is"
    assert states(100) == [("WSA", "dormant"), ("OTHER", "")]
    assert states(20) == [("WSA", "active"), ("OTHER", "")]
    assert states(0) == [("OTHER", ""), ("WSA", "closed")], "closed ones stand last"
    with time_machine.travel(NOW, tick=False):
        page = client.get("/associations/").content.decode()
    assert "closed since 23 April 2027" in page
    assert "It became a journal." in page
    assert not other.events.exists()


@pytest.mark.parametrize(
    ("state", "days_ago", "because", "told"),
    [
        ("dormant", 0, " ", "Say why"),
        ("asleep", 0, "Why", "Choose one"),
        ("dormant", -1, "Why", "until today"),
        ("dormant", 30, "Why", "until today"),
        ("active", 0, "Why", "so already"),
    ],
)
def test_what_cannot_be_is_refused(state: str, days_ago: int, because: str, told: str) -> None:
    association = make_association()
    record(association, "dormant", DAY - dt.timedelta(days=20))
    record(association, "active", DAY - dt.timedelta(days=10))
    with pytest.raises(BadInput, match=told):
        record(association, state, DAY - dt.timedelta(days=days_ago), because)


def test_after_its_end_nothing_is_recorded_and_nothing_is_changed() -> None:
    association = make_association()
    record(association, "closed", DAY)
    with pytest.raises(BadInput, match="entered anew"):
        record(association, "active", DAY)
    with pytest.raises(ProgrammingError), transaction.atomic():
        AssociationEvent.objects.update(because="Another reason")


@pytest.mark.parametrize(
    ("name", "changed", "told"),
    [
        (" ", {}, "where it is written"),
        ("Water", {"source": ""}, "where it is written"),
        ("Water", {"recognised": "last year"}, "neither a year nor a day"),
        ("Water", {"launched": "2019-02-30"}, "neither a year nor a day"),
        ("Water", {}, "is there already"),
        ("Water", {"acronym": "x" * 21}, "1 too many"),
    ],
)
def test_what_is_no_association_is_refused(name: str, changed: dict[str, str], told: str) -> None:
    make_association()
    with pytest.raises(BadInput, match=told):
        enter_association(name=name, facts=FACTS | changed, actor=SETUP, now=NOW)


def test_a_name_without_latin_letters_has_an_address_too() -> None:
    made = enter_association(name="减贫与发展", facts={"source": "x"}, actor=SETUP, now=NOW)
    assert made.code


def test_working_groups_come_and_go() -> None:
    association = make_association()
    facts: dict[str, Any] = {"association": association, "actor": SETUP, "now": NOW}
    group = add_association_group(name="Lakes", on=DAY, **facts)
    for name, told in (("Lakes", "of this name"), (" ", "a name")):
        with pytest.raises(BadInput, match=told):
            add_association_group(name=name, on=DAY, **facts)
    assert associations_on(DAY)[0].groups == ("Lakes",)
    assert associations_on(DAY - dt.timedelta(days=1))[0].groups == ()
    with pytest.raises(BadInput, match="begins later"):
        end_association_group(group=group, on=DAY - dt.timedelta(days=1), actor=SETUP, now=NOW)
    end_association_group(group=group, on=DAY, actor=SETUP, now=NOW)
    assert associations_on(DAY)[0].groups == ()
    with pytest.raises(BadInput, match="is over"):
        end_association_group(group=group, on=DAY, actor=SETUP, now=NOW)


def test_an_officer_does_all_of_it_by_pages_and_strangers_nothing(client: Client) -> None:
    officer, stranger = make_officer(), make_person("Nobody").account
    assert stranger is not None
    with time_machine.travel(NOW, tick=False):
        client.force_login(officer)
        assert "Enter it" in client.get("/associations/new/").content.decode()
        wrong = client.post("/associations/new/", {"name": "Water and soil"})
        assert "where it is written" in wrong.content.decode()
        assert 'value="Water and soil"' in wrong.content.decode()
        assert client.post("/associations/new/", {"name": "Water", **FACTS}).status_code == 302
        own = "/associations/wsa/keep/"
        assert f'href="{own}"' in client.get("/associations/").content.decode()
        assert "Nothing is written down yet." in client.get(own).content.decode()
        client.post(own, {"group": "Lakes", "on": DAY.isoformat()})
        (group,) = Association.objects.get().groups.all()
        assert "Lakes" in client.get("/associations/").content.decode()
        client.post(own, {"end": group.pk, "on": DAY.isoformat()})
        posted = {"state": "dormant", "on": DAY.isoformat(), "because": ""}
        assert "Say why" in client.post(own, posted).content.decode()
        client.post(own, posted | {"because": "Nobody leads it."})
        page = client.get(own).content.decode()
        assert "Nobody leads it." in page
        client.force_login(stranger)
        assert client.get(own).status_code == 403
        assert client.get("/associations/new/").status_code == 403
    with pytest.raises(Refused):
        enter_association(name="Water", facts=FACTS, actor=stranger, now=NOW)
