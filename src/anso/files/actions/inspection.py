"""Opens one foreign file in a process of its own with little memory and time, and says on standard
output what it found.

Run by path, never imported by the web: ``python -I inspection.py MEDIA_TYPE PATH`` prints
``{"pages": 3}`` or ``{"fault": "encrypted"}``.
"""

from __future__ import annotations

import json
import resource
import sys
import warnings
import zipfile
from typing import Any

MEMORY = 1_500_000_000
SECONDS = 15
MOST_PAGES = 600
MOST_PIXELS = 60_000_000
LONGEST_SIDE = 16_000
MOST_UNPACKED = 150_000_000
MOST_PARTS = 3000
PIECE = 1 << 16


# It binds the process for good; tests/files watch it from outside.
def limit_resources() -> None:  # pragma: no cover
    """Whatever the file makes its reader do, it gets no more than this, and writes nothing."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    # No byte into any file; the answer goes through a pipe.
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def inspect_pdf(path: str) -> dict[str, Any]:
    """Number of pages, or why the document cannot be read by everyone who has to."""
    import pikepdf  # only in this process

    try:
        with pikepdf.open(path) as document:
            if document.is_encrypted:
                return {"fault": "encrypted"}
            pages = len(document.pages)
    except pikepdf.PasswordError:
        return {"fault": "encrypted"}
    except (pikepdf.PdfError, ValueError, RuntimeError, OSError, RecursionError):
        return {"fault": "broken"}
    if pages == 0:
        return {"fault": "no_pages"}
    return (
        {"pages": pages}
        if pages <= MOST_PAGES
        else {"fault": "too_many_pages", "limit": MOST_PAGES}
    )


def inspect_picture(path: str) -> dict[str, Any]:
    """That the picture opens and is no larger than a page needs."""
    from PIL import Image  # only in this process

    warnings.simplefilter("ignore")
    # The library's own limit would only warn; ours is asked below, from the head of the file and
    # before the picture is unpacked.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path, formats=("JPEG", "PNG")) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
                return {"fault": "too_many_pixels", "limit": LONGEST_SIDE}
            picture.load()
    except (OSError, ValueError, SyntaxError, RuntimeError):
        return {"fault": "broken"}
    return {}


def inspect_archive(path: str) -> dict[str, Any]:
    """That a word processor's file unpacks to a bearable size and brings no programs along; one
    that lies about its size is broken.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            # What the directory of the archive claims; that it is true is seen below, part by part.
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                return {"fault": "bomb"}
            if any(part.flag_bits & 1 for part in parts):
                return {"fault": "encrypted"}
            if any(part.filename.lower().endswith("vbaproject.bin") for part in parts):
                return {"fault": "macros"}
            for part in parts:
                with archive.open(
                    part
                ) as content:  # gives no more than the part says, and checks its sum at the end
                    while content.read(PIECE):
                        pass
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        return {"fault": "broken"}
    return {}


def inspect(media_type: str, path: str) -> dict[str, Any]:
    """Look into a file of a kind that was recognised by its first bytes."""
    try:
        if media_type == "application/pdf":
            return inspect_pdf(path)
        if media_type.startswith("image/"):
            return inspect_picture(path)
        return inspect_archive(path)
    except MemoryError:
        return {"fault": "bomb"}


if __name__ == "__main__":  # pragma: no cover - the process of its own
    limit_resources()
    sys.stdout.write(json.dumps(inspect(sys.argv[1], sys.argv[2])))
