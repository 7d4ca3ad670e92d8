"""How a real installation gets its officers, chairs and auditors, and how they leave."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from anso.accounts.models import Account
from anso.audit.queries import entries_about
from anso.governance.actions import end_mandate, give_mandate, set_up_body
from anso.governance.models import Body, Mandate
from anso.governance.queries import (
    has_mandate,
    is_auditor,
    is_secretariat,
    mandates_by_term,
    mandates_of_organisation,
)
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from tests.cast import Cast
from tests.factories.directory import make_organisation, make_person
from tests.factories.governance import make_body, make_mandate

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def test_first_officer_of_a_house_is_given_an_account_a_second_factor_and_rights_from_today(
    now: dt.datetime,
) -> None:
    body = make_body("secretariat")
    mandate = give_mandate(
        email="ana@anso.example",
        full_name=" Ana \u202eLúcia ",
        role="programme_officer",
        body=body,
        actor=SETUP,
        now=now,
    )
    account = Account.objects.get()
    assert (account.is_staff, mandate.person.full_name) == (True, "Ana Lúcia")
    assert is_secretariat(account, now)
    assert [entry.verb for entry in entries_about(mandate)] == ["give_mandate"]
    assert [entry.verb for entry in entries_about(account)] == [
        "create_account",
        "require_second_factor",
    ]


def test_somebody_known_keeps_account_and_name_and_serves_in_several_bodies(
    cast: Cast, now: dt.datetime
) -> None:
    audit, panel = (
        make_body("audit", code="other-audit"),
        set_up_body(code="prize-jury", kind="panel", name={"en": "Jury"}, actor=SETUP, now=now),
    )
    for role, body in (("auditor", audit), ("chair", panel)):
        give_mandate(
            email="Stranger@cast.example",
            full_name="Somebody Else",
            role=role,
            body=body,
            actor=SETUP,
            now=now,
        )
    cast.stranger.refresh_from_db()
    assert cast.stranger.person.full_name == "Nurlan Abenov"
    assert is_auditor(cast.stranger, now)
    assert not cast.stranger.is_staff


@pytest.mark.parametrize(
    ("role", "days", "words"),
    [
        ("emperor", None, "no role"),
        ("chair", 0, "later than it begins"),
        ("auditor", None, "already"),
    ],
)
def test_mandate_that_cannot_be_is_refused(
    cast: Cast, now: dt.datetime, role: str, days: int | None, words: str
) -> None:
    body = Body.objects.get(code="audit")
    ends_on = None if days is None else now.date() + days * DAY
    with pytest.raises(BadInput, match=words):
        give_mandate(
            email="auditor@cast.example",
            full_name="",
            role=role,
            body=body,
            ends_on=ends_on,
            actor=SETUP,
            now=now,
        )


@pytest.mark.parametrize(
    ("code", "kind"), [("audit", "audit"), ("Ünsafe", "panel"), ("fine", "throne")]
)
def test_body_that_cannot_be_is_refused(cast: Cast, now: dt.datetime, code: str, kind: str) -> None:
    with pytest.raises(BadInput):
        set_up_body(code=code, kind=kind, name={}, actor=SETUP, now=now)


def test_rights_end_with_the_mandate_at_once_even_on_its_first_day(
    cast: Cast, now: dt.datetime
) -> None:
    today = give_mandate(
        email="new@anso.example",
        full_name="",
        role="auditor",
        body=Body.objects.get(code="audit"),
        actor=SETUP,
        now=now,
    )
    for mandate in (today, Mandate.objects.get(role="auditor", person=cast.auditor.person)):
        account = mandate.person.account
        assert account is not None
        ended = end_mandate(mandate=mandate, actor=SETUP, now=now)
        assert not is_auditor(account, now)
        with pytest.raises(BadInput, match="ended already"):
            end_mandate(mandate=ended, actor=SETUP, now=now)


@pytest.mark.parametrize(
    ("changes", "is_refused"),
    [
        ({}, True),
        ({"starts_on": dt.date(2025, 12, 31), "ends_on": dt.date(2026, 1, 2)}, True),
        ({"starts_on": dt.date(2026, 1, 1), "ends_on": None}, False),
        ({"starts_on": dt.date(2019, 1, 1), "ends_on": dt.date(2024, 1, 1)}, False),
        ({"ends_on": dt.date(2024, 1, 1)}, False),
        ({"role": "delegate"}, False),
        ({"body": None}, False),
        ({"person": None}, False),
    ],
    ids=["same", "overlap", "after", "before", "empty", "role", "body", "person"],
)
def test_the_database_refuses_the_same_mandate_twice_at_a_time(
    cast: Cast, changes: dict[str, Any], is_refused: bool
) -> None:
    held: dict[str, Any] = {
        "person": cast.stranger.person,
        "body": make_body("working_group"),
        "role": "member",
        "starts_on": dt.date(2024, 1, 1),
        "ends_on": dt.date(2026, 1, 1),
    }
    Mandate.objects.create(**held)
    others = {"body": make_body("working_group"), "person": cast.referee.person}
    changed = {name: value or others.get(name) for name, value in changes.items()}
    if is_refused:
        with pytest.raises(IntegrityError, match="once_per_person"), transaction.atomic():
            Mandate.objects.create(**(held | changed))
    else:
        Mandate.objects.create(**(held | changed))


def test_the_database_refuses_two_seats_of_one_organisation_in_one_role(cast: Cast) -> None:
    board, organisation = make_body("board"), make_organisation()
    seat: dict[str, Any] = {"body": board, "role": "member", "organisation": organisation}
    seat |= {"is_seat_of_organisation": True, "starts_on": dt.date(2024, 1, 1)}
    Mandate.objects.create(**seat)
    with pytest.raises(IntegrityError, match="once_per_organisation"), transaction.atomic():
        Mandate.objects.create(**seat, person=cast.stranger.person)
    experts = seat | {"body": make_body("working_group"), "is_seat_of_organisation": False}
    for account in (cast.stranger, cast.referee):
        Mandate.objects.create(**experts, person=account.person)


@pytest.mark.parametrize("role", ["president", "chair", "executive_director"])
def test_some_roles_have_one_holder_at_a_time(cast: Cast, now: dt.datetime, role: str) -> None:
    body = make_body("panel")
    first = give_mandate(
        email="first@cast.example", full_name="Ana", role=role, body=body, actor=SETUP, now=now
    )
    second: dict[str, Any] = {
        "email": "second@cast.example",
        "full_name": "Bo",
        "role": role,
        "body": body,
    }
    with pytest.raises(BadInput, match="Ana holds this role"):
        give_mandate(**second, actor=SETUP, now=now)
    with pytest.raises(IntegrityError, match="one_holder"), transaction.atomic():
        make_mandate(cast.stranger.person, role, body)
    end_mandate(mandate=first, because="Retired.", actor=SETUP, now=now)
    assert give_mandate(**second, actor=SETUP, now=now).starts_on == now.date()
    for each in ("third@cast.example", "fourth@cast.example"):
        give_mandate(email=each, full_name="", role="member", body=body, actor=SETUP, now=now)
    assert body.mandates.count() == 4


def test_a_mandate_that_was_taken_back_on_its_first_day_is_shown_nowhere(
    cast: Cast, now: dt.datetime
) -> None:
    board, organisation = make_body("board"), make_organisation()
    held = make_mandate(
        cast.stranger.person, "chair", board, organisation=organisation, starts_on=now.date()
    )
    assert len(mandates_by_term(board)) == 1
    ended = end_mandate(mandate=held, actor=SETUP, now=now)
    assert ended.starts_on == ended.ends_on == now.date(), "the record says what it was"
    assert mandates_by_term(board) == []
    assert not mandates_of_organisation(organisation).exists()


def test_a_mandate_of_a_day_to_come_is_ended_before_it_begins(cast: Cast, now: dt.datetime) -> None:
    held = make_mandate(
        cast.stranger.person, "member", make_body("board"), starts_on=now.date() + 30 * DAY
    )
    assert end_mandate(mandate=held, actor=SETUP, now=now).ends_on == held.starts_on


def run(*words: str) -> str:
    said = StringIO()
    call_command("mandates", *words, stdout=said)
    return said.getvalue()


def test_an_operator_sets_up_a_panel_gives_it_a_chair_and_lets_the_chair_go() -> None:
    run("body", "fellowship-panel", "panel", "Fellowship panel")
    assert "li@panel.example" in run(
        "give",
        "li@panel.example",
        "chair",
        "fellowship-panel",
        "--name",
        "李雨桐",
        "--until",
        "2999-01-01",
    )
    listed = run("list")
    mandate = Mandate.objects.get()
    assert f"{mandate.reference}  chair  李雨桐 <li@panel.example>" in listed
    assert "no longer chair" in run("end", mandate.reference)
    assert "chair" not in run("list")
    account = Account.objects.get()
    assert not has_mandate(account, "chair", now=timezone.now())  # type: ignore[arg-type]  # the word of the role


def test_an_operator_finds_whoever_holds_an_office_without_an_account_and_follows_them() -> None:
    """As in a fresh installation, whose office-holders are shipped and have no account."""
    body = make_body("secretariat")
    held = make_mandate(
        make_person("The former director", account=None), "executive_director", body
    )
    assert f"{held.reference}  executive_director  The former director <no account>" in run("list")
    run("end", held.reference)
    run("give", "new@example.org", "executive_director", body.code, "--name", "The new director")
    assert "The new director <new@example.org>" in run("list")


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("give", "a@b.example", "chair", "nowhere"), "There is no body"),
        (("end", "nothing"), "There is no mandate"),
        (("body", "BAD CODE", "panel", "x"), "is taken, or is not a code"),
    ],
)
def test_operator_reads_in_a_sentence_what_was_wrong(words: tuple[str, ...], answer: str) -> None:
    with pytest.raises(CommandError, match=answer):
        run(*words)
