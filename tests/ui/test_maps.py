"""Places lie where the Equal Earth projection puts them."""

from __future__ import annotations

import pytest

from anso.ui import maps
from anso.ui.management.commands.draw_world import world


def test_the_projection_agrees_with_its_published_constants() -> None:
    """At the equator the whole width is 2·√3·π/(3·A1); the pole lies at y = 1.3173627591574 (Šavrič
    et al. 2018).
    """
    assert maps.equal_earth(0, 180)[0] == pytest.approx(2.7066297, abs=1e-6)
    assert maps.equal_earth(90, 0)[1] == pytest.approx(1.3173627591574, abs=1e-9)
    assert maps.equal_earth(0, 0) == (0, 0)


def test_south_is_below_north_and_east_is_right_of_west() -> None:
    nairobi, beijing, lima = (
        maps.project(-1.29, 36.82),
        maps.project(39.9, 116.4),
        maps.project(-12, -77),
    )
    assert lima[0] < nairobi[0] < beijing[0]
    assert beijing[1] < nairobi[1] < lima[1]


@pytest.mark.parametrize(
    ("lat", "lon"), [(83, -30), (-55, -68), (0, 180), (0, -180), (-46, 168), (71, 180)]
)
def test_every_inhabited_place_lies_on_the_picture(lat: float, lon: float) -> None:
    x, y = maps.project(lat, lon)
    assert 0 <= x <= maps.WIDTH
    assert 0 <= y <= maps.HEIGHT


def test_points_keep_their_labels() -> None:
    assert maps.place([{"lat": "0", "lon": "11", "label": "x"}]) == [
        {"lat": "0", "lon": "11", "label": "x", "x": 480, "y": 232}
    ]


def test_land_that_crosses_the_edge_is_cut_and_antarctica_left_out() -> None:
    square = [[1600, 600], [200, 0], [0, 200], [-200, 0], [0, -200]]
    antarctica = [[100, 0], [200, 0], [0, 100], [-200, 0], [0, -100]]
    topology = {
        "transform": {"scale": [0.1, 0.1], "translate": [-180 + 0, -90]},
        "arcs": [[[0, 800], *square[1:]], antarctica],
        "objects": {"land": {"geometries": [{"type": "MultiPolygon", "arcs": [[[0]], [[1]]]}]}},
    }
    picture = world(topology)
    assert picture.count("M") == 2
    assert picture.startswith("<svg ")
