"""Computing a selection: by the method that the call's terms name, kept with everything needed to
compute it again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence, Set
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from anso.audit.actions import record_entry, transition
from anso.calls.models import Call, Step
from anso.calls.queries import judging_function_of
from anso.calls.queries.steps import step_after
from anso.decisions import rules
from anso.decisions.actions.few_reviews import record_few_reviews
from anso.decisions.actions.placement_facts import PlacementFacts
from anso.decisions.enums import Result
from anso.decisions.models import Placement, SelectionRun
from anso.decisions.queries import (
    Bar,
    SelectionInputs,
    get_ranking_step,
    get_selection_inputs,
    runs_of,
)
from anso.kernel.actors import Actor
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.programmes.methods import (
    Selection,
    SelectionProblem,
    checks_of,
    find_selection_method,
)
from anso.programmes.outcomes.model import COUNTRY
from anso.selection.allocation import Allocation, Outcome, QuotaNode, Reserve
from anso.selection.allocation import Placement as Placed
from anso.selection.record import Record

LEAST_TOLD = 5
RESULTS = {
    Outcome.SEAT: Result.SELECTED,
    Outcome.WAITING: Result.WAITING,
    Outcome.UNPLACED: Result.UNPLACED,
}


@transaction.atomic
def compute_selection(
    *, actor: Actor, call: Call, now: dt.datetime, bar: Bar | None = None
) -> SelectionRun:
    """Rank the eligible applications of the step that is decided next by their reviews and fill
    the places; supersedes an earlier run of it that is not released.

    In a step that leads to another one nothing is given yet: ``bar`` says who goes on.

    The run keeps the record of every step: inputs, methods with their versions, seed, outputs and
    traces. The seed of all draws is the hash of the frozen terms, which was public before anybody
    applied.
    """
    Call.objects.select_for_update().get(pk=call.pk)
    # Locked first: two who compute at once get two numbers, and the second supersedes the first.
    rules.may_compute_selection(actor, call, now).require()
    step, inputs = _what_is_asked(call, bar)
    selection = find_selection_method(inputs.method).select(inputs.task)
    record = {**inputs.record, **selection.record}
    earlier_runs = runs_of(call, step)
    for earlier in earlier_runs.filter(state__in=["computed", "proposed", "returned", "confirmed"]):
        transition(earlier, "supersede_selection", actor=actor, now=now)
        # Prepared ones only: nobody has heard of them.
        earlier.decisions.filter(state="prepared").delete()
    last = earlier_runs.aggregate(last=Max("number"))["last"] or 0
    run = SelectionRun.objects.create(
        call=call,
        step=step,
        number=last + 1,
        record={step: part.to_dict() for step, part in record.items()},
        sha256=content_hash(_digests(record)),
        computed_at=now,
        figures=_figures(inputs, selection) | {"steps": list(record)},
    )
    record_few_reviews(run)
    places = list(_placements(run, inputs, selection))
    # Known only from the placements, which in turn need the run to point to.
    run.figures["drawn"] = sum(place.facts["is_drawn"] for place in places)
    run.save(update_fields=["figures", "record"])
    Placement.objects.bulk_create(places, batch_size=2000)
    record_entry(
        run,
        "compute_selection",
        actor=actor,
        now=now,
        changes={"sha256": ["", run.sha256], "number": [None, run.number]},
    )
    return run


def _what_is_asked(call: Call, bar: Bar | None) -> tuple[Step, SelectionInputs]:
    """The step that is decided next, and all that its run is computed from."""
    step = get_ranking_step(call)
    if step is None:
        raise BadInput(gettext_noop("This call has no step in which anything is ranked."))
    if bar is None and step_after(call, step) is not None:
        raise BadInput(gettext_noop("Say how many go on, or from which mean on: one of the two."))
    inputs = get_selection_inputs(call, step, bar)
    if not inputs.task.candidates:
        raise BadInput(gettext_noop("Nothing was found eligible yet, so there is nothing to rank."))
    return step, inputs


def _placements(
    run: SelectionRun, inputs: SelectionInputs, selection: Selection
) -> Iterable[Placement]:
    items = {item.item: item for item in selection.items}
    by = judging_function_of(run.call)
    placement_facts = PlacementFacts(inputs.task, selection, by)
    for placed in selection.places.placements:
        item = items[placed.key]
        yield Placement(
            run=run,
            application=inputs.applications[placed.key],
            rank=item.rank,
            score=item.score,
            spread=item.spread,
            review_count=item.reviews,
            reason=f"{item.explanation} {placed.reason}".strip(),
            facts=placement_facts.of(placed)
            | _lacking(inputs, placed.key)
            | _said_by_hosts(inputs, placed.key)
            | _favouring(inputs, placed)
            | _closed(inputs, placed.key),
            **(_gone_on(placed, inputs.leads_to) if inputs.leads_to else _given(placed)),
        )


def _lacking(inputs: SelectionInputs, number: str) -> dict[str, Any]:
    """The required letters that were not there, as the sentences name them."""
    lacks = inputs.lacks.get(number, ())
    found = [
        {"kind": each.rule.kind, "host": each.host, "given": each.given, "needed": each.needed}
        for each in lacks
    ]
    return {"lacks": found} if found else {}


def _said_by_hosts(inputs: SelectionInputs, number: str) -> dict[str, Any]:
    """Which hosts do not admit it, and on which condition others do."""
    said = [[key, each.says, each.words] for key, each in inputs.hosts.get(number, {}).items()]
    return {"hosts": said} if said else {}


def _favouring(inputs: SelectionInputs, placed: Placed) -> dict[str, Any]:
    """Whether what was given favours a group, and whether this one belongs to it."""
    group = inputs.favours.get(placed.seat, "")
    return {"favour": [group, group in inputs.groups[placed.key]]} if group else {}


def _closed(inputs: SelectionInputs, number: str) -> dict[str, Any]:
    """What it asked for and nobody is given, with the reason where there is one."""
    closed = [
        {"leaf": each.leaf, "where": each.where, "because": each.because}
        for each in inputs.closed.get(number, ())
    ]
    return {"closed": closed} if closed else {}


def _given(placed: Placed) -> dict[str, Any]:
    return {
        "result": RESULTS[placed.outcome],
        "place": placed.seat,
        "waiting_position": min((place.position for place in placed.waiting), default=None),
    }


def _gone_on(placed: Placed, leads_to: Step) -> dict[str, Any]:
    """Nobody waits for a step: who does not go on now has ended."""
    on = Result.INVITED if leads_to.block == "applications" else Result.ADVANCED
    return {"result": on if placed.outcome is Outcome.SEAT else Result.REJECTED}


def _figures(inputs: SelectionInputs, selection: Selection) -> dict[str, Any]:
    """Numbers for the head of the page; shares are percentages of the selected, as text with no
    decimals, blank where they would tell who somebody is.
    """
    task, given = inputs.task, selection.places
    selected = {placed.key for placed in given.placements if placed.seat}
    groups = [inputs.groups[key] for key in sorted(selected)]
    top = sum(quota.capacity for quota in task.quotas if quota.parent is None)
    return {
        "method": inputs.method,
        "is_too_thin": selection.is_too_thin,
        "applications": len(task.candidates),
        "reviews": len(task.reviews),
        "places": top,
        "filled": len(selected),
        "countries": len({group for each in groups for group in each if group.startswith(COUNTRY)}),
        "shares": {key: share_told(groups, key) for key in inputs.told},
        "leaves": _leaves(task.quotas, given),
        "money": _money(task, selected),
        "adjusted": [[each.key, str(each.points), each.reason] for each in task.adjustments],
        "minimum": "" if task.minimum is None else str(task.minimum),
        "below": sum(bool(each.adjusted and each.adjusted.is_below) for each in selection.items),
        "moved": sum(bool(each.adjusted and each.adjusted.is_moved) for each in selection.items),
        "short": inputs.short_files(),
        "reviews_each": inputs.reviews_each,
        "withheld": [[each.node, each.reason] for each in inputs.withheld],
        "leads_to": inputs.leads_to.key if inputs.leads_to else "",
        "bar": inputs.bar.to_dict() if inputs.bar else {},
        "holds": given.certificate.holds and not _wishes_unknown(inputs),
        "checks": [*map(list, checks_of(given)), *_wishes_known(inputs)],
        "reserves": [
            [limit.group, limit.node or "", limit.seats, _held(limit, given)]
            for limit in task.reserves
        ],
    }


def _wishes_unknown(inputs: SelectionInputs) -> tuple[str, ...]:
    """Applications that ask for nothing that the call gives: whatever they wrote, no place is
    called so, and the other checks know nothing of them. None where people only go on.
    """
    return () if inputs.leads_to else inputs.unknown_wishes


def _wishes_known(inputs: SelectionInputs) -> list[list[Any]]:
    if inputs.leads_to:
        return []
    unknown = _wishes_unknown(inputs)
    return [["wishes known", not unknown, ", ".join(unknown)]]


def _leaves(quotas: Sequence[QuotaNode], given: Allocation) -> dict[str, list[int]]:
    """For every group of places that is not divided further, the places filled and all of them."""
    parents = {quota.parent for quota in quotas}
    leaves = {quota.key: [0, quota.capacity] for quota in quotas if quota.key not in parents}
    for placed in given.placements:
        if placed.seat:
            leaves[placed.seat][0] += 1
    return leaves


def _money(task: SelectionProblem, selected: Set[str]) -> list[str]:
    """What is paid to the selected and the budget it is paid from; nothing where no money is
    counted.
    """
    budgets = [quota.budget for quota in task.quotas if quota.budget is not None]
    spent = sum((each.cost for each in task.candidates if each.key in selected), Decimal())
    return [str(spent), str(budgets[0])] if budgets else []


def _held(limit: Reserve, given: Allocation) -> int:
    """How many places the group of a reserve holds: all of them, unless the certificate reports
    fewer.
    """
    short = {(fall.group, fall.node): fall.held for fall in given.certificate.shortfalls}
    return short.get((limit.group, limit.node or ""), limit.seats)


def share_told(groups: Sequence[frozenset[str]], wanted: str) -> str:
    """The share of a group among the selected, in percent. Blank when fewer than five are in it or
    fewer than five are not: then the share, with what else is known, would tell of single people.
    """
    inside = sum(wanted in each for each in groups)
    if min(inside, len(groups) - inside) < LEAST_TOLD:
        return ""
    return f"{Decimal(100 * inside) / len(groups):.0f}"


def _digests(record: Mapping[str, Record]) -> dict[str, str]:
    """The digests of the records stand for them: each is itself a hash over its canonical JSON."""
    return {step: part.digest for step, part in record.items()}
