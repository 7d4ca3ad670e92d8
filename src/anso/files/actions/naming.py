"""Kinds of files and their names: what content really is, and a name that shows it.

Here: recognising content by its first bytes, cleaning names. Not here: opening files, which happens
in a process of its own.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import PurePosixPath

import puremagic

from anso.kernel.names import clean_line
from anso.ui.question_fields import in_a_row

PDF = "application/pdf"
JPEG = "image/jpeg"
PNG = "image/png"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
KINDS = {
    PDF: ("PDF", ".pdf"),
    JPEG: ("JPEG", ".jpg"),
    PNG: ("PNG", ".png"),
    WORD: ("Word (.docx)", ".docx"),
    SHEET: ("Excel (.xlsx)", ".xlsx"),
}
_STARTS = ((b"%PDF-", PDF), (b"\xff\xd8\xff", JPEG), (b"\x89PNG\r\n\x1a\n", PNG))
_PARTS = (("word/document.xml", WORD), ("xl/workbook.xml", SHEET))
_INNER_EXTENSION = re.compile(r"\.(?=[A-Za-z][A-Za-z0-9]{1,4}(?:\.|$))")
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
NAME_LIMIT = 120


def real_media_type(head: bytes, content: io.BufferedIOBase) -> str:
    """What content is, by its own bytes and never by its name; blank when it is none of the kinds
    that are taken anywhere.
    """
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n\x00")
    for prefix, media_type in _STARTS:
        if start.startswith(prefix):
            return media_type
    return _archive_kind(content) if head.startswith(b"PK\x03\x04") else ""


def kind_of_unknown_file(head: bytes) -> str:
    """A word for content that is not taken, to tell its sender; blank when nobody knows."""
    try:
        found = puremagic.from_string(head)
    except (puremagic.PureError, ValueError):
        return ""
    return str(found).lstrip(".").upper()[:12]


def kinds_in_words(accepted: tuple[str, ...]) -> str:
    """The kinds that are taken, as people call them: PDF, JPEG."""
    return in_a_row(KINDS[media_type][0] for media_type in accepted if media_type in KINDS)


def clean_file_name(name: str, media_type: str) -> str:
    """A name that is safe to show and save: no folders, direction marks or control signs, one
    extension that tells the truth.
    """
    last = PurePosixPath(name.replace("\\", "/")).name[: NAME_LIMIT * 4]
    line = _FORBIDDEN.sub("_", clean_line(last, limit=NAME_LIMIT * 4)).strip(" .")
    extension = KINDS[media_type][1]
    stem = _INNER_EXTENSION.sub("_", _without_extension(line)).strip(" ._") or "document"
    return f"{stem[: NAME_LIMIT - len(extension)]}{extension}"


def _without_extension(line: str) -> str:
    stem, dot, extension = line.rpartition(".")
    return (
        stem
        if dot and 0 < len(extension) <= 5 and extension.isascii() and extension.isalnum()
        else line
    )


def _archive_kind(content: io.BufferedIOBase) -> str:
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist()[:5000])
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return ZIP
    finally:
        content.seek(0)
    return next((media_type for part, media_type in _PARTS if part in names), ZIP)
