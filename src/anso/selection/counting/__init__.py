"""Counting votes: motions, and elections of one or several people, with every stage and every tie
shown.

The public names of counting are imported here; other code imports from this package.
"""

from __future__ import annotations

from anso.selection.counting.ballots import ApprovalBallot, RankedBallot, TieredBallot
from anso.selection.counting.meek import count_meek_stv
from anso.selection.counting.motions import (
    Base,
    Division,
    Measure,
    Member,
    Result,
    Threshold,
    Voice,
    Vote,
    count_motion,
)
from anso.selection.counting.reading import (
    Election,
    read_blt,
    read_preference_lists,
    read_rank_table,
)
from anso.selection.counting.schulze import Comparison, Strength, count_schulze
from anso.selection.counting.scottish import count_scottish_stv
from anso.selection.counting.single import count_approval, count_instant_run_off, count_two_round
from anso.selection.counting.stages import Count, CountStage, Tally
from anso.selection.counting.ties import TieDecision, TieRule, TieStep

__all__ = [
    "ApprovalBallot",
    "Base",
    "Comparison",
    "Count",
    "CountStage",
    "Division",
    "Election",
    "Measure",
    "Member",
    "RankedBallot",
    "Result",
    "Strength",
    "Tally",
    "Threshold",
    "TieDecision",
    "TieRule",
    "TieStep",
    "TieredBallot",
    "Voice",
    "Vote",
    "count_approval",
    "count_instant_run_off",
    "count_meek_stv",
    "count_motion",
    "count_schulze",
    "count_scottish_stv",
    "count_two_round",
    "read_blt",
    "read_preference_lists",
    "read_rank_table",
]
