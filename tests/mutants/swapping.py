"""Puts a fault into the running program and takes it out again, without touching a file.

The source of one file is read, the text replaced, and both are compiled. Functions whose code
differs get the other code for as long as the fault is in; everybody who imported them has it at
once, since it is the same function. So a fault can only stand inside a function.
"""

from __future__ import annotations

import functools
import gc
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from django.db import connections

from anso.database import Prepared
from tests.prepared import compile_statements

ROOT = Path(__file__).resolve().parents[2]
OURS = ("anso.", "tests.", "operations.")


class MutantError(Exception):
    """The mutant does not fit the source, or is no fault that a test could find."""


@contextmanager
def swapped(
    file: str, text: str, becomes: str, unblocked: Callable[[], AbstractContextManager[None]]
) -> Iterator[None]:
    """The program with the fault in. Raises MutantError where the text is not found just once.

    ``unblocked`` opens the way to the database, which pytest-django keeps shut outside of tests.
    """
    changes = _changed_functions(file, text, becomes)
    try:
        for function, _, faulty in changes:
            function.__code__ = faulty
        _forget(unblocked)
        yield
    finally:
        for function, right, _ in changes:
            function.__code__ = right
        _forget(unblocked)


def mutated(source: str, text: str, becomes: str) -> str:
    """The source with the text replaced, which must stand in it exactly once."""
    found = source.count(text)
    if found != 1:
        message = "is no longer found" if not found else f"is found {found} times"
        raise MutantError(f"its text {message}")
    return source.replace(text, becomes)


def changed_codes(file: str, text: str, becomes: str) -> dict[tuple[str, int], CodeType]:
    """The code with the fault of every function that differs, by where that function stands.
    Raises MutantError where the mutant does not fit.
    """
    path = ROOT / file
    if not path.exists():
        raise MutantError("its file is no longer there")
    source = path.read_text()
    right = compile(source, str(path), "exec", dont_inherit=True)
    faulty = compile(
        mutated(source, text, becomes), f"<mutant of {file}>", "exec", dont_inherit=True
    )
    pairs = dict(_differing(right, faulty))
    if not pairs:
        raise MutantError("it changes no function (a mutant stands inside a function)")
    return pairs


def _changed_functions(
    file: str, text: str, becomes: str
) -> list[tuple[FunctionType, CodeType, CodeType]]:
    path, pairs = ROOT / file, changed_codes(file, text, becomes)
    running = [
        (each, each.__code__, pairs[_place(each.__code__)])
        for each in _loaded(_modules()).functions[str(path)]
        if _place(each.__code__) in pairs
    ]
    if {_place(code) for _, code, _ in running} != pairs.keys():
        raise MutantError("the function that it changes is not loaded")
    return running


def _place(code: CodeType) -> tuple[str, int]:
    return (code.co_qualname, code.co_firstlineno)


@dataclass(frozen=True)
class Loaded:
    """What of ours is loaded: the functions of each file, and what keeps what it found."""

    functions: Mapping[str, list[FunctionType]]
    caches: list[Any]


def _modules() -> int:
    """How many modules of ours are loaded."""
    return sum(name.startswith(OURS) for name in sys.modules)


@functools.lru_cache(maxsize=1)
def _loaded(modules: int) -> Loaded:
    """All that is looked for among the millions of objects of a process: once, until there are more
    ``modules``.
    """
    functions, caches = defaultdict(list), []
    for each in gc.get_objects():
        # By type(), since isinstance() would ask lazy objects for what they stand for.
        if type(each) is FunctionType:
            functions[each.__code__.co_filename].append(each)
        elif type(each) is functools._lru_cache_wrapper and each.__module__.startswith("anso."):
            caches.append(each)
    return Loaded(functions, caches)


def _differing(right: CodeType, faulty: CodeType) -> Iterator[tuple[tuple[str, int], CodeType]]:
    """The outermost functions of a module, or of its classes, that differ; by where they stand."""
    mine, others = _codes_in(right), _codes_in(faulty)
    if len(mine) != len(others) or _shape(right) != _shape(faulty):
        raise MutantError("it changes more than functions (a mutant stands inside a function)")
    for one, other in zip(mine, others, strict=True):
        if _same(one, other):
            continue
        if _is_class(one):
            yield from _differing(one, other)
        elif one.co_freevars != other.co_freevars:
            raise MutantError("it uses other names of the class around it")
        else:
            yield _place(one), other


def _codes_in(code: CodeType) -> list[CodeType]:
    return [each for each in code.co_consts if isinstance(each, CodeType)]


def _is_class(code: CodeType) -> bool:
    return "__qualname__" in code.co_names and "__module__" in code.co_names


def _shape(code: CodeType) -> tuple[object, ...]:
    """What a piece of code does, without the code inside it and without line numbers."""
    plain = tuple(
        (type(each), each)
        for each in code.co_consts
        if not isinstance(each, CodeType) and not _is_line(each)
    )
    return (code.co_code, code.co_names, code.co_varnames, code.co_freevars, plain)


def _is_line(constant: object) -> bool:
    """From Python 3.13 on the body of a class holds the number of its first line."""
    return isinstance(constant, int) and not isinstance(constant, bool)


def _same(one: CodeType, other: CodeType) -> bool:
    inner, outer = _codes_in(one), _codes_in(other)
    numbers = [
        tuple(each for each in code.co_consts if _is_line(each))
        for code in (one, other)
        if not _is_class(code)
    ]
    return (
        _shape(one) == _shape(other)
        and (not numbers or numbers[0] == numbers[1])
        and len(inner) == len(outer)
        and all(map(_same, inner, outer))
    )


def _forget(unblocked: Callable[[], AbstractContextManager[None]]) -> None:
    """What functions remember was found by other code: caches, and statements that were written
    once and are kept by their connections.
    """
    were_compiled = Prepared.compile.cache_info().currsize
    for each in _loaded(_modules()).caches:
        each.cache_clear()
    connections.close_all()
    if were_compiled:  # and with it the database is set up
        with unblocked():
            compile_statements()
