"""Points of the map in the ways that people write them."""

from __future__ import annotations

import pytest

from anso.kernel.places import read_point


@pytest.mark.parametrize(
    "typed",
    [
        "-1.292083, 36.821944",
        "-1.292083 36.821944",
        "-1.292083,36.821944",
        "\u22121.292083; 36.821944",
        "1.292083 S, 36.821944 E",
        "36.821944E 1.292083S",
        "S1.292083 E36.821944",
        "e 36.821944, s 1.292083",
        "1°17.52498'S 36°49.31664'E",
        "1°17′31.4988″S, 36°49′18.9984″E",
        "S 1 17 31.4988 E 36 49 18.9984",
        "1º 17’ 31.4988” S 36º 49’ 18.9984” E",
    ],
)
def test_one_point_is_understood_however_it_is_written(typed: str) -> None:
    assert str(read_point(typed)) == "-1.292083, 36.821944"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "Nairobi",
        "-1.2921",
        "1 17 36 49",
        "1,2921, 36,8219",
        "1,29 S 36,82 E",
        "1°61'S 36°E",
        "1.5°17'S 36°E",
        "-1 S 36 E",
        "1 S 36 S",
        "1 S 36",
        "S 1 36 E",
        "1 2 3 4 S 5 E",
        "S E 1",
        "1 S 2 E 3 N",
        "1234.5, 6",
        "1.2921° south, 36.8219° east",
    ],
)
def test_what_is_no_point_or_could_be_two_is_refused(typed: str) -> None:
    assert read_point(typed) is None


@pytest.mark.parametrize(
    ("typed", "is_on_earth"),
    [("90, -180", True), ("0 N 0 E", True), ("90.000001, 0", False), ("0, 180.5", False)],
)
def test_there_are_points_up_to_the_poles_and_the_date_line(typed: str, is_on_earth: bool) -> None:
    point = read_point(typed)
    assert point
    assert point.is_on_earth is is_on_earth
