"""Rows out of a file that somebody uploads: CSV in the encodings that spreadsheets write, and the
first sheet of an XLSX workbook. The rows become text, so that they are shown and mended like what
is typed.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from django.core.files.uploadedfile import UploadedFile

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop

MOST_BYTES = 2_000_000
MOST_UNPACKED = 20_000_000
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
# As spreadsheets write text: Unicode, else the alphabet of the computer in Western Europe.
ENCODINGS = ("utf-8-sig", "cp1252")
_COLUMN = re.compile(r"[A-Z]+")


def text_of_upload(sent: UploadedFile) -> str:
    """The rows of a file as lines whose cells are parted by tabs, or the text of a CSV as it is.

    Refuses what is neither, what is too large, and a workbook that cannot be read.
    """
    if (sent.size or 0) > MOST_BYTES:
        raise BadInput(gettext_noop("The file is larger than 2 MB. Give a shorter list."))
    data = sent.read()
    if data.startswith(b"PK\x03\x04"):
        return "\n".join("\t".join(row) for row in _rows_of_workbook(data))
    if b"\x00" in data and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(gettext_noop("This is neither a CSV file nor an XLSX workbook."))
    return _decoded(data)


def _decoded(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("utf-8", errors="replace")


def _rows_of_workbook(data: bytes) -> Iterator[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            if sum(part.file_size for part in book.infolist()) > MOST_UNPACKED:
                raise BadInput(gettext_noop("The file is larger than 2 MB. Give a shorter list."))
            names = set(book.namelist())
            strings = (
                [_text_in(each) for each in _tree(book, "xl/sharedStrings.xml").iter(f"{MAIN}si")]
                if "xl/sharedStrings.xml" in names
                else []
            )
            sheet = _tree(book, "xl/worksheets/sheet1.xml")
            yield from [_cells_of(row, strings) for row in sheet.iter(f"{MAIN}row")]
    except (zipfile.BadZipFile, KeyError, IndexError, ValueError, ET.ParseError) as wrong:
        raise BadInput(
            gettext_noop("This workbook cannot be read. Save it as XLSX or CSV and try again.")
        ) from wrong


def _tree(book: zipfile.ZipFile, name: str) -> ET.Element:
    text = book.read(name)
    # The file is a stranger's: what declares entities could name other files or grow without end,
    # and no spreadsheet does.
    if b"<!" in text.partition(b"<sheetData")[0][:2000].replace(b"<!--", b""):
        raise ValueError("a document type in a workbook")
    return ET.fromstring(text)  # noqa: S314 - see above


def _cells_of(row: ET.Element, strings: list[str]) -> list[str]:
    """The cells of a row in their columns; columns that are empty are not written in the file."""
    cells: list[str] = []
    for cell in row.iter(f"{MAIN}c"):
        place = _place_of(str(cell.get("r", "")), len(cells))
        cells += [""] * (place - len(cells))
        value = cell.findtext(f"{MAIN}v") or ""
        kind = cell.get("t")
        said = strings[int(value)] if kind == "s" else value
        said = _text_in(cell) if kind == "inlineStr" else said
        cells.append(" ".join(said.split()))
    return cells


def _place_of(reference: str, otherwise: int) -> int:
    found = _COLUMN.match(reference)
    if not found or len(found[0]) > 2:
        return otherwise
    place = 0
    for letter in found[0]:
        place = place * 26 + ord(letter) - 64
    return max(place - 1, otherwise)


def _text_in(element: ET.Element) -> str:
    return "".join(each.text or "" for each in element.iter(f"{MAIN}t"))
