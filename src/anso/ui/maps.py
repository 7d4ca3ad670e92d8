"""The world map: the Equal Earth projection, so that members can be drawn on top of the cached
picture.

Source of the formula: Šavrič, Patterson and Jenny, "The Equal Earth map projection" (2018),
equations 5 and 6.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import asin, cos, radians, sin, sqrt
from typing import Any

WIDTH = 960
HEIGHT = 430
# Antarctica is left out: the picture shows latitudes from 84 north to 57 south.
SCALE = 177.0
CENTRE_X = 480.0
CENTRE_Y = 232.0
CENTRE_LON = 11.0
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796


def equal_earth(lat: float, lon: float) -> tuple[float, float]:
    """Project degrees to the plane in units of the sphere's radius, x to the east and y to the
    north.
    """
    root3 = sqrt(3)
    theta = asin(root3 / 2 * sin(radians(lat)))
    t2 = theta * theta
    t6 = t2 * t2 * t2
    slope = 9 * A4 * t6 * t2 + 7 * A3 * t6 + 3 * A2 * t2 + A1
    x = 2 * root3 * radians(lon) * cos(theta) / (3 * slope)
    y = theta * (A4 * t6 * t2 + A3 * t6 + A2 * t2 + A1)
    return x, y


def project(lat: float, lon: float) -> tuple[int, int]:
    """Return the whole pixel of `world.svg` on which a place lies."""
    turned = (lon - CENTRE_LON + 180) % 360 - 180
    x, y = equal_earth(lat, turned)
    return round(CENTRE_X + SCALE * x), round(CENTRE_Y - SCALE * y)


def place(points: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Add the pixel position to each {lat, lon, label, url} point."""
    placed = []
    for point in points:
        x, y = project(float(point["lat"]), float(point["lon"]))
        placed.append({**point, "x": x, "y": y})
    return placed
