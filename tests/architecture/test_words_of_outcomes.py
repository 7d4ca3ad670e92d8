"""What is given has its own words: decisions, awards and their mails and pages never say "seat"."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "anso"
NEUTRAL_APPS = (SOURCE / "decisions", SOURCE / "awards")
SEAT = re.compile(r"(?<![a-z])seats?(?![a-z])|مقعد|مقاعد", re.IGNORECASE)
ARABIC_SEAT = re.compile("مقعد|مقاعد")
CATALOGUE = SOURCE / "locale" / "ar" / "LC_MESSAGES" / "django.po"


def modules() -> list[Path]:
    return sorted(
        path for app in NEUTRAL_APPS for path in app.rglob("*.py") if "migrations" not in path.parts
    )


def saying_seat(path: Path) -> Iterator[int]:
    """The lines of a module that say it in a name, a text or a comment. Attributes are let pass:
    the selection library calls the place of a placement its seat.
    """
    before = ""
    with tokenize.open(path) as source:
        for token in tokenize.generate_tokens(source.readline):
            is_attribute = token.type == tokenize.NAME and before == "."
            if SEAT.search(token.string) and not is_attribute:
                yield token.start[0]
            before = token.string


def test_decisions_and_awards_never_say_seat() -> None:
    found = [
        f"{path.relative_to(SOURCE)}:{line}" for path in modules() for line in saying_seat(path)
    ]
    assert found == []


def test_their_pages_and_mails_never_say_seat() -> None:
    files = [
        path
        for app in NEUTRAL_APPS
        for path in sorted((app / "templates").rglob("*"))
        if path.suffix in {".html", ".txt"}
    ]
    assert len(files) > 10
    found = [str(path.relative_to(SOURCE)) for path in files if SEAT.search(path.read_text())]
    assert found == []


def test_no_arabic_sentence_says_it_for_an_english_one_that_does_not() -> None:
    """The only other seats are those of boards and of elections."""
    wrong = []
    for block in CATALOGUE.read_text(encoding="utf-8").split("\n\n"):
        english = " ".join(re.findall(r'^msgid(?:_plural)? (".*(?:\n".*)*)', block, re.MULTILINE))
        if ARABIC_SEAT.search(block) and not SEAT.search(english):
            wrong.append(english)
    assert wrong == []


def test_only_the_outcome_of_places_brings_the_word() -> None:
    outcomes = sorted((SOURCE / "programmes" / "outcomes").glob("*.py"))
    saying = {
        path.stem
        for path in outcomes
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ARABIC_SEAT.search(node.value)
    }
    assert saying == {"places"}
