"""Reading the outbox: what waits, what was sent, what came back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet
from django.http import Http404

from anso.audit.queries import type_label
from anso.database.search import has_words
from anso.notifications.models import Message, Preference

LEASE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class OutboxFilter:
    """How the reader narrowed the outbox; blank means all."""

    call_id: int | None = None
    state: str = ""
    code: str = ""
    text: str = ""
    batch: str = ""


def messages_matching(wanted: OutboxFilter) -> QuerySet[Message]:
    """Messages of the outbox, newest first. For those whom the outbox rule lets in."""
    found = Message.objects.order_by("-created_at", "-id")
    if wanted.call_id is not None:
        found = found.filter(call_id_hint=wanted.call_id)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.code:
        found = found.filter(code=wanted.code)
    if wanted.batch:
        found = found.filter(batch=wanted.batch)
    return found.filter(has_words(wanted.text))


def messages_about(obj: Model) -> QuerySet[Message]:
    """Messages about one object, oldest first."""
    return Message.objects.filter(about_type=type_label(obj), about_id=obj.pk).order_by(
        "created_at", "id"
    )


def get_message(reference: str) -> Message:
    """One message with its deliveries; Http404 when there is none."""
    found = Message.objects.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def messages_chosen(wanted: OutboxFilter, references: list[str] | None) -> QuerySet[Message]:
    """The messages that somebody ticked, or all that match the filter when ``references`` is
    None.
    """
    found = messages_matching(wanted)
    return found if references is None else found.filter(reference__in=references)


def state_counts(call_id: int | None = None) -> dict[str, int]:
    """How many messages are in each state, of one call or of all."""
    found = (
        Message.objects.all() if call_id is None else Message.objects.filter(call_id_hint=call_id)
    )
    return dict(found.order_by("state").values_list("state").annotate(count=Count("pk")))


def codes_in_outbox(call_id: int | None = None) -> list[str]:
    """The kinds of message that the outbox holds, in the order of the alphabet."""
    found = (
        Message.objects.all() if call_id is None else Message.objects.filter(call_id_hint=call_id)
    )
    return list(found.order_by("code").values_list("code", flat=True).distinct())


def messages_due(now: dt.datetime) -> QuerySet[Message]:
    """Messages that may leave now, oldest first; those that a living worker is handing over are
    left out.
    """
    is_free = Q(claimed_at__isnull=True) | Q(claimed_at__lte=now - LEASE)
    return Message.objects.filter(is_free, state="waiting", send_after__lte=now).order_by(
        "send_after", "id"
    )


def is_being_sent(message: Message, now: dt.datetime) -> bool:
    """Whether a worker is handing the message over at this moment."""
    return (
        message.state == "waiting"
        and message.claimed_at is not None
        and message.claimed_at > now - LEASE
    )


def wants_reminders(account_id: int) -> bool:
    """Whether the owner of an account lets us remind them; yes unless they said no."""
    return not Preference.objects.filter(account_id=account_id, reminders=False).exists()


def get_demonstration_message(reference: str) -> Message:
    """One mail of a demonstration; Http404 on a real installation."""
    found = demonstration_messages().filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def demonstration_messages(text: str = "") -> QuerySet[Message]:
    """All mail of a demonstration, newest first, narrowed by reader or subject; none on a real
    installation.
    """
    return (
        messages_matching(OutboxFilter(text=text))
        if settings.DEMONSTRATION
        else Message.objects.none()
    )
