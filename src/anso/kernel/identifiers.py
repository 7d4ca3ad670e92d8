"""Identifiers of works, people and organisations that are checked without asking anybody: DOI,
ORCID, ROR.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+")
_BEFORE_DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)
_BEFORE_ORCID = re.compile(r"^(?:https?://(?:www\.)?orcid\.org/|orcid:\s*)", re.IGNORECASE)
_GROUP = re.compile(".{4}")
_ORCID = re.compile(r"\d{15}[\dX]")
# What stands in each group of an ORCID iD; the last sign may be an X.
FORMS, DIGITS = (r"\d{4}", r"\d{4}", r"\d{4}", r"\d{3}[\dX]"), 16
_BEFORE_ROR = re.compile(r"^(?:https?://(?:www\.)?ror\.org/|ror:\s*)", re.IGNORECASE)
_ROR = re.compile(r"0[a-hj-km-np-tv-z0-9]{6}\d{2}")
# Crockford's digits, of which seven say which organisation it is.
ROR_DIGITS, ROR_STEM = "0123456789abcdefghjkmnpqrstvwxyz", 7
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


@dataclass(frozen=True)
class OrcidFault:
    """What keeps a text from being an ORCID iD: a group that is no four digits, another number of
    groups, or a last sign that does not fit the fifteen digits before it.
    """

    kind: str
    group: int = 0
    typed: str = ""
    check: str = ""


def orcid_fault(text: str) -> OrcidFault:
    """The first thing that is wrong with what is no ORCID iD."""
    plain = _BEFORE_ORCID.sub("", text.strip()).rstrip("/").upper()
    parted = [each for each in re.split(r"[\s\-\u2010-\u2015]+", plain) if each]
    groups = _GROUP.findall(plain) if parted == [plain] and len(plain) == DIGITS else parted
    if len(groups) != len(FORMS):
        return OrcidFault("length")
    for number, (group, form) in enumerate(zip(groups, FORMS, strict=True), 1):
        if not (group.isascii() and re.fullmatch(form, group)):
            return OrcidFault("group", number, group)
    digits = "".join(groups)
    check = orcid_check(digits[:-1])
    return OrcidFault("check", len(FORMS), digits[-1], check)


def orcid_check(digits: str) -> str:
    """The last sign of an ORCID iD that begins with these fifteen digits."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    rest = (12 - total % 11) % 11
    return "X" if rest == 10 else str(rest)


def clean_ror(text: str) -> str | None:
    """A ROR iD without its address; None where its last two digits (ISO 7064, MOD 97-10) say that
    a sign is wrong.
    """
    ror = _BEFORE_ROR.sub("", text.strip()).rstrip("/").lower()
    return ror if _ROR.fullmatch(ror) and ror.endswith(ror_check(ror[:ROR_STEM])) else None


def ror_check(stem: str) -> str:
    """The last two digits of a ROR iD that begins with these seven signs."""
    number = 0
    for sign in stem:
        number = number * len(ROR_DIGITS) + ROR_DIGITS.index(sign)
    return f"{98 - number * 100 % 97:02}"
