"""A small picture is made of what a stranger sent: its points and nothing else."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from PIL import Image

from anso.files.actions.scaling import scaled
from anso.files.actions.storing import store_small_picture
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput

NOW = dt.datetime(2027, 5, 3, 9, 0, tzinfo=dt.UTC)
OWNER, ORIENTATION, TURNED = 0xA430, 0x0112, 6


def picture_of(kind: str, mode: str = "RGB", size: tuple[int, int] = (900, 300)) -> bytes:
    kept, exif = io.BytesIO(), Image.Exif()
    exif[OWNER], exif[ORIENTATION] = "Zanele Mbeki", TURNED
    Image.new(mode, size).save(kept, kind, exif=exif)
    return kept.getvalue()


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "L")])
def test_it_is_small_upright_and_tells_nobody(kind: str, mode: str) -> None:
    smaller = scaled(picture_of(kind, mode), 240)
    with Image.open(io.BytesIO(smaller)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (80, 240))
        assert not dict(picture.getexif())
        paper = picture.getpixel((5, 5))
    assert b"Zanele" not in smaller
    assert (paper == (255, 255, 255)) is (mode == "RGBA"), "what was transparent is paper"


def test_too_many_points_are_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anso.files.actions.scaling.MOST_PIXELS", 100)
    with pytest.raises(ValueError, match="too many"):
        scaled(picture_of("PNG"), 240)


@pytest.mark.django_db
def test_what_is_no_picture_is_refused_and_a_picture_is_kept_small() -> None:
    svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
    facts = {"name": "picture.jpg", "side": 240, "actor": WORKER, "now": NOW}
    with pytest.raises(BadInput, match="no picture"):
        store_small_picture(content=io.BytesIO(svg), **facts)  # type: ignore[arg-type]
    stored = store_small_picture(content=io.BytesIO(picture_of("PNG")), **facts)  # type: ignore[arg-type]
    assert (stored.media_type, stored.size_bytes < 20_000) == ("image/jpeg", True)
