"""What an answer to a question may be, as officers type it: how little and how much, between which
days, and for documents in which formats, how large and how many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.forms.outcome import read_count
from anso.kernel.errors import BadInput
from anso.kernel.questions import FileSlot, Question, clean_answer
from anso.kernel.questions.model import FORMAT_NAMES, MEGABYTE
from anso.kernel.questions.parts import COUNTED
from anso.kernel.typed_times import read_day
from anso.kernel.wording import NO_TEXT, gettext_noop

MOST_FILES = 20


def limit_specs(question: Question) -> Iterator[dict[str, Any]]:
    """The fields of a question's limits, as its type has them."""
    if question.type in COUNTED:
        yield from _counted_specs(question)
    if question.type == "date":
        for name, label in day_labels().items():
            day = getattr(question, name)
            value = day.isoformat() if day else ""
            yield {"key": name, "type": "date", "label": label, "value": value}
    if question.file is not None:
        yield from _file_specs(question.file)


def _counted_specs(question: Question) -> Iterator[dict[str, Any]]:
    unit = question.limit.unit if question.limit else COUNTED[question.type]
    units = {
        "characters": _("characters"),
        "words": _("words"),
        "choices": _("choices"),
        "number": _("as a number"),
        "entries": _("entries"),
    }
    labels = {"least": _("At least (%(unit)s)"), "most": _("At most (%(unit)s)")}
    for name, label in labels.items():
        bound = getattr(question.limit, name) if question.limit else None
        value = "" if bound is None else f"{bound:f}"
        words = label % {"unit": units[unit]}
        yield {"key": name, "type": "text", "label": words, "value": value}


def day_labels() -> dict[str, str]:
    """What the bounds of a date are called."""
    return {"earliest": _("Earliest day"), "latest": _("Latest day")}


def _file_specs(slot: FileSlot) -> Iterator[dict[str, Any]]:
    formats = dict.fromkeys((*FORMAT_NAMES, *slot.accepts))
    yield {
        "key": "formats",
        "type": "multichoice",
        "label": _("Formats"),
        "options": [(each, FORMAT_NAMES.get(each, each)) for each in formats],
        "value": list(slot.accepts),
        "required": True,
    }
    yield {
        "key": "bytes",
        "type": "text",
        "label": _("Largest document in MB"),
        "value": f"{Decimal(slot.max_bytes) / MEGABYTE:.1f}".removesuffix(".0"),
        "required": True,
    }
    yield {
        "key": "files",
        "type": "text",
        "label": _("Most documents"),
        "value": str(slot.max_count),
        "required": True,
    }


def read_limits(question: Question, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed over, by the parts of a question."""
    changes: dict[str, Any] = {
        name: _bound(question, str(typed[name])) for name in ("least", "most") if name in typed
    }
    changes |= {name: _day(str(typed[name])) for name in day_labels() if name in typed}
    if "formats" in typed:
        changes["formats"] = _formats(question, typed["formats"])
    if "bytes" in typed:
        most = settings.UPLOAD_MAX_BYTES // MEGABYTE
        size = _within(str(typed["bytes"]), _("Largest document in MB"), most)
        changes["bytes"] = size * MEGABYTE
    if "files" in typed:
        changes["files"] = _within(str(typed["files"]), _("Most documents"), MOST_FILES)
    return changes


def _bound(question: Question, typed: str) -> Decimal | None:
    if not typed.strip():
        return None
    unit = question.limit.unit if question.limit else COUNTED[question.type]
    if unit != "number":
        return Decimal(read_count(typed, _("Limit")))
    cleaned = clean_answer(Question("limit", "number", NO_TEXT, required=False), typed)
    if cleaned.error:
        raise BadInput.of(cleaned.error)
    return Decimal(cleaned.value)


def _day(typed: str) -> dt.date | None:
    return read_day(typed) if typed.strip() else None


def _formats(question: Question, typed: list[str]) -> tuple[str, ...]:
    known = (*FORMAT_NAMES, *(question.file.accepts if question.file else ()))
    if not typed or set(typed) - set(known):
        raise BadInput(gettext_noop("Choose at least one of the formats."))
    return tuple(each for each in dict.fromkeys(known) if each in typed)


def _within(typed: str, label: str, most: int) -> int:
    number = read_count(typed, label)
    if not 1 <= number <= most:
        text = gettext_noop("%(label)s: give a whole number from 1 to %(most)s.")
        raise BadInput(text, label=label, most=most)
    return number
