"""Reading the record: the events of one object, of one call, and what the latest seal says."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404

from anso.audit.models import Checkpoint, Event
from anso.audit.queries.prepared import Prepared

LATEST_CHECKPOINT = Prepared(lambda: checkpoints()[:1])


@dataclass(frozen=True)
class RecordFilter:
    """How a reader narrowed the record; blank means all. ``on`` is a day in UTC."""

    object_type: str = ""
    verb: str = ""
    label: str = ""
    actor: str = ""
    on: dt.date | None = None


def type_label(obj: Model) -> str:
    """How the record names the kind of an object, e.g. ``applications.application``."""
    return obj._meta.label_lower


def events_about(obj: Model) -> QuerySet[Event]:
    """All events of one object, oldest first."""
    return (
        Event.objects.filter(object_type=type_label(obj), object_id=obj.pk)
        .select_related("seal__checkpoint")
        .order_by("sequence")
    )


def chain_of(object_type: str, object_id: int) -> list[Event]:
    """The events of one object by its kind and key, oldest first; Http404 when the record knows no
    such object.
    """
    found = Event.objects.filter(object_type=object_type, object_id=object_id).select_related(
        "seal__checkpoint"
    )
    chain = list(found.order_by("sequence"))
    if not chain:
        raise Http404
    return chain


def events_matching(wanted: RecordFilter) -> QuerySet[Event]:
    """Events newest first, narrowed by kind of object, verb, the beginning of the object's or the
    actor's name, and day. For auditors.
    """
    found = Event.objects.select_related("seal__checkpoint").order_by("-id")
    plain = {
        "object_type": wanted.object_type,
        "verb": wanted.verb,
        "object_label__istartswith": wanted.label,
        "actor_label__istartswith": wanted.actor,
    }
    found = found.filter(**{name: value for name, value in plain.items() if value})
    if wanted.on is None:
        return found
    start = dt.datetime.combine(wanted.on, dt.time.min, dt.UTC)
    return found.filter(at__gte=start, at__lt=start + dt.timedelta(days=1))


def kinds_on_record() -> list[str]:
    """The kinds of object that the record speaks of."""
    return list(
        Event.objects.order_by("object_type").values_list("object_type", flat=True).distinct()
    )


def verbs_on_record() -> list[str]:
    """The verbs that the record holds."""
    return list(Event.objects.order_by("verb").values_list("verb", flat=True).distinct())


def checkpoints() -> QuerySet[Checkpoint]:
    """All seals, newest first."""
    return Checkpoint.objects.order_by("-number")


def count_unsealed() -> int:
    """Events that the next seal will cover."""
    return Event.objects.filter(seal__isnull=True).count()


def get_latest_checkpoint() -> Checkpoint | None:
    """The newest seal; its root stands in the foot of every page."""
    return LATEST_CHECKPOINT.first()


def event_fields(event: Event) -> dict[str, Any]:
    """The fields of an event that its hash covers."""
    return {
        "object_type": event.object_type,
        "object_id": event.object_id,
        "object_label": event.object_label,
        "sequence": event.sequence,
        "verb": event.verb,
        "actor": event.actor_id,
        "actor_label": event.actor_label,
        "on_behalf_of": event.on_behalf_of,
        "mandate": event.mandate,
        "at": event.at.isoformat(),
        "changes": event.changes,
        "because": event.because,
    }
