"""What is asked: applications, reviewers, affinity, conflicts, loads and rules for each
application's reviewers.

Here belong the frozen question and the checks of its input. How it is solved belongs to the modules
beside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

UNITS = 1_000_000
LARGEST_AFFINITY = 500.0

# a NumPy table, a SciPy sparse array (also as rows, columns and scores, as records hold it), or
# rows of numbers
Affinity = Any
Count = int | Sequence[int]
Conflicts = Collection[tuple[str, str]] | NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class GroupRule:
    """How many of an application's reviewers may come from one group of reviewers.

    The rule holds for every application, or only for those named in `applications`. Examples: at
    most two from one country; at least one senior reviewer; at least one who reads the
    application's language.
    """

    name: str
    members: frozenset[str]
    at_least: int = 0
    at_most: int | None = None
    applications: frozenset[str] | None = None


def at_most_per_group(name: str, group_of: Mapping[str, str], limit: int) -> tuple[GroupRule, ...]:
    """Return one rule for each group in `group_of` (reviewer → group): at most `limit` reviewers
    from it.
    """
    groups: dict[str, set[str]] = {}
    for reviewer, group in group_of.items():
        groups.setdefault(group, set()).add(reviewer)
    return tuple(
        GroupRule(f"{name} {group}", frozenset(members), at_most=limit)
        for group, members in sorted(groups.items())
    )


@dataclass(frozen=True, slots=True, eq=False)
class AssignmentProblem:
    """The question: who should review what.

    `affinity` is a table of applications × reviewers, or a sparse table in which pairs that are not
    stored are not possible. Scores are counted in millionths. `conflicts` are pairs (application,
    reviewer) that are never made, by name or as a table of booleans. Counts are one number for all,
    or one for each in the order of the names. Refuses repeated or unknown names, scores that are
    not finite or beyond ±500, and negative or crossed limits.
    """

    applications: tuple[str, ...]
    reviewers: tuple[str, ...]
    affinity: Affinity
    max_load: Count
    min_load: Count = 0
    reviews_each: Count = 3
    conflicts: Conflicts = ()
    rules: tuple[GroupRule, ...] = field(default=())

    def __post_init__(self) -> None:
        """Check the whole question once, so that no method needs to check again."""
        _require_names(self.applications, "application")
        _require_names(self.reviewers, "reviewer")
        if isinstance(self.affinity, Mapping):
            object.__setattr__(self, "affinity", _listed_table(self))
        _require_affinity(self)
        reviews = counts_for(self.reviews_each, self.applications, "The number of reviews")
        floors = counts_for(self.min_load, self.reviewers, "The smallest load")
        ceilings = counts_for(self.max_load, self.reviewers, "The largest load")
        if np.any(reviews < 1):
            raise SelectionError(
                f"{self.applications[int(np.argmin(reviews))]} asks for no review at all."
            )
        crossed = np.flatnonzero(floors > ceilings)
        if len(crossed):
            raise SelectionError(
                f"The smallest load of {self.reviewers[int(crossed[0])]} is above the largest."
            )
        _require_conflicts(self)
        _require_rules(self)

    def to_dict(self) -> dict[str, Any]:
        """Return the question as plain values; a sparse table becomes rows, columns and scores."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def counts_for(count: Count, names: Sequence[str], subject: str) -> NDArray[np.int64]:
    """Return one whole number for each name; refuse a wrong length, a fraction or a number below
    zero.
    """
    if isinstance(count, int | np.integer):
        counts = np.full(len(names), int(count), dtype=np.int64)
    else:
        listed = np.asarray(count)
        if listed.shape != (len(names),):
            raise SelectionError(f"{subject} is given {listed.size} times for {len(names)} names.")
        if not np.issubdtype(listed.dtype, np.integer):
            raise SelectionError(f"{subject} must be a whole number for each name.")
        counts = listed.astype(np.int64)
    if np.any(counts < 0):
        raise SelectionError(f"{subject} of {names[int(np.argmin(counts))]} is below zero.")
    return counts


def _require_names(names: tuple[str, ...], kind: str) -> None:
    if not names:
        raise SelectionError(f"There is no {kind}.")
    if len(set(names)) != len(names):
        twice = min(name for name, times in Counter(names).items() if times > 1)
        raise SelectionError(f"The {kind} “{twice}” is named twice.")


def _listed_table(problem: AssignmentProblem) -> Any:
    parts = problem.affinity
    if (
        parts.keys() != {"rows", "columns", "scores"}
        or len({len(part) for part in parts.values()}) != 1
    ):
        raise SelectionError(
            "A sparse affinity table needs rows, columns and scores, equally many of each."
        )
    places = np.asarray(parts["rows"], dtype=np.int64), np.asarray(parts["columns"], dtype=np.int64)
    shape = len(problem.applications), len(problem.reviewers)
    if len(places[0]) and (
        min(map(np.min, places)) < 0 or places[0].max() >= shape[0] or places[1].max() >= shape[1]
    ):
        raise SelectionError(f"The affinity table names a place outside {shape}.")
    return sparse.csr_array((np.asarray(parts["scores"], dtype=float), places), shape=shape)


def _require_affinity(problem: AssignmentProblem) -> None:
    affinity = problem.affinity
    table: Any = affinity if sparse.issparse(affinity) else np.asarray(affinity)
    wanted = (len(problem.applications), len(problem.reviewers))
    if table.shape != wanted:
        raise SelectionError(f"The affinity table is {table.shape} but the names make {wanted}.")
    scores = table.data if sparse.issparse(affinity) else table
    if not np.issubdtype(scores.dtype, np.number):
        raise SelectionError("The affinity table must hold numbers.")
    if scores.size == 0:
        return
    highest, lowest = float(scores.max()), float(scores.min())
    if not (highest <= LARGEST_AFFINITY and lowest >= -LARGEST_AFFINITY):
        _refuse_affinity(problem, table)


def _refuse_affinity(problem: AssignmentProblem, table: Any) -> None:
    listed = sparse.coo_array(table)
    wrong = int(np.flatnonzero(~(np.abs(listed.data) <= LARGEST_AFFINITY))[0])
    row, column = (int(axis[wrong]) for axis in listed.coords)
    pair = f"{problem.applications[row]} and {problem.reviewers[column]}"
    raise SelectionError(
        f"The affinity of {pair} must be a number within ±500, not {listed.data[wrong]}."
    )


def _require_conflicts(problem: AssignmentProblem) -> None:
    conflicts = problem.conflicts
    if isinstance(conflicts, np.ndarray):
        if (
            conflicts.shape != (len(problem.applications), len(problem.reviewers))
            or conflicts.dtype != np.bool_
        ):
            raise SelectionError("The table of conflicts must hold true or false for each pair.")
        return
    applications, reviewers = set(problem.applications), set(problem.reviewers)
    for application, reviewer in conflicts:
        if application not in applications or reviewer not in reviewers:
            raise SelectionError(
                f"A conflict names “{application}” and “{reviewer}”; one of them is unknown."
            )


def _require_rules(problem: AssignmentProblem) -> None:
    _require_rule_names(problem.rules)
    for rule in problem.rules:
        unknown = rule.members.difference(problem.reviewers)
        unknown |= (rule.applications or frozenset()).difference(problem.applications)
        if unknown:
            raise SelectionError(f"The rule “{rule.name}” names “{min(unknown)}”, who is unknown.")
        if rule.at_least < 0 or (rule.at_most is not None and rule.at_most < rule.at_least):
            raise SelectionError(f"The limits of the rule “{rule.name}” are below zero or crossed.")


def _require_rule_names(rules: Sequence[GroupRule]) -> None:
    names = [rule.name for rule in rules]
    if len(set(names)) != len(names):
        raise SelectionError(
            f"Two rules are named “{min(name for name in names if names.count(name) > 1)}”."
        )
