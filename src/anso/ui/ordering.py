"""Lists and choices in the order of what is shown, as readers of the current language expect it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.utils.translation import get_language

from anso.kernel.collation import sort_key

Item = TypeVar("Item")


def in_reader_order(items: Iterable[Item], shown: Callable[[Item], Any]) -> list[Item]:
    """The items by what is shown of each; equals keep the order in which they came."""
    language = get_language() or "en"
    return sorted(items, key=lambda item: sort_key(str(shown(item)), language))


def choices_in_order(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Choices of (value, label) by their labels."""
    return in_reader_order(choices, lambda choice: choice[1])
