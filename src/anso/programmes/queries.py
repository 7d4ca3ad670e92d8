"""Which programmes there are, and the kind behind each. No writes, no requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from anso.kernel.terms import EntryKind
from anso.kernel.wording import Text
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.kinds import ProgrammeKind
from anso.programmes.models import Programme


@dataclass(frozen=True)
class ProgrammeCard:
    """A programme as a list shows it."""

    code: str
    name: Text
    summary: Text
    kind: ProgrammeKind


@dataclass(frozen=True)
class EntryWords:
    """What the interface calls what comes in, by the way it comes in."""

    start: Promise
    yours: Promise
    start_yours: Promise
    who: Promise
    check: Promise
    question: Promise
    may: Promise
    may_not: Promise


APPLYING = (
    gettext_lazy("Who can apply"),
    gettext_lazy("Check whether you can apply"),
    gettext_lazy("Can you apply?"),
    gettext_lazy("You can apply"),
    gettext_lazy("You cannot apply to this call"),
)
NOMINATING = (
    gettext_lazy("Who can nominate, and whom"),
    gettext_lazy("Check whether your nomination can count"),
    gettext_lazy("Can your nomination count?"),
    gettext_lazy("Your nomination can count"),
    gettext_lazy("Your nomination cannot count in this call"),
)
WORDS = {
    EntryKind.APPLICATION: EntryWords(
        gettext_lazy("Start application"),
        gettext_lazy("Your application"),
        gettext_lazy("Start your application"),
        *APPLYING,
    ),
    EntryKind.NOMINATION: EntryWords(
        gettext_lazy("Start nomination"),
        gettext_lazy("Your nomination"),
        gettext_lazy("Start your nomination"),
        *NOMINATING,
    ),
    EntryKind.PROPOSAL: EntryWords(
        gettext_lazy("Start proposal"),
        gettext_lazy("Your proposal"),
        gettext_lazy("Start your proposal"),
        *APPLYING,
    ),
}


def entry_words(entry: EntryKind) -> EntryWords:
    """How pages speak of an application, a nomination or a proposal, as a call's terms say."""
    return WORDS[entry]


def active_programmes() -> QuerySet[Programme]:
    """Programmes that the alliance runs now, which anyone may see, by code."""
    return Programme.objects.filter(is_active=True, kind__in=KINDS).order_by("code")


def programme_cards() -> list[ProgrammeCard]:
    """Active programmes with their texts, ready to be shown."""
    return [
        ProgrammeCard(
            row.code, Text.from_dict(row.name), Text.from_dict(row.summary), find_kind(row.kind)
        )
        for row in active_programmes()
    ]
