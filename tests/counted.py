"""Coverage is measured while tests of what decides run; not while a browser walks, a mutant is
killed, a component is drawn or an installation kept.

Measuring costs two thirds again of a test's own time, and what decides is held by the tests of its
own folder. Those come first, so that nothing that is kept (``lru_cache``) was filled unmeasured.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

UNCOUNTED = {"architecture", "config", "mutants", "operations", "ui"}
LONG = {"operations"}  # they start whole installations


def folder_of(item: pytest.Item) -> str:
    """The area that a test is of."""
    return item.nodeid.removeprefix("tests/").partition("/")[0]


def has_any(item: pytest.Item, *markers: str) -> bool:
    """Whether a test is marked with one of these."""
    return any(item.get_closest_marker(name) for name in markers)


def is_counted(item: pytest.Item) -> bool:
    """Whether what this test runs counts as covered."""
    marked = has_any(item, "browser", "mutant")
    return folder_of(item) not in UNCOUNTED and not marked


def commits(item: pytest.Item) -> bool:
    """Whether a test leaves an emptied database behind, as pytest-django says."""
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    asked = marker is not None and bool(marker.kwargs.get("transaction"))
    return asked or bool(fixtures & {"transactional_db", "live_server"})


def place_of(item: pytest.Item) -> int:
    """Counted ones first, then the long ones, so that no worker waits at the end for another; and
    last, since others may need what migrations put into tables, those that commit.
    """
    if commits(item):
        return 4
    if is_counted(item):
        return 0
    if has_any(item, "mutant"):
        return 3
    return 1 if folder_of(item) in LONG or has_any(item, "browser", "slow") else 2


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order what was collected by its place."""
    items.sort(key=place_of)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Trace, or do not."""
    coverage = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if coverage and coverage.started is not is_counted(item):
        (coverage.pause if coverage.started else coverage.resume)()
    return (yield)
