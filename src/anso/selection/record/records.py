"""The record of one selection run: everything that is needed to recompute it, with a hash over all
of it.

Here belongs making, writing and reading records. Running one again belongs to `replay`.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version as installed_version
from typing import Any, get_type_hints

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain
from anso.selection.record.canonical import canonical_json, digest_of
from anso.selection.record.loading import load_as
from anso.selection.record.registry import find_method, split_method

FORMAT = "anso-selection-record/1"
Seed = str | int | None


@dataclass(frozen=True, slots=True)
class Record:
    """One run in plain values: method, input, parameters, seed, output with its trace, and the hash
    of all that.
    """

    method: str
    library: str
    inputs: dict[str, Any]
    parameters: dict[str, Any]
    seed: Seed
    output: Any
    digest: str
    format: str = FORMAT

    @property
    def trace(self) -> Any:
        """The steps that led to the output, as the method wrote them."""
        return self.output.get("trace", []) if isinstance(self.output, dict) else []

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain values."""
        plain: dict[str, Any] = as_plain(self)
        return plain

    def to_json(self) -> str:
        """Return the record as canonical JSON, the text that is stored."""
        return canonical_json(self)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An answer as the method gave it, and the record of the run."""

    answer: Any
    record: Record


def make_record(
    *,
    method: str,
    version: str = "",
    inputs: Mapping[str, Any],
    output: Any,
    parameters: Mapping[str, Any] | None = None,
    seed: Seed = None,
) -> Record:
    """Return the record of a run that was made. The trace is the one inside `output`.

    `inputs` and `parameters` are the arguments of the method by name. Refuses methods that are not
    registered.
    """
    full = split_method(method, version)
    find_method(full)
    parts = {
        "method": full,
        "library": f"anso {installed_version('anso')}",
        "inputs": as_plain(dict(inputs)),
        "parameters": as_plain(dict(parameters or {})),
        "seed": seed,
        "output": as_plain(output),
    }
    return Record(**parts, digest=digest_of({**parts, "format": FORMAT}))


def run_method(
    method: str,
    inputs: Mapping[str, Any],
    parameters: Mapping[str, Any] | None = None,
    seed: Seed = None,
) -> Recorded:
    """Run the method registered as "name/version" and return its answer with the record.

    Arguments may be frozen values or their plain form. Refuses arguments that the method does not
    know.
    """
    answer = call_method(method, {**inputs, **(parameters or {})}, seed)
    record = make_record(
        method=method, inputs=inputs, parameters=parameters, seed=seed, output=answer
    )
    return Recorded(answer, record)


def call_method(method: str, arguments: Mapping[str, Any], seed: Seed) -> Any:
    """Call the method registered as "name/version" with plain or frozen `arguments`."""
    function = find_method(method)
    hints = get_type_hints(function)
    names = inspect.signature(function).parameters
    given = as_plain({**arguments, **({} if seed is None else {"seed": seed})})
    unknown = sorted(given.keys() - names.keys())
    if unknown:
        raise SelectionError(f"The method “{method}” has no argument “{unknown[0]}”.")
    missing = sorted(
        key for key, name in names.items() if name.default is name.empty and key not in given
    )
    if missing:
        raise SelectionError(f"The method “{method}” needs “{missing[0]}”.")
    return function(**{name: load_as(hints[name], value) for name, value in given.items()})


def read_record(text: str) -> Record:
    """Return the record written in `text`. Refuses text that is not a record of this format."""
    try:
        parts = json.loads(text)
    except json.JSONDecodeError as error:
        raise SelectionError(f"This is not JSON: {error}.") from error
    if not isinstance(parts, dict) or parts.get("format") != FORMAT:
        raise SelectionError(f"This is not a selection record (its format is not “{FORMAT}”).")
    wanted = {"method", "library", "inputs", "parameters", "seed", "output", "digest", "format"}
    if parts.keys() != wanted:
        odd = ", ".join(sorted(parts.keys() ^ wanted))
        raise SelectionError(
            f"The record is incomplete or has parts that do not belong to it: {odd}."
        )
    return Record(**parts)


def digest_now(record: Record) -> str:
    """Return the hash of what the record says now, to compare with the hash that it carries."""
    parts = record.to_dict()
    parts.pop("digest")
    return digest_of(parts)
