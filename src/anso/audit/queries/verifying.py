"""Proving the record: every entry's hash, every object's chain, every seal, and the chain of seals.

Belongs here: finding and naming what is altered, missing or reordered. Does not: repairing, which
nobody may.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Exists, OuterRef

from anso.audit.models import Checkpoint, Entry, SealedEntry, UnsealedEntry
from anso.audit.queries.reading import count_unsealed, entry_fields
from anso.kernel.sealing import GENESIS, checkpoint_root, entry_hash, merkle_root
from anso.kernel.wording import Message
from anso.kernel.wording import gettext_noop as _

BATCH = 2000


@dataclass(frozen=True)
class Fault:
    """One place where the record is not what was written: which object and entry or which seal, and
    what is wrong with it. Words are made at the page.
    """

    code: str
    place: Message
    wrong: Message

    def __str__(self) -> str:
        return f"{self.place}: {self.wrong}"


@dataclass(frozen=True)
class Verification:
    """What a walk through the whole record found. ``is_intact`` exactly when there is no fault."""

    entry_count: int
    chain_count: int
    checkpoint_count: int
    unsealed_count: int
    latest_root: str
    faults: tuple[Fault, ...]

    @property
    def is_intact(self) -> bool:
        return not self.faults


def verify_record(*, noted_root: str = "") -> Verification:
    """Walk through all entries and seals and name every fault.

    ``noted_root`` is a root that somebody wrote down earlier: a record rewritten as a whole is
    consistent in itself, but lacks it. Reads the record in batches; takes some seconds for each
    hundred thousand entries.
    """
    entries = chains = 0
    faults: list[Fault] = []
    walk = Entry.objects.order_by("object_type", "object_id", "sequence", "id").iterator(
        chunk_size=BATCH
    )
    for _key, chain in groupby(walk, key=lambda entry: (entry.object_type, entry.object_id)):
        chains += 1
        for fault_or_entry in check_chain(chain):
            if isinstance(fault_or_entry, Fault):
                faults.append(fault_or_entry)
            else:
                entries += 1
    seals = list(Checkpoint.objects.order_by("number", "id"))
    faults.extend(check_seals(seals, noted_root))
    faults.extend(check_queue())
    return Verification(
        entries,
        chains,
        len(seals),
        count_unsealed(),
        seals[-1].root if seals else "",
        tuple(faults),
    )


def check_chain(chain: Iterable[Entry]) -> Iterator[Entry | Fault]:
    """Walk one object's entries in order; yields each entry, and the faults found at it."""
    previous, expected = GENESIS, 1
    for entry in chain:
        yield entry
        place = _place_of(entry, entry.sequence)
        if entry_hash(entry_fields(entry), entry.previous_hash) != entry.hash:
            yield _fault("altered", place, _("its content does not match its hash: it was altered"))
        if entry.sequence != expected:
            missing = _place_of(entry, expected)
            text = _("is missing: the next one on record is number %(n)d")
            yield _fault("missing", missing, text, n=entry.sequence)
        elif entry.previous_hash != previous:
            text = _(
                "does not follow the entry before it: one of the two was replaced or they were"
                " reordered"
            )
            yield _fault("reordered", place, text)
        previous, expected = entry.hash, entry.sequence + 1


def _fault(code: str, place: Message, text: str, **facts: int) -> Fault:
    return Fault(code, place, Message(code, text, facts))


def _place_of(entry: Entry, number: int) -> Message:
    facts = {"kind": entry.object_type, "key": entry.object_id, "n": number}
    return Message("entry", _("%(kind)s %(key)d, entry %(n)d"), facts)


def _place_of_seal(number: int) -> Message:
    return Message("seal", _("checkpoint %(n)d"), {"n": number})


def check_seals(seals: list[Checkpoint], noted_root: str) -> Iterator[Fault]:
    """Walk the chain of seals, each with its leaves. The instant of a seal is under no hash: who
    noted the root when proves that.
    """
    previous, expected = GENESIS, 1
    for seal in seals:
        place = _place_of_seal(seal.number)
        if seal.number != expected:
            text = _("is missing: the next one is number %(n)d")
            yield _fault("missing", _place_of_seal(expected), text, n=seal.number)
        elif seal.previous_root != previous:
            yield _fault("reordered", place, _("does not follow the checkpoint before it"))
        if checkpoint_root(seal.number, seal.merkle_root, seal.previous_root) != seal.root:
            yield _fault("altered", place, _("its root does not match its content: it was altered"))
        yield from check_leaves(seal, place)
        previous, expected = seal.root, seal.number + 1
    orphans = (
        SealedEntry.objects.filter(checkpoint_id__gt=seals[-1].pk if seals else 0)
        .values("checkpoint_id")
        .distinct()
    )
    for number in range(expected, expected + orphans.count()):
        text = _("is missing, but entries are still under its seal")
        yield _fault("missing", _place_of_seal(number), text)
    if noted_root and noted_root not in {seal.root for seal in seals}:
        text = _("has no checkpoint with the root that you noted: it was rewritten or cut off")
        yield _fault("rewritten", Message("record", _("the whole record")), text)


def check_leaves(seal: Checkpoint, place: Message) -> Iterator[Fault]:
    """The entries under one seal: all there, in their order, as they were when they were sealed."""
    rows = (
        SealedEntry.objects.filter(checkpoint=seal)
        .order_by("position")
        .values_list("position", "entry_id", "entry__hash")
    )
    leaves = list(rows.iterator(chunk_size=BATCH))
    here = {position for position, _entry, _hash in leaves}
    gaps = [position for position in range(seal.entry_count) if position not in here]
    for position in gaps:
        facts = {"seal": place, "n": position + 1}
        leaf = Message("leaf", _("%(seal)s, place %(n)d"), facts)
        yield _fault("missing", leaf, _("a sealed entry is missing"))
    if gaps:
        return
    if (
        len(leaves) != seal.entry_count
        or merkle_root([leaf for _position, _entry, leaf in leaves]) != seal.merkle_root
    ):
        text = _("its entries are not those that were sealed: one was altered, added or moved")
        yield _fault("altered", place, text)


def check_queue() -> Iterator[Fault]:
    """The entries that wait for a seal: just those that have none, and all of them there."""
    sealed = Exists(SealedEntry.objects.filter(pk=OuterRef("pk")))
    there = Exists(Entry.objects.filter(pk=OuterRef("pk")))
    for entry in Entry.objects.filter(~sealed, wait__isnull=True).order_by("pk").iterator():
        text = _("has no seal and waits for none: it was hidden from sealing")
        yield _fault("left out", _place_of(entry, entry.sequence), text)
    waiting = UnsealedEntry.objects.order_by("pk")
    for code, words, found in (
        ("missing", _("waits for a seal but is missing"), waiting.filter(~there)),
        ("altered", _("waits for a seal that it already has"), waiting.filter(there, sealed)),
    ):
        for pk in found.values_list("pk", flat=True):
            yield _fault(code, Message("row", _("row %(n)d of the record"), {"n": pk}), words)
