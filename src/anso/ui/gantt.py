"""A work plan as a picture: a bar for each task over the months of a project.

The chart is a table whose rows carry a bar, as other charts are: it is read aloud, copied, printed
and turned around with the language. Each bar is an inline picture that says its months in words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language_bidi, gettext

YEAR = 12


@dataclass(frozen=True)
class Task:
    """What is done from one month of a project to another, both included, the first being 1."""

    name: str
    begins: int
    ends: int


@dataclass(frozen=True)
class Span:
    """A task as its bar: where it begins on the page and how long it is, in months, and the words
    that say so.
    """

    name: str
    x: int
    width: int
    words: str


def months_in_words(task: Task) -> str:
    """From which month to which a task lasts."""
    if task.begins == task.ends:
        return gettext("month %(month)s") % {"month": task.begins}
    return gettext("months %(first)s to %(last)s") % {"first": task.begins, "last": task.ends}


def length_of(tasks: Sequence[Task], months: int) -> int:
    """How many months the picture shows: those of the project, or as many as its tasks need."""
    return max(months, *(task.ends for task in tasks))


def spans(tasks: Sequence[Task], months: int, *, is_rtl: bool) -> list[Span]:
    """The bars, from the right where the language runs from there."""
    return [
        Span(
            task.name,
            months - task.ends if is_rtl else task.begins - 1,
            task.ends - task.begins + 1,
            months_in_words(task),
        )
        for task in tasks
    ]


def gantt_markup(tasks: Sequence[Task], months: int = 0) -> SafeString:
    """The chart; nothing where no task says when it is done."""
    if not tasks:
        return SafeString("")
    length, is_rtl = length_of(tasks, months), get_language_bidi()
    context = {
        "spans": spans(tasks, length, is_rtl=is_rtl),
        "months": length,
        "years": [length - at if is_rtl else at for at in range(YEAR, length, YEAR)],
    }
    return SafeString(render_to_string("ui/gantt.html", context))


def gantt_on_paper(tasks: Sequence[Task], months: int = 0) -> list[dict[str, object]]:
    """The block that a PDF draws; none where no task says when it is done."""
    if not tasks:
        return []
    rows = [
        {"name": each.name, "begins": each.begins, "ends": each.ends, "when": months_in_words(each)}
        for each in tasks
    ]
    return [{"kind": "gantt", "months": length_of(tasks, months), "tasks": rows}]
