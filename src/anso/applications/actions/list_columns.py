"""Columns of an application that repeat what its latest submission means, so that long lists can be
filtered, sorted and searched by an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.directory.models import Country
from anso.kernel.collation import sort_key
from anso.kernel.likeness import person_words
from anso.kernel.names import search_text
from anso.kernel.questions import Meaning
from anso.kernel.reasons import uncut

CODE_AT_MOST, KEY_AT_MOST = 60, 100


def list_columns(facts: Mapping[str, Any], *, name: str, number: str, email: str) -> dict[str, Any]:
    """The columns that follow from the facts of a submission (meaning to answer).

    ``name`` is the applicant's, who is the subject where the form names no other. Names and titles
    are cut to what a line shows; a code that does not fit is refused, for it would match nothing.
    """
    subject = _line(facts.get(Meaning.SUBJECT_NAME), 200) or name
    title = _line(facts.get(Meaning.TITLE), 300)
    preferred = facts.get(Meaning.PREFERENCE)
    country = _country(facts.get(Meaning.COUNTRY))
    return {
        "subject_name": subject,
        "name_key": sort_key(subject, "en"),
        "name_key_ar": sort_key(subject, "ar"),
        "title": title,
        "category": _code(facts.get(Meaning.CATEGORY)),
        "first_preference": _code(preferred[0] if isinstance(preferred, list) else preferred),
        "country_id": country,
        "namesake_key": _namesake_key(facts.get(Meaning.BIRTH_DATE), subject, country),
        "search_text": search_text(number, subject, title, name, email, names=(subject, name)),
    }


def _namesake_key(birth: Any, name: str, country: str | None) -> str:
    """The birth date; where none was told, the folded words of the name in one order, with the
    country.
    """
    if isinstance(birth, str) and birth:
        return birth[:KEY_AT_MOST]
    words = " ".join(sorted(person_words(name)))
    return f"={country} {words}"[:KEY_AT_MOST] if country and words else ""


def _line(value: Any, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""


def _code(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    return uncut(value, CODE_AT_MOST, value)


def _country(code: Any) -> str | None:
    known = isinstance(code, str) and len(code) == 2 and Country.objects.filter(pk=code).exists()
    return code if known else None
