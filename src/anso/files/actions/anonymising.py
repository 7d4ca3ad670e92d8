"""Takes names out of the hidden parts of one file, in a process of its own: author, title and
programs of PDFs, places and cameras of pictures.

Run by path, never imported by the web: ``python -I anonymising.py MEDIA_TYPE < file > copy``. What
is written on the pages stays.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings
import zipfile

MEMORY = 1_500_000_000
SECONDS = 15
EMPTY_PROPERTIES = {
    "docProps/core.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><cp:coreProperties '
        b'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
    ),
    "docProps/app.xml": (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties '
        b'xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
    ),
}


# It binds the process for good; tests/files watch it from outside.
def limit_resources() -> None:  # pragma: no cover
    """Whatever the file makes its reader do, it gets no more than this."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def without_metadata(media_type: str, content: bytes) -> bytes:
    """The same pages, picture or text without its hidden properties."""
    if media_type == "application/pdf":
        return _pdf(content)
    return _picture(content) if media_type.startswith("image/") else _archive(content)


def _pdf(content: bytes) -> bytes:
    import pikepdf  # only in this process

    copy = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        del document.docinfo
        for part in (document.Root, *document.pages):
            for key in ("/Metadata", "/PieceInfo"):
                if key in part:
                    del part[key]
        # Its own mark in the file follows from the content; a random one would tell copies apart.
        document.save(copy, deterministic_id=True)
    return copy.getvalue()


def _picture(content: bytes) -> bytes:
    from PIL import Image  # only in this process

    warnings.simplefilter("ignore")
    copy = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        # A new picture takes over the points and nothing that was written beside them.
        bare = Image.new(picture.mode, picture.size)
        bare.paste(picture)
        bare.save(copy, picture.format, **({"quality": 92} if picture.format == "JPEG" else {}))
    return copy.getvalue()


def _archive(content: bytes) -> bytes:
    copy = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as before,
        zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for part in before.infolist():
            after.writestr(part.filename, EMPTY_PROPERTIES.get(part.filename) or before.read(part))
    return copy.getvalue()


if __name__ == "__main__":  # pragma: no cover - the process of its own
    limit_resources()
    sys.stdout.buffer.write(without_metadata(sys.argv[1], sys.stdin.buffer.read()))
