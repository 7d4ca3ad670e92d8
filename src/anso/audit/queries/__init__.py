"""Reading the record, and proving that it was not altered."""

from __future__ import annotations

from anso.audit.queries.actors import (
    KNOWN_PEOPLE,
    KnownPeople,
    accounts_named,
    names_of_actors,
)
from anso.audit.queries.keys import KEYS, Key, key_of, names_of_keys
from anso.audit.queries.reading import (
    RecordFilter,
    chain_of,
    checkpoints,
    count_unsealed,
    entries_about,
    entries_matching,
    entry_fields,
    get_latest_checkpoint,
    type_label,
)
from anso.audit.queries.verifying import Fault, Verification, verify_record

__all__ = [
    "KEYS",
    "KNOWN_PEOPLE",
    "Fault",
    "Key",
    "KnownPeople",
    "RecordFilter",
    "Verification",
    "accounts_named",
    "chain_of",
    "checkpoints",
    "count_unsealed",
    "entries_about",
    "entries_matching",
    "entry_fields",
    "get_latest_checkpoint",
    "key_of",
    "names_of_actors",
    "names_of_keys",
    "type_label",
    "verify_record",
]
