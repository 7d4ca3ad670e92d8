"""Names of people and other one-line texts: written as their owner writes them, made safe.

Here: cleaning, folding. Not here: matching of persons, which needs a database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from anyascii import anyascii
from icu import Transliterator

from anso.kernel.errors import TooLarge
from anso.kernel.reasons import fault_of_length

NAME_LIMIT = 200
# Joiners are part of the spelling of Persian, Sinhala and Indic names, so they stay inside words.
_JOINERS = "\u200c\u200d"
# In longer text the plain direction marks keep punctuation in its place; overrides and isolates go
# there too.
_PARAGRAPH_MARKS = _JOINERS + "\t\u200e\u200f\u061c"
_SPACES = re.compile(r"\s+")
SEARCH_LIMIT, SEARCH_WORDS = 100, 8
# Before the consonants of a name in a search text: typed in Latin letters, or in others.
LATIN, FOREIGN = "^", "~"
# Letters that Unicode does not take apart, spellings of one Arabic letter that keyboards differ in,
# and marks that one writer sets and another leaves out.
_ONE_SPELLING = str.maketrans(
    {
        "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t",
        "æ": "ae", "œ": "oe", "þ": "th",
        "ى": "ي", "ی": "ي", "ے": "ي", "ک": "ك", "ڪ": "ك", "ٱ": "ا", "ـ": None,
        **dict.fromkeys("ةۃہھە", "ه"),
        **dict.fromkeys("'`´ʹʻʼʾʿ‘’\u200c\u200d"),
        **dict.fromkeys("‐‑‒–—", "-"),
    }
)  # fmt: skip


def clean_line(text: str, *, limit: int = NAME_LIMIT) -> str:
    """Return one safe line: Unicode NFC, no control or direction marks, single spaces.

    Refuses a line longer than the limit instead of cutting it.
    """
    line = _without_unsafe(_SPACES.sub(" ", text), _JOINERS)
    safe = unicodedata.normalize("NFC", _SPACES.sub(" ", line)).strip(" " + _JOINERS)
    fault = fault_of_length(safe, limit)
    if fault is not None:
        raise TooLarge(fault.text, code=fault.code, **fault.facts)
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


def fold(text: str) -> str:
    """Return the text as it is ordered and compared: without case, accents, marks of vowels and
    apostrophes, one spelling for letters that are typed in several ways.
    """
    plain = unicodedata.normalize("NFKD", text).casefold().translate(_ONE_SPELLING)
    if not plain.isascii():
        plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return _SPACES.sub(" ", plain).strip()


def mailbox(address: str) -> str:
    """Return whose mailbox an address is: without case, and without what somebody puts after a
    plus to tell their own mail apart.
    """
    local, sign, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}{sign}{domain}"


def search_text(*parts: str, names: Iterable[str] = ()) -> str:
    """Return what the search of a list looks through: folded, in Latin letters, and beginning with
    a space, so that the beginning of a word can be asked for. ``names`` are those of the parts that
    are names: of them the consonants are kept too, for who spells them in another script.

    What is searched for goes through the same function (`search_parts`), so bare and accented
    spellings find each other. In Latin letters because PostgreSQL's index of trigrams passes over
    every other letter unless the database was made with a locale that knows them; so somebody
    whose keyboard has no Cyrillic finds Рустам by typing Rustam, too.
    """
    told = " " + " ".join(_latin(part) for part in parts if part)
    sounds = dict.fromkeys(sound for name in names for sound in _sounds_of(name))
    return f"{told} {' '.join(sounds)} " if sounds else told


def search_beginning(term: str) -> str:
    """Return how a search text begins in which a term stands first."""
    return f" {_latin(term[:SEARCH_LIMIT])}"


def search_parts(term: str) -> tuple[tuple[str, ...], ...]:
    """Return what a search text must contain to be found by a term: for each of its words one of
    these, the word itself or its consonants in another script.

    Words of one or two letters are looked for at the beginning of words, since the index knows
    nothing shorter than three signs; longer ones anywhere.
    """
    words = fold(term[:SEARCH_LIMIT]).split()[:SEARCH_WORDS]
    return tuple(_spellings(part, word) for word in words for part in _latin(word).split())


def is_found(parts: tuple[tuple[str, ...], ...], text: str) -> bool:
    """Whether all words of a term occur in a search text, in one of their spellings."""
    return all(any(spelling in text for spelling in spellings) for spellings in parts)


def _spellings(part: str, word: str) -> tuple[str, ...]:
    here = part if len(part) > 2 else f" {part}"
    if here != part and word.isascii():
        return (here,)
    sound = skeleton(word) if part.isalpha() else ""
    # Only names of another script: within one, Marta would find Murat.
    others = (FOREIGN,) if word.isascii() else (FOREIGN, LATIN)
    return (here, *(f" {mark}{sound} " for mark in others if sound))


def _sounds_of(name: str) -> Iterator[str]:
    for word in fold(name).split():
        sound = skeleton(word)
        if sound:
            yield f"{LATIN if word.isascii() else FOREIGN}{sound}"


def _latin(text: str) -> str:
    return fold(anyascii(fold(text)))


# Names that pass from one script to another keep their consonants; vowels, doubled letters and the
# letters that languages spell one sound with differ from hand to hand.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"), ("tsch|tch|ch", "6"), ("sch|sh", "s"), ("th", "t"), ("dh", "d"), ("zh", "z"),
        ("[gkq]h|ck|[gqk]|c(?=[aoukrlt])", "k"), ("x", "ks"), ("[^a-z0-9]|[aeiouyw]", ""),
        ("(?<=.)h$", ""), (r"(.)\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=1)
def _to_latin() -> Transliterator:
    return Transliterator.createInstance("Any-Latin; Latin-ASCII")


def romanise(text: str) -> str:
    """Return the text in folded Latin letters, by ICU's rules where it has them."""
    plain = fold(text)
    if plain.isascii():
        return plain
    return fold(anyascii(_to_latin().transliterate(plain)))


def skeleton(word: str) -> str:
    """Return the consonants of a word in Latin letters, one for each sound: what Muhammad, Mohamed
    and محمد have in common.
    """
    plain = romanise(word)
    for pattern, sound in _SOUNDS:
        plain = pattern.sub(sound, plain)
    return plain
