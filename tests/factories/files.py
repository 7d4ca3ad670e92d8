"""Makers of files: real small documents in memory, and stored ones."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pikepdf
from PIL import Image

from anso.files.actions import store_file
from anso.files.actions.naming import KINDS
from anso.files.models import StoredFile
from anso.kernel.actors import SETUP

NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)


def pdf_bytes(pages: int = 1, *, encryption: Any = False) -> bytes:
    """A PDF with empty pages."""
    document, kept = pikepdf.new(), io.BytesIO()
    for _ in range(pages):
        document.add_blank_page()
    document.save(kept, encryption=encryption)
    return kept.getvalue()


def picture_bytes(kind: str = "PNG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture of one colour."""
    kept = io.BytesIO()
    Image.new("RGB", size).save(kept, kind)
    return kept.getvalue()


def docx_bytes(**parts: bytes) -> bytes:
    """The least that is recognised as a document of a word processor; more parts by name, with
    ``__`` for a slash.
    """
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return kept.getvalue()


def make_stored_file(content: bytes = b"", name: str = "passport.pdf", **fields: Any) -> StoredFile:
    """A stored PDF of one page unless told otherwise."""
    options: dict[str, Any] = {
        "actor": SETUP,
        "now": NOW,
        "accepted": tuple(KINDS),
        "max_bytes": 10_000_000,
    }
    return store_file(content=io.BytesIO(content or pdf_bytes()), name=name, **(options | fields))
