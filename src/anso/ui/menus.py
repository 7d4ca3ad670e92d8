"""What the frame of a page leads to: entries of its navigation, and its links by word. Apps add
theirs when the program starts; this package knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse

from anso.kernel.registers import Register

# By URL name, what the entry is called.
NAVIGATION: Register[Any] = Register("entries of the navigation")
FOOT: Register[Any] = Register("entries of the foot")


@dataclass(frozen=True)
class OwnPage:
    """A page of things of one's own: what it is called, and the rows that an account must have for
    the navigation to lead there.
    """

    label: Any
    rows_of: Callable[[Any], QuerySet[Any]]


# By URL name.
OWN_PAGES: Register[OwnPage] = Register("pages of one's own things")
# By URL name, why: pages that ask a newcomer for the name themselves.
NAMING_PAGES: Register[str] = Register("pages that ask for a name")
# By what the frame calls it ("home", "todo", "desk", "account" …), the URL name.
FRAME_LINKS: Register[str] = Register("links of the frame")


@lru_cache(maxsize=256)
def url_or_blank(name: str) -> str:
    """Return the address of a URL name or path; blank when this site does not have it."""
    if not name or name.startswith(("/", "http")):
        return name
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def frame_link(word: str) -> str:
    """Return the address of a link of the frame; blank when no app of this site registered it."""
    return url_or_blank(FRAME_LINKS.get(word, ""))
