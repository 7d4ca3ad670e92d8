"""Reading the outbox: what waits, what was sent, what came back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from django.apps import apps
from django.conf import settings
from django.db.models import Count, Model, Q, QuerySet
from django.http import Http404

from anso.audit.queries import type_label
from anso.database.search import has_words
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.registers import Register
from anso.notifications.models import Mailing, Message, Preference

# Much longer than a mail system is given to answer (``EMAIL_TIMEOUT``): a claim this old was left
# by a worker that died.
LEASE = dt.timedelta(minutes=10)


@dataclass(frozen=True)
class MessageReaders:
    """Who reads messages that belong to one kind of object: the ``objects`` that an actor looks
    after, and what the desk shows of one: its ``name`` and its ``address``, blank where it has no
    page.
    """

    objects: Callable[[Actor, dt.datetime], QuerySet[Any]]
    name: Callable[[Any], str]
    address: Callable[[Any], str]


# By the label of the model ("calls.call"). Apps add theirs; this package knows none of them.
MESSAGE_READERS: Register[MessageReaders] = Register("readers of messages")


Overtaken = Callable[[list[Message], Any, dt.datetime], dict[int, str]]
# By the code of a letter: brings held letters up to the day on which they leave, and gives the keys
# of those that tell what is no longer so, with the reason.
OVERTAKEN: Register[Overtaken] = Register("letters overtaken before they left")


@dataclass(frozen=True)
class OutboxFilter:
    """How the reader narrowed the outbox; blank means all."""

    context_type: str = ""
    context_id: int | None = None
    state: str = ""
    code: str = ""
    text: str = ""
    mailing: str = ""


def messages_visible_to(actor: Actor, now: dt.datetime) -> QuerySet[Message]:
    """The messages that somebody reads on the desk: those that belong to something they look
    after. Processes of the system read all.
    """
    if isinstance(actor, SystemProcess):
        return Message.objects.all()
    return Message.objects.filter(looked_after(actor, now))


def looked_after(actor: Actor, now: dt.datetime) -> Q:
    """What belongs, by its ``context``, to something that an actor looks after."""
    found = Q(pk__in=())
    for kind, readers in MESSAGE_READERS.items():
        owned = readers.objects(actor, now).order_by().values("pk")
        found |= Q(context_type=kind, context_id__in=owned)
    return found


def reads_any_messages(actor: Actor, now: dt.datetime) -> bool:
    """Whether somebody looks after anything that messages may belong to."""
    return isinstance(actor, SystemProcess) or any(
        readers.objects(actor, now).exists() for readers in MESSAGE_READERS.values()
    )


class InContext(Protocol):
    """What belongs to another object: a message, a mailing, work on many of its things."""

    context_type: Any
    context_id: Any


def get_context(owned: InContext) -> Model | None:
    """The object that something belongs to; None when it is gone."""
    model = apps.get_model(owned.context_type)
    found: Model | None = model._default_manager.filter(pk=owned.context_id).first()
    return found


def require_context(owned: InContext) -> Model:
    """The object that something belongs to, where it cannot be gone."""
    found = get_context(owned)
    if found is None:
        raise LookupError(f"{owned.context_type} {owned.context_id} is gone.")
    return found


def context_name(owned: InContext) -> str:
    """What the object is called that something belongs to."""
    found = get_context(owned)
    return MESSAGE_READERS[owned.context_type].name(found) if found else ""


def messages_matching(seen: QuerySet[Message], wanted: OutboxFilter) -> QuerySet[Message]:
    """Those of the messages that somebody reads which match, newest first."""
    found = _of_context(seen, wanted).order_by("-created_at", "-id")
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.code:
        found = found.filter(code=wanted.code)
    if wanted.mailing:
        found = found.filter(mailing__reference=wanted.mailing)
    return found.filter(has_words(wanted.text))


def _of_context(seen: QuerySet[Message], wanted: OutboxFilter) -> QuerySet[Message]:
    found = seen
    if wanted.context_type:
        found = found.filter(context_type=wanted.context_type)
    if wanted.context_id is not None:
        found = found.filter(context_id=wanted.context_id)
    return found


def messages_about(actor: Actor, obj: Model, now: dt.datetime) -> QuerySet[Message]:
    """Messages about one object that somebody reads, oldest first."""
    found = messages_visible_to(actor, now)
    return found.filter(about_type=type_label(obj), about_id=obj.pk).order_by("created_at", "id")


def get_message_for(actor: Actor, reference: str, now: dt.datetime) -> Message:
    """One message that this person reads; Http404 otherwise."""
    found = messages_visible_to(actor, now).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def messages_chosen(
    seen: QuerySet[Message], wanted: OutboxFilter, references: list[str] | None
) -> QuerySet[Message]:
    """The messages that somebody ticked, or all that match the filter when ``references`` is
    None.
    """
    found = messages_matching(seen, wanted)
    return found if references is None else found.filter(reference__in=references)


def state_counts(seen: QuerySet[Message], wanted: OutboxFilter) -> dict[str, int]:
    """How many messages that somebody reads are in each state, of the object or kind of object
    that they look at, or of all.
    """
    found = _of_context(seen, wanted)
    return dict(found.order_by("state").values_list("state").annotate(count=Count("pk")))


def codes_in_outbox(seen: QuerySet[Message], wanted: OutboxFilter) -> list[str]:
    """The kinds of message that somebody finds there, in the order of the alphabet."""
    found = _of_context(seen, wanted)
    return list(found.order_by("code").values_list("code", flat=True).distinct())


def context_types_in_outbox(seen: QuerySet[Message]) -> list[str]:
    """The kinds of object that messages which somebody finds there belong to."""
    return list(seen.order_by("context_type").values_list("context_type", flat=True).distinct())


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
    if not settings.DEMONSTRATION:
        return Message.objects.none()
    return Message.objects.filter(has_words(text)).order_by("-created_at", "-id")


def mailings_visible_to(
    actor: Actor, now: dt.datetime, context_type: str = "", context_id: int | None = None
) -> QuerySet[Mailing]:
    """The mailings that somebody reads on the desk, newest first: those that belong to something
    they look after, or to one such object.
    """
    seen = Mailing.objects.filter(looked_after(actor, now))
    if context_type and context_id is not None:
        seen = seen.filter(context_type=context_type, context_id=context_id)
    return seen.order_by("-prepared_at", "-id")


def get_mailing_for(actor: Actor, reference: str, now: dt.datetime) -> Mailing:
    """One mailing that this person reads; Http404 otherwise."""
    found = mailings_visible_to(actor, now).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def held_letters(mailing: Mailing) -> QuerySet[Message]:
    """The letters that nobody has let go or stopped yet, in the order in which they leave."""
    return mailing.letters.filter(state="held").order_by("id")


def with_counts(mailings: QuerySet[Mailing]) -> QuerySet[Mailing]:
    """How many letters each has, and how many of them are held, left, failed and stopped."""
    of = {
        "held": ["held"],
        "left": ["waiting", "sent"],
        "failed": ["failed", "bounced"],
        "stopped": ["cancelled"],
    }
    counts = {
        f"{name}_count": Count("letters", filter=Q(letters__state__in=states))
        for name, states in of.items()
    }
    return mailings.annotate(letter_count=Count("letters"), **counts)


def mailings_held(actor: Actor, now: dt.datetime) -> list[tuple[Mailing, int]]:
    """The mailings in which letters wait for this person, with how many."""
    seen = mailings_visible_to(actor, now).annotate(
        held_count=Count("letters", filter=Q(letters__state="held"))
    )
    return [(each, each.held_count) for each in seen.filter(held_count__gt=0)]


def kinds_of_letters(mailing: Mailing) -> list[tuple[str, str, int]]:
    """Each kind of letter in each language, and how many of them there are."""
    found = mailing.letters.order_by("code", "language").values_list("code", "language")
    return list(found.annotate(count=Count("pk")))


def letter_after(message: Message) -> Message | None:
    """The next letter of the same mailing, in the order in which they leave."""
    if message.mailing_id is None:
        return None
    later = Message.objects.filter(mailing=message.mailing_id, pk__gt=message.pk)
    return later.order_by("id").first()
