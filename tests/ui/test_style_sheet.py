"""The style sheet: contrast of every pair of colours in light and dark, weight, and no left or
right.
"""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from anso.ui import bundles

SHEET = bundles.build(bundles.entries()["ui/anso.css"])
TEXT, SHAPE = 4.5, 3.0
GROUNDS = ("paper", "panel", "wash")
PAIRS = [
    *[
        (ink, ground, TEXT)
        for ink in ("ink", "ink-2", "ink-3", "act", "stop", "good", "attn")
        for ground in GROUNDS
    ],
    *[(tone, f"{tone}-wash", TEXT) for tone in ("act", "good", "attn", "stop")],
    *[("ink", f"{tone}-wash", TEXT) for tone in ("act", "good", "attn", "stop")],
    *[(f"{ink}", "attn-wash", TEXT) for ink in ("act", "ink-2")],
    ("act", "act-wash", TEXT),
    ("on-act", "act", TEXT),
    ("on-act", "act-2", TEXT),
    ("panel", "stop", TEXT),
    ("panel", "stop-2", TEXT),
    ("ink-2", "act-wash", TEXT),
    ("on-bar", "bar", TEXT),
    ("paper", "ink", TEXT),
    *[
        (shape, ground, SHAPE)
        for shape in ("amber", "edge", "act", "stop", "good")
        for ground in GROUNDS
    ],
]


def tokens(opening: str) -> dict[str, str]:
    block = SHEET[SHEET.index(opening) :]
    return dict(re.findall(r"--([\w-]+):(#[0-9a-f]{3,6})", block[: block.index("}")]))


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(sign * 2 for sign in colour[1:])
    channels = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(
    "theme", [":root{", ":root[data-theme=dark]{", ":root:not([data-theme=light]){"]
)
def test_every_pair_of_colours_can_be_read(theme: str) -> None:
    colours = tokens(theme)
    weak = {
        f"{one} on {other}": round(contrast(colours[one], colours[other]), 2)
        for one, other, least in PAIRS
        if contrast(colours[one], colours[other]) < least
    }
    assert weak == {}


def test_both_dark_blocks_say_the_same() -> None:
    assert tokens(":root[data-theme=dark]{") == tokens(":root:not([data-theme=light]){")


def test_no_rule_knows_left_from_right() -> None:
    physical = re.findall(
        r"(?:margin|padding|border)-(?:left|right|top|bottom)|[;{](?:left|right|top|bottom|width|height):|text-align:(?:left|right)",
        SHEET,
    )
    assert physical == []


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (
            "ui/anso.css",
            6_600,
        ),  # phases of a call; tables that keep their key column or become cards; work plans
        (
            "ui/autosave.js",
            6_850,
        ),  # a copy for every tab, words of scripts, what opens questions, totals of budgets
        ("ui/upload.js", 2_680),  # a button waits for files on their way
        ("ui/table.js", 1_244),
        ("ui/zone.js", 580),
        ("accounts/passkey.js", 1_298),
        ("ui/world.svg", 12_000),
    ],
)
def test_files_stay_light(path: str, most: int) -> None:
    content = Path(str(finders.find(path))).read_bytes()
    assert len(gzip.compress(content, 9)) <= most
    assert len(SHEET.encode()) <= 27_000


def test_a_tall_table_that_becomes_cards_is_as_tall_as_they_are() -> None:
    """Bounded in height while nothing scrolls, its last cards would lie over what follows."""
    (narrow,) = re.findall(r"\.scroll\.cards\s*\{([^}]*)\}", SHEET)
    assert "overflow:visible" in narrow.replace(" ", "")
    assert "max-block-size:none" in narrow.replace(" ", "")
