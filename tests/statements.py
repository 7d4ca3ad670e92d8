"""Which database tests are run once more on the oldest PostgreSQL: as few as send every construct.

What PostgreSQL 15 might not know, or answer otherwise than 18, is a function, an operator, a type,
a clause, or where one stands; never the name of a column of ours. So the whole suite notes what
each test sends (``--statements FILE``) and writes into the file the tests that together send all of
it; with them those of the record and of kept statements, where SQL is written by hand. What the
database refuses counts apart, by the reason.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import Error
from django.db.backends.utils import CursorWrapper

WHOLE = ("tests/audit/", "tests/database/")
STAY_OUT = ("browser", "slow", "mutant")
SAVEPOINT = re.compile(r"(?:RELEASE |ROLLBACK TO )?SAVEPOINT ")
LITERAL = re.compile(r"%s|%\(\w+\)s|'(?:[^']|'')*'|\b\d+(?:\.\d+)?\b")
NAME = re.compile(r'"[^"]+"(?:\."[^"]+")*')
LIST = re.compile(r"(\((?:[^()]|\([^()]*\))*\)|[?x])(?:, ?\1)+")
PIECE = re.compile(r"\w+|[^\w\s()]+|[()?]")
NOTES = pytest.StashKey["Notes"]()


class Notes:
    """What was sent during which test, each construct by a number."""

    def __init__(self) -> None:
        self.kinds: dict[str, int] = {}
        self.sent: dict[str, set[int]] = {}
        self.seconds: dict[str, float] = {}
        self.now: set[int] | None = None
        self._texts: dict[tuple[str, str], set[int]] = {}

    def note(self, sql: Any, refused: str = "") -> None:
        """One statement; what it consists of is found out once for every text."""
        if self.now is None:
            return
        said = (sql if isinstance(sql, str) else repr(sql), refused)
        if said not in self._texts:
            self._texts[said] = {
                self.kinds.setdefault(each, len(self.kinds)) for each in constructs_of(*said)
            }
        self.now |= self._texts[said]

    def add(self, kinds: list[str], sent: dict[str, list[int]], seconds: dict[str, float]) -> None:
        """What another process has noted."""
        self.seconds.update(seconds)
        numbers = [self.kinds.setdefault(kind, len(self.kinds)) for kind in kinds]
        for test, places in sent.items():
            self.sent.setdefault(test, set()).update(numbers[place] for place in places)


def constructs_of(sql: str, refused: str) -> set[str]:
    """Which pieces follow one another, three at a time, where every name of ours is an x, every
    value a ?, and a list has one entry; nothing for a savepoint.
    """
    if SAVEPOINT.match(sql):
        return set()
    if refused:
        return {refused}
    plain = LIST.sub(r"\1", LIST.sub(r"\1", NAME.sub("x", LITERAL.sub("?", sql))))
    pieces = PIECE.findall(plain)
    return {" ".join(pieces[at : at + 3]) for at in range(max(1, len(pieces) - 2))}


def covering(sent: dict[str, set[int]], seconds: dict[str, float]) -> list[str]:
    """Tests that together send everything; each adds the most for the time it takes."""
    left: set[int] = set().union(*sent.values())
    chosen, others = [], dict(sorted(sent.items()))
    while left:
        best = max(others, key=lambda test: len(others[test] & left) / (0.05 + seconds[test]))
        left -= others.pop(best)
        chosen.append(best)
    return chosen


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--statements", metavar="FILE", help="write down the tests that send every construct of SQL"
    )


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("--statements"):
        config.stash[NOTES] = notes = Notes()
        CursorWrapper.execute = noting(CursorWrapper.execute, notes)  # type: ignore[method-assign]
        CursorWrapper.executemany = noting(CursorWrapper.executemany, notes)  # type: ignore[method-assign]


def noting(send: Callable[..., Any], notes: Notes) -> Callable[..., Any]:
    """The same way of sending, which notes what is sent and whether it is refused."""

    def sent(cursor: CursorWrapper, sql: Any, values: Any = None) -> Any:
        try:
            answer = send(cursor, sql, values)
        except Error as refused:
            notes.note(sql, type(refused).__name__)
            raise
        notes.note(sql)
        return answer

    return sent


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """What is sent from here until the test is over, by its fixtures too, is the test's."""
    notes = item.config.stash.get(NOTES, None)
    has = item.get_closest_marker
    if notes and has("database") and not any(has(name) for name in STAY_OUT):
        notes.now = notes.sent.setdefault(item.nodeid, set())
    began = time.perf_counter()
    try:
        return (yield)
    finally:
        if notes:
            notes.seconds[item.nodeid] = time.perf_counter() - began
            notes.now = None


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist is done and hands over its notes."""
    handed_over = getattr(node, "workeroutput", {}).get("statements")
    if handed_over:
        node.config.stash[NOTES].add(*handed_over)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    notes = session.config.stash.get(NOTES, None)
    if not notes:
        return
    if hasattr(session.config, "workeroutput"):
        sent = {test: sorted(kinds) for test, kinds in notes.sent.items()}
        session.config.workeroutput["statements"] = (list(notes.kinds), sent, notes.seconds)
        return
    chosen = {test for test in notes.sent if test.startswith(WHOLE)}
    known = set().union(*(notes.sent[test] for test in chosen))
    others = {test: kinds - known for test, kinds in notes.sent.items()}
    chosen.update(covering({test: kinds for test, kinds in others.items() if kinds}, notes.seconds))
    Path(session.config.getoption("--statements")).write_text("\n".join(sorted(chosen)) + "\n")
