"""What a call promises, as plain values: levels, hosts, seats, letters, rubric, stages, benefits,
eligibility rules.

This is the public surface; import from here. Programme kinds fill terms with defaults, a draft call
edits them, publication freezes them. Not here: the questions of the form (``kernel.questions``) and
the evaluation of rules (``kernel.eligibility``).
"""

from __future__ import annotations

from anso.kernel.terms.checking import check_terms, require_sound_terms
from anso.kernel.terms.model import (
    BLOCKS,
    SUPERVISOR_MODES,
    Benefit,
    Criterion,
    EntryKind,
    Host,
    LetterRule,
    Level,
    Rubric,
    SeatNode,
    SeatReserve,
    Stage,
    Terms,
    favoured_group,
)
from anso.kernel.terms.reading import read_terms, to_plain

__all__ = [
    "BLOCKS",
    "SUPERVISOR_MODES",
    "Benefit",
    "Criterion",
    "EntryKind",
    "Host",
    "LetterRule",
    "Level",
    "Rubric",
    "SeatNode",
    "SeatReserve",
    "Stage",
    "Terms",
    "check_terms",
    "favoured_group",
    "read_terms",
    "require_sound_terms",
    "to_plain",
]
