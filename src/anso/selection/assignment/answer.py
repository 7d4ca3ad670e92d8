"""The frozen answer of an assignment: pairs, proof, and the reason for any pair that was not made.

Here belong what is handed out and how it is explained and checked. How it is found belongs to the
modules beside.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from anso.selection.assignment.board import BANNED, Board, Pairs, Prices, set_up_board
from anso.selection.assignment.certificate import Proven, bound_by_prices
from anso.selection.assignment.explanations import AssignedPair, explain_pairs
from anso.selection.assignment.problem import UNITS, AssignmentProblem
from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain


def in_units(millionths: int) -> Decimal:
    """Return a whole number of millionths as an exact decimal."""
    return Decimal(int(millionths)).scaleb(-6)


@dataclass(frozen=True, slots=True)
class Certificate:
    """The proof: prices by name, the bound they give over all pairs, and the gap (zero: proven
    best).

    A rule's price is named "application / rule"; prices of zero are left out. Anyone can recompute
    the bound from the prices with `recompute_bound`.
    """

    application_prices: dict[str, Decimal]
    reviewer_prices: dict[str, Decimal]
    rule_prices: dict[str, Decimal]
    bound: Decimal
    gap: Decimal
    pairs_considered: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Assignment:
    """Who reviews what: pairs by application, the total, the worst-off application, the loads, and
    the proof.
    """

    method: str
    pairs: tuple[AssignedPair, ...]
    total: Decimal
    worst_off: str
    worst_off_affinity: Decimal
    loads: dict[str, int]
    certificate: Certificate
    explanation: tuple[str, ...]

    def reviewers_of(self, application: str) -> tuple[str, ...]:
        """Return the reviewers of one application, best affinity first."""
        mine = [pair for pair in self.pairs if pair.application == application]
        return tuple(
            pair.reviewer for pair in sorted(mine, key=lambda pair: (-pair.affinity, pair.reviewer))
        )

    def explain(self, key: str) -> tuple[str, ...]:
        """Return who reviews the application `key`, or what the reviewer `key` reviews. Refuses
        unknown names.
        """
        if self.loads.get(key) == 0:
            return (f"{key} reviews nothing.",)
        worst = (
            (f"No application has less affinity in all: {self.worst_off_affinity.normalize():f}.",)
            if key == self.worst_off
            else ()
        )
        return explain_pairs(self.pairs, key) + worst

    def to_dict(self) -> dict[str, Any]:
        """Return the answer as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def state_answer(
    method: str, problem: AssignmentProblem, board: Board, proven: Proven
) -> Assignment:
    """Return the answer in names from the answer in numbers."""
    chosen = proven.chosen
    total = int(chosen.worth.sum())
    sums = np.bincount(
        chosen.application, weights=chosen.worth, minlength=len(problem.applications)
    )
    loads = np.bincount(chosen.reviewer, minlength=len(problem.reviewers))
    worst = int(np.argmin(sums))
    certificate = _certificate(problem, proven, total)
    return Assignment(
        method=method,
        pairs=named_pairs(problem, chosen),
        total=in_units(total),
        worst_off=problem.applications[worst],
        worst_off_affinity=in_units(round(sums[worst])),
        loads=dict(zip(problem.reviewers, loads.tolist(), strict=True)),
        certificate=certificate,
        explanation=_explanation(len(problem.applications), in_units(total), certificate),
    )


def named_pairs(problem: AssignmentProblem, pairs: Pairs) -> tuple[AssignedPair, ...]:
    """Return pairs in names, in order of application and then reviewer as the question names
    them.
    """
    order = np.lexsort((pairs.reviewer, pairs.application))
    columns = zip(*(column[order].tolist() for column in pairs), strict=True)
    return tuple(
        AssignedPair(problem.applications[a], problem.reviewers[r], in_units(w))
        for a, r, w in columns
    )


def _certificate(problem: AssignmentProblem, proven: Proven, total: int) -> Certificate:
    prices = proven.prices
    rows, rules = np.nonzero(prices.rule)
    return Certificate(
        application_prices=_named(problem.applications, prices.application.tolist()),
        reviewer_prices=_named(problem.reviewers, prices.reviewer.tolist()),
        rule_prices={
            f"{problem.applications[row]} / {problem.rules[rule].name}": in_units(
                prices.rule[row, rule]
            )
            for row, rule in zip(rows.tolist(), rules.tolist(), strict=True)
        },
        bound=in_units(proven.bound),
        gap=in_units(proven.bound - total),
        pairs_considered=len(proven.made),
        rounds=proven.rounds,
    )


def _named(names: Iterable[str], prices: list[int]) -> dict[str, Decimal]:
    return {name: in_units(price) for name, price in zip(names, prices, strict=True) if price}


def _explanation(count: int, total: Decimal, certificate: Certificate) -> tuple[str, ...]:
    found = f"{count} applications have their reviewers; total affinity {total.normalize():f}."
    if certificate.gap:
        return (
            found,
            (
                f"No assignment can exceed {certificate.bound.normalize():f}; a better one is not"
                " excluded."
            ),
        )
    return (
        found,
        (
            "No permitted assignment has a higher value for the aim: the prices prove it over all"
            " pairs."
        ),
    )


def prices_in_numbers(problem: AssignmentProblem, certificate: Certificate) -> Prices:
    """Return the prices of a certificate in the order of the question; refuse names that it does
    not know.
    """
    rules = [rule.name for rule in problem.rules]
    rule = np.zeros((len(problem.applications), len(rules)), dtype=np.int64)
    row = {name: place for place, name in enumerate(problem.applications)}
    column = {name: place for place, name in enumerate(rules)}
    cells = (
        {f"{a} / {r}": (row[a], column[r]) for a in row for r in column}
        if certificate.rule_prices
        else {}
    )
    unknown = set(certificate.application_prices).difference(row) | set(
        certificate.rule_prices
    ).difference(cells)
    unknown |= set(certificate.reviewer_prices).difference(problem.reviewers)
    if unknown:
        raise SelectionError(
            f"The certificate names “{min(unknown)}”, which the question does not know."
        )
    for name, price in certificate.rule_prices.items():
        rule[cells[name]] = int(price * UNITS)
    return Prices(
        _numbers(problem.applications, certificate.application_prices),
        _numbers(problem.reviewers, certificate.reviewer_prices),
        rule,
    )


def _numbers(names: tuple[str, ...], prices: dict[str, Decimal]) -> Any:
    return np.array([int(prices.get(name, Decimal(0)) * UNITS) for name in names], dtype=np.int64)


def recompute_bound(problem: AssignmentProblem, certificate: Certificate) -> Decimal:
    """Return what no assignment can exceed, from the prices alone, over all pairs: the check of a
    stranger.
    """
    return in_units(bound_by_prices(set_up_board(problem), prices_in_numbers(problem, certificate)))


def explain_pair(
    problem: AssignmentProblem, assignment: Assignment, application: str, reviewer: str
) -> str:
    """Return in one sentence why this reviewer does, or does not, review this application."""
    if application not in problem.applications or reviewer not in problem.reviewers:
        raise SelectionError(f"“{application}” or “{reviewer}” is unknown.")
    if any(
        (pair.application, pair.reviewer) == (application, reviewer) for pair in assignment.pairs
    ):
        return f"{reviewer} reviews {application}."
    board = set_up_board(problem)
    row, column = problem.applications.index(application), problem.reviewers.index(reviewer)
    here = board.among(np.array([row * len(problem.reviewers) + column]))
    if not len(here.worth):
        return (
            f"{reviewer} may not review {application}: a conflict, or not among the possible pairs."
        )
    prices = prices_in_numbers(problem, assignment.certificate)
    worth = int(here.worth[0])
    rules = int(prices.rule[row] @ board.members[:, column])
    place = f"a place at {application} is worth {in_units(prices.application[row]).normalize():f}"
    time = f"{reviewer}'s time {in_units(prices.reviewer[column]).normalize():f}"
    extra = f", the rules on groups {in_units(rules).normalize():f}" if rules else ""
    return (
        f"{reviewer} does not review {application}: the affinity is"
        f" {in_units(worth).normalize():f}, while {place}, {time}{extra}."
    )


__all__ = [
    "BANNED",
    "AssignedPair",
    "Assignment",
    "Certificate",
    "explain_pair",
    "recompute_bound",
]
