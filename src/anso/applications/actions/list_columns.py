"""Columns of an application that repeat what its latest submission means, so that long lists can be
filtered, sorted and searched by an index.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.directory.models import Country
from anso.kernel.collation import sort_key
from anso.kernel.errors import BadInput
from anso.kernel.names import search_text
from anso.kernel.questions import Meaning
from anso.kernel.wording import gettext_noop

CODE_AT_MOST = 60


def list_columns(facts: Mapping[str, Any], *, name: str, number: str, email: str) -> dict[str, Any]:
    """The columns that follow from the facts of a submission (meaning to answer).

    ``name`` is the applicant's, who is the subject where the form names no other. Names and titles
    are cut to what a line shows; a code that does not fit is refused, for it would match nothing.
    """
    subject = _line(facts.get(Meaning.SUBJECT_NAME), 200) or name
    title = _line(facts.get(Meaning.TITLE), 300)
    preferred = facts.get(Meaning.PREFERENCE)
    return {
        "subject_name": subject,
        "name_key": sort_key(subject, "en"),
        "name_key_ar": sort_key(subject, "ar"),
        "title": title,
        "category": _code(facts.get(Meaning.CATEGORY)),
        "first_preference": _code(preferred[0] if isinstance(preferred, list) else preferred),
        "country_id": _country(facts.get(Meaning.COUNTRY)),
        "search_text": search_text(number, subject, title, name, email, names=(subject, name)),
    }


def _line(value: Any, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""


def _code(value: Any) -> str:
    if not isinstance(value, str):
        return ""
    if len(value) > CODE_AT_MOST:
        raise BadInput(gettext_noop("The code “%(value)s” is too long."), value=value)
    return value


def _country(code: Any) -> str | None:
    known = isinstance(code, str) and len(code) == 2 and Country.objects.filter(pk=code).exists()
    return code if known else None
