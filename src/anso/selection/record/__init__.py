"""Records of selection runs: what went in, what came out, and how anyone can recompute it.

The public names of the record are imported here; other code imports from this package.
"""

from __future__ import annotations

from anso.selection.record.canonical import canonical_json, digest_of
from anso.selection.record.records import (
    Record,
    Recorded,
    call_method,
    make_record,
    read_record,
    run_method,
)
from anso.selection.record.replay import Replay, explain_record, replay_record

__all__ = [
    "Record",
    "Recorded",
    "Replay",
    "call_method",
    "canonical_json",
    "digest_of",
    "explain_record",
    "make_record",
    "read_record",
    "replay_record",
    "run_method",
]
