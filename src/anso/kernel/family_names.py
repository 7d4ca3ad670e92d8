"""Which words of a name may be the family's, and whether two people share one.

Nobody can tell from a name alone: Wang Wei and Maria Silva put the family at other ends, and some
people have one name. So every word that may be the family's is taken, and what is found is a
question for a person. Not here: what follows from it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from anso.kernel.likeness import person_words
from anso.kernel.names import fold, romanise, skeleton

_PARTICLES = frozenset(
    fold(
        "al el bin ibn bint ben abu van von der den de da do dos das di del della la le du st san"
        " ter ten af av y e"
    ).split()
)
_PATRONYMIC = re.compile(r"(vich|vna|chna|oglu|ogly|kyzy|qizi)$")
# One family, whoever of it bears the name: Petrova and Petrov, Kowalska and Kowalski.
_OF_WOMEN = (
    (re.compile(r"(?<=ov|ev|in|yn)a$"), ""),
    (re.compile(r"sk(a|aya|aia|ij|iy|yi|y)$"), "ski"),
)
_JOINED = re.compile(r"[\u3400-\u9fff\uac00-\ud7af]{2,4}")
_OF_TWO_SIGNS = frozenset(
    normalize(
        "NFC", "欧阳 歐陽 司马 司馬 上官 诸葛 諸葛 东方 東方 皇甫 남궁 황보 제갈 선우"
    ).split()
)
# Latin letters set it apart with a hyphen.
_ARTICLE = fold("ال")
LATIN, FOREIGN, SOUND_AT_LEAST = "^", "~", 2


@lru_cache(maxsize=16384)
def family_words(full_name: str, family_name: str = "") -> frozenset[str]:
    """The words of a name that may be the family's, folded; where it is known, its words alone."""
    if family_name.strip():
        return _telling(person_words(family_name))
    loud = [word for word in re.findall(r"[^\W\d_]{2,}", full_name) if word.isupper()]
    if loud and any(sign.islower() for sign in full_name):
        return _telling(person_words(" ".join(loud)))
    words = person_words(full_name)
    # Folding takes Hangul apart into its letters.
    joined = normalize("NFC", words[0]) if len(words) == 1 else ""
    if _JOINED.fullmatch(joined):
        return frozenset({joined[: 2 if joined[:2] in _OF_TWO_SIGNS else 1]})
    telling = _telling(words)
    kept = [word for word in words if word in telling]
    # The first, and the last two: some people have two surnames.
    return frozenset({*kept[:1], *kept[-2:]})


def family_keys(words: frozenset[str]) -> frozenset[str]:
    """What one side of a comparison is found by: each word in Latin letters, and by its sound."""
    return frozenset(key for word in words for key in (_spelled(word), *_sound(word, own=True)))


def keys_sought(words: frozenset[str]) -> frozenset[str]:
    """What the other side looks for: the same spelling, or the same sound in another script."""
    return frozenset(key for word in words for key in (_spelled(word), *_sound(word, own=False)))


def _telling(words: tuple[str, ...]) -> frozenset[str]:
    found = {
        word
        for word in words
        if word not in _PARTICLES
        and not _PATRONYMIC.search(romanise(word))
        and not (word.isascii() and len(word) == 1)
    }
    return frozenset(found or words)


def _spelled(word: str) -> str:
    is_with_article = word.startswith(_ARTICLE) and len(word) > len(_ARTICLE) + 2
    plain = romanise(word.removeprefix(_ARTICLE) if is_with_article else word).replace(" ", "")
    for pattern, ending in _OF_WOMEN:
        plain = pattern.sub(ending, plain)
    return plain


def _sound(word: str, *, own: bool) -> tuple[str, ...]:
    """Consonants alone tell nobody apart within one script; between two there is nothing else."""
    sound = skeleton(_spelled(word))
    if len(sound) < SOUND_AT_LEAST:
        return ()
    here, there = (LATIN, FOREIGN) if word.isascii() else (FOREIGN, LATIN)
    return (f"{here if own else there}{sound}",)
