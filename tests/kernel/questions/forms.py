"""A small form for the tests of questions."""

from __future__ import annotations

from dataclasses import replace

from anso.kernel.questions import Equals, FileSlot, Form, Limit, Option, Question, Section
from anso.kernel.wording import Text


def ask(kind: str, key: str = "q", **parts: object) -> Question:
    """Return a question of a type, with parts as needed."""
    return replace(Question(key, kind, Text({"en": key})), **parts)


def choices(*values: str) -> tuple[Option, ...]:
    """Return options with their values as labels."""
    return tuple(Option(value, Text({"en": value})) for value in values)


LEVEL = ask("choice", "level", options=choices("master", "phd"))
HOSTS = ask(
    "ranking", "hosts", options=choices("UCAS", "USTC"), limit=Limit.of("choices", least=1, most=2)
)
SUPERVISOR = ask("person", "supervisor", condition=Equals("hosts", "UCAS"))
PLAN = ask("longtext", "plan", limit=Limit.of("words", least=2, most=4))
PASSPORT = ask("file", "passport", file=FileSlot(max_bytes=1024 * 1024), required=False)
TRUE = ask("statement", "true")
FORM = Form(
    (
        Section(
            "choices",
            Text({"en": "Choices"}),
            (LEVEL, HOSTS, SUPERVISOR),
            intro=Text({"en": "First"}),
        ),
        Section("work", Text({"en": "Work"}), (PLAN, PASSPORT, TRUE)),
    )
)
ANSWERS = {"level": "phd", "hosts": ["USTC"], "plan": "two words", "true": True}
