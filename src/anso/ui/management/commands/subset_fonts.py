"""Makes `ui/fonts/` from Debian's fonts-noto-core and fonts-noto-cjk (SIL Open Font License 1.1),
for PDFs only.

Run by hand in an environment that has fonttools, with the folder of the Noto fonts, the file
NotoSansCJK-Regular.ttc, and `ui/fonts`.
"""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from importlib import import_module
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
# Every script in which CLDR knows a living language of any country.
SCRIPTS = (
    "Adlam", "Armenian", "Balinese", "Bamum", "Bengali", "CanadianAboriginal", "Chakma", "Cham",
    "Cherokee", "Coptic", "Devanagari", "Ethiopic", "Georgian", "Gujarati", "Gurmukhi",
    "HanifiRohingya", "Hebrew", "Javanese", "Kannada", "Khmer", "Lao", "Lepcha", "Limbu", "Lisu",
    "Malayalam", "MeeteiMayek", "Mongolian", "Mro", "Myanmar", "NKo", "NewTaiLue", "OlChiki",
    "Oriya", "Osage", "Saurashtra", "Sinhala", "Sundanese", "Syriac", "TaiLe", "TaiTham", "TaiViet",
    "Tamil", "Telugu", "Thaana", "Thai", "Tifinagh", "Vai", "Yi",
)  # fmt: skip
SERIF_ONLY = ("NotoSerifTibetan-Regular", "NotoSerifNyiakengPuachueHmong-Regular")
WHOLE = (
    "NotoNaskhArabic-Regular",
    "NotoNaskhArabic-Bold",
    *(f"NotoSans{script}-Regular" for script in SCRIPTS),
    *SERIF_ONLY,
)
# Composing jamo into syllables, and nothing for vertical or proportional setting.
HAN_FEATURES = ["ccmp", "ljmo", "vjmo", "tjmo", "locl", "mark", "mkmk"]
DROPPED = ["vhea", "vmtx", "VORG", "MATH"]
SIMPLIFIED_CHINESE = 2


def han(known: set[int]) -> set[int]:
    """Return every sign of Han, kana and hangul that the font has, also those that only names
    use, with the punctuation and full-width forms that stand among them.
    """
    ranges = (
        (0x1100, 0x1200), (0x2E80, 0x3300), (0x3400, 0x4DC0), (0x4E00, 0xA000), (0xA960, 0xA980),
        (0xAC00, 0xD800), (0xF900, 0xFB00), (0xFF00, 0xFFF0), (0x20000, 0x323B0),
    )  # fmt: skip
    return {sign for sign in known if any(first <= sign < end for first, end in ranges)}


def write(
    source: Path, target: Path, wanted: Callable[[set[int]], set[int]], number: int = -1
) -> None:
    """Write one font with the signs wanted of those that it has, without hints."""
    subset, tt_lib = import_module("fontTools.subset"), import_module("fontTools.ttLib")
    options = subset.Options(
        hinting=False,
        notdef_outline=True,
        layout_features=["*"] if number < 0 else HAN_FEATURES,
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17],
    )
    options.drop_tables += DROPPED
    font = tt_lib.TTFont(source, fontNumber=number)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=sorted(wanted(set(font.getBestCmap()))))
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
            write(noto / f"{name}.ttf", target / f"{name}.ttf", LATIN.__and__)
        for name in WHOLE:
            write(noto / f"{name}.ttf", target / f"{name}.ttf", set)
        write(options["cjk"], target / "NotoSansCJKsc-Regular.otf", han, SIMPLIFIED_CHINESE)
