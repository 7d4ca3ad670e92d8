"""Everybody who ever held what a programme gives, year by year, as everybody may read it: nothing
of a call before its results are announced.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from anso.awards.models import EarlierHolder, HolderPicture, Offer
from anso.awards.queries.results import facts_told_to_all, open_node
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions.models import SelectionRun
from anso.decisions.queries import not_awarded_in, public_runs
from anso.decisions.queries.announcing import public_since
from anso.files.queries import is_served
from anso.kernel.periods import day_of
from anso.kernel.questions import Meaning
from anso.kernel.terms import Publication
from anso.kernel.wording import Text
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.models import Programme
from anso.programmes.outcomes import find_outcome

TOLD = {"organisation": Meaning.ORGANISATION, "citation": Meaning.CITATION}


@dataclass(frozen=True)
class Held:
    """One who received something, or why nobody did: then there is no name. ``earlier`` is the
    reference of an entry from before the calls that are kept here.
    """

    award: Text
    name: str = ""
    country: str = ""
    organisation: str = ""
    citation: str = ""
    not_given_because: str = ""
    withdrawn_on: dt.date | None = None
    earlier: str = ""
    picture: HolderPicture | None = None


@dataclass(frozen=True)
class WallYear:
    """What was given in a year, with the calls in which that was; ``unnamed`` more accepted and
    asked not to be named.
    """

    year: int
    held: tuple[Held, ...]
    calls: tuple[Call, ...]
    unnamed: int


def heading_of_wall(programme: Programme) -> Text:
    """What the wall of a programme is called; blank where what it gives has none."""
    return find_outcome(find_kind(programme.kind).outcome.code).words.wall


def programmes_with_wall() -> QuerySet[Programme]:
    """The programmes whose kind gives something of which there is a wall."""
    kinds = [kind.code for kind in KINDS.values() if find_outcome(kind.outcome.code).words.wall]
    return Programme.objects.filter(kind__in=kinds).order_by("pk")


def wall_of(programme: Programme, now: dt.datetime) -> list[WallYear]:
    """All years in which something stands, the latest first."""
    runs = public_runs(now).filter(call__programme=programme).select_related("call")
    years: dict[int, WallYear] = {}
    for run in runs.order_by("-call__edition_year", "-released_at", "-pk"):
        _join(years, wall_year_of(run))
    for each in programme.earlier_holders.filter(taken_off_at__isnull=True).order_by("pk"):
        _join(years, WallYear(each.year, (_of_earlier(each),), (), 0))
    return [years[year] for year in sorted(years, reverse=True)]


def _join(years: dict[int, WallYear], more: WallYear) -> None:
    known = years.get(more.year, WallYear(more.year, (), (), 0))
    years[more.year] = WallYear(
        more.year,
        (*known.held, *more.held),
        (*known.calls, *more.calls),
        known.unnamed + more.unnamed,
    )


def wall_year_of(run: SelectionRun) -> WallYear:
    """What a call gave, and what it gave to nobody, as far as it names anybody."""
    call, terms = run.call, get_terms(run.call)
    offers = _offers_of(run) if terms.publishes is Publication.NAMES else []
    named = [each for each in offers if not each.is_unnamed]
    facts = facts_told_to_all(named)
    held = [_held(each, facts[each.pk]) for each in named]
    for row in not_awarded_in(call):
        node = terms.outcome.node(row.place)
        if node is not None:
            held.append(Held(node.label, not_given_because=row.reason))
    unnamed = sum(each.is_unnamed and each.state == "accepted" for each in offers)
    order = {node.label: place for place, node in enumerate(terms.outcome.tree())}
    held.sort(key=lambda each: order.get(each.award, len(order)))
    return WallYear(call.edition_year, tuple(held), (call,), unnamed)


def _offers_of(run: SelectionRun) -> list[Offer]:
    """What was accepted and is held; and what was taken back after everybody had read of it."""
    since = public_since(run)
    taken_back = Q(state="revoked", answered_at__isnull=False, revoked_at__gte=since)
    found = Offer.objects.filter(Q(state="accepted") | taken_back, application__call=run.call)
    found = found.exclude(application__state="withdrawn").select_related(
        "application", "picture__stored"
    )
    return list(found.order_by("application__name_key", "pk"))


def _held(offer: Offer, facts: Mapping[str, Any]) -> Held:
    application, terms = offer.application, get_terms(offer.application.call)
    node = open_node(terms, terms.outcome.node(offer.place))
    said = {name: str(facts.get(meaning) or "") for name, meaning in TOLD.items()}
    return Held(
        node.label if node else Text(),
        name=application.subject_name,
        country=application.country_id or "",
        withdrawn_on=(
            day_of(offer.revoked_at, application.call.zone) if offer.revoked_at else None
        ),
        picture=_picture_of(offer),
        **said,
    )


def _picture_of(offer: Offer) -> HolderPicture | None:
    """Its picture while it is held, once the scanner let it pass."""
    picture: HolderPicture | None = getattr(offer, "picture", None)
    is_shown = picture is not None and offer.state == "accepted" and is_served(picture.stored)
    return picture if is_shown else None


def find_picture(reference: str, now: dt.datetime) -> HolderPicture | None:
    """The picture with that reference, where the page shows it now."""
    found = HolderPicture.objects.filter(reference=reference)
    picture = found.select_related("offer__application__call__programme", "stored").first()
    if picture is None or picture.offer.is_unnamed:
        return None
    call = picture.offer.application.call
    is_public = public_runs(now).filter(call=call).exists()
    is_named = get_terms(call).publishes is Publication.NAMES
    return _picture_of(picture.offer) if is_public and is_named else None


def _of_earlier(entry: EarlierHolder) -> Held:
    return Held(
        Text({"en": entry.award}),
        name=entry.name,
        country=entry.country,
        organisation=entry.organisation,
        citation=entry.citation,
        not_given_because=entry.not_given_because,
        earlier=entry.reference,
    )
