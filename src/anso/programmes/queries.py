"""Which programmes there are, and the kind behind each. No writes, no requests."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

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


def active_programmes() -> QuerySet[Programme]:
    """Programmes that the alliance runs now, which anyone may see, by code."""
    return Programme.objects.filter(is_active=True, kind__in=KINDS).order_by("code")


def programme_cards() -> list[ProgrammeCard]:
    """Active programmes with their texts, ready to be shown."""
    return [
        ProgrammeCard(row.code, Text.from_dict(row.name), Text.from_dict(row.summary), find_kind(row.kind)) for row in active_programmes()
    ]


def get_kind_of(programme: Programme) -> ProgrammeKind:
    """Return the declaration that a programme follows; refuses a kind that the catalogue lacks."""
    return find_kind(programme.kind)
