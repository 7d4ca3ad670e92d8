"""Allocating seats: who sits where under quotas, ceilings and reserves, with a reason for
everybody.

The public names of allocation are imported here; other code imports from this package.
"""

from __future__ import annotations

from anso.selection.allocation.bulk import BulkMatch, match_in_bulk
from anso.selection.allocation.deferred_acceptance import match_candidates, next_in_match
from anso.selection.allocation.filling import fill_by_rank
from anso.selection.allocation.hosts import HostOrder, Match, MatchProblem, order_by_scores
from anso.selection.allocation.optimum import (
    Floor,
    InfeasibleSeats,
    Optimum,
    Price,
    Relaxation,
    optimise_seats,
)
from anso.selection.allocation.outcome import (
    Allocation,
    Cause,
    Certificate,
    Check,
    Outcome,
    Placement,
    Refusal,
    Shortfall,
    WaitingPosition,
)
from anso.selection.allocation.problem import (
    Candidate,
    Ceiling,
    Problem,
    QuotaNode,
    Reserve,
)
from anso.selection.allocation.succession import Succession, next_on_list
from anso.selection.allocation.vacancies import fill_vacancies
from anso.selection.allocation.withholding import Remaining, Withheld, withhold_seats

__all__ = [
    "Allocation",
    "BulkMatch",
    "Candidate",
    "Cause",
    "Ceiling",
    "Certificate",
    "Check",
    "Floor",
    "HostOrder",
    "InfeasibleSeats",
    "Match",
    "MatchProblem",
    "Optimum",
    "Outcome",
    "Placement",
    "Price",
    "Problem",
    "QuotaNode",
    "Refusal",
    "Relaxation",
    "Remaining",
    "Reserve",
    "Shortfall",
    "Succession",
    "WaitingPosition",
    "Withheld",
    "fill_by_rank",
    "fill_vacancies",
    "match_candidates",
    "match_in_bulk",
    "next_in_match",
    "next_on_list",
    "optimise_seats",
    "order_by_scores",
    "withhold_seats",
]
