"""Sealing beside writers that have not committed: nobody waits for anybody, and no entry is left
out. Keys are given when an entry is written, not when it commits: that is the whole difficulty.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, connections, transaction

from anso.accounts.models import Account
from anso.audit.actions import record_entry, seal_entries
from anso.audit.models import Checkpoint, Entry, SealedEntry, UnsealedEntry
from anso.audit.queries import verify_record
from tests.factories.directory import make_account

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
WRITERS, ENTRIES, SEALERS = 6, 12, 2


def write(account: Account, now: dt.datetime) -> Entry:
    return record_entry(account, "change_call", actor=account, now=now)


@contextmanager
def elsewhere() -> Iterator[Callable[..., Any]]:
    """A connection of its own: what is called on it runs in another thread, one after another."""
    with ThreadPoolExecutor(1) as pool:

        def call(act: Callable[[], Any]) -> Any:
            # Whoever waits for a lock here waits for us: better a fault than a test that hangs.
            return pool.submit(act).result(timeout=30)

        yield call
        call(connections.close_all)


def begin() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")
    transaction.set_autocommit(False)


def commit() -> None:
    transaction.commit()
    transaction.set_autocommit(True)


def sealed_by(checkpoint: Checkpoint | None) -> set[int]:
    return set(SealedEntry.objects.filter(checkpoint=checkpoint).values_list("entry_id", flat=True))


def test_an_entry_that_commits_after_younger_ones_were_sealed_is_in_the_next_seal(
    now: dt.datetime,
) -> None:
    slow, quick = make_account("slow@example.org"), make_account("quick@example.org")
    with elsewhere() as late:
        late(begin)
        first = late(lambda: write(slow, now))
        second = write(quick, now)
        seal = seal_entries(now=now)  # does not wait for the writer, who is still busy
        late(commit)
    # What sealing "all above the last sealed one" would look at: not the late one.
    assert first.pk < second.pk
    assert list(Entry.objects.filter(pk__gt=max(sealed_by(seal)))) == []
    assert sealed_by(seal) == {second.pk}
    assert sealed_by(seal_entries(now=now)) == {first.pk}
    assert seal_entries(now=now) is None
    assert verify_record().is_intact


def test_writers_do_not_wait_for_a_seal_that_is_not_finished(now: dt.datetime) -> None:
    account = make_account()
    first = write(account, now)
    with elsewhere() as sealer:
        sealer(begin)
        seal = sealer(lambda: seal_entries(now=now))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '1s'")
            second = write(account, now)  # the same chain, even
        sealer(commit)
    assert sealed_by(seal) == {first.pk}
    assert sealed_by(seal_entries(now=now)) == {second.pk}
    assert verify_record().is_intact


def test_an_entry_whose_transaction_is_taken_back_is_never_sealed(now: dt.datetime) -> None:
    account = make_account()
    with transaction.atomic():
        write(account, now)
        transaction.set_rollback(True)
    assert seal_entries(now=now) is None
    assert UnsealedEntry.objects.count() == 0


def test_many_writers_and_two_sealers_leave_each_entry_under_just_one_seal(
    now: dt.datetime,
) -> None:
    accounts = [make_account(f"writer-{number}@example.org") for number in range(WRITERS)]
    start, done = threading.Barrier(WRITERS + SEALERS), threading.Event()

    def write_many(account: Account) -> None:
        start.wait()
        for _ in range(ENTRIES):
            with transaction.atomic():
                write(account, now)
                done.wait(random.random() / 50)  # commits later than others that began later
        connection.close()

    def seal_until_done() -> None:
        start.wait()
        while not done.is_set():
            seal_entries(now=now)
        connection.close()

    with ThreadPoolExecutor(WRITERS + SEALERS) as pool:
        sealing = [pool.submit(seal_until_done) for _ in range(SEALERS)]
        writing: list[Future[None]] = [pool.submit(write_many, account) for account in accounts]
        for each in writing:
            each.result(timeout=120)
        done.set()
        for each in sealing:
            each.result(timeout=120)
    assert Checkpoint.objects.count() > 1
    seal_entries(now=now)
    assert SealedEntry.objects.count() == Entry.objects.count() == WRITERS * ENTRIES
    assert UnsealedEntry.objects.count() == 0
    assert verify_record().is_intact
