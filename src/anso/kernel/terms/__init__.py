"""What a call promises, as plain values: levels, hosts, letters, rubric, stages, benefits,
eligibility rules, and in the part of its outcome what the selected receive.

This is the public surface; import from here. Programme kinds fill terms with defaults, a draft call
edits them, publication freezes them. Not here: the questions of the form (``kernel.questions``) and
the evaluation of rules (``kernel.eligibility``).
"""

from __future__ import annotations

from anso.kernel.terms.checking import check_terms, require_sound_terms
from anso.kernel.terms.conflicts import TIES, ConflictTerms, Strictness
from anso.kernel.terms.groups import EITHER, Group
from anso.kernel.terms.intake import Intake
from anso.kernel.terms.model import (
    BLOCKS,
    Benefit,
    Criterion,
    EntryKind,
    Host,
    LetterNeed,
    LetterRule,
    LetterWords,
    Level,
    Publication,
    Rubric,
    Stage,
    Terms,
)
from anso.kernel.terms.nouns import EntryNouns
from anso.kernel.terms.outcome import OutcomePart, PlaceNode, PlaceReserve, favoured_group
from anso.kernel.terms.reading import read_node, read_reserve, read_terms, to_plain

__all__ = [
    "BLOCKS",
    "EITHER",
    "TIES",
    "Benefit",
    "ConflictTerms",
    "Criterion",
    "EntryKind",
    "EntryNouns",
    "Group",
    "Host",
    "Intake",
    "LetterNeed",
    "LetterRule",
    "LetterWords",
    "Level",
    "OutcomePart",
    "PlaceNode",
    "PlaceReserve",
    "Publication",
    "Rubric",
    "Stage",
    "Strictness",
    "Terms",
    "check_terms",
    "favoured_group",
    "read_node",
    "read_reserve",
    "read_terms",
    "require_sound_terms",
    "to_plain",
]
