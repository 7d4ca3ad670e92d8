"""Sets of people to whom an officer may write: who belongs to one, who of them is left out and why,
and what changed since letters were prepared.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, QuerySet
from django.db.models.functions import Lower
from django.utils.functional import Promise

from anso.kernel.actors import Actor
from anso.kernel.addresses import same_mailbox
from anso.kernel.notices import Notice
from anso.kernel.registers import Register
from anso.notifications.models import Mailing, Message

Wanted = Mapping[str, str]
NO_ADDRESS, CLOSED, RETURNED, TWICE = "no_address", "closed", "returned", "twice"


@dataclass(frozen=True)
class Addressee:
    """One of a set: what the letter is about, to whom and how it goes. ``link`` makes the reader's
    own link when the letter is written, ``say`` knows what it may say of them. With a ``country``
    it is written in a second language too, where the officer has words for it.
    """

    about: Model
    label: str
    say: Callable[[], Mapping[str, Any]]
    account: Any = None
    email: str = ""
    language: str = ""
    zone: str = ""
    country: str | None = None
    link: Callable[[], str] | None = None

    @property
    def address(self) -> str:
        """Where a letter goes; blank where nobody knows."""
        return self.email or (self.account.email if self.account else "")


@dataclass(frozen=True)
class Audience:
    """A kind of set that belongs to one kind of object, such as the applicants of a call.

    ``rows`` are what their letters are about, with what ``addressee`` needs; ``found`` those of
    them that a filter finds, as an actor reads them. ``names`` are the parts of the filter,
    ``in_words`` says what it asks for, ``back`` leads to the list. ``is_once`` says that one letter
    is enough for whoever occurs several times.
    """

    notice: Notice
    heading: Promise
    context_type: str
    names: tuple[str, ...]
    rows: Callable[[], QuerySet[Any]]
    found: Callable[[Any, Actor, Wanted, dt.datetime], QuerySet[Any]]
    addressee: Callable[[Any, dt.datetime], Addressee]
    in_words: Callable[[Any, Wanted], list[str]]
    back: Callable[[Any, Wanted], str]
    is_once: bool = True


# By the code of the letters. Each app adds its own.
AUDIENCES: Register[Audience] = Register("sets of people to write to")


@dataclass(frozen=True)
class LeftOut:
    """Somebody of a set to whom no letter goes, and why."""

    label: str
    address: str
    why: str


@dataclass
class DryRun:
    """Who would be written to, in order, and who would not."""

    readers: list[Addressee] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    def by_language(self, known: Iterable[str]) -> dict[str, int]:
        """How many read each of the languages of the site."""
        counts = dict.fromkeys(known, 0)
        for each in self.readers:
            if each.language in counts:
                counts[each.language] += 1
        return counts


def try_audience(
    audience: Audience, context: Model, actor: Actor, wanted: Wanted, now: dt.datetime
) -> DryRun:
    """Who of a set is written to: everybody once, at an address that mail reaches."""
    everybody = [
        audience.addressee(each, now) for each in audience.found(context, actor, wanted, now)
    ]
    returned = _addresses_that_return_mail({each.address.lower() for each in everybody})
    run = DryRun()
    met: set[tuple[str, Any]] = set()
    for each in everybody:
        address = same_mailbox(each.address) if each.address else ""
        person = ("account", each.account.pk) if each.account else ("address", address)
        is_met = audience.is_once and not met.isdisjoint({person, ("address", address)})
        why = _why_left_out(each, returned, is_met=is_met)
        if why:
            run.left_out.append(LeftOut(each.label, each.address, why))
            continue
        met |= {person, ("address", address)}
        run.readers.append(each)
    return run


def _why_left_out(each: Addressee, returned: frozenset[str], *, is_met: bool) -> str:
    if each.account is not None and not each.account.is_active:
        return CLOSED
    if not each.address:
        return NO_ADDRESS
    if each.address.lower() in returned:
        return RETURNED
    return TWICE if is_met else ""


def _addresses_that_return_mail(addresses: set[str]) -> frozenset[str]:
    """Those from which the latest mail that left came back, or was refused for good."""
    latest = (
        Message.objects.annotate(folded=Lower("email"))
        .filter(folded__in=addresses, state__in=("sent", "bounced", "failed"))
        .order_by("folded", "-created_at", "-id")
        .distinct("folded")
    )
    found = latest.values_list("folded", "state")
    return frozenset(address for address, state in found if state != "sent")


def letters_no_longer_meant(
    mailing: Mailing, context: Model | None, actor: Actor, now: dt.datetime
) -> set[int]:
    """Of the letters that are still held, the keys of those whose reader the filter would not find
    any more: they submitted since, for example.
    """
    audience = AUDIENCES.get(mailing.code)
    held = dict(mailing.letters.filter(state="held").values_list("about_id", "pk"))
    if audience is None or context is None or not mailing.chosen or not held:
        return set()
    wanted = mailing.chosen["wanted"]
    found = audience.found(context, actor, wanted, now).filter(pk__in=held)
    still = set(found.order_by().values_list("pk", flat=True))
    return {letter for about, letter in held.items() if about not in still}
