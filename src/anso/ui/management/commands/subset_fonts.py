"""Makes `ui/fonts/` from Debian's fonts-noto-core and fonts-noto-cjk (SIL Open Font License 1.1),
for PDFs only.

Run by hand in an environment that has fonttools, with the folder of the Noto fonts, the file
NotoSansCJK-Regular.ttc, and `ui/fonts`.
"""

from __future__ import annotations

from argparse import ArgumentParser
from importlib import import_module
from itertools import product
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

LATIN = {0x2212, 0x2215, 0x2248, 0x2260, 0x2264, 0x2265, 0x25CC, 0xFB01, 0xFB02}.union(
    range(0x20, 0x7F),
    range(0xA0, 0x530),
    range(0x1E00, 0x20D0),
    range(0x2100, 0x2150),
    range(0x2190, 0x2194),
)
EUROPEAN = (
    "NotoSans-Regular",
    "NotoSans-Bold",
    "NotoSans-Italic",
    "NotoSerif-Regular",
    "NotoSerif-Bold",
)
SCRIPTS = (
    "Devanagari",
    "Bengali",
    "Sinhala",
    "Tamil",
    "Ethiopic",
    "Thai",
    "Lao",
    "Khmer",
    "Myanmar",
    "Georgian",
    "Armenian",
    "Hebrew",
)
WHOLE = (
    "NotoNaskhArabic-Regular",
    "NotoNaskhArabic-Bold",
    *(f"NotoSans{script}-Regular" for script in SCRIPTS),
)
DROPPED = ["vhea", "vmtx", "VORG", "MATH"]
SIMPLIFIED_CHINESE = 2


def signs_of(codec: str, first: int, last: int) -> set[int]:
    """Return the signs of a two-byte character set whose first byte lies in a range."""
    signs: set[int] = set()
    for pair in product(range(first, last + 1), range(0x40, 0xFF)):
        signs.update(map(ord, bytes(pair).decode(codec, "ignore")))
    return {sign for sign in signs if sign > 0xFF}


def han() -> set[int]:
    """Return the signs of GB 2312, the common ones of Big5, the syllables of KS X 1001, and
    kana.
    """
    common = (
        signs_of("gb2312", 0xA1, 0xF7)
        | signs_of("big5", 0xA4, 0xC6)
        | signs_of("euc_kr", 0xB0, 0xC8)
    )
    return common.union(range(0x3000, 0x3100), range(0xFF00, 0xFFF0))


def write(source: Path, target: Path, signs: set[int] | None, number: int = -1) -> None:
    """Write one font with only the wanted signs, without hints."""
    subset, tt_lib = import_module("fontTools.subset"), import_module("fontTools.ttLib")
    options = subset.Options(
        hinting=False,
        notdef_outline=True,
        layout_features=["*"],
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
    )
    options.drop_tables += DROPPED
    font = tt_lib.TTFont(source, fontNumber=number)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(signs) if signs else list(font.getBestCmap()))
    subsetter.subset(font)
    font.save(target)


class Command(BaseCommand):
    """Make the fonts that PDFs are set in."""

    help = "Makes the small fonts for PDFs from the full Noto fonts"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask where the full fonts are and where the small ones go."""
        parser.add_argument("noto", type=Path)
        parser.add_argument("cjk", type=Path)
        parser.add_argument("target", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write all fonts."""
        noto, target = options["noto"], options["target"]
        for name in EUROPEAN:
            write(noto / f"{name}.ttf", target / f"{name}.ttf", LATIN)
        for name in WHOLE:
            write(noto / f"{name}.ttf", target / f"{name}.ttf", None)
        write(options["cjk"], target / "NotoSansCJKsc-Regular.otf", han(), SIMPLIFIED_CHINESE)
