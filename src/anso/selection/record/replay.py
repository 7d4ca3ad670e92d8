"""Running a record again and comparing, and answering "why (not) this one?" from a record.

Here belong the two questions that a reader asks of a record. What a record holds belongs to
`records`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, get_type_hints

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain
from anso.selection.record.canonical import canonical_json
from anso.selection.record.loading import load_as
from anso.selection.record.records import Record, call_method, digest_now
from anso.selection.record.registry import find_method, find_pair_explainer

# Linear algebra may differ in its last digits from one machine to another.
TOLERANCE = 1e-9
NAMES = ("key", "item", "candidate", "application", "option", "name")


@dataclass(frozen=True, slots=True)
class Replay:
    """What came of running a record again.

    `is_untouched`: the record still has the hash it was given. `is_identical`: the output is the
    same to the last character. `is_same`: at most floats differ, by less than a billionth.
    `differences` names the first twenty. `faults` says what the record itself does not give
    although it must, such as a reason; `told` what a reader should learn beside the numbers.
    """

    is_untouched: bool
    is_identical: bool
    is_same: bool
    differences: tuple[str, ...]
    faults: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the record is untouched and complete and its output came out again."""
        return self.is_untouched and self.is_same and not self.faults


def replay_record(record: Record) -> Replay:
    """Run the method of `record` on its input again and compare the output. Refuses methods no
    longer known.
    """
    answer = call_method(record.method, {**record.inputs, **record.parameters}, record.seed)
    again = as_plain(answer)
    identical = canonical_json(again) == canonical_json(record.output)
    differences: list[str] = []
    if not identical:
        _compare("output", record.output, again, differences)
    untouched = digest_now(record) == record.digest
    faults, told = getattr(answer, "faults", ()), getattr(answer, "told", ())
    return Replay(untouched, identical, not differences, tuple(differences[:20]), faults, told)


def _compare(path: str, before: Any, after: Any, found: list[str]) -> None:
    if isinstance(before, dict) and isinstance(after, dict):
        found += [
            f"{path}.{key} is on one side only" for key in sorted(before.keys() ^ after.keys())
        ]
        for key in sorted(before.keys() & after.keys()):
            _compare(f"{path}.{key}", before[key], after[key], found)
    elif isinstance(before, list) and isinstance(after, list):
        if len(before) != len(after):
            found.append(f"{path} has {len(before)} entries recorded, {len(after)} now")
        for at, (old, new) in enumerate(zip(before, after, strict=False)):
            _compare(f"{path}[{at}]", old, new, found)
    elif before != after and not _is_close(before, after):
        found.append(f"{path} was {before!r}, is now {after!r}")


def _is_close(before: Any, after: Any) -> bool:
    numbers = isinstance(before, int | float) and isinstance(after, int | float)
    return numbers and math.isclose(before, after, rel_tol=TOLERANCE, abs_tol=TOLERANCE)


def explain_record(record: Record, key: str, reviewer: str = "") -> tuple[str, ...]:
    """Return the sentences that tell why `key` got what the record says. Refuses a key that the
    record has not.

    With a `reviewer`, `key` is an application, and the sentence tells why this pair was, or was
    not, made.
    """
    hint = get_type_hints(find_method(record.method))["return"]
    answer = load_as(hint, record.output)
    if reviewer:
        teller = find_pair_explainer(record.method)
        given = {**record.inputs, **record.parameters}
        hints = get_type_hints(teller)
        question = {
            name: load_as(hint, given[name]) for name, hint in hints.items() if name in given
        }
        (named,) = (
            name for name, wanted in hints.items() if wanted is hint and name not in question
        )
        return (teller(**question, **{named: answer}, application=key, reviewer=reviewer),)
    if hasattr(answer, "explain"):
        sentences: tuple[str, ...] = tuple(answer.explain(key))
        return sentences
    found = tuple(dict.fromkeys(_reasons(record.output, key)))
    if not found:
        raise SelectionError(f"The record says nothing about “{key}”.")
    return found


def _reasons(value: Any, key: str) -> list[str]:
    if isinstance(value, list):
        return [reason for entry in value for reason in _reasons(entry, key)]
    if not isinstance(value, dict):
        return []
    named = any(value.get(name) == key for name in NAMES)
    own = [
        value[word]
        for word in ("reason", "explanation")
        if named and isinstance(value.get(word), str)
    ]
    return own + [reason for entry in value.values() for reason in _reasons(entry, key)]
