"""Makes a test of every standing mutant: with the fault in, each test named by it must fail.

The named tests are run inside the same process and database as all others, right before the
mutant's own turn, so that a mutant costs no more than they do.
"""

from __future__ import annotations

import argparse
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from pytest_django.plugin import blocking_manager_key

from tests.mutants.swapping import ROOT, MutantError, swapped

HERE = Path(__file__).parent
FAULT = pytest.StashKey[type[BaseException] | None]()
NO_FINDING = (NameError, SyntaxError, ImportError)
FOLLOW = """Mutant "{name}" of {file}:
    {what}.

A standing mutant is a fault that the tests of its area must find. It is a row of {table}.
* Did a line move or change its words? Find the place that still does what the mutant turns off and
  give its file and its exact text in the row, so that the replacement is the same fault again.
* Did a test move or change its name? Name the one that now holds this.
* Does a test pass with the fault in? Then nothing holds this any more: write the test that fails.
Run this one alone: pytest {table} -k "{name}"."""


@dataclass(frozen=True)
class Mutant:
    """One row: a fault, and the tests each of which must fail while it is in."""

    name: str
    file: str
    text: str
    becomes: str
    tests: tuple[str, ...]


def mutants_in(path: Path) -> list[Mutant]:
    """The rows of a table."""
    rows = tomllib.loads(path.read_text())["mutant"]
    return [Mutant(**{**row, "tests": tuple(row["tests"])}) for row in rows]


def explanation(mutant: Mutant, table: str, what: str) -> str:
    """What is wrong with a row, and how to follow what moved."""
    return FOLLOW.format(name=mutant.name, file=mutant.file, what=what, table=table)


class MutantTable(pytest.File):
    """A table of mutants."""

    def collect(self) -> Iterator[pytest.Item]:
        for mutant in mutants_in(self.path):
            item = MutantItem.from_parent(self, name=mutant.name, mutant=mutant)
            item.add_marker("mutant")
            item.add_marker(pytest.mark.django_db)  # so that a database is made for its tests
            yield item


class MutantItem(pytest.Item):
    """A mutant, and what became of its tests."""

    def __init__(self, *, mutant: Mutant, **others: Any) -> None:
        super().__init__(**others)
        self.mutant = mutant
        self.others: dict[str, list[pytest.Item]] = {}

    def runtest(self) -> None:
        """Run the named tests with the fault in; afterwards nothing of them is left set up."""
        one, unblocked = self.mutant, self.config.stash[blocking_manager_key].unblock
        with swapped(one.file, one.text, one.becomes, unblocked):
            passing = [test for test in one.tests if not self._fails(test)]
        if passing:
            raise MutantError(f"it survives: {', '.join(passing)} passes with the fault in")

    def _fails(self, test: str) -> bool:
        items = self.others[test]
        if not items:
            raise MutantError(f"there is no test {test}")
        return any(self._finds(item) for item in items)

    def _finds(self, item: pytest.Item) -> bool:
        for report in runtestprotocol(item, log=False, nextitem=self):
            if report.failed:
                if report.when == "setup":
                    raise MutantError(f"{item.nodeid} cannot begin with it:\n{report.longrepr}")
                if issubclass(item.stash.get(FAULT, None) or Exception, NO_FINDING):
                    raise MutantError(f"it is no fault but an error:\n{report.longrepr}")
                return True
        return False

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:
        if not isinstance(excinfo.value, MutantError):
            return str(super().repr_failure(excinfo, style))
        return explanation(self.mutant, str(self.path.relative_to(ROOT)), str(excinfo.value))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"mutant: {self.name}"


def pytest_addoption(parser: pytest.Parser) -> None:
    # Not for people: it hands on to other processes what was asked for before more was collected.
    parser.addoption("--asked-for", action="append", help=argparse.SUPPRESS)


def pytest_configure(config: pytest.Config) -> None:
    """Who asks for mutants by their place gets the tests named by them along, to run with them."""
    asked = [_path_of(argument) for argument in config.args]
    tables = [table for path in asked if path.is_relative_to(HERE) for table in _tables_in(path)]
    if tables and config.option.asked_for is None:
        config.option.asked_for = list(config.args)
        tests = {test for table in tables for one in mutants_in(table) for test in one.tests}
        files = {ROOT / test.split("::")[0] for test in tests}
        config.args += sorted(str(file) for file in files if file.exists())


def _path_of(argument: str) -> Path:
    return Path(argument.split("::", maxsplit=1)[0]).absolute()


def _was_asked_for(item: pytest.Item, argument: str) -> bool:
    path, _, name = argument.partition("::")
    if not item.path.is_relative_to(Path(path).absolute()):
        return False
    return not name or item.nodeid.partition("::")[2].startswith(name)


def _tables_in(path: Path) -> list[Path]:
    return sorted(path.glob("*.toml")) if path.is_dir() else [path] * (path.suffix == ".toml")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> MutantTable | None:
    """The tables here; one in a folder of samples only where it is asked for by name."""
    is_asked = file_path.parent == HERE or str(file_path) in parent.config.args
    if file_path.suffix == ".toml" and file_path.is_relative_to(HERE) and is_asked:
        return MutantTable.from_parent(parent, path=file_path)
    return None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Give every mutant its tests, whether or not these are then chosen for themselves."""
    mutants = [item for item in items if isinstance(item, MutantItem)]
    by_test: dict[str, list[pytest.Item]] = {}
    for item in items if mutants else ():
        by_test.setdefault(item.nodeid, []).append(item)
        if "[" in item.nodeid:
            by_test.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for mutant in mutants:
        mutant.others = {test: by_test.get(test, []) for test in mutant.mutant.tests}
    asked = config.option.asked_for
    if asked is not None:
        items[:] = [item for item in items if any(_was_asked_for(item, each) for each in asked)]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool | None:
    """A mutant is never set up itself: what it stands on would be in the way of its tests."""
    if not isinstance(item, MutantItem):
        return None
    hook = item.ihook
    hook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    call = pytest.CallInfo.from_call(item.runtest, when="call")
    hook.pytest_runtest_logreport(report=hook.pytest_runtest_makereport(item=item, call=call))
    hook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)
    return True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if call.when == "call":
        item.stash[FAULT] = call.excinfo.type if call.excinfo else None
    return report
