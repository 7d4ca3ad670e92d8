"""Names of people and other one-line texts: written as their owner writes them, made safe.

Here: cleaning, initials, sort keys. Not here: matching of persons, which needs a database.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from anso.kernel.errors import TooLarge
from anso.kernel.wording import gettext_noop

NAME_LIMIT = 200
# Joiners are part of the spelling of Persian, Sinhala and Indic names, so they stay inside words.
_JOINERS = "\u200c\u200d"
# In longer text the plain direction marks keep punctuation in its place; overrides and isolates go
# there too.
_PARAGRAPH_MARKS = _JOINERS + "\t\u200e\u200f\u061c"
_SPACES = re.compile(r"\s+")


def clean_line(text: str, *, limit: int = NAME_LIMIT) -> str:
    """Return one safe line: Unicode NFC, no control or direction marks, single spaces.

    Refuses a line longer than the limit instead of cutting it.
    """
    line = _without_unsafe(_SPACES.sub(" ", text), _JOINERS)
    safe = unicodedata.normalize("NFC", _SPACES.sub(" ", line)).strip(" " + _JOINERS)
    if len(safe) > limit:
        raise TooLarge(
            gettext_noop("Use at most %(limit)d characters; this has %(seen)d."),
            limit=limit,
            seen=len(safe),
        )
    return safe


def clean_paragraphs(text: str) -> str:
    """Return safe text of several lines: as `clean_line`, but with its line breaks, tabs and
    direction marks.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return unicodedata.normalize(
        "NFC", "\n".join(_without_unsafe(line, _PARAGRAPH_MARKS) for line in lines)
    ).strip()


def _without_unsafe(line: str, kept: str) -> str:
    # What Python calls printable holds no unsafe sign, and is found a hundred times faster than by
    # looking at each sign.
    return (
        line
        if line.isprintable()
        else "".join(sign for sign in line if sign in kept or _is_safe(sign))
    )


def _is_safe(sign: str) -> bool:
    # Unsafe: controls, marks that turn the direction of text and so disguise a name, halves of
    # characters, private signs.
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co"}


@dataclass(frozen=True)
class PersonName:
    """One full name as its owner writes it, in any script, plus parts when they are known.

    Nothing is derived that the owner did not say: the parts serve sorting and certificates.
    """

    full: str
    given: str = ""
    family: str = ""
    latin: str = ""

    @classmethod
    def cleaned(
        cls, full: str, *, given: str = "", family: str = "", latin: str = ""
    ) -> PersonName:
        """Make a name from typed parts, each made safe; refuses a part that is too long."""
        return cls(clean_line(full), clean_line(given), clean_line(family), clean_line(latin))

    @property
    def initials(self) -> str:
        """At most two letters for a small badge: first and last word, or the first sign."""
        words = [word for word in re.split(r"[\s\-]+", self.full) if word and word[0].isalpha()]
        if not words:
            return self.full[:1].upper()
        ends = words[:1] if len(words) == 1 else [words[0], words[-1]]
        return "".join(word[0].upper() for word in ends)

    @property
    def sort_key(self) -> str:
        """Order by family name where it is known, without regard to case and accents."""
        return sort_key(f"{self.family} {self.given}" if self.family else self.full)


def sort_key(text: str) -> str:
    """Return the text without case and accents, for ordering and searching of names."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _SPACES.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()
