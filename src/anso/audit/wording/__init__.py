"""The record in words."""

from __future__ import annotations

from anso.audit.wording.entries import (
    KINDS,
    LABELS,
    PROCESSES,
    VERBS,
    actors_in_words,
    kind_words,
    label_words,
    verb_words,
)
from anso.audit.wording.fields import (
    FIELDS,
    NESTED,
    OWN_FIELDS,
    Field,
    changes_in_words,
    fixed_words,
    keys_in,
    why_words,
)

__all__ = [
    "FIELDS",
    "KINDS",
    "LABELS",
    "NESTED",
    "OWN_FIELDS",
    "PROCESSES",
    "VERBS",
    "Field",
    "actors_in_words",
    "changes_in_words",
    "fixed_words",
    "keys_in",
    "kind_words",
    "label_words",
    "verb_words",
    "why_words",
]
