"""Makes a small picture of one that a stranger sent, in a process of its own: nothing of the file
but its points, no larger than a page shows.

Run by path, never imported by the web: ``python -I scaling.py SIDE < picture > smaller``.
"""

from __future__ import annotations

import io
import resource
import sys
import warnings

MEMORY = 1_500_000_000
SECONDS = 15
MOST_PIXELS = 60_000_000
QUALITY = 80


# It binds the process for good; tests/files watch it from outside.
def limit_resources() -> None:  # pragma: no cover
    """Whatever the file makes its reader do, it gets no more than this."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def scaled(content: bytes, side: int) -> bytes:
    """A JPEG no longer and no wider than ``side`` points, turned as its camera was held. Raises
    OSError or ValueError for what is no picture of bearable size.
    """
    from PIL import Image, ImageOps  # only in this process

    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None
    smaller = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        if picture.size[0] * picture.size[1] > MOST_PIXELS:
            raise ValueError("too many points")
        upright = ImageOps.exif_transpose(picture).convert("RGBA")
        upright.thumbnail((side, side))
        # What was transparent is paper; a new picture takes over the points and nothing beside.
        bare = Image.new("RGB", upright.size, "white")
        bare.paste(upright, mask=upright.getchannel("A"))
        bare.save(smaller, "JPEG", quality=QUALITY)
    return smaller.getvalue()


if __name__ == "__main__":  # pragma: no cover - the process of its own
    limit_resources()
    sys.stdout.buffer.write(scaled(sys.stdin.buffer.read(), int(sys.argv[1])))
