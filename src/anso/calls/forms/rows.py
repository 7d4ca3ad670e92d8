"""One row of a list of the call as officers type it: its cells as fields, as parts of the draft,
and read back. What a row has is told by its table; nothing here knows which list it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.forms.outcome import read_count
from anso.calls.wording.choices import (
    Choices,
    Shelf,
    choices_for,
    column_label,
    condition_choices,
    condition_code,
)
from anso.calls.wording.rows import day_of_call_in_words
from anso.kernel.errors import BadInput, ProductError
from anso.kernel.periods import is_call_day
from anso.kernel.questions import Question, clean_answer, read_condition
from anso.kernel.reasons import uncut
from anso.kernel.rows import Column, ColumnKind, cell
from anso.kernel.typed_times import read_day
from anso.kernel.wording import NO_TEXT, gettext_noop
from anso.ui.drafts import Part, parts_of
from anso.ui.fields import error_list, shown_value
from anso.ui.question_fields import label_in, sentence

Specs = list[dict[str, Any]]
LONGEST_NAME, LONGEST_TEXT = 200, 2000
# From how many answers on a list is not shown whole, with a box for each.
LONG_LIST = 40
YEARS = (1, 2, 3, 4, 5, 10)
CURRENCY = re.compile(r"[A-Z]{3}")


def row_specs(shelf: Shelf, errors: Mapping[str, str]) -> Specs:
    """All cells of a row as fields with what stands in them, each beside what is wrong with it."""
    specs = [spec for column in shelf.table.columns for spec in column_specs(column, shelf)]
    return [spec | {"error": errors.get(spec["key"], "")} for spec in specs]


def column_specs(column: Column, shelf: Shelf) -> Specs:
    """The fields of one cell: one for each language of a text, two for a day."""
    spec = {
        "key": column.name,
        "label": column_label(column, shelf),
        "hint": _(column.hint) if column.hint else "",
        "required": column.is_required,
        "value": cell(shelf.row, column.name),
    }
    return SPECS[column.kind](column, shelf, spec)


def row_parts(shelf: Shelf) -> list[Part]:
    """What of a row is changed by itself; both fields of a day are one."""
    parts: list[Part] = []
    for column in shelf.table.columns:
        specs = column_specs(column, shelf)
        if column.kind is ColumnKind.DAY:
            values = {spec["key"]: shown_value(spec) for spec in specs}
            names = {spec["key"]: str(spec["label"]) for spec in specs}
            words = dict(specs[0]["options"])
            label = column_label(column, shelf)
            parts.append(Part(column.name, label, values, names=names, words=words))
        else:
            parts += parts_of(specs)
    return parts


def read_row(shelf: Shelf, typed: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The parts among what was typed, as they are kept, and by its field what is wrong."""
    changes: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for column in shelf.table.columns:
        for name in part_names(column):
            if name not in typed:
                continue
            try:
                changes[name] = READERS[column.kind](column, shelf, typed[name])
                _require(column, name, changes[name])
            except ProductError as fault:
                place = f"{name}:on" if column.kind is ColumnKind.DAY else name
                errors[place] = sentence(fault.message)
    return changes, errors


def row_faults(shelf: Shelf, errors: Mapping[str, str]) -> list[dict[str, str]]:
    """What is wrong for the summary of errors."""
    return error_list(row_specs(shelf, errors))


def typed_in_words(shelf: Shelf, typed: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What somebody typed for a row, as it can be read and copied."""
    return tuple(
        (part.label, words)
        for part in row_parts(shelf)
        for words in [part.in_words(typed.get(part.key, ""))]
        if words
    )


def part_names(column: Column) -> tuple[str, ...]:
    """By which names the parts of a cell go."""
    if not column.is_text:
        return (column.name,)
    return tuple(f"{column.name}_{code}" for code, _language in settings.LANGUAGES)


def _require(column: Column, name: str, value: Any) -> None:
    """What must be there is: of a text the English one, the others are told as missing."""
    if column.is_required and value in (None, "", []):
        if not column.is_text:
            raise BadInput(gettext_noop("This must be filled in."))
        if name.endswith("_en"):
            raise BadInput(gettext_noop("This must be there in English."))


def _words(column: Column, shelf: Shelf, spec: dict[str, Any]) -> Specs:
    texts = spec["value"] or {}
    is_long = column.kind is ColumnKind.LINES
    return [
        spec
        | {
            "key": f"{column.name}_{code}",
            "type": "longtext" if is_long else "text",
            "lines": 3,
            "label": label_in(language, spec["label"]),
            "hint": spec["hint"] if code == "en" else "",
            "value": texts.get(code, ""),
        }
        for code, language in settings.LANGUAGES
    ]


def _one(column: Column, shelf: Shelf, spec: dict[str, Any]) -> Specs:
    return [
        spec
        | {
            "type": "select",
            "options": choices_for(column, shelf),
            "none": _(column.none) if column.none else "–",
        }
    ]


def _several(column: Column, shelf: Shelf, spec: dict[str, Any]) -> Specs:
    """A box for each; of a long list the chosen ones, and one more to choose."""
    offered = choices_for(column, shelf)
    value = spec["value"] or []
    chosen = [value] if isinstance(value, str) else list(value)
    spec |= {"type": "multichoice", "value": chosen, "options": offered}
    if len(offered) <= LONG_LIST:
        return [spec]
    known = dict(offered)
    more = [pair for pair in offered if pair[0] not in chosen]
    boxes = [(code, known[code]) for code in chosen]
    return [spec | {"options": boxes, "more": more, "more_label": _("One more")}]


def _day(column: Column, shelf: Shelf, spec: dict[str, Any]) -> Specs:
    value = str(spec["value"] or "")
    of_call = value if is_call_day(value) else ""
    choice = spec | {
        "key": f"{column.name}:of",
        "type": "select",
        "options": day_choices(of_call),
        "none": _("the day below"),
        "value": of_call,
        "hint": spec["hint"] or _("A day of the call moves with its deadline."),
    }
    label = _("%(what)s: a day of the calendar") % {"what": spec["label"]}
    exact = spec | {
        "key": f"{column.name}:on",
        "type": "date",
        "label": label,
        "value": "" if of_call else value,
        "hint": "",
    }
    return [choice, exact]


def day_choices(chosen: str) -> Choices:
    """Days of the call that may be chosen, and the one that is chosen."""
    codes = [
        f"{name}{sign}{years}" if years else name
        for name in ("opening", "closing")
        for sign, years in (("", 0), *((s, y) for s in "+-" for y in YEARS))
    ]
    codes += [chosen] if chosen and chosen not in codes else []
    return [(code, day_of_call_in_words(code)) for code in codes]


def _condition(column: Column, shelf: Shelf, spec: dict[str, Any]) -> Specs:
    now = read_condition(spec["value"]) if spec["value"] else None
    options = condition_choices(list(shelf.application.questions()), now)
    value = condition_code(now) if now else ""
    return [spec | {"type": "select", "options": options, "value": value, "none": _("everybody")}]


def _plain(kind: str) -> Callable[[Column, Shelf, dict[str, Any]], Specs]:
    return lambda _column, _shelf, spec: [spec | {"type": kind}]


SPECS: dict[ColumnKind, Callable[[Column, Shelf, dict[str, Any]], Specs]] = {
    ColumnKind.WORDS: _words,
    ColumnKind.LINES: _words,
    ColumnKind.NOTE: _plain("text"),
    ColumnKind.WHOLE: _plain("number"),
    ColumnKind.AMOUNT: _plain("text"),
    ColumnKind.YES_NO: _plain("yesno"),
    ColumnKind.ONE: _one,
    ColumnKind.SEVERAL: _several,
    ColumnKind.DAY: _day,
    ColumnKind.CONDITION: _condition,
}


def _read_text(column: Column, _shelf: Shelf, typed: str) -> str:
    return uncut(typed, LONGEST_TEXT if column.kind is ColumnKind.LINES else LONGEST_NAME)


def _read_note(column: Column, shelf: Shelf, typed: str) -> str:
    text = _read_text(column, shelf, typed)
    if column.name != "currency" or not text:
        return text
    if not CURRENCY.fullmatch(text.upper()):
        raise BadInput(gettext_noop("“%(currency)s” is not a currency code."), currency=text)
    return text.upper()


def _read_whole(column: Column, shelf: Shelf, typed: str) -> int | None:
    if not typed:
        return None
    return read_count(typed, column_label(column, shelf))


def _read_amount(column: Column, _shelf: Shelf, typed: str) -> str | None:
    cleaned = clean_answer(Question("amount", "number", NO_TEXT, required=False), typed)
    if cleaned.error:
        raise BadInput.of(cleaned.error)
    return None if cleaned.value in (None, "") else str(Decimal(cleaned.value))


def _read_yes_no(_column: Column, _shelf: Shelf, typed: str) -> bool | None:
    return {"yes": True, "no": False}.get(typed)


def _read_one(column: Column, shelf: Shelf, typed: str) -> str | None:
    if typed and typed not in dict(choices_for(column, shelf)):
        raise BadInput(gettext_noop("Choose one of the answers in the list."))
    return typed or None


def _read_several(column: Column, shelf: Shelf, typed: list[str]) -> list[str]:
    if set(typed) - set(dict(choices_for(column, shelf))):
        raise BadInput(gettext_noop("Choose one of the answers in the list."))
    return list(dict.fromkeys(typed))


def _read_day(column: Column, _shelf: Shelf, typed: Mapping[str, str]) -> str | None:
    of_call, exact = (typed.get(f"{column.name}:{name}", "") for name in ("of", "on"))
    if of_call and exact:
        raise BadInput(gettext_noop("Choose a day of the call, or give one of the calendar."))
    if of_call and not is_call_day(of_call):
        raise BadInput(gettext_noop("“%(day)s” is not a day of a call."), day=of_call)
    return of_call or (read_day(exact).isoformat() if exact else None)


def _read_condition(column: Column, shelf: Shelf, typed: str) -> dict[str, Any] | None:
    now = cell(shelf.row, column.name)
    known = condition_choices(
        list(shelf.application.questions()), read_condition(now) if now else None
    )
    if typed and typed not in dict(known):
        raise BadInput(gettext_noop("Choose one of the answers in the list."))
    return json.loads(typed) if typed else None


READERS: dict[ColumnKind, Callable[[Column, Shelf, Any], Any]] = {
    ColumnKind.WORDS: _read_text,
    ColumnKind.LINES: _read_text,
    ColumnKind.NOTE: _read_note,
    ColumnKind.WHOLE: _read_whole,
    ColumnKind.AMOUNT: _read_amount,
    ColumnKind.YES_NO: _read_yes_no,
    ColumnKind.ONE: _read_one,
    ColumnKind.SEVERAL: _read_several,
    ColumnKind.DAY: _read_day,
    ColumnKind.CONDITION: _read_condition,
}
