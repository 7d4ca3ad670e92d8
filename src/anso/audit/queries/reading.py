"""Reading the record: the entries of one object, of one call, and what the latest seal says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from anso.audit.models import Checkpoint, Entry, UnsealedEntry
from anso.audit.queries.actors import accounts_named
from anso.database import Prepared
from anso.kernel.names import search_beginning

# Every page asks for it.
LATEST_CHECKPOINT = Prepared("latest_checkpoint", lambda: checkpoints()[:1])


@dataclass(frozen=True)
class RecordFilter:
    """How a reader narrowed the record; blank means all. ``on`` is a day in UTC; ``before`` is the
    key of the entry above which the reader has already read.
    """

    object_type: str = ""
    verb: str = ""
    label: str = ""
    actor: str = ""
    on: dt.date | None = None
    before: int | None = None


def type_label(obj: Model) -> str:
    """How the record names the kind of an object, e.g. ``applications.application``."""
    return obj._meta.label_lower


def entries_about(obj: Model) -> QuerySet[Entry]:
    """All entries of one object, oldest first."""
    return (
        Entry.objects.filter(object_type=type_label(obj), object_id=obj.pk)
        .select_related("seal__checkpoint")
        .order_by("sequence")
    )


def chain_of(object_type: str, object_id: int) -> list[Entry]:
    """The entries of one object by its kind and key, oldest first; Http404 when the record knows no
    such object.
    """
    found = Entry.objects.filter(object_type=object_type, object_id=object_id).select_related(
        "seal__checkpoint"
    )
    chain = list(found.order_by("sequence"))
    if not chain:
        raise Http404
    return chain


def entries_matching(wanted: RecordFilter) -> QuerySet[Entry]:
    """Entries newest first, narrowed by kind of object, verb, the beginning of the object's or the
    actor's name, then or today, however it is accented, and day. For auditors.
    """
    # By key, which is the order of writing and has an index, and paged by key ("before"): counting
    # or skipping rows would read them.
    found = Entry.objects.select_related("seal__checkpoint").order_by("-id")
    plain = {
        "object_type": wanted.object_type,
        "verb": wanted.verb,
        # The beginning only: that is what the indexes over the folded names answer.
        "object_search__startswith": search_beginning(wanted.label) if wanted.label else "",
    }
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if wanted.actor:
        is_called = Q(actor_search__startswith=search_beginning(wanted.actor))
        people = accounts_named(wanted.actor)
        found = found.filter(is_called | Q(actor__in=people) if people else is_called)
    if wanted.before is not None:
        found = found.filter(pk__lt=wanted.before)
    if wanted.on is None:
        return found
    # Two bounds and not ``at__date``, which no index answers.
    start = dt.datetime.combine(wanted.on, dt.time.min, dt.UTC)
    return found.filter(at__gte=start, at__lt=start + dt.timedelta(days=1))


def checkpoints() -> QuerySet[Checkpoint]:
    """All seals, newest first."""
    return Checkpoint.objects.order_by("-number")


def count_unsealed() -> int:
    """Entries that the next seal will cover."""
    return UnsealedEntry.objects.count()


def get_latest_checkpoint() -> Checkpoint | None:
    """The newest seal; its root stands in the foot of every page."""
    return LATEST_CHECKPOINT.first()


def entry_fields(entry: Entry) -> dict[str, Any]:
    """The fields of an entry that its hash covers."""
    # Exactly these, under these names: together with canonical JSON they are the layout of the hash
    # (see ``kernel.sealing.entry_hash``). A column that is added to the table does not belong here.
    return {
        "object_type": entry.object_type,
        "object_id": entry.object_id,
        "object_label": entry.object_label,
        "sequence": entry.sequence,
        "verb": entry.verb,
        "actor": entry.actor_id,
        "actor_label": entry.actor_label,
        "on_behalf_of": entry.on_behalf_of,
        "mandate": entry.mandate,
        "at": entry.at.isoformat(),
        "changes": entry.changes,
        "because": entry.because,
    }
