"""The register of outcomes: what the selected of a call may receive, one file and one line each. A
call's terms name one of them in ``terms.outcome``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.kernel.errors import BadDefinition
from anso.kernel.registers import Register
from anso.kernel.terms import OutcomePart, Terms
from anso.kernel.terms import read_terms as read_terms_with
from anso.kernel.wording import gettext_noop
from anso.programmes.outcomes.admission import ADMISSION, Admission
from anso.programmes.outcomes.grant import GRANT, Grant
from anso.programmes.outcomes.model import Limits, Outcome
from anso.programmes.outcomes.pairing import PAIRING, Pairing
from anso.programmes.outcomes.places import PLACES, Places
from anso.programmes.outcomes.prize import PRIZE, Award, Prize
from anso.programmes.outcomes.recognition import RECOGNITION, Recognition
from anso.programmes.outcomes.undertaking import UNDERTAKING, Undertaking

OUTCOMES: Register[Outcome] = Register("outcomes")
OUTCOMES.add_all(
    {
        outcome.code: outcome
        for outcome in (
            PLACES,
            PRIZE,
            GRANT,
            RECOGNITION,
            ADMISSION,
            UNDERTAKING,
            PAIRING,
        )
    }
)


def find_outcome(code: str) -> Outcome:
    """Return the outcome with that code; refuses one that is not in the register."""
    if code not in OUTCOMES:
        raise BadDefinition(gettext_noop("There is no outcome “%(outcome)s”."), outcome=code)
    return OUTCOMES[code]


def read_outcome(plain: Mapping[str, Any]) -> OutcomePart:
    """The part of the terms that an outcome wrote; a call that gives nothing has none."""
    code = str(plain.get("code", ""))
    return find_outcome(code).read(plain) if code else OutcomePart()


def read_terms(plain: Mapping[str, Any]) -> Terms:
    """Terms as drafts and frozen calls store them, the part of their outcome included."""
    return read_terms_with(plain, read_outcome)


__all__ = [
    "OUTCOMES",
    "Admission",
    "Award",
    "Grant",
    "Limits",
    "Outcome",
    "Pairing",
    "Places",
    "Prize",
    "Recognition",
    "Undertaking",
    "find_outcome",
    "read_outcome",
    "read_terms",
]
