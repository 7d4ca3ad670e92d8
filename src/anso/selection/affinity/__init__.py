"""Affinity of reviewers to applications, from subject codes, keywords and texts.

Here belongs the verb that other packages call, `compute_affinity`. Who reviews what belongs to
`assignment`.
"""

from anso.selection.affinity.bids import Bid, weigh_bids
from anso.selection.affinity.embedding import embed_profiles, load_encoder
from anso.selection.affinity.profiles import Profile, Text
from anso.selection.affinity.scores import (
    AffinityTable,
    AffinityWeights,
    compute_affinity,
    explain_pair,
)

__all__ = [
    "AffinityTable",
    "AffinityWeights",
    "Bid",
    "Profile",
    "Text",
    "compute_affinity",
    "embed_profiles",
    "explain_pair",
    "load_encoder",
    "weigh_bids",
]
