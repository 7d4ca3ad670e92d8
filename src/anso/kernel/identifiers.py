"""Identifiers of works and of people that are checked without asking anybody: DOI, ORCID."""

from __future__ import annotations

import re

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_BEFORE_ORCID = re.compile(r"^(?:https?://(?:www\.)?orcid\.org/|orcid:\s*)", re.IGNORECASE)
_ORCID = re.compile(r"\d{15}[\dX]")
AFTER_DOI = ".,;"


def clean_doi(text: str) -> str | None:
    """A DOI as it is kept, from an address or as papers print it; None for anything else. Letters
    count the same in either case, so they are kept small.
    """
    doi = _BEFORE_DOI.sub("", text.strip()).rstrip(AFTER_DOI).lower()
    return doi if _DOI.fullmatch(doi) else None


def clean_orcid(text: str) -> str | None:
    """An ORCID iD in its four groups, from an address, with or without dashes; None where its check
    digit (ISO 7064, MOD 11-2) says that a digit is wrong.
    """
    plain = _BEFORE_ORCID.sub("", text.strip()).rstrip("/").upper()
    plain = re.sub(r"[\s\-\u2010-\u2015]", "", plain)
    if not (plain.isascii() and _ORCID.fullmatch(plain)) or plain[-1] != orcid_check(plain[:-1]):
        return None
    return "-".join(plain[place : place + 4] for place in range(0, 16, 4))


def orcid_check(digits: str) -> str:
    """The last sign of an ORCID iD that begins with these fifteen digits."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)
