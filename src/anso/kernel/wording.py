"""Text that a programme carries in several languages, and messages with named facts.

Here: the `Text` value, a noun with its number, and the `Message` value. Not here: interface
strings, which live in the translation catalogues, and counting of words, which lives in
`kernel.text`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from babel import Locale

FALLBACK_LANGUAGE = "en"


def gettext_noop(text: str) -> str:
    """Mark an English sentence for the translation catalogue and return it unchanged."""
    return text


class Text(Mapping[str, str]):
    """One text in one or more languages, as data: language code to words.

    Reading it in a language that it lacks gives the base language (`pt` for `pt-br`), then
    English, then the first one written. Two texts with the same words are equal.
    """

    __slots__ = ("_words",)

    def __init__(self, words: Mapping[str, str] | str = "") -> None:
        given = {FALLBACK_LANGUAGE: words} if isinstance(words, str) else words
        self._words = {code.lower(): text for code, text in given.items() if text}

    def __getitem__(self, language: str) -> str:
        return self._words[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __hash__(self) -> int:
        return hash(frozenset(self._words.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._words == other._words

    def __str__(self) -> str:
        return self.in_language(FALLBACK_LANGUAGE)

    def __repr__(self) -> str:
        return f"Text({self._words!r})"

    def in_language(self, language: str) -> str:
        """Return the words for a reader of that language, by the fallback order above."""
        code = language.lower().replace("_", "-")
        for candidate in (code, code.split("-")[0], FALLBACK_LANGUAGE):
            if candidate in self._words:
                return self._words[candidate]
        return next(iter(self._words.values()), "")

    def to_dict(self) -> dict[str, str]:
        """Return plain words by language, sorted by code, ready for JSON."""
        return {code: self._words[code] for code in sorted(self._words)}

    @classmethod
    def from_dict(cls, words: Mapping[str, str] | str | None) -> Text:
        """Read what `to_dict` wrote; a bare string is taken as English."""
        return cls(words or "")


NO_TEXT = Text()


def both(en: str, ar: str) -> Text:
    """Return a text in English and Arabic, the languages of the interface."""
    return Text({"en": en, "ar": ar})


@dataclass(frozen=True)
class CountedText:
    """A number with its noun, as data: language code to the forms by the plural categories of CLDR.

    Every form may name the number as ``%(n)s``; "other" is always there. Arabic has six forms.
    """

    forms: Mapping[str, Mapping[str, str]]

    def __hash__(self) -> int:
        return hash(tuple(sorted(self.forms)))

    def in_language(self, language: str, count: int, shown: str = "") -> str:
        """The words for this many, in the reader's language or in English; ``shown`` is the number
        as the reader writes it.
        """
        code = language.lower().replace("_", "-").split("-")[0]
        found = code if code in self.forms else FALLBACK_LANGUAGE
        forms = self.forms[found]
        category = Locale.parse(found).plural_form(count)
        return forms.get(category, forms["other"]) % {"n": shown or count}


@dataclass(frozen=True)
class Message:
    """A sentence for the reader: a stable code, English words with named places, and facts.

    The display layer translates `text` and then fills in the facts, several things in one as a row
    with its own comma; `str()` gives English.
    """

    code: str
    text: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", MappingProxyType(dict(self.facts)))

    def __str__(self) -> str:
        facts = {
            name: ", ".join(map(str, fact)) if isinstance(fact, tuple) else fact
            for name, fact in self.facts.items()
        }
        return self.text % facts if facts else self.text

    def __hash__(self) -> int:
        return hash((self.code, self.text))
