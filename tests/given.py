"""A template that prints what its view did not give it fails the test, in pages and in mails.

Django prints nothing there, so that "the application of … to …" is read by people as "the
application of to". A condition may ask for what is not given, and a filter put another in its
place.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from types import FrameType

import pytest
from django.template import engines
from django.template.base import VariableNode

# What was typed before an error, on a page that shows none; and parts of components left out.
MAY_BE_ABSENT = ("typed.", "case_typed.", "slots.", "action_url")


class NotGiven(str):
    """Stands where nothing was given: false in a condition, and never printed."""

    __slots__ = ()

    def __bool__(self) -> bool:
        return False

    def __html__(self) -> str:
        return self._printed(sys._getframe(1))

    def __str__(self) -> str:
        caller = sys._getframe(1)
        # A text without markup is written so; a library that only asks what it is, is not.
        is_written = caller.f_code.co_name == "render_value_in_context"
        return self._printed(caller) if is_written else ""

    def _printed(self, frame: FrameType | None) -> str:
        name = ""
        while frame is not None and not name:
            node = frame.f_locals.get("self")
            name = str(node.filter_expression.token) if isinstance(node, VariableNode) else ""
            frame = frame.f_back
        assert name.startswith(MAY_BE_ABSENT), f"a template prints {name}, which it was not given"
        return ""


@pytest.fixture(scope="session", autouse=True)
def what_is_printed_was_given() -> Iterator[None]:
    """For every template that any test draws."""
    engine = engines["django"].engine
    engine.string_if_invalid = NotGiven("nothing was given")
    yield
    engine.string_if_invalid = ""
