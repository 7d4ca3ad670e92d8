"""The shipped facts of directory and governance arrive completely, and only once."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from anso.audit.models import Entry
from anso.directory.actions.reference import load_organisations
from anso.directory.models import Country, CountryClass, Organisation, Person
from anso.directory.queries import country_classes_on
from anso.directory.reference import TABLES, reference_rows
from anso.governance.actions import end_mandate, end_membership
from anso.governance.actions.reference import load_mandates, load_members
from anso.governance.models import Body, Mandate, Membership
from anso.governance.queries import bodies_on, mandates_on, members_on
from anso.kernel.actors import SETUP
from anso.programmes.catalogue import KINDS
from anso.programmes.models import Programme
from tests.factories.directory import make_person
from tests.factories.governance import make_mandate

pytestmark = pytest.mark.django_db
FOUNDED = dt.date(2018, 11, 5)


@pytest.fixture
def loaded() -> None:
    call_command("load_reference", verbosity=0)


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count()
        for model in (
            Country,
            CountryClass,
            Body,
            Mandate,
            Programme,
            Entry,
            Organisation,
            Person,
            Membership,
        )
    )


def test_loading_twice_changes_nothing(loaded: None) -> None:
    before = counts()
    call_command("load_reference", verbosity=0)
    assert counts() == before
    assert before[0] == 250
    assert before[4] == len(KINDS)


def test_there_are_37_founding_members_in_the_order_of_the_plan(loaded: None) -> None:
    members = list(members_on(FOUNDED))
    assert [member.number for member in members] == list(range(1, 38))
    assert all(member.organisation.latitude is not None for member in members)


def test_a_class_of_a_country_is_read_as_of_its_day(loaded: None) -> None:
    before, after = (
        country_classes_on(dt.date(2023, 12, 12)),
        country_classes_on(dt.date(2023, 12, 13)),
    )
    assert "LDC" in before["BT"]
    assert "LDC" not in after["BT"]
    assert "LDC" in country_classes_on(dt.date(2026, 11, 23))["NP"]
    assert "LDC" not in country_classes_on(dt.date(2026, 11, 24))["NP"]


def test_the_board_has_nine_seats_of_organisations(loaded: None) -> None:
    board = Body.objects.get(code="governing-board")
    assert board.seat_count == 9
    assert board in bodies_on(FOUNDED)
    first = mandates_on(dt.date(2019, 1, 1)).filter(body=board)
    assert first.count() == 9
    assert all(mandate.organisation_id for mandate in first)


def load() -> str:
    said = StringIO()
    call_command("load_reference", stdout=said)
    return said.getvalue()


def ship(monkeypatch: pytest.MonkeyPatch, table: str, change: Callable[[list[Any]], None]) -> None:
    """A newer release whose shipped table is changed."""
    rows = {name: reference_rows(name) for name in TABLES}
    change(rows[table])
    for place in ("directory.actions.reference", "governance.actions.reference"):
        monkeypatch.setattr(f"anso.{place}.reference_rows", lambda name: copy.deepcopy(rows[name]))


def row_of(rows: list[Any], **facts: Any) -> Any:
    return next(row for row in rows if facts.items() <= row.items())


def test_what_staff_changed_stays_and_is_told_and_the_rest_follows_a_newer_release(
    loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    board = Body.objects.get(code="governing-board")
    board.seat_count, board.purpose = 11, {"en": "As the Assembly of 2026 wants it."}
    board.save()
    Organisation.objects.filter(acronym="CAS").update(city="Huairou")
    Membership.objects.filter(organisation__acronym="CAS").update(number=99)

    def newer(rows: list[Any]) -> None:
        shipped = row_of(rows, code="governing-board")
        shipped["name"]["en"], shipped["seat_count"] = "Board", 10

    ship(monkeypatch, "bodies", newer)
    said = load()
    board.refresh_from_db()
    assert (board.seat_count, board.purpose["en"]) == (11, "As the Assembly of 2026 wants it.")
    assert board.name["en"] == "Board", "nobody changed the name, so it follows"
    assert Organisation.objects.get(acronym="CAS").city == "Huairou"
    assert "bodies, governing-board: seat_count is '11' here, '10' as shipped" in said
    assert "city is 'Huairou' here, 'Beijing' as shipped" in said
    assert "number is '99' here" in said
    assert said.count("stays as it is here") == 4
    assert load() == said, "and so each time"


def test_a_renamed_row_is_not_brought_a_second_time_and_a_deleted_one_stays_away(
    loaded: None,
) -> None:
    before = counts()
    Organisation.objects.filter(acronym="CAS").update(name="Academy of Sciences of China")
    Person.objects.filter(full_name="Chunli Bai").update(full_name="Bai Chunli")
    Body.objects.get(code="working-group").delete()
    said = load()
    assert counts() == (*before[:2], before[2] - 1, *before[3:])
    assert Person.objects.filter(full_name__contains="Bai").count() == 1
    assert "bodies, working-group: was deleted here" in said
    assert "name is 'Academy of Sciences of China' here" in said


def test_a_mandate_that_people_gave_stays_and_a_shipped_one_that_contradicts_it_is_told(
    loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    division = Body.objects.get(code="capacity-building")
    given = make_mandate(make_person("Nadia Okoye"), "chair", division)

    def newer(rows: list[Any]) -> None:
        shipped = dict(row_of(rows, person="Weidong Liu"))
        rows.append(shipped | {"body": "capacity-building", "role": "chair"})

    ship(monkeypatch, "mandates", newer)
    said = load()
    assert "Nadia Okoye holds it since 2019-01-01" in said
    assert division.mandates.get() == given


def test_a_mandate_that_was_ended_here_is_not_opened_again(loaded: None) -> None:
    now = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    held = Mandate.objects.get(person__full_name="Weidong Liu")
    end_mandate(mandate=held, because="A successor was named.", actor=SETUP, now=now)
    assert "ends_on is '2026-12-01' here, 'None' as shipped" in load()
    held.refresh_from_db()
    assert held.ends_on == dt.date(2026, 12, 1)


def test_a_member_that_left_is_not_admitted_again(loaded: None) -> None:
    now = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
    gone = Membership.objects.get(organisation__acronym="CAS")
    end_membership(membership=gone, on=dt.date(2026, 1, 1), because="Notice", actor=SETUP, now=now)
    assert "stays as it is here" not in load()
    assert not members_on(dt.date(2026, 12, 1)).filter(organisation__acronym="CAS").exists()
    assert gone.organisation.memberships.count() == 1


def test_a_corrected_class_moves_and_one_that_is_shipped_no_more_goes_unless_staff_changed_it(
    loaded: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = CountryClass.objects.get(country_id="AO", code="LDC")
    edited.source = "As the Secretariat reads the resolution"
    edited.save()

    def newer(rows: list[Any]) -> None:
        row_of(rows, country="BT", code="LDC")["ends_before"] = "2024-02-01"
        rows.append(
            {
                "country": "BT",
                "code": "LDC",
                "starts_on": "2024-02-01",
                "ends_before": None,
                "source": "A correction",
            }
        )
        rows.remove(row_of(rows, country="AO", code="LDC"))
        rows.remove(row_of(rows, country="NP", code="LDC"))

    ship(monkeypatch, "country_classes", newer)
    said = load()
    connection.check_constraints()
    periods = CountryClass.objects.filter(country_id="BT", code="LDC").order_by("period")
    assert [each.period.upper for each in periods] == [dt.date(2024, 2, 1), None]
    assert not CountryClass.objects.filter(country_id="NP", code="LDC").exists()
    assert CountryClass.objects.get(pk=edited.pk).source == edited.source
    assert "country_classes, AO LDC 1: is shipped no more" in said


def test_what_an_organisation_was_called_before_is_no_reason_to_lose_its_seats(
    loaded: None,
) -> None:
    organisation = Organisation.objects.get(acronym="JKUAT")
    Organisation.objects.filter(pk=organisation.pk).update(acronym="JU", name="Jomo University")
    load()
    assert organisation.mandates.count() == 1
    assert organisation.memberships.count() == 1


def test_what_the_shipped_rows_need_and_is_not_here_is_left_out(now: dt.datetime) -> None:
    call_command("load_reference", verbosity=0)
    members = Membership.objects.count()
    assert load_members(organisations={}, actor=SETUP, now=now) == []
    assert Membership.objects.count() == members
    left_out = load_mandates(organisations={}, actor=SETUP, now=now)
    assert left_out, "rows whose organisation or person is missing are told"


def test_an_organisation_that_staff_deleted_is_not_brought_back(now: dt.datetime) -> None:
    call_command("load_reference", verbosity=0)
    free = Organisation.objects.filter(memberships=None, mandates=None, affiliations=None).first()
    assert free is not None
    free.delete()
    named, _differences = load_organisations()
    assert free.name not in named


def test_a_mandate_of_somebody_whom_staff_deleted_is_left_out_and_told(now: dt.datetime) -> None:
    call_command("load_reference", verbosity=0)
    held = Mandate.objects.filter(person__isnull=False).select_related("person").first()
    assert held is not None
    person = held.person
    assert person is not None
    Mandate.objects.filter(person=person).delete()
    person.delete()
    named, _ = load_organisations()
    load_mandates(organisations=named, actor=SETUP, now=now)
    assert not Mandate.objects.filter(person__full_name=person.full_name).exists()
