"""The results of a call as everybody may read them: figures in which nobody is recognised, and as
far as its terms publish them the numbers or the names of those who were selected.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Q

from anso.applications.models import Application, Participant
from anso.applications.queries import submitted_facts_of
from anso.applications.queries.participants import participants_by_application
from anso.awards.models import Offer
from anso.awards.queries.offers import IN_FORCE, offers_untold
from anso.calls.models import Call
from anso.calls.queries import get_deadline, get_form, get_terms
from anso.calls.queries.bodies import confirming_body_of
from anso.decisions.enums import Result
from anso.decisions.models import Decision, SelectionRun
from anso.decisions.queries import get_public_run, public_runs
from anso.directory.queries import country_classes_on
from anso.governance.models import Body
from anso.kernel.collation import sort_key
from anso.kernel.disclosure import Member, Tally, ToldApart, groups_to_tell, tell_apart
from anso.kernel.participants import FOR_THEMSELVES, NOMINEE
from anso.kernel.periods import day_of
from anso.kernel.questions import Meaning, meanings_told_to_all
from anso.kernel.terms import EntryKind, PlaceNode, Publication, Terms

LED_ON = (Result.INVITED, Result.ADVANCED)
# Of a released run in the memory of each process: who is in which group follows from what was
# submitted, which nothing changes any more.
KEPT = 64
_groups: dict[str, dict[int, frozenset[str]]] = {}


@dataclass(frozen=True)
class Holder:
    """Somebody who accepted what was offered, as far as everybody may read it. ``country`` is blank
    for whoever has none; organisation and title are those of a proposal.
    """

    name: str
    country: str
    level: str
    place: PlaceNode | None
    host: str
    organisation: str
    title: str
    citation: str


@dataclass(frozen=True)
class Totals:
    """How many came in, and what became of them until today."""

    submitted: int
    withdrawn: int
    decided: int
    eligible: int
    selected: int
    accepted: int
    unanswered: int
    given_back: int
    waiting: int


@dataclass(frozen=True)
class Results:
    """What everybody may read of the results of a call, as they stand on a day."""

    run: SelectionRun
    body: Body | None
    as_of: dt.date
    corrected_on: tuple[dt.date, ...]
    totals: Totals
    levels: ToldApart
    countries: ToldApart
    groups: tuple[Tally, ...]
    publishes: Publication
    numbers: tuple[str, ...]
    holders: tuple[Holder, ...]
    unnamed: int


class _Row(NamedTuple):
    """What became of one application, without anything by which it is known."""

    pk: int
    country: str
    level: str
    is_selected: bool
    is_eligible: bool
    is_waiting: bool


def get_results(call: Call, now: dt.datetime) -> Results | None:
    """The results of a call; None before the last decisions are released, and until the day of
    its announcement where it has one.
    """
    run = get_public_run(call, now)
    if run is None:
        return None
    terms, states = get_terms(call), _latest_offers(call)
    rows = _rows_of(call, states)
    countries = tell_apart(_tallies((each.country, each) for each in rows))
    named = _accepted(call) if terms.publishes is Publication.NAMES else []
    return Results(
        run=run,
        body=confirming_body_of(call),
        as_of=day_of(now, call.zone),
        corrected_on=_corrected_on(call),
        totals=_totals(call, rows, states),
        levels=_by_level(terms, rows),
        countries=countries,
        groups=_by_group(call, run, rows, countries.together),
        publishes=terms.publishes,
        numbers=_numbers(call) if terms.publishes is Publication.NUMBERS else (),
        holders=_holders(terms, [each for each in named if not each.is_unnamed]),
        unnamed=sum(each.is_unnamed for each in named),
    )


def _rows_of(call: Call, states: Mapping[int, str]) -> list[_Row]:
    """Everything that was decided for good, also by a correction; who was led on to a further step
    and handed in nothing there is not among them.
    """
    latest = (
        Decision.objects.filter(application__call=call, state="released")
        .order_by("application_id", "-step__order", "-pk")
        .distinct("application_id")
    )
    found = latest.values_list(
        "application_id",
        "application__country_id",
        "application__category",
        "application__state",
        "result",
    )
    return [
        _Row(
            pk,
            country or "",
            level,
            # An offer that was taken back is none; one that somebody declined was one.
            states[pk] != "revoked" if pk in states else result == Result.SELECTED,
            result != Result.INELIGIBLE,
            result == Result.WAITING and pk not in states and state == "decided",
        )
        for pk, country, level, state, result in found
        if result not in LED_ON
    ]


def _latest_offers(call: Call) -> dict[int, str]:
    """The state of the latest offer on each application that had one."""
    offers = Offer.objects.filter(application__call=call).order_by("pk")
    return dict(offers.values_list("application_id", "state"))


def _tallies(rows: Iterable[tuple[str, _Row]]) -> list[Tally]:
    listed = list(rows)
    decided = Counter(key for key, _row in listed)
    selected = Counter(key for key, row in listed if row.is_selected)
    return [Tally(key, count, selected[key]) for key, count in sorted(decided.items())]


def _by_level(terms: Terms, rows: list[_Row]) -> ToldApart:
    """By level in the order of the call; of a call with one level alone there is nothing to
    compare.
    """
    if len(terms.levels) < 2:
        return ToldApart((), frozenset(), None)
    order = {level.key: place for place, level in enumerate(terms.levels)}
    tallies = _tallies((each.level, each) for each in rows)
    return tell_apart(sorted(tallies, key=lambda each: order.get(each.key, len(order))))


def _by_group(
    call: Call, run: SelectionRun, rows: list[_Row], hidden: frozenset[str]
) -> tuple[Tally, ...]:
    """Of the groups whose share the terms tell, as far as counts of them recognise nobody."""
    terms = get_terms(call)
    limited = terms.outcome.named_groups()
    declared = [
        group
        for key in terms.figures
        if (group := terms.group(key)) and (not group.is_sensitive or key in limited)
    ]
    if not declared or not rows:
        return ()
    groups = _groups_of(call, run)
    members = [Member(groups.get(each.pk, frozenset()), each.country in hidden) for each in rows]
    of_countries = frozenset(each.key for each in declared if each.means is Meaning.COUNTRY)
    told = groups_to_tell([each.key for each in declared], members, of_countries)
    return tuple(_of_group(key, rows, groups) for key in told)


def _of_group(key: str, rows: list[_Row], groups: Mapping[int, frozenset[str]]) -> Tally:
    inside = [each for each in rows if key in groups.get(each.pk, ())]
    return Tally(key, len(inside), sum(each.is_selected for each in inside))


def _groups_of(call: Call, run: SelectionRun) -> dict[int, frozenset[str]]:
    """Who is in which group of the programme, as the selection saw them: on the last day of the
    call.
    """
    if run.reference not in _groups:
        if len(_groups) >= KEPT:
            _groups.clear()
        terms, classes = get_terms(call), country_classes_on(get_deadline(call).last_day)
        decided = Application.objects.filter(call=call, decisions__state="released").distinct()
        _groups[run.reference] = {
            pk: frozenset(group.key for group in terms.groups if group.has(facts, classes))
            for pk, facts in submitted_facts_of(decided.only("submission_id")).items()
        }
    return _groups[run.reference]


def _totals(call: Call, rows: list[_Row], states: Mapping[int, str]) -> Totals:
    submitted = Application.objects.filter(call=call, submitted_at__isnull=False).aggregate(
        all=Count("pk"), withdrawn=Count("pk", filter=Q(state="withdrawn"))
    )
    offers = Counter(states.values())
    return Totals(
        submitted=submitted["all"],
        withdrawn=submitted["withdrawn"],
        decided=len(rows),
        eligible=sum(each.is_eligible for each in rows),
        selected=sum(each.is_selected for each in rows),
        accepted=offers["accepted"],
        unanswered=offers["made"],
        given_back=offers["declined"] + offers["lapsed"],
        waiting=sum(each.is_waiting for each in rows),
    )


def _corrected_on(call: Call) -> tuple[dt.date, ...]:
    """The days on which a decision was corrected or an offer taken back."""
    decisions = Decision.objects.filter(application__call=call, corrected_at__isnull=False)
    offers = Offer.objects.filter(application__call=call, revoked_at__isnull=False)
    instants = [
        *decisions.values_list("corrected_at", flat=True),
        *offers.values_list("revoked_at", flat=True),
    ]
    return tuple(sorted({day_of(each, call.zone) for each in instants if each is not None}))


def _numbers(call: Call) -> tuple[str, ...]:
    """The numbers of those who hold an offer and could read it: none before its letter left."""
    held = Offer.objects.filter(application__call=call, state__in=IN_FORCE)
    told = held.exclude(pk__in=offers_untold()).exclude(application__state="withdrawn")
    return tuple(sorted(told.values_list("application__number", flat=True)))


def _accepted(call: Call) -> list[Offer]:
    """The offers that somebody accepted, and did not give back since."""
    found = Offer.objects.filter(application__call=call, state="accepted")
    return list(found.exclude(application__state="withdrawn").select_related("application"))


def _holders(terms: Terms, offers: list[Offer]) -> tuple[Holder, ...]:
    parts = participants_by_application(offer.application for offer in offers)
    citations = citations_of(offers)
    found = (
        _holder(terms, offer, parts[offer.application_id], citations.get(offer.pk, ""))
        for offer in offers
    )
    # By name: the order of the offers is that of the ranking.
    return tuple(sorted(found, key=lambda each: sort_key(each.name, "en")))


def _holder(terms: Terms, offer: Offer, parts: list[Participant], citation: str) -> Holder:
    application, node = offer.application, terms.outcome.node(offer.place)
    is_proposal = terms.entry is EntryKind.PROPOSAL
    # A nominee before whoever wrote: whom it is for is told, as everywhere.
    held_by = sorted(
        (each for each in parts if each.role in (NOMINEE, *FOR_THEMSELVES)),
        key=lambda each: each.role != NOMINEE,
    )
    lead = held_by[0] if held_by else None
    return Holder(
        name=application.subject_name,
        country=application.country_id or "",
        level=node.level if node else "",
        place=open_node(terms, node),
        host=node.host if node else "",
        organisation=_organisation(lead) if is_proposal and lead else "",
        title=application.title if is_proposal else "",
        citation=citation,
    )


def facts_told_to_all(offers: Sequence[Offer]) -> dict[int, dict[str, Any]]:
    """Of each offer what everybody may read of what was submitted, by what it means: as far as all
    questions that ask it say so.
    """
    if not offers:
        return {}
    told = meanings_told_to_all(get_form(offers[0].application.call)[1])
    facts = submitted_facts_of(offer.application for offer in offers)
    return {
        offer.pk: {
            name: value
            for name, value in facts.get(offer.application_id, {}).items()
            if name in told
        }
        for offer in offers
    }


def citations_of(offers: Sequence[Offer]) -> dict[int, str]:
    """For what each of these offers of one call was made, where that is asked and told to all."""
    facts = facts_told_to_all(offers)
    return {pk: str(each.get(Meaning.CITATION, "")) for pk, each in facts.items()}


def _organisation(lead: Participant) -> str:
    return lead.organisation.name if lead.organisation else lead.organisation_name


def open_node(terms: Terms, node: PlaceNode | None) -> PlaceNode | None:
    """The first node upwards that is not for a group: what somebody holds must not say to which
    group they belong.
    """
    while node is not None and (node.only or node.favour):
        node = terms.outcome.node(node.parent)
    return node


def latest_results(count: int, now: dt.datetime) -> list[SelectionRun]:
    """The runs by which calls were decided, as far as everybody may know, the latest first."""
    return list(public_runs(now).order_by("-released_at", "-pk")[:count])


def runs_behind(calls: Sequence[Call], now: dt.datetime) -> list[SelectionRun]:
    """The runs by which these calls were decided; none of those that are not, or not announced."""
    return list(public_runs(now).filter(call__in=[each.pk for each in calls]))
