"""PDFs in the alliance's look, set by Typst from a payload of plain values.

The payload travels as JSON, so no text in it can act as markup. Belongs here: finding templates and
fonts. Does not: what a receipt or a letter says; that is the payload, made by the app that sends
it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import get_language, get_language_bidi

from anso.ui.context import alliance_setting

ROOT = Path(__file__).resolve().parents[1]
FONTS = Path(__file__).resolve().parent / "fonts"
HAN = "Noto Sans CJK SC"
NAME = re.compile(r"(?:([a-z]+)/)?([a-z][a-z-]*)")
# Control characters, and marks that could turn the direction of the words around them.
UNWANTED = re.compile("[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]")


@lru_cache(maxsize=1)
def fonts() -> typst.Fonts:
    """Return the bundled fonts, read once."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


@lru_cache(maxsize=1)
def script_families() -> list[str]:
    """Return the bundled families that bring letters of further scripts, Han last: it has Latin
    letters too.
    """
    further = [name for name in fonts().families() if name not in {"Noto Sans", "Noto Serif", HAN}]
    return [*further, HAN]


def template_path(name: str) -> Path:
    """Return the file of a template: "document" is of the design system, "calls/poster" of another
    app.
    """
    match = NAME.fullmatch(name)
    if match is None:
        raise ValueError(f"not the name of a PDF template: {name}")
    path = ROOT / (match[1] or "ui") / "typst" / f"{match[2]}.typ"
    if not path.is_file():
        raise FileNotFoundError(f"there is no PDF template {name}")
    return path


def cleaned(value: Any) -> Any:
    """Return the payload with every leaf as something JSON knows, and without characters that
    cannot be printed.
    """
    if isinstance(value, Mapping):
        return {str(key): cleaned(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [cleaned(part) for part in value]
    if value is None or isinstance(value, (bool, int, float)):
        return value
    return UNWANTED.sub("", str(value).replace("\r\n", "\n"))


def surroundings() -> dict[str, Any]:
    """Return what every PDF shows around its content."""
    return {
        "lang": (get_language() or "en").split("-")[0],
        "dir": "rtl" if get_language_bidi() else "ltr",
        "scripts": script_families(),
        "alliance": {
            "name": str(alliance_setting("NAME")),
            "short_name": str(alliance_setting("SHORT_NAME")),
        },
    }


def render_pdf(
    template_name: str, payload: Mapping[str, Any], *, at: datetime | None = None
) -> bytes:
    """Set a payload as PDF. The same template, payload and `at` (the date in the file) give the
    same bytes.
    """
    path = template_path(template_name)
    content = json.dumps({**surroundings(), **cleaned(payload)}, ensure_ascii=False)
    compiler = typst.Compiler(
        str(path), root=str(ROOT), font_paths=fonts(), sys_inputs={"payload": content}
    )
    made = compiler.compile(format="pdf", timestamp=at or datetime(2000, 1, 1, tzinfo=UTC))
    if not isinstance(made, bytes):
        raise TypeError("Typst returned no single file")
    return made
