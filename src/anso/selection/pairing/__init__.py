"""Pairing what is asked for with whoever offers it: a shortlist for one seeker with reasons, and a
stable proposal for all of them.

The public names of pairing are imported here; other code imports from this package.
"""

from __future__ import annotations

from anso.selection.pairing.pairs import Pair, Pairs, pair_up
from anso.selection.pairing.problem import Lack, Offered, Part, Points, Seeker
from anso.selection.pairing.shortlist import Fit, LeftOut, Shortlist, draw_up_shortlist

__all__ = [
    "Fit",
    "Lack",
    "LeftOut",
    "Offered",
    "Pair",
    "Pairs",
    "Part",
    "Points",
    "Seeker",
    "Shortlist",
    "draw_up_shortlist",
    "pair_up",
]
