"""Sealing what is new under a checkpoint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import connection, transaction

from anso.audit.models import Checkpoint, Entry, SealedEntry, UnsealedEntry
from anso.kernel.sealing import GENESIS, checkpoint_root, merkle_root

# Any number that no other lock of this form uses; locks of chains have two halves and are another
# kind.
SEAL_LOCK = 7_310_001
SEALED_AT_ONCE = 5_000


@transaction.atomic
def seal_entries(*, now: dt.datetime) -> Checkpoint | None:
    """Seal all entries that no checkpoint covers yet. One process seals at a time; writers never
    wait. None when there is nothing new.

    Costs what there is to seal, however long the record is. What commits while this runs, or was
    written before and commits later, waits for the next seal.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEAL_LOCK])
    # Read once: what joins the queue from here on is neither hashed nor removed below.
    waiting = list(UnsealedEntry.objects.order_by("pk").values_list("pk", flat=True))
    if not waiting:
        return None
    last = Checkpoint.objects.order_by("-number").first()
    number, previous = (last.number + 1, last.root) if last else (1, GENESIS)
    merkle = merkle_root(_hashes_of(waiting))
    checkpoint = Checkpoint.objects.create(
        number=number,
        sealed_at=now,
        entry_count=len(waiting),
        merkle_root=merkle,
        previous_root=previous,
        root=checkpoint_root(number, merkle, previous),
    )
    SealedEntry.objects.bulk_create(
        (
            SealedEntry(entry_id=pk, checkpoint=checkpoint, position=place)
            for place, pk in enumerate(waiting)
        ),
        batch_size=SEALED_AT_ONCE,
    )
    # Only now: the database lets nothing leave the queue that has no seal.
    for part in _parts(waiting):
        UnsealedEntry.objects.filter(pk__in=part).delete()
    return checkpoint


def _hashes_of(waiting: Sequence[int]) -> list[str]:
    """The hashes of these entries, in this order.

    By their keys and not by a join with the queue: the queue is nearly always empty when the
    database looks at its size, so that it would plan to read the whole record beside it.
    """
    found: dict[int, str] = {}
    for part in _parts(waiting):
        found.update(Entry.objects.filter(pk__in=part).values_list("pk", "hash"))
    return [found[pk] for pk in waiting]


def _parts(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    return (keys[start : start + SEALED_AT_ONCE] for start in range(0, len(keys), SEALED_AT_ONCE))
