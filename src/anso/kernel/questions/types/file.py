"""Documents: which kinds, how large, how many. The files themselves live in `files`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from anso.kernel.questions.model import MEGABYTE, FileSlot, Question
from anso.kernel.questions.types.base import EMPTY, Cleaned, check_unit, list_of
from anso.kernel.wording import Message, gettext_noop

PARTS = ("reference", "name", "media_type", "bytes")


def check_file(slot: FileSlot, *, media_type: str, size: int) -> Message | None:
    """Return what to tell someone whose file does not fit the slot, before or after upload."""
    if media_type not in slot.accepts:
        return Message(
            "wrong_kind",
            gettext_noop("Upload a file of this kind: %(kinds)s."),
            {"kinds": tuple(slot.format_names())},
        )
    if size > slot.max_bytes:
        return Message(
            "too_large",
            gettext_noop("This file has %(seen)s MB; upload one of at most %(limit)s MB."),
            {"limit": slot.max_bytes // MEGABYTE, "seen": f"{size / MEGABYTE:.1f}"},
        )
    if size == 0:
        return Message("empty_file", gettext_noop("This file is empty. Choose it again."))
    return None


class FileType:
    """A list of uploaded documents, each with reference, name, media_type and bytes."""

    code = "file"

    def clean(self, question: Question, raw: Any) -> Cleaned:
        """Return the list, or the error that one does not fit the slot or there are too many."""
        files = list_of([raw] if isinstance(raw, Mapping) else raw)
        if not files:
            return EMPTY
        if any(not _is_file(item) for item in files):
            return Cleaned(None, Message("not_a_file", gettext_noop("Upload the document again.")))
        kept = [{part: item[part] for part in PARTS} for item in files]
        return Cleaned(kept, _check_files(question.file or FileSlot(), kept))

    def check_definition(self, question: Question) -> Iterator[Message]:
        """Yield faults when the slot is missing or can hold nothing."""
        yield from check_unit(question)
        slot = question.file
        if slot is None or not slot.accepts or slot.max_bytes < 1 or slot.max_count < 1:
            yield Message(
                "bad_slot",
                gettext_noop("Question “%(key)s” does not say which files it takes."),
                {"key": question.key},
            )


def _is_file(item: Any) -> bool:
    return (
        isinstance(item, Mapping)
        and all(part in item for part in PARTS)
        and isinstance(item["bytes"], int)
    )


def _check_files(slot: FileSlot, files: list[dict[str, Any]]) -> Message | None:
    if len(files) > slot.max_count:
        return Message(
            "too_many",
            gettext_noop("Upload at most %(limit)s files here."),
            {"limit": slot.max_count},
        )
    faults = (check_file(slot, media_type=item["media_type"], size=item["bytes"]) for item in files)
    return next((fault for fault in faults if fault), None)


FILE = FileType()
