"""What is known of an application or a reviewer: texts with their language, subject codes,
keywords.

Here belong the input and the cutting of texts into terms. Scores belong to `scores` and `texts`.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from anso.selection.errors import SelectionError
from anso.selection.plain import as_plain

_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]"
)


@dataclass(frozen=True, slots=True)
class Text:
    """One text, such as an abstract, and the code of its language ("en", "ar"); texts without a
    code share one.

    `vector` is what a language model makes of it, where one is used (`embed_profiles`).
    """

    words: str
    language: str = ""
    vector: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """An application or a reviewer: name, texts, subject codes such as "1.3.2" (finer to the
    right), keywords.
    """

    name: str
    texts: tuple[Text, ...] = ()
    subjects: frozenset[str] = field(default=frozenset())
    keywords: frozenset[str] = field(default=frozenset())

    def to_dict(self) -> dict[str, Any]:
        """Return the profile as plain values for the record."""
        plain: dict[str, Any] = as_plain(self)
        return plain


def words_of(text: str) -> list[str]:
    """Return the words of a text in any script: lower case, accents and vowel marks taken off.

    Scripts without spaces (Chinese, Japanese, Thai and others) are cut into pairs of neighbouring
    letters.
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    found: list[str] = []
    for word in _WORD.findall(unicodedata.normalize("NFC", plain)):
        if _UNSPACED.search(word):
            found += [word[start : start + 2] for start in range(max(1, len(word) - 1))]
        elif len(word) > 1:
            found.append(word)
    return found


def terms_of(text: str) -> list[str]:
    """Return the one- and two-word terms of a text."""
    words = words_of(text)
    return words + [f"{first} {second}" for first, second in itertools.pairwise(words)]


def keyword_key(keyword: str) -> str:
    """Return the form in which two keywords are compared."""
    return " ".join(words_of(keyword))


def require_profiles(profiles: Sequence[Profile], kind: str) -> None:
    """Refuse no profiles and repeated names."""
    if not profiles:
        raise SelectionError(f"There is no {kind}.")
    names = [profile.name for profile in profiles]
    if len(set(names)) != len(names):
        raise SelectionError(f"One {kind} is named twice.")
