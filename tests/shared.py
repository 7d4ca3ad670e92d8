"""Worlds that are made once for all tests of a module, and of which each test gets a copy.

The rows stand in a transaction around all those tests, and what one of them does is taken back with
its own. Only for modules none of whose tests commits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from django.db import transaction
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


def made_once(blocker: DjangoDbBlocker, make: Callable[[], T]) -> Iterator[T]:
    """The body of a fixture of the scope ``module``: ``yield from made_once(…)``. Let the fixture
    that tests ask for give a ``deepcopy``, since rows are taken back and objects are not.
    """
    around = transaction.atomic()
    with blocker.unblock():
        around.__enter__()
    try:
        with blocker.unblock():
            made = make()
        yield made
    finally:
        with blocker.unblock():
            transaction.set_rollback(True)
            around.__exit__(None, None, None)
