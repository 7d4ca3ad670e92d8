"""Deferred acceptance: candidates and hosts both have orders, and quotas may be shared between
hosts.

Here belongs the two-sided match and the next on its lists. One common order belongs to `filling`;
hard floors and ceilings across hosts belong to `optimum`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from anso.selection.allocation.acceptance_state import AcceptanceState
from anso.selection.allocation.explanations import MatchExplanations
from anso.selection.allocation.hosts import HostOrder, Match, MatchProblem, make_host_positions
from anso.selection.allocation.outcome import Outcome
from anso.selection.allocation.problem import (
    Candidate,
    QuotaNode,
    Reserve,
    make_tree,
    refuse_budgets,
)
from anso.selection.allocation.stability import certify_match
from anso.selection.allocation.succession import check_answers

METHOD = "deferred-acceptance/1"


def match_candidates(
    candidates: Sequence[Candidate],
    quotas: Sequence[QuotaNode],
    orders: Sequence[HostOrder],
    reserves: Sequence[Reserve] = (),
    *,
    seed: str = "",
) -> Match:
    """Match candidates with leaves by candidate-proposing deferred acceptance under a tree of
    shared quotas.

    Each candidate asks for the best leaf that has not refused them; a leaf holds the best it may
    hold. When a quota above several leaves is over-full, the seat that comes last gives way: seats
    up to each host's target come first, then the second, third … seat of every host by turns. Soft
    reserves fill a leaf's kept seats with the best members of the group first. Equal candidates are
    drawn once, by the SHA-256 of "seed:key", for all hosts. Guarantees: no blocking pair within the
    quotas, and no candidate gains by a false order. Without shared quotas every candidate gets the
    best leaf of any stable match. Refuses contradictory input by name. Source: Gale, Shapley,
    American Mathematical Monthly 69 (1962) 9; Kamada, Kojima, American Economic Review 105 (2015)
    67 and Journal of Economic Theory 168 (2017) 107; Hafalir, Yenmez, Yildirim, Theoretical
    Economics 8 (2013).
    """
    problem = MatchProblem(tuple(candidates), tuple(quotas), tuple(orders), tuple(reserves), seed)
    refuse_budgets("Deferred acceptance", quotas)
    tree = make_tree(problem.quotas)
    hosts = make_host_positions(problem, tree)
    engine = AcceptanceState(
        tree, hosts, {candidate.key: candidate.groups for candidate in problem.candidates}
    )
    engine.run(list(problem.candidates))
    seats = {candidate.key: "" for candidate in problem.candidates} | engine.seats()
    placements = MatchExplanations(problem, tree, hosts, seats).placements()
    placed = sum(1 for leaf in seats.values() if leaf)
    trace = (
        f"{engine.proposals} proposals were made; {placed} of {len(seats)} candidates have a seat.",
    )
    return Match(METHOD, placements, certify_match(problem, tree, hosts, seats), trace, problem)


def next_in_match(match: Match, declined: Collection[str], accepted: Collection[str] = ()) -> Match:
    """Give the seats of those who `declined` to people waiting, by the same orders. Everybody else
    keeps their seat.

    People waiting propose again, in the same way, for what is free now. `accepted` is checked
    against `declined`. Refuses strangers, people without a seat or place on a list, and people who
    both accepted and declined.
    """
    check_answers(match.placements, frozenset(declined), frozenset(accepted))
    tree = make_tree(match.problem.quotas)
    hosts = make_host_positions(match.problem, tree)
    engine = AcceptanceState(
        tree, hosts, {candidate.key: candidate.groups for candidate in match.problem.candidates}
    )
    gone = {place.key for place in match.placements if place.outcome is Outcome.DECLINED} | set(
        declined
    )
    held = {
        place.key: place.seat for place in match.placements if place.seat and place.key not in gone
    }
    engine.fix(held)
    engine.run(
        [
            person
            for person in match.problem.candidates
            if person.key not in gone and person.key not in held
        ]
    )
    seats = {
        person.key: "" for person in match.problem.candidates if person.key not in gone
    } | engine.seats()
    placements = MatchExplanations(match.problem, tree, hosts, seats).placements()
    offers = [place for place in placements if place.seat and place.key not in held]
    trace = (
        *(f"{key} declined." for key in sorted(declined)),
        *(f"{offer.key}: {offer.reason}" for offer in offers),
    )
    certificate = certify_match(match.problem, tree, hosts, seats, frozenset(held))
    return replace(
        match, placements=placements, certificate=certificate, trace=(*match.trace, *trace)
    )
