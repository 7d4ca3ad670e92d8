"""The record refuses changes; and where somebody forces one behind its back, the verifier names
it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from anso.accounts.models import Account
from anso.audit.actions import record_entry, seal_entries
from anso.audit.models import Checkpoint, Entry, SealedEntry, UnsealedEntry
from anso.audit.queries import entry_fields, get_latest_checkpoint, verify_record
from anso.kernel.sealing import GENESIS, checkpoint_root, entry_hash, merkle_root
from tests.factories.directory import make_account

pytestmark = pytest.mark.django_db
TABLES = ("audit_entry", "audit_checkpoint", "audit_sealedentry")


@contextmanager
def behind_its_back() -> Iterator[Any]:
    """As somebody with full rights on the database would: the guards off, the changes made, the
    guards on again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {table}_append_only")
        yield cursor
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {table}_append_only")


@contextmanager
def guards_off(trigger: str) -> Iterator[Any]:
    """The same for the queue of what waits for a seal."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE audit_unsealedentry DISABLE TRIGGER {trigger}")
        yield cursor
        cursor.execute(f"ALTER TABLE audit_unsealedentry ENABLE TRIGGER {trigger}")


@pytest.fixture
def accounts(now: dt.datetime) -> tuple[Account, Account]:
    """Two chains of four entries, interleaved, under two seals, and one entry that is not sealed
    yet.
    """
    one, two = make_account("one@example.org"), make_account("two@example.org")
    for step in range(4):
        for account in (one, two):
            at = now + dt.timedelta(seconds=step)
            record_entry(
                account,
                "change_call",
                actor=account,
                now=at,
                changes={"title": ["a", step]},
                because=f"step {step}",
            )
        if step % 2:
            seal_entries(now=now)
    record_entry(one, "change_call", actor=one, now=now)
    return one, two


def codes() -> set[str]:
    return {fault.code for fault in verify_record().faults}


def entry_of(account: Account, sequence: int) -> Entry:
    return Entry.objects.get(
        object_type="accounts.account", object_id=account.pk, sequence=sequence
    )


def test_record_that_nobody_touched_is_intact(accounts: tuple[Account, Account]) -> None:
    found = verify_record()
    assert found.is_intact
    assert (found.entry_count, found.chain_count, found.checkpoint_count, found.unsealed_count) == (
        9,
        2,
        2,
        1,
    )
    latest = get_latest_checkpoint()
    assert latest is not None
    assert found.latest_root == latest.root
    assert verify_record(noted_root=Checkpoint.objects.get(number=1).root).is_intact


def test_record_without_events_is_intact() -> None:
    assert verify_record().is_intact


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_database_refuses_changes(
    table: str, statement: str, accounts: tuple[Account, Account]
) -> None:
    words = statement.format(table).replace(
        "SET id = id", "SET position = position" if table == "audit_sealedentry" else "SET id = id"
    )
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(words)


FIELDS = {
    "verb": "'other_verb'",
    "actor_label": "'somebody else'",
    "because": "'another reason'",
    "object_label": "'another name'",
    "mandate": "'another mandate'",
    "on_behalf_of": "'somebody'",
    "actor_id": "NULL",
    "at": "at + interval '1 microsecond'",
    "changes": """'{"title": ["a", "b"]}'::jsonb""",
}


@pytest.mark.parametrize("field", FIELDS)
def test_altered_field_is_found(field: str, accounts: tuple[Account, Account]) -> None:
    target = entry_of(accounts[0], 2)
    with behind_its_back() as cursor:
        cursor.execute(
            f"UPDATE audit_entry SET {field} = {FIELDS[field]} WHERE id = %s", [target.pk]
        )
    faults = verify_record().faults
    assert [(fault.code, str(fault.place)) for fault in faults] == [
        ("altered", f"accounts.account {accounts[0].pk}, entry 2")
    ]


def test_altered_field_with_a_new_hash_is_found_by_the_chain_and_the_seal(
    accounts: tuple[Account, Account],
) -> None:
    target = entry_of(accounts[0], 2)
    target.because = "another reason"
    with behind_its_back() as cursor:
        new = entry_hash(entry_fields(target), target.previous_hash)
        cursor.execute(
            "UPDATE audit_entry SET because = %s, hash = %s WHERE id = %s",
            [target.because, new, target.pk],
        )
    places = {(fault.code, str(fault.place)) for fault in verify_record().faults}
    assert places == {
        ("reordered", f"accounts.account {accounts[0].pk}, entry 3"),
        ("altered", "checkpoint 1"),
    }


def rewrite_chain(account: Account) -> None:
    """Alter the first entry and hash the whole chain anew: consistent in itself."""
    chain = list(
        Entry.objects.filter(object_id=account.pk, object_type="accounts.account").order_by(
            "sequence"
        )
    )
    chain[0].because, previous = "another reason", "0" * 64
    with behind_its_back() as cursor:
        for entry in chain:
            entry.previous_hash, entry.hash = previous, entry_hash(entry_fields(entry), previous)
            previous = entry.hash
            cursor.execute(
                "UPDATE audit_entry SET because = %s, previous_hash = %s, hash = %s WHERE id = %s",
                [entry.because, entry.previous_hash, entry.hash, entry.pk],
            )


def test_chain_rewritten_to_its_end_is_found_by_the_seals(
    accounts: tuple[Account, Account],
) -> None:
    rewrite_chain(accounts[0])
    assert {(fault.code, str(fault.place)) for fault in verify_record().faults} == {
        ("altered", "checkpoint 1"),
        ("altered", "checkpoint 2"),
    }


def test_record_rewritten_as_a_whole_is_found_by_a_root_noted_elsewhere(
    accounts: tuple[Account, Account],
) -> None:
    noted = Checkpoint.objects.get(number=2).root
    rewrite_chain(accounts[0])
    previous = "0" * 64
    with behind_its_back() as cursor:
        for seal in Checkpoint.objects.order_by("number"):
            merkle = merkle_root(
                list(
                    SealedEntry.objects.filter(checkpoint=seal)
                    .order_by("position")
                    .values_list("entry__hash", flat=True)
                )
            )
            root = checkpoint_root(seal.number, merkle, previous)
            cursor.execute(
                "UPDATE audit_checkpoint SET merkle_root = %s, previous_root = %s, root = %s WHERE"
                " id = %s",
                [merkle, previous, root, seal.pk],
            )
            previous = root
    assert verify_record().is_intact
    assert [fault.code for fault in verify_record(noted_root=noted).faults] == ["rewritten"]


def test_removed_event_in_the_middle_is_found(accounts: tuple[Account, Account]) -> None:
    target = entry_of(accounts[0], 2)
    with behind_its_back() as cursor:
        cursor.execute("DELETE FROM audit_sealedentry WHERE entry_id = %s", [target.pk])
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [target.pk])
    places = [(fault.code, str(fault.place)) for fault in verify_record().faults]
    assert places == [
        ("missing", f"accounts.account {accounts[0].pk}, entry 2"),
        ("missing", "checkpoint 1, place 3"),
    ]


def test_removed_last_event_of_a_chain_is_found_by_its_seal(
    accounts: tuple[Account, Account],
) -> None:
    target = entry_of(accounts[1], 4)
    with behind_its_back() as cursor:
        cursor.execute("DELETE FROM audit_sealedentry WHERE entry_id = %s", [target.pk])
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [target.pk])
    assert [(fault.code, str(fault.place)) for fault in verify_record().faults] == [
        ("missing", "checkpoint 2, place 4")
    ]


def test_whole_chain_that_vanished_is_found(accounts: tuple[Account, Account]) -> None:
    ids = list(Entry.objects.filter(object_id=accounts[1].pk).values_list("id", flat=True))
    with behind_its_back() as cursor:
        cursor.execute("DELETE FROM audit_sealedentry WHERE entry_id = ANY(%s)", [ids])
        cursor.execute("DELETE FROM audit_entry WHERE id = ANY(%s)", [ids])
    assert codes() == {"missing"}
    assert len(verify_record().faults) == 4


def test_swapped_events_are_found(accounts: tuple[Account, Account]) -> None:
    second, third = entry_of(accounts[0], 2), entry_of(accounts[0], 3)
    with behind_its_back() as cursor:
        for sequence, entry in ((99, second), (2, third), (3, second)):
            cursor.execute(
                "UPDATE audit_entry SET sequence = %s WHERE id = %s", [sequence, entry.pk]
            )
    assert {"altered", "reordered"} <= codes()


def test_inserted_event_is_found(accounts: tuple[Account, Account]) -> None:
    last = entry_of(accounts[1], 4)
    forged = Entry(
        **{
            name: getattr(last, name)
            for name in ("object_type", "object_id", "object_label", "actor", "actor_label", "at")
        }
    )
    forged.sequence, forged.verb, forged.previous_hash, forged.hash = (
        5,
        "accept_offer",
        "1" * 64,
        "2" * 64,
    )
    forged.save()
    assert codes() == {"altered", "reordered"}


def test_event_slipped_under_an_old_seal_is_found(accounts: tuple[Account, Account]) -> None:
    unsealed = entry_of(accounts[0], 5)
    SealedEntry.objects.create(
        entry=unsealed, checkpoint=Checkpoint.objects.get(number=1), position=4
    )
    assert [(fault.code, str(fault.place)) for fault in verify_record().faults] == [
        ("altered", "checkpoint 1"),
        ("altered", f"row {unsealed.pk} of the record"),
    ]


@pytest.mark.parametrize("number", [1, 2])
def test_removed_seal_is_found_also_when_it_was_the_last(
    number: int, accounts: tuple[Account, Account]
) -> None:
    """Foreign keys forbid it too; whoever owns the tables can drop them."""
    with behind_its_back() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'audit_sealedentry'::regclass AND"
            " confrelid = 'audit_checkpoint'::regclass"
        )
        for (name,) in cursor.fetchall():
            cursor.execute(f"ALTER TABLE audit_sealedentry DROP CONSTRAINT {name}")
        cursor.execute("DELETE FROM audit_checkpoint WHERE number = %s", [number])
    assert [(fault.code, str(fault.place)) for fault in verify_record().faults] == [
        ("missing", f"checkpoint {number}")
    ]


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        (
            "UPDATE audit_checkpoint SET root = repeat('a', 64) WHERE number = 1",
            {("altered", "checkpoint 1"), ("reordered", "checkpoint 2")},
        ),
        (
            "UPDATE audit_checkpoint SET merkle_root = repeat('a', 64) WHERE number = 2",
            {("altered", "checkpoint 2")},
        ),
        (
            "UPDATE audit_checkpoint SET previous_root = repeat('a', 64) WHERE number = 2",
            {("altered", "checkpoint 2"), ("reordered", "checkpoint 2")},
        ),
        (
            "UPDATE audit_checkpoint SET number = 3 WHERE number = 2",
            {("altered", "checkpoint 3"), ("missing", "checkpoint 2")},
        ),
        (
            "UPDATE audit_checkpoint SET entry_count = 3 WHERE number = 1",
            {("altered", "checkpoint 1")},
        ),
        (
            "UPDATE audit_sealedentry SET position = 100 - position",
            {("missing", f"checkpoint {c}, place {p}") for c in (1, 2) for p in (1, 2, 3, 4)},
        ),
    ],
)
def test_altered_seal_is_found(
    words: str, faults: set[tuple[str, str]], accounts: tuple[Account, Account]
) -> None:
    with behind_its_back() as cursor:
        cursor.execute(words)
    assert {(fault.code, str(fault.place)) for fault in verify_record().faults} == faults


def test_entry_hidden_from_sealing_is_found(accounts: tuple[Account, Account]) -> None:
    """Without a seal and out of the queue it could be altered later, and no root would show it."""
    hidden = entry_of(accounts[0], 5)
    with guards_off("audit_unsealedentry_kept_until_sealed") as cursor:
        cursor.execute("DELETE FROM audit_unsealedentry WHERE entry_id = %s", [hidden.pk])
    assert [(fault.code, str(fault.place)) for fault in verify_record().faults] == [
        ("left out", f"accounts.account {accounts[0].pk}, entry 5")
    ]


def test_entry_removed_before_its_seal_is_found(accounts: tuple[Account, Account]) -> None:
    """The last of its chain: only the queue still knows of it."""
    removed = entry_of(accounts[0], 5)
    with behind_its_back() as cursor:
        cursor.execute("DELETE FROM audit_entry WHERE id = %s", [removed.pk])
    assert [(fault.code, str(fault.place)) for fault in verify_record().faults] == [
        ("missing", f"row {removed.pk} of the record")
    ]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM audit_unsealedentry",
        "UPDATE audit_unsealedentry SET entry_id = entry_id + 1000",
    ],
)
def test_nothing_leaves_the_queue_without_a_seal(
    statement: str, accounts: tuple[Account, Account], now: dt.datetime
) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify_record().unsealed_count == 1
    seal_entries(now=now)
    assert verify_record().unsealed_count == 0


def test_whoever_writes_an_entry_it_waits_for_a_seal(now: dt.datetime) -> None:
    """Also one that no function of ours wrote."""
    fields = {"object_type": "calls.call", "at": now, "verb": "x", "previous_hash": GENESIS}
    Entry.objects.bulk_create(
        Entry(object_id=number, sequence=1, hash=GENESIS, **fields) for number in range(3)
    )
    assert UnsealedEntry.objects.count() == 3


def test_command_says_that_all_is_well(accounts: tuple[Account, Account]) -> None:
    said = StringIO()
    call_command("verify_audit", stdout=said)
    assert "9 entries in 2 chains, 2 checkpoints, 1 entries not sealed yet." in said.getvalue()
    assert "intact" in said.getvalue()


def test_command_names_every_fault_and_fails(accounts: tuple[Account, Account]) -> None:
    with behind_its_back() as cursor:
        cursor.execute(
            "UPDATE audit_entry SET verb = 'x' WHERE id = %s", [entry_of(accounts[1], 3).pk]
        )
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_audit", stdout=StringIO(), stderr=said)
    assert ended.value.code == 1
    assert (
        f"ALTERED  accounts.account {accounts[1].pk}, entry 3: its content does not match its hash"
        in said.getvalue()
    )


def test_sealing_covers_each_entry_once(
    accounts: tuple[Account, Account], now: dt.datetime
) -> None:
    last = seal_entries(now=now)
    assert last is not None
    assert (last.number, last.entry_count) == (3, 1)
    assert seal_entries(now=now) is None
    assert verify_record().unsealed_count == 0


def test_fields_survive_the_database_as_they_were_hashed(now: dt.datetime) -> None:
    account = make_account()
    odd = {
        "naïve": ["é", "e\u0301"],
        "number": [1, 10**30],
        "nothing": [None, True],
        "nested": {"a": [now, dt.date(2024, 2, 29)]},
        "e": "😀",
    }
    record_entry(
        account,
        "change_call",
        actor=account,
        now=now.astimezone(dt.timezone(dt.timedelta(hours=14))),
        changes=json.loads(json.dumps(odd, default=str)),
    )
    assert verify_record().is_intact
