"""Blacking out the names of an applicant in what blind reviewers read. Pure: text in, text out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Any

BLACKED_OUT = "█████"
# Shorter ones are also ordinary words. As part of the whole name they are hidden with it.
SHORTEST_NAME = 3
WITH_ENDINGS = ("CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN")
WITH_SPACES = ("LATIN", *WITH_ENDINGS)


def name_pattern(names: Iterable[str], addresses: Iterable[str] = ()) -> re.Pattern[str] | None:
    """A pattern of names and their parts that are long enough to be told from other words, with and
    without accents.

    In scripts that put spaces between words a name must stand alone (in Cyrillic and the like with
    an ending of the case), in others, such as Arabic with its prefixes and Chinese, it may stand
    inside a word. Addresses are taken whole. None where there is nothing.
    """
    words: set[str] = set()
    for name in filter(None, map(_plain, names)):
        words |= {name, *re.split(r"[\s\-'’.,]+", name)}
    words |= {_without_accents(word) for word in words}
    patterns = [
        _pattern_of(word)
        # The longest first: a pattern takes the first that fits, and would leave the rest of a
        # name.
        for word in sorted(filter(_is_telling, words), key=lambda word: (-len(word), word))
    ]
    patterns = [re.escape(address) for address in addresses if address] + patterns
    return re.compile("|".join(patterns), re.IGNORECASE) if patterns else None


def redacted(value: Any, hidden: re.Pattern[str] | None) -> Any:
    """The value with every name blacked out, in lists and mappings too."""
    if hidden is None:
        return value
    if isinstance(value, str):
        return hidden.sub(BLACKED_OUT, _plain(value))
    if isinstance(value, list):
        return [redacted(part, hidden) for part in value]
    if isinstance(value, dict):
        return {key: redacted(part, hidden) for key, part in value.items()}
    return value


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _without_accents(word: str) -> str:
    parts = unicodedata.normalize("NFD", word)
    return (
        "".join(sign for sign in parts if not unicodedata.combining(sign))
        # These letters are not composed of a letter and a mark, so taking marks away leaves them.
        .replace("đ", "d")
        .replace("Đ", "D")
        .replace("ł", "l")
    )


def _script(word: str) -> str:
    return unicodedata.name(word[0], "").split(" ")[0]


def _is_telling(word: str) -> bool:
    if not word:
        return False
    return (
        len(word) >= SHORTEST_NAME
        if _script(word) in (*WITH_SPACES, "ARABIC", "HEBREW")
        else len(word) > 1
    )


def _pattern_of(word: str) -> str:
    spaced = r"\s+".join(re.escape(part) for part in word.split())
    script = _script(word)
    if script not in WITH_SPACES:
        return spaced
    return (
        rf"(?<!\w){spaced}\w{{0,3}}(?!\w)" if script in WITH_ENDINGS else rf"(?<!\w){spaced}(?!\w)"
    )
