"""The register of selection methods: one file and one line each. A call's terms name one of
them.
"""

from __future__ import annotations

from anso.kernel.errors import BadDefinition
from anso.kernel.wording import gettext_noop
from anso.programmes.methods.calibrated import CALIBRATED
from anso.programmes.methods.model import (
    Calibrated,
    Lot,
    Ranked,
    Selection,
    SelectionMethod,
    SelectionProblem,
    checks_of,
)
from anso.programmes.methods.rank_and_fill import RANK_AND_FILL

METHODS: dict[str, SelectionMethod] = {
    method.key: method
    for method in (
        RANK_AND_FILL,
        CALIBRATED,
    )
}


def find_selection_method(key: str) -> SelectionMethod:
    """Return the method with that key; refuses one that is not in the register."""
    if key not in METHODS:
        raise BadDefinition(gettext_noop("There is no selection method “%(method)s”."), method=key)
    return METHODS[key]


__all__ = [
    "METHODS",
    "Calibrated",
    "Lot",
    "Ranked",
    "Selection",
    "SelectionMethod",
    "SelectionProblem",
    "checks_of",
    "find_selection_method",
]
