"""Reading a page as somebody who asked for Arabic: which of its sentences are still English."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.conf import settings

from anso.applications.models import Application
from anso.calls.models import Call
from anso.directory.models import Organisation, Person
from anso.governance.models import MembershipEvent
from anso.notifications.models import Message
from anso.review.models import Score

ENGLISH = re.compile(r"[A-Za-z][A-Za-z’'-]*(?:[ ,]+[A-Za-z][A-Za-z’'-]*){2,}")
# What only programs call something: words joined by low lines, or a text that is one small word.
CODE = re.compile(r"\b[a-z0-9]+(?:_[a-z0-9]+)+\b|^\s*[a-z]+(?:\.[a-z_]+)*\s*$")
VOID = {"br", "img", "input", "meta", "link", "hr", "wbr", "source", "col", "path", "circle",
        "rect", "line", "use"}  # fmt: skip
# What people wrote, and what only programs read.
NOT_OURS = {"script", "style", "bdi", "code", "pre", "textarea", "title"}
SPOKEN = ("aria-label", "title", "placeholder", "alt")


class Words(HTMLParser):
    """The words of a page that the product says, shown or read out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.said: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.said.extend(given[name] or "" for name in SPOKEN if given.get(name))
        if tag not in VOID:
            is_foreign = given.get("lang") == "en" or given.get("dir") in {"auto", "ltr"}
            self.open.append((tag, tag in NOT_OURS or is_foreign))

    def handle_endtag(self, tag: str) -> None:
        if tag in {name for name, _ in self.open}:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not any(is_foreign for _, is_foreign in self.open):
            self.said.append(data)


def names_in_the_world() -> re.Pattern[str]:
    """What people and organisations are called, and titles, subjects, sources and reasons that
    stand as people wrote them.
    """
    names = {
        settings.ALLIANCE["NAME"],
        *Organisation.objects.values_list("name", flat=True),
        *Organisation.objects.values_list("city", flat=True),
        *Person.objects.values_list("full_name", flat=True),
        *Application.objects.values_list("title", flat=True),
        *Message.objects.values_list("subject", flat=True),
        *(call.title["en"] for call in Call.objects.all()),
        *MembershipEvent.objects.values_list("source", flat=True),
        *Score.objects.values_list("cannot_judge_because", flat=True),
    }
    longest_first = sorted((name for name in names if name), key=len, reverse=True)
    return re.compile("|".join(re.escape(name) for name in longest_first))


def english_in(response: Any, names: re.Pattern[str]) -> list[str]:
    """Runs of three or more English words that no name accounts for; files have none."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    return [
        " ".join(text.split())
        for text in Words(response.content.decode()).said
        if ENGLISH.search(names.sub("", text))
    ]


def codes_in(response: Any) -> list[str]:
    """The codes that a page shows to its reader as if they were words."""
    if response.streaming or not response.get("Content-Type", "").startswith("text/html"):
        return []
    said = Words(response.content.decode()).said
    return [found[0].strip() for text in said if (found := CODE.search(text))]
