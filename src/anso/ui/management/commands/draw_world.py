"""Draws `static/ui/world.svg` from the TopoJSON file land-110m.json of the npm package world-atlas
(Natural Earth, public domain).

Run it only when the projection changes: `npm pack world-atlas@2`, unpack, then
`manage draw_world package/land-110m.json src/anso/ui/static/ui/world.svg`.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from anso.ui import maps

Point = tuple[float, float]
Pixel = tuple[int, int]
SOUTH_END = -58.0
HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}"><path'
    ' fill="#f3f1ea" stroke="#b9b4a5" stroke-width=".7" stroke-linejoin="round" d="{d}"/></svg>\n'
)


def arcs_of(topology: dict[str, Any]) -> list[list[Point]]:
    """Undo the delta encoding of TopoJSON: each arc as (lon, lat) points."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        arcs.append(points)
    return arcs


def rings_of(topology: dict[str, Any]) -> Iterator[list[Point]]:
    """Yield each ring of land, without Antarctica; a negative arc number means the arc
    backwards.
    """
    arcs = arcs_of(topology)
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            points: list[Point] = []
            for number in ring:
                arc = arcs[number] if number >= 0 else arcs[~number][::-1]
                points.extend(arc[1:] if points else arc)
            if max(lat for _, lat in points) > SOUTH_END:
                yield points


def pieces_of(ring: Sequence[Point]) -> Iterator[list[Point]]:
    """Cut a ring where it crosses the edge of the map, so that no line runs across the picture."""
    edge = maps.CENTRE_LON - 180
    turned = [((lon - edge) % 360, lat) for lon, lat in ring]
    piece = [turned[0]]
    pieces = []
    for (lon_a, lat_a), (lon_b, lat_b) in pairwise(turned):
        if abs(lon_b - lon_a) > 180:
            side = 359.999 if lon_a > 180 else 0.001
            middle = (lat_a + lat_b) / 2
            piece.append((side, middle))
            pieces.append(piece)
            piece = [(360 - side, middle)]
        piece.append((lon_b, lat_b))
    if pieces:
        pieces[0] = piece + pieces[0]
    else:
        pieces.append(piece)
    for points in pieces:
        yield [(lon + edge, lat) for lon, lat in points]


def pixels_of(points: Sequence[Point]) -> list[Pixel]:
    """Project to whole pixels and drop what repeats or lies on a straight line."""
    kept: list[Pixel] = []
    for lon, lat in points:
        pixel = maps.project(lat, lon)
        if kept and pixel == kept[-1]:
            continue
        if len(kept) > 1:
            (ax, ay), (bx, by) = kept[-2], kept[-1]
            if (bx - ax) * (pixel[1] - ay) == (by - ay) * (pixel[0] - ax):
                kept.pop()
        kept.append(pixel)
    return kept


def path_of(pixels: Sequence[Pixel]) -> str:
    """Write a ring as relative moves, which compress well."""
    steps = [f"{bx - ax} {by - ay}" for (ax, ay), (bx, by) in pairwise(pixels)]
    return f"M{pixels[0][0]} {pixels[0][1]}l{' '.join(steps)}z".replace(" -", "-")


def world(topology: dict[str, Any]) -> str:
    """Return the whole picture."""
    drawn = [pixels_of(piece) for ring in rings_of(topology) for piece in pieces_of(ring)]
    path = "".join(path_of(pixels) for pixels in drawn if len(pixels) > 3)
    return HEAD.format(w=maps.WIDTH, h=maps.HEIGHT, d=path)


class Command(BaseCommand):
    """Draw the world map that pages share."""

    help = "Draws the world map from a TopoJSON file of land"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask where the land is and where the picture goes."""
        parser.add_argument("land", type=Path)
        parser.add_argument("picture", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the picture."""
        picture = world(json.loads(options["land"].read_text()))
        options["picture"].write_text(picture)
        self.stdout.write(f"{len(picture)} characters")
