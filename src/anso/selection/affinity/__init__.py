"""Affinity of reviewers to applications, from subject codes, keywords and texts.

Here belongs the verb that other packages call, `compute_affinity`. Who reviews what belongs to `assignment`.
"""

from anso.selection.affinity.profiles import Profile, Text
from anso.selection.affinity.scores import AffinityTable, AffinityWeights, compute_affinity, explain_pair

__all__ = ["AffinityTable", "AffinityWeights", "Profile", "Text", "compute_affinity", "explain_pair"]
