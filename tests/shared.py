"""Worlds that are made once for all tests of a module, and of which each test gets a copy.

The rows stand in a transaction around all those tests, and what one of them does is taken back with
its own. Only for modules none of whose tests commits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


def made_for_module(make: Callable[[], T]) -> Any:
    """A fixture that makes a world for the tests of a module: ``made = made_for_module(a_world)``,
    and for tests one that gives ``deepcopy(made)``. Where the
    making reads the clock, ``make`` says what it shows, by ``clock_at``.
    """

    @pytest.fixture(scope="module")
    def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[T]:
        yield from made_once(django_db_blocker, make)

    return made


@contextmanager
def clock_at(moment: dt.datetime) -> Iterator[None]:
    """The clock that pages and models read stands still."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("django.utils.timezone.now", lambda: moment)
        yield


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
