"""What is found inside a file, and that whoever looks is held to little memory and writes
nothing.
"""

from __future__ import annotations

import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from anso.files.actions import anonymising, inspection
from anso.files.actions.naming import JPEG, PDF, PNG, WORD
from tests.factories.files import docx_bytes, pdf_bytes, picture_bytes

CENTRAL = b"PK\x01\x02"


@pytest.fixture
def look(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Inspect some bytes as a file of a kind."""
    monkeypatch.setattr(
        Image, "MAX_IMAGE_PIXELS", Image.MAX_IMAGE_PIXELS
    )  # which the inspection turns off in its own process

    def inspecting(media_type: str, content: bytes) -> dict[str, Any]:
        path = tmp_path / "file"
        path.write_bytes(content)
        return inspection.inspect(media_type, str(path))

    return inspecting


def encrypted(**passwords: str) -> bytes:
    return pdf_bytes(encryption=pikepdf.Encryption(**passwords))


def with_entry(content: bytes, at: int, value: bytes) -> bytes:
    """The same archive whose list of contents says something else of its first part."""
    start = content.index(CENTRAL) + at
    return content[:start] + value + content[start + len(value) :]


def picture_that_says(width: int, height: int) -> bytes:
    """A PNG whose header tells another size than it has."""
    content = picture_bytes()
    at = content.index(b"IHDR")
    chunk = (
        b"IHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big") + content[at + 12 : at + 17]
    )
    return content[:at] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + content[at + 21 :]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (pdf_bytes(3), {"pages": 3}),
        (pdf_bytes(600), {"pages": 600}),
        (pdf_bytes(601), {"fault": "too_many_pages", "limit": 600}),
        (pdf_bytes(0), {"fault": "no_pages"}),
        (encrypted(user="u", owner="o"), {"fault": "encrypted"}),
        (encrypted(user="", owner="o"), {"fault": "encrypted"}),
        (b"%PDF-1.7 and then nothing", {"fault": "broken"}),
    ],
    ids=[
        "pages",
        "most pages",
        "too many pages",
        "no pages",
        "password to open",
        "password to change",
        "broken",
    ],
)
def test_a_document_tells_its_pages_or_why_not_everyone_can_read_it(
    look: Any, content: bytes, found: dict[str, Any]
) -> None:
    assert look(PDF, content) == found


def test_a_picture_opens_and_is_no_larger_than_a_page_needs(
    look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert look(PNG, picture_bytes()) == look(JPEG, picture_bytes("JPEG")) == {}
    assert look(PNG, picture_bytes()[:50]) == {"fault": "broken"}
    assert look(PNG, picture_bytes(size=(16_001, 1))) == {
        "fault": "too_many_pixels",
        "limit": 16_000,
    }
    monkeypatch.setattr(inspection, "MOST_PIXELS", 40 * 30)
    assert look(PNG, picture_bytes(size=(40, 30))) == {}
    assert look(PNG, picture_bytes(size=(41, 30))) == {"fault": "too_many_pixels", "limit": 16_000}


def test_a_file_that_takes_all_memory_is_called_enormous_also_with_the_limits_off(
    look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "MOST_PIXELS", sys.maxsize)
    monkeypatch.setattr(inspection, "LONGEST_SIDE", sys.maxsize)
    assert look(PNG, picture_that_says(2**31 - 1, 1)) == {"fault": "bomb"}


def test_a_text_document_has_few_parts_no_locks_and_no_programs(look: Any) -> None:
    assert look(WORD, docx_bytes()) == {}
    assert look(WORD, docx_bytes(**{f"part{number}": b"" for number in range(2998)})) == {}
    assert look(WORD, docx_bytes(**{f"part{number}": b"" for number in range(2999)})) == {
        "fault": "bomb"
    }
    assert look(WORD, docx_bytes(**{"word/vbaProject.bin": b"x"})) == {"fault": "macros"}
    assert look(WORD, with_entry(docx_bytes(), 8, b"\x01\x00")) == {"fault": "encrypted"}
    assert look(WORD, b"PK\x03\x04 and then nothing") == {"fault": "broken"}


def test_a_text_document_unpacks_to_what_it_says_and_no_more(
    look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    least = len(b"<Types/>" + b"<document/>")
    monkeypatch.setattr(inspection, "MOST_UNPACKED", 200_000 + least)
    assert look(WORD, docx_bytes(word__media=b"\0" * 200_000)) == {}
    assert look(WORD, docx_bytes(word__media=b"\0" * 200_001)) == {"fault": "bomb"}
    lying = with_entry(docx_bytes(), 24, (4).to_bytes(4, "little"))
    assert look(WORD, lying) == {"fault": "broken"}


@pytest.mark.parametrize(
    ("reader", "act", "raised"),
    [
        (inspection, "mmap.mmap(-1, 2_000_000_000)", "Cannot allocate memory"),
        (inspection, "pathlib.Path(sys.argv[2]).write_bytes(b'x')", "File too large"),
        (anonymising, "mmap.mmap(-1, 2_000_000_000)", "Cannot allocate memory"),
    ],
    ids=["memory of the inspection", "writing of the inspection", "memory of the anonymising"],
)
def test_the_process_of_a_reader_gets_no_more_than_its_limits(
    reader: Any, act: str, raised: str, tmp_path: Path
) -> None:
    program = (
        "import mmap, pathlib, runpy, sys; limit = runpy.run_path(sys.argv[1])['limit_resources'];"
        f" limit(); {act}"
    )
    without = program.replace("limit();", "")
    for text, words in ((without, ""), (program, raised)):
        ended = subprocess.run(
            [sys.executable, "-I", "-c", text, reader.__file__, str(tmp_path / "kept")],
            capture_output=True,
            text=True,
        )
        assert words in ended.stderr
        assert bool(ended.returncode) == bool(words), ended.stderr
