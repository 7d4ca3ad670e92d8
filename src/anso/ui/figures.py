"""Numbers as the reader's language writes them, wherever a number is shown: one set of separators
for lists, charts, sentences and mails (those of CLDR, like dates and countries).
"""

from __future__ import annotations

from decimal import Decimal

from babel.numbers import format_decimal, format_percent
from django.utils.translation import gettext

from anso.kernel.canonical import plain_decimal
from anso.kernel.places import read_point
from anso.ui.instants import current_locale

Number = int | float | Decimal


def in_figures(number: Number | str) -> str:
    """A number, also one kept as text, with its thousands apart and at most three decimals."""
    exact = Decimal(number) if isinstance(number, str) else number
    return str(format_decimal(exact, locale=current_locale()))


def to_places(number: Number | str, places: int) -> str:
    """A number to that many decimals: 4.50. With a negative count a whole number has none: 4."""
    exact = number if isinstance(number, Decimal) else Decimal(str(number))
    is_short = places < 0 and exact == exact.to_integral_value()
    decimals = 0 if is_short else abs(places)
    shape = "#,##0" + ("." + "0" * decimals if decimals else "")
    return str(format_decimal(exact, shape, locale=current_locale(), decimal_quantization=True))


def in_percent(share: Number) -> str:
    """A share of one in percent."""
    return str(format_percent(share, "#,##0.##%", locale=current_locale()))


def point_in_words(value: object) -> str:
    """A point of the map as degrees of the compass; what is none stays as it was typed."""
    point = read_point(str(value))
    if point is None:
        return str(value)
    words = (
        gettext("%(degrees)s° south") if point.latitude < 0 else gettext("%(degrees)s° north"),
        gettext("%(degrees)s° west") if point.longitude < 0 else gettext("%(degrees)s° east"),
    )
    sizes = (abs(point.latitude), abs(point.longitude))
    return gettext(", ").join(
        text % {"degrees": plain_decimal(size)} for text, size in zip(words, sizes, strict=True)
    )
