"""What officers type on the pages of selections, as clean values."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from anso.decisions.queries import Bar
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

LONGEST = 12
POINTS = re.compile(r"[+-]?\d{1,3}(\.\d{1,2})?", re.ASCII)


def read_bar(typed: Mapping[str, str]) -> Bar | None:
    """Who goes on, as chosen by ``how``: so many, or all from a mean on; None where the page asks
    for neither.
    """
    how = typed.get("how", "")
    if how == "number":
        number = typed.get("number", "").strip()[:LONGEST]
        if not number.isdecimal():
            raise BadInput(gettext_noop("Say how many go on, as a number."))
        return Bar(number=int(number))
    if how == "line":
        try:
            line = Decimal(typed.get("line", "").strip()[:LONGEST].replace(",", "."))
        except InvalidOperation:
            line = Decimal("NaN")
        if not line.is_finite():
            raise BadInput(gettext_noop("Say from which mean on they go on, as a number."))
        return Bar(line=line)
    return None


def read_points(typed: str) -> Decimal:
    """Points up or down as they were typed, also with a comma or the sign of minus; at most two
    decimals.
    """
    text = typed.strip().replace(",", ".").replace("\N{MINUS SIGN}", "-")
    if not POINTS.fullmatch(text):
        raise BadInput(gettext_noop("Say by how many points, such as 0.5 or -0.5."))
    return Decimal(text)
