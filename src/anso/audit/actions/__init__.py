"""Writing the record, changing states, sealing what is new."""

from __future__ import annotations

from anso.audit.actions.entries import jsonable, record_entries, record_entry
from anso.audit.actions.sealing import seal_entries
from anso.audit.actions.transitions import transition, transition_many

__all__ = [
    "jsonable",
    "record_entries",
    "record_entry",
    "seal_entries",
    "transition",
    "transition_many",
]
