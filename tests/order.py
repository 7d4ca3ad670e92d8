"""In which order tests run: those that start whole installations before the quick ones are done, so
that no worker waits at the end for another; and last, since others may need what migrations put
into tables, those that commit.
"""

from __future__ import annotations

import pytest

LONG = {"operations"}  # they start whole installations


def folder_of(item: pytest.Item) -> str:
    """The area that a test is of."""
    return item.nodeid.removeprefix("tests/").partition("/")[0]


def has_any(item: pytest.Item, *markers: str) -> bool:
    """Whether a test is marked with one of these."""
    return any(item.get_closest_marker(name) for name in markers)


def commits(item: pytest.Item) -> bool:
    """Whether a test leaves an emptied database behind, as pytest-django says."""
    marker = item.get_closest_marker("django_db")
    fixtures = set(getattr(item, "fixturenames", ()))
    asked = marker is not None and bool(marker.kwargs.get("transaction"))
    return asked or bool(fixtures & {"transactional_db", "live_server"})


def place_of(item: pytest.Item) -> int:
    """The long ones, all others, mutants (which run tests of others), and what commits."""
    if commits(item):
        return 3
    if has_any(item, "mutant"):
        return 2
    return 0 if folder_of(item) in LONG or has_any(item, "browser", "slow") else 1


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order what was collected by its place."""
    items.sort(key=place_of)
