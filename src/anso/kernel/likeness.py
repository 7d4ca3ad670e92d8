"""Whether two names, or two addresses, stand for the same: a person, an organisation, a mailbox.

Here: comparing what people typed, in any script, with an answer of its own for what only looks
alike. Not here: what the directory knows of them, and what follows for a rule.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from enum import StrEnum
from functools import lru_cache
from itertools import permutations

from anso.kernel.names import fold, romanise, skeleton
from anso.kernel.periods import days_in

_HAN_TITLES = re.compile(r"(?<=\S)(博士|教授|先生|女士|院士|박사|교수|さん|様)$")
_THAI_TITLES = re.compile(r"^(ดร\.?|ศ\.?|รศ\.?|ผศ\.?|นางสาว|นาง|นาย)\s*(?=\S)")
# Titles that people set before or behind their names.
_TITLES = frozenset(
    fold(
        "dr prof professor mr mrs ms miss mx sir dame phd md msc bsc ma ba mba eng engr ing dipl"
        " docteur professeur mme mlle monsieur madame doktor herr frau hab mgr inz acad academician"
        " doctora profesor profesora senor senora sr sra dott dottssa"
        " проф профессор доктор академик др кандидат наук инж"
        " د دكتور الدكتور دكتورة الدكتورة أستاذ الأستاذ أستاذة مهندس المهندس السيد السيدة"
        " دکتر مهندس آقای خانم استاد پروفسور"
        " डॉ श्री श्रीमती प्रो ডঃ ড প্রফেসর καθ δρ"
    ).split()
)
# What several institutions have in their names, in one spelling for all languages.
_KINDS = {
    "university": "universite universidad universidade universitat universiteit universita univ"
    " universitas universitetet universitet universitesi universiti uniwersytet université"
    " университет университета університет جامعة جامعه الجامعة دانشگاه 大学 大學 대학교"
    " विश्वविद्यालय বিশ্ববিদ্যালয় มหาวิทยาลัย",
    "institute": "institut instituto istituto instituut inst институт معهد المعهد"
    " انستیتو 研究所 연구소",
    "academy": "academie academia akademie akademi accademia академия أكاديمية الأكاديمية"
    " اکادمی آکادمی 科学院 科學院",
    "college": "colegio collegio كلية الكلية колледж 学院 學院",
    "sciences": "science ciencias ciencia wissenschaften наук العلوم علوم",
    "centre": "center centro zentrum центр مركز المركز",
    "national": "nacional nationale nationaal национальный государственный الوطنية الوطني",
}
_ONE_KIND = {
    spelling: kind for kind, spellings in _KINDS.items() for spelling in fold(spellings).split()
}
_GENERIC = frozenset({*_KINDS, "school", "faculty", "department", "research", "technology"})
_SMALL_WORDS = frozenset(
    fold(
        "the of and for in at de la le les du des di da do dos del der die das und et y e van"
        " и в في من و"
    ).split()
)
_LEGAL_FORMS = frozenset(
    fold(
        "ltd limited inc incorporated llc llp plc corp corporation co company gmbh ag kg ev sa sarl"
        " sas spa srl bv nv oy ab as aps pty pvt sdn bhd ooo zao oao ngo ооо оао ао зао"
    ).split()
)
TYPO, LONG_ENOUGH, ORDERED_AT_MOST = 0.9, 8, 4
SKELETON_AT_LEAST, LONG_SKELETON = 3, 5


class Likeness(StrEnum):
    """How two texts stand to each other: the same, so alike that a person must say, or not."""

    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"


def closest(found: Iterable[Likeness]) -> Likeness:
    """The closest of several comparisons; different where there is none."""
    ranked = (Likeness.SAME, Likeness.NEAR)
    seen = set(found)
    return next((likeness for likeness in ranked if likeness in seen), Likeness.DIFFERENT)


def people_alike(one: str, other: str) -> Likeness:
    """Compare two names of people: without titles, in any order, case, accents and punctuation
    aside.

    Near: another script, initials, a name left out, vowels that transliterations differ in, a slip
    of the pen.
    """
    first, second = person_words(one), person_words(other)
    if not first or not second:
        return Likeness.DIFFERENT
    if sorted(first) == sorted(second):
        return Likeness.SAME
    is_near = _is_subset(first, second) or _are_initials(first, second)
    return Likeness.NEAR if is_near or _sound_alike(first, second) else Likeness.DIFFERENT


def births_alike(one: str, other: str) -> Likeness:
    """Compare two birth dates as they were answered: days, or the year or month where no more is
    known.

    Near: one is part of what the other says, or day and month changed places.
    """
    if not one or not other:
        return Likeness.DIFFERENT
    if one == other:
        return Likeness.SAME if days_in(one) is None else Likeness.NEAR
    is_part = one.startswith(f"{other}-") or other.startswith(f"{one}-")
    is_near = is_part or one == exchanged(other)
    return Likeness.NEAR if is_near else Likeness.DIFFERENT


def exchanged(birth: str) -> str:
    """A day with its day and month in each other's place; blank for what is no whole day."""
    parts = birth.split("-")
    return f"{parts[0]}-{parts[2]}-{parts[1]}" if len(parts) == len("ymd") else ""


def namesakes_alike(one: tuple[str, str], other: tuple[str, str]) -> Likeness:
    """Compare two people by name and birth date: the same where both are; near where one of both
    is near and the other the same.

    Beside an equal birth date the consonants of a short name tell enough: Soeharto and Suharto.
    """
    names, births = people_alike(one[0], other[0]), births_alike(one[1], other[1])
    if births is Likeness.SAME and names is Likeness.DIFFERENT and _consonants_alike(one, other):
        names = Likeness.NEAR
    if Likeness.DIFFERENT in (names, births) or names is births is Likeness.NEAR:
        return Likeness.DIFFERENT
    return Likeness.SAME if names is births else Likeness.NEAR


def _consonants_alike(one: tuple[str, str], other: tuple[str, str]) -> bool:
    left, right = (sorted(map(skeleton, person_words(name))) for name, _birth in (one, other))
    return left == right and any(len(sound) > 1 for sound in left)


def organisations_alike(one: str, other: str) -> Likeness:
    """Compare two names of organisations: legal forms, small words, case, accents and punctuation
    aside.

    Near: the same words in another order, a part of the other, initials, another language or
    script, a slip of the pen.
    """
    first, second = organisation_words(one), organisation_words(other)
    if not first or not second:
        return Likeness.DIFFERENT
    if first == second:
        return Likeness.SAME
    is_near = sorted(first) == sorted(second) or _is_part(first, second)
    is_near = is_near or _is_acronym(one, other) or _is_acronym(other, one)
    return Likeness.NEAR if is_near or _sound_alike(first, second) else Likeness.DIFFERENT


@lru_cache(maxsize=4096)
def person_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart, without their titles where anything else is
    there.
    """
    plain = fold(_HAN_TITLES.sub("", _THAI_TITLES.sub("", name.strip())))
    plain = plain.replace("д-р", " ").replace("դ-ր", " ")
    words = _words(plain.replace("ph.d", " ").replace("m.d.", " "))
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


@lru_cache(maxsize=4096)
def organisation_words(name: str) -> tuple[str, ...]:
    """The words of an organisation's name in their order, what kind it is in one spelling."""
    words = [_ONE_KIND.get(word, word) for word in _words(fold(name))]
    kept = tuple(word for word in words if word not in _SMALL_WORDS | _LEGAL_FORMS)
    return kept or tuple(words)


def _words(plain: str) -> list[str]:
    """Runs of letters, digits and the marks on them: the vowel signs of Indic names are marks."""
    kept = (sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in plain)
    return "".join(kept).split()


def organisation_key(name: str) -> str:
    """The words of an organisation's name as one key: equal exactly where names are the same."""
    return " ".join(organisation_words(name))


def telling_words(name: str) -> tuple[str, ...]:
    """The words of an organisation's name that others do not have."""
    return tuple(word for word in organisation_words(name) if word not in _GENERIC)


def _is_subset(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    few, many = sorted((set(one), set(other)), key=len)
    tells = len(few) > 1 or len(next(iter(few))) >= ORDERED_AT_MOST
    return tells and few < many


def _is_part(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    few, many = sorted((set(one), set(other)), key=len)
    return bool(few - _GENERIC) and few < many


def _are_initials(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """J. Doe and Jane Doe: as many words, at least one of them whole, the others its initial."""
    if len(one) != len(other) or len(one) > ORDERED_AT_MOST:
        return False
    return any(_fit(one, order) for order in permutations(other))


def _fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    pairs = list(zip(one, other, strict=True))
    whole = sum(left == right for left, right in pairs)
    opened = sum(
        left != right and left[0] == right[0] and 1 in (len(left), len(right))
        for left, right in pairs
    )
    return whole > 0 and whole + opened == len(pairs)


def _is_acronym(short: str, name: str) -> bool:
    words = _words(fold(name))
    initials = {
        "".join(word[0] for word in words),
        "".join(word[0] for word in words if word not in _SMALL_WORDS),
    }
    letters = "".join(_words(fold(short)))
    return len(letters) > 1 and len(words) > 1 and letters in initials


def _sound_alike(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """In Latin letters the same but for vowels, spaces and order, or but for a slip."""
    # One word of Han becomes several syllables, which others write as one word.
    left, right = ([romanise(word).replace(" ", "") for word in words] for words in (one, other))
    # In one script the vowels tell names apart that in two of them only transliterations do.
    is_foreign = "".join(one).isascii() != "".join(other).isascii()
    least = SKELETON_AT_LEAST if is_foreign else LONG_SKELETON
    if _join_alike(left, right, romanise, SKELETON_AT_LEAST):
        return True
    if _join_alike(left, right, skeleton, least):
        return True
    first, second = ("".join(sorted_words) for sorted_words in (sorted(left), sorted(right)))
    is_long = min(len(first), len(second)) >= LONG_ENOUGH
    return is_long and SequenceMatcher(None, first, second, autojunk=False).ratio() >= TYPO


def _join_alike(
    left: list[str], right: list[str], spelled: Callable[[str], str], least: int
) -> bool:
    one, other = ([spelled(word) for word in words] for words in (left, right))
    telling = (spelled(word) for word in left if word not in _GENERIC)
    if len("".join(telling)) < least:
        return False
    if sorted(filter(None, one)) == sorted(filter(None, other)):
        return True
    # Han and Hangul put no space between the parts of a name: these are joined in every order.
    few, many = sorted((one, other), key=len)
    orders = permutations(many) if len(many) <= ORDERED_AT_MOST else (tuple(many),)
    return any(spelled("".join(order)) == spelled("".join(few)) for order in orders)
