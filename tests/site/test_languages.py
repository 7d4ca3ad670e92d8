"""The Arabic interface: every sentence of the product has its words, and they fit the places that
are filled in.
"""

from __future__ import annotations

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from anso.ui.templatetags.ui import direction

SOURCES = Path(__file__).resolve().parents[2] / "src" / "anso"
CATALOGUE = SOURCES / "locale" / "ar" / "LC_MESSAGES" / "django.po"
PLURAL_FORMS = 6
EXTRACTED = {".py", ".html", ".txt"}
PLACE = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w+\}|</?[a-z]+[^>]*>")
HOW = (
    "run in src/anso: python ../../manage.py makemessages -l ar -e html,txt,py --no-location"
    " --no-wrap; translate; compilemessages"
)


class Entry(NamedTuple):
    """One message of a catalogue: its marks, its key (singular and plural), and its words."""

    marks: str
    key: tuple[str, str]
    words: tuple[str, ...]


def read_entry(block: str) -> Entry:
    """Read one paragraph of a catalogue."""
    fields: dict[str, str] = {}
    name = ""
    for line in (line for line in block.splitlines() if not line.startswith("#")):
        named = re.match(r'(msg\w+(?:\[\d\])?) (".*")$', line)
        name, quoted = (named[1], named[2]) if named else (name, line)
        fields[name] = fields.get(name, "") + ast.literal_eval(quoted)
    marks = "".join(line for line in block.splitlines() if line.startswith("#,"))
    words = tuple(text for name, text in fields.items() if name.startswith("msgstr"))
    return Entry(marks, (fields["msgid"], fields.get("msgid_plural", "")), words)


def read_catalogue(path: Path) -> list[Entry]:
    """Read a catalogue without its heading."""
    blocks = path.read_text(encoding="utf-8").strip().split("\n\n")
    entries = [read_entry(block) for block in blocks if "\nmsgid " in f"\n{block}"]
    return [entry for entry in entries if entry.key[0]]


@pytest.fixture(scope="module")
def arabic() -> list[Entry]:
    """The Arabic catalogue as it stands in the sources."""
    return read_catalogue(CATALOGUE)


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Every message that the sources mark for translation, found in a copy so that the sources stay
    untouched.
    """
    if not shutil.which("xgettext"):
        pytest.skip("xgettext is not installed, so the marked sentences cannot be collected")
    copy = tmp_path_factory.mktemp("sources")
    for source in SOURCES.rglob("*"):
        if (
            source.suffix in EXTRACTED
            and "locale" not in source.parts
            and "migrations" not in source.parts
        ):
            target = copy / source.relative_to(SOURCES)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    (copy / "locale").mkdir()
    surroundings = {
        name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"
    }
    command = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "-l",
        "ar",
        "-e",
        "html,txt,py",
        "--no-location",
        "--no-wrap",
    ]
    done = subprocess.run(
        command, cwd=copy, env=surroundings, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return {
        entry.key for entry in read_catalogue(copy / "locale" / "ar" / "LC_MESSAGES" / "django.po")
    }


def test_every_message_has_arabic_words(arabic: list[Entry]) -> None:
    assert [entry.key[0] for entry in arabic if not all(text.strip() for text in entry.words)] == []
    assert len(arabic) > 1_000


def test_every_counted_message_has_all_six_arabic_forms(arabic: list[Entry]) -> None:
    expected = {bool(entry.key[1]): PLURAL_FORMS if entry.key[1] else 1 for entry in arabic}
    assert [
        entry.key[0] for entry in arabic if len(entry.words) != expected[bool(entry.key[1])]
    ] == []


def test_nothing_is_uncertain_or_out_of_use(arabic: list[Entry]) -> None:
    assert [entry.key[0] for entry in arabic if "fuzzy" in entry.marks] == []
    assert "#~" not in CATALOGUE.read_text(encoding="utf-8")


def test_no_sentence_stands_twice(arabic: list[Entry]) -> None:
    keys = [entry.key[0] for entry in arabic]
    assert sorted({key for key in keys if keys.count(key) > 1}) == []


def test_the_places_to_fill_in_are_the_same_in_arabic(arabic: list[Entry]) -> None:
    """The forms for none, one and two may leave the number out, since they say it in words."""
    faults = []
    for entry in arabic:
        singular, plural = (sorted(PLACE.findall(text)) for text in entry.key)
        for form, text in enumerate(entry.words):
            places = sorted(PLACE.findall(text))
            fits = (
                set(places) <= set(plural)
                if entry.key[1] and form < 3
                else places == (plural if entry.key[1] else singular)
            )
            if not fits or (plural and "%d" in plural and "%d" not in places):
                faults.append(text)
    assert faults == []


def test_lines_begin_and_end_as_in_english(arabic: list[Entry]) -> None:
    """The first line of a mail is its subject, so a line too many would move the text."""
    ends = [(entry.key[0], text) for entry in arabic for text in entry.words]
    assert [
        text
        for key, text in ends
        if (key[0] == "\n", key[-1] == "\n") != (text[0] == "\n", text[-1] == "\n")
    ] == []
    assert [text for key, text in ends if key.count("\n") != text.count("\n")] == []


def test_the_heading_names_no_machine_and_no_place() -> None:
    text = CATALOGUE.read_text(encoding="utf-8")
    assert "/home/" not in text
    assert "\n#: " not in text
    assert f"nplurals={PLURAL_FORMS};" in text


def test_the_compiled_catalogue_has_the_same_words(arabic: list[Entry]) -> None:
    with CATALOGUE.with_suffix(".mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    numbers = (0, 1, 2, 3, 11, 100)
    for entry in arabic:
        singular, plural = entry.key
        found = (
            tuple(catalogue.ngettext(singular, plural, n) for n in numbers)
            if plural
            else (catalogue.gettext(singular),)
        )
        assert found == entry.words, HOW


def test_every_marked_sentence_is_in_the_catalogue(
    arabic: list[Entry], marked: set[tuple[str, str]]
) -> None:
    assert sorted(marked - {entry.key for entry in arabic}) == [], HOW


def test_the_catalogue_has_no_sentence_that_nobody_says(
    arabic: list[Entry], marked: set[tuple[str, str]]
) -> None:
    assert sorted({entry.key for entry in arabic} - marked) == [], HOW


def test_no_sentence_is_marked_where_nobody_extracts_it() -> None:
    """What is called inside an f-string is in no catalogue, unless another place says it too."""
    found = [
        f"{path.relative_to(SOURCES)}: {ast.unparse(call)}"
        for path in sorted(SOURCES.rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in {"_", "gettext", "ngettext"}
        and isinstance(call.args[0], ast.Constant)
    ]
    assert found == []


def found_in_templates(pattern: str) -> list[str]:
    """Where templates have it, as it stands there."""
    return [
        f"{path.relative_to(SOURCES)}: {match[0]}"
        for path in sorted(SOURCES.rglob("*.html"))
        for match in re.finditer(pattern, path.read_text(encoding="utf-8"))
    ]


def test_what_stands_in_a_row_has_the_comma_of_the_reader() -> None:
    assert found_in_templates(r"forloop\.last %\},|</\w+>, \{[{%]") == []


def test_what_was_written_in_a_language_runs_as_that_language_does() -> None:
    """By its first letter a browser takes an Arabic mail to María for one from left to right."""
    guessed = r'<(?:div|article)\b(?=[^>]*dir="auto")(?=[^>]*lang="\{\{)[^>]*>'
    assert found_in_templates(guessed) == []
    assert [direction(code) for code in ("ar", "en")] == ["rtl", "ltr"]
