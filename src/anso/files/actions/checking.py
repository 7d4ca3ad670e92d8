"""Whether a file may come in: its real kind, its size, and that it opens. Every refusal says what
is wrong and what to do.
"""

from __future__ import annotations

import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from anso.files.actions import naming
from anso.kernel.errors import BadInput, TooLarge
from anso.kernel.wording import gettext_noop as _

SECONDS = 30
HEAD = 4096
INSPECTION = Path(__file__).with_name("inspection.py")
FAULTS = {
    "encrypted": _(
        "This file is protected by a password or against copying. Save a copy without protection"
        " and upload that."
    ),
    "broken": _(
        "This file cannot be opened; it is damaged or not complete. Save it again and upload the"
        " new copy."
    ),
    "no_pages": _("This PDF has no pages. Upload the one with the content."),
    "too_many_pages": _(
        "This PDF has more than %(limit)s pages. Upload only the pages that are asked for."
    ),
    "too_many_pixels": _(
        "This picture is larger than %(limit)s points on a side or too large in all. Make it"
        " smaller and upload it again."
    ),
    "bomb": _("This file unpacks to an enormous size. Save it as a PDF and upload that."),
    "macros": _("This document contains programs (macros). Save it as a PDF and upload that."),
    "slow": _(
        "This file could not be checked in reasonable time. Print it to a new PDF and upload that."
    ),
}


@dataclass(frozen=True)
class Checked:
    """What is known of a file that passed: its real kind, and its pages where it has pages."""

    media_type: str
    page_count: int | None


def check_size(size: int, max_bytes: int) -> None:
    """Refuse an empty file and one over the limit."""
    if size <= 0:
        raise BadInput(
            _("This file is empty. Choose it again, or save it again first."), code="empty_file"
        )
    if size > max_bytes:
        raise TooLarge(
            _(
                "This file has %(seen)s MB; the limit is %(limit)s MB. Make it smaller, for"
                " instance by scanning in grey, and upload it again."
            ),
            seen=_megabytes(size),
            limit=_megabytes(max_bytes),
        )


def check_kind(content: IO[bytes], accepted: tuple[str, ...]) -> str:
    """The real kind of the content, by its bytes. Refuses kinds that are not asked for, whatever
    the name says.
    """
    head = content.read(HEAD)
    content.seek(0)
    whole = io.BufferedReader(content) if isinstance(content, io.RawIOBase) else content
    media_type = naming.real_media_type(head, whole)  # type: ignore[arg-type]
    if media_type in accepted:
        return media_type
    wanted = naming.kinds_in_words(accepted)
    seen = (
        naming.KINDS[media_type][0]
        if media_type in naming.KINDS
        else naming.kind_of_unknown_file(head)
    )
    if seen:
        raise BadInput(
            _(
                "This is a file of the kind %(seen)s, whatever its name says. Upload one of these:"
                " %(wanted)s."
            ),
            code="wrong_kind",
            seen=seen,
            wanted=wanted,
        )
    raise BadInput(
        _("This is not a file that we can open. Upload one of these: %(wanted)s."),
        code="wrong_kind",
        wanted=wanted,
    )


def inspect_content(path: Path, media_type: str) -> Checked:
    """Open the file in a process of its own, with limits on memory and time. Refuses what does not
    open there.
    """
    # "-I": neither the environment nor a folder can bring other modules into it.
    command = [sys.executable, "-I", str(INSPECTION), media_type, str(path)]
    try:
        ended = subprocess.run(  # noqa: S603 - our own file, run by path, with a kind from our own list
            command,
            capture_output=True,
            timeout=SECONDS,
            check=False,
            stdin=subprocess.DEVNULL,
            cwd="/",
        )
    except subprocess.TimeoutExpired:
        raise _fault("slow") from None
    if ended.returncode < 0:  # the system stopped it at a limit
        raise _fault("slow")
    if ended.returncode:
        raise _fault("broken")
    found = json.loads(ended.stdout)
    if "fault" in found:
        raise _fault(found["fault"], limit=found.get("limit"))
    return Checked(media_type, found.get("pages"))


def _fault(code: str, **facts: object) -> BadInput:
    return BadInput(FAULTS[code], code=code, **facts)


def _megabytes(size: int) -> str:
    return f"{size / 1_048_576:.1f}".removesuffix(".0")
