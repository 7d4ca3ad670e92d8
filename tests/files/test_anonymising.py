"""Hidden properties are taken out of a copy; what is written on its pages stays."""

from __future__ import annotations

import io
import zipfile

import pikepdf
from PIL import Image

from anso.files.actions.anonymising import EMPTY_PROPERTIES, without_metadata
from anso.files.actions.naming import JPEG, PDF, PNG, WORD
from tests.factories.files import docx_bytes

AUTHOR = "Zanele Mbeki"
GPS, CAMERA_OWNER = 0x8825, 0xA430


def telling_pdf() -> bytes:
    """Three pages whose author is told in the document, in its metadata and in the private data of
    a page.
    """
    document, kept = pikepdf.new(), io.BytesIO()
    for _ in range(3):
        document.add_blank_page()
    document.docinfo["/Author"] = AUTHOR
    with document.open_metadata() as metadata:
        metadata["dc:creator"] = [AUTHOR]
    document.pages[1].PieceInfo = pikepdf.Dictionary(Editor=AUTHOR)
    document.save(kept)
    return kept.getvalue()


def telling_picture(kind: str) -> bytes:
    """A picture of one colour that tells who took it, and where."""
    kept, exif = io.BytesIO(), Image.Exif()
    exif[CAMERA_OWNER] = AUTHOR
    exif.get_ifd(GPS)[1] = "S"
    Image.new("RGB", (40, 30), (200, 10, 10)).save(kept, kind, exif=exif, comment=AUTHOR.encode())
    return kept.getvalue()


def test_a_document_loses_its_author_and_keeps_its_pages() -> None:
    before = telling_pdf()
    with pikepdf.open(io.BytesIO(before)) as original:
        assert str(original.docinfo["/Author"]) == AUTHOR
    copy = without_metadata(PDF, before)
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert len(document.pages) == 3
        assert dict(document.docinfo) == {}
        assert "/Metadata" not in document.Root
        assert "/PieceInfo" not in document.pages[1]
    assert without_metadata(PDF, before) == copy


def test_a_picture_loses_place_and_camera_and_keeps_what_it_shows() -> None:
    for kind, media_type in (("JPEG", JPEG), ("PNG", PNG)):
        before = telling_picture(kind)
        assert AUTHOR.encode() in before
        copy = without_metadata(media_type, before)
        assert AUTHOR.encode() not in copy
        with Image.open(io.BytesIO(copy)) as picture:
            assert (picture.format, picture.size, dict(picture.getexif())) == (kind, (40, 30), {})
            red, green, _ = picture.getpixel((20, 15))
        assert (red > 190, green < 20) == (True, True)


def test_a_text_document_loses_its_properties_and_keeps_its_text() -> None:
    core = f"<dc:creator>{AUTHOR}</dc:creator>".encode()
    copy = without_metadata(
        WORD,
        docx_bytes(docProps__core=b"", **{"docProps/core.xml": core, "docProps/app.xml": core}),
    )
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.read("word/document.xml") == b"<document/>"
        assert {name: archive.read(name) for name in EMPTY_PROPERTIES} == EMPTY_PROPERTIES
        assert AUTHOR.encode() not in b"".join(archive.read(part) for part in archive.infolist())
