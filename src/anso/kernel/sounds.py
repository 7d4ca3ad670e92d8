"""Organisations that may be called alike, found among thousands before any two are compared.

Here: what each is found by. Whether two names are alike says `kernel.likeness`.
"""

from __future__ import annotations

from functools import lru_cache

from anso.kernel.likeness import Likeness, organisations_alike, telling_words
from anso.kernel.names import romanise, skeleton

SOUND_AT_LEAST = 3


@lru_cache(maxsize=16384)
def sounds_of(name: str) -> frozenset[str]:
    """By what an organisation is found that may be called alike, before the two are compared: the
    consonants of its telling words, and its initials or, of one word, that word.
    """
    words = telling_words(name)
    found = {skeleton(word) for word in words} | {skeleton("".join(words))}
    return frozenset(sound for sound in found if len(sound) >= SOUND_AT_LEAST) | {
        f"{'=' if is_word else '+'}{letters}" for is_word, letters in _short_forms(name)
    }


def sounds_sought(name: str) -> frozenset[str]:
    """What the other side looks for: initials find a word, and a word finds initials."""
    telling = {sound for sound in sounds_of(name) if sound[0] not in "=+"}
    return frozenset(telling) | {
        f"{'+' if is_word else '='}{letters}" for is_word, letters in _short_forms(name)
    }


def _short_forms(name: str) -> set[tuple[bool, str]]:
    plain = romanise(name).split()
    if len(plain) == 1:
        return {(True, plain[0])} if len(plain[0]) > 1 else set()
    initials = "".join(word[0] for word in plain)
    telling = "".join(romanise(word)[:1] for word in telling_words(name))
    return {(False, letters) for letters in (initials, telling) if len(letters) > 1}


@lru_cache(maxsize=65536)
def are_alike(one: str, other: str) -> bool:
    """Whether two names may stand for one organisation."""
    return organisations_alike(one, other) is not Likeness.DIFFERENT
