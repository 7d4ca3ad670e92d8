"""Measures which lines and branches no test takes of what decides and what changes something: that
is held completely. ``pytest -p tests.covered`` fails where there is a gap, and prints it.

It has to be loaded before anything of ours, so that all of it is measured. slipcover takes its
probes out of code that was seen, and so costs next to nothing on any Python that we support.
"""

from __future__ import annotations

import functools
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import slipcover

HELD = re.compile(
    r"src/anso/(kernel|selection)/|src/anso/.*/(lifecycle|rules|queries|actions)(\.py|/)"
)
PRODUCT = str(Path(__file__).resolve().parents[1] / "src" / "anso")


class Held:
    """The files in which probes are put."""

    def matches(self, path: str) -> bool:
        """Whether a file is held completely."""
        return bool(HELD.search(path))


# Files that nobody imports count as well: whoever puts all together adds them.
MEASURED = slipcover.Slipcover(
    branch=True,
    source=None if "PYTEST_XDIST_WORKER" in os.environ else [PRODUCT],
    exclude_also=[r"if __name__ == .__main__.:"],
)
slipcover.ImportManager(MEASURED, Held()).__enter__()
FROM_WORKERS: list[dict[str, Any]] = []


def held(measured: dict[str, Any]) -> dict[str, Any]:
    """What was measured of the files that are held completely."""
    files = {name: each for name, each in measured["files"].items() if HELD.search(name)}
    return measured | {"files": files}


def gaps_in(measured: dict[str, Any]) -> dict[str, str]:
    """Which lines and branches are not taken, by file."""
    gaps = {}
    for name, each in sorted(measured["files"].items()):
        lines = [str(line) for line in each["missing_lines"]]
        # What leads to a line that is left out is left out with it.
        there = {0, *each["executed_lines"], *each["missing_lines"]}
        branches = [
            f"{start}->{end or 'exit'}" for start, end in each["missing_branches"] if end in there
        ]
        if lines or branches:
            gaps[name] = ", ".join(lines + branches)
    return gaps


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A worker of pytest-xdist is done and hands over what it measured."""
    measured = getattr(node, "workeroutput", {}).get("measured")
    if measured:
        FROM_WORKERS.append(json.loads(measured))


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """A worker hands over; whoever has all of it fails where there is a gap."""
    yield
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["measured"] = json.dumps(held(MEASURED.get_coverage()))
    elif session.exitstatus == pytest.ExitCode.OK and gaps_in(whole()):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the gaps."""
    gaps = gaps_in(whole())
    terminalreporter.section("what is held completely")
    for name, missing in gaps.items():
        terminalreporter.line(f"{name}: {missing}")
    terminalreporter.line(f"{len(gaps)} files have gaps" if gaps else "every branch is taken")


@functools.cache
def whole() -> dict[str, Any]:
    """What all processes measured together."""
    measured = held(MEASURED.get_coverage())
    for one in FROM_WORKERS:
        slipcover.merge_coverage(measured, one)
    return measured
