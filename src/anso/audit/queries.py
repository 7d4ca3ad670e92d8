"""Reading the record: the events of one object, of one call, and what the latest seal says."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from anso.audit.models import Checkpoint, Event


def type_label(obj: Model) -> str:
    """How the record names the kind of an object, e.g. ``applications.application``."""
    return obj._meta.label_lower


def events_about(obj: Model) -> QuerySet[Event]:
    """All events of one object, oldest first."""
    return Event.objects.filter(object_type=type_label(obj), object_id=obj.pk).select_related("seal__checkpoint").order_by("sequence")


def events_matching(*, object_type: str = "", verb: str = "", label: str = "") -> QuerySet[Event]:
    """All events, newest first, narrowed by kind of object, verb or the beginning of the object's name. For auditors only."""
    found = Event.objects.select_related("seal__checkpoint").order_by("-id")
    if object_type:
        found = found.filter(object_type=object_type)
    if verb:
        found = found.filter(verb=verb)
    if label:
        found = found.filter(object_label__istartswith=label)
    return found


def get_latest_checkpoint() -> Checkpoint | None:
    """The newest seal; its root stands in the foot of every page."""
    return Checkpoint.objects.order_by("-number").first()


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
