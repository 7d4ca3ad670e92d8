"""What the record costs does not grow with its length."""

from __future__ import annotations

import datetime as dt

import pytest

from anso.audit.actions import record_entry, seal_entries
from anso.audit.models import SealedEntry
from anso.audit.queries import RecordFilter, entries_matching
from anso.kernel.actors import SETUP
from tests.buffers import buffers_of
from tests.factories.directory import make_account
from tests.factories.record import fill_record

pytestmark = pytest.mark.django_db
SHORT, LONG = 1_000, 20_000
# An index of a table that is twenty times as long may be one level deeper, for each look into it.
DEEPER = 30


def test_sealing_one_entry_costs_the_same_under_a_long_record(now: dt.datetime) -> None:
    account, touched = make_account(), {}
    seal_entries(now=now)
    for already, length in ((1, SHORT), (SHORT + 1, LONG)):
        fill_record(already, length, now=now)
        entry = record_entry(account, "create_account", actor=SETUP, now=now)
        touched[length] = buffers_of(lambda: seal_entries(now=now))
        assert SealedEntry.objects.get(entry=entry).checkpoint.entry_count == 1
    assert touched[LONG] <= touched[SHORT] + DEEPER


@pytest.mark.parametrize(
    "wanted",
    [
        RecordFilter(),
        RecordFilter(verb="create_account"),
        RecordFilter(verb="never_done"),
        RecordFilter(object_type="accounts.account"),
        RecordFilter(label="Nobody"),
        RecordFilter(actor="nobody@example.org"),
        RecordFilter(on=dt.date(2019, 1, 1)),
    ],
    ids=str,
)
def test_a_page_of_the_record_costs_the_same_of_a_long_one(
    wanted: RecordFilter, now: dt.datetime
) -> None:
    touched = {}
    for already, length in ((1, SHORT), (SHORT + 1, LONG)):
        record_entry(make_account(), "create_account", actor=SETUP, now=now)
        fill_record(already, length, now=now)
        touched[length] = buffers_of(lambda: list(entries_matching(wanted)[:101]))
    assert touched[LONG] <= touched[SHORT] + DEEPER
