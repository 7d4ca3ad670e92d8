"""A point on the map, read from several ways of writing it: decimal degrees, or degrees, minutes
and seconds with the points of the compass. Nothing is guessed: what could mean two points is
refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from anso.kernel.canonical import plain_decimal

# Six decimals of a degree are about ten centimetres.
PLACES = Decimal("0.000001")
MOST_LATITUDE, MOST_LONGITUDE = 90, 180
BASE = 60
_MARKS = re.compile(r"[°º˚'’′`\"”″;:,]|\u02ba|\u02b9")
_NUMBER = re.compile(r"[+-]?\d{1,3}(?:\.\d{1,10})?")
_COMMA_IN_NUMBER = re.compile(r"\d,\d")


@dataclass(frozen=True)
class Point:
    """Degrees north and east of the equator and of Greenwich; below zero south and west."""

    latitude: Decimal
    longitude: Decimal

    @property
    def is_on_earth(self) -> bool:
        """Whether there is such a point."""
        is_between_poles = abs(self.latitude) <= MOST_LATITUDE
        return is_between_poles and abs(self.longitude) <= MOST_LONGITUDE

    def __str__(self) -> str:
        return f"{plain_decimal(self.latitude)}, {plain_decimal(self.longitude)}"


def read_point(text: str) -> Point | None:
    """The point that a text says, its digits in Latin script; None where it says none, or where it
    could be two.
    """
    plain = text.upper().replace("\u2212", "-").strip()
    has_compass = bool(re.search("[NSEW]", plain))
    if _COMMA_IN_NUMBER.search(plain) and (has_compass or plain.count(",") > 1):
        return None  # 1,29 is a decimal to some and two numbers to others
    spaced = re.sub("([NSEW])", r" \1 ", _MARKS.sub(" ", plain))
    parts = spaced.split()
    if not all(part in "NSEW" or _NUMBER.fullmatch(part) for part in parts):
        return None
    return _by_compass(parts) if has_compass else _by_sign(parts)


def _by_sign(parts: list[str]) -> Point | None:
    """Latitude first, then longitude."""
    if len(parts) != 2:
        return None
    return Point(*(Decimal(part).quantize(PLACES) for part in parts))


def _by_compass(parts: list[str]) -> Point | None:
    """Each with its letter, before or after it, in either order."""
    # Read from the end where the letters stand after their numbers, so that each leads its own.
    leads = parts[0] in "NSEW"
    groups: list[tuple[str, list[str]]] = []
    for part in parts if leads else reversed(parts):
        if part in "NSEW":
            groups.append((part, []))
        elif groups:
            groups[-1][1].append(part)
        else:
            return None
    found: dict[str, Decimal] = {}
    for letter, numbers in groups:
        degrees = _degrees(numbers if leads else numbers[::-1])
        if degrees is None:
            return None
        found["NS" if letter in "NS" else "EW"] = -degrees if letter in "SW" else degrees
    return Point(found["NS"], found["EW"]) if len(groups) == len(found) == 2 else None


def _degrees(numbers: list[str]) -> Decimal | None:
    """Degrees, minutes and seconds as one number; only the last may have decimals."""
    if not 1 <= len(numbers) <= 3 or any(sign in each for each in numbers for sign in "+-"):
        return None
    if any("." in each for each in numbers[:-1]):
        return None
    whole, *parts = (Decimal(each) for each in numbers)
    if any(part >= BASE for part in parts):
        return None
    share = sum((part / BASE**power for power, part in enumerate(parts, 1)), Decimal(0))
    return (whole + share).quantize(PLACES)
