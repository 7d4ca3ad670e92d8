"""The form renderer: plain dicts in, markup out. No Django widgets, because a long form must render
in a few milliseconds.

A field is a dict. Reading posted values back is here too, so
that what is drawn and what is read stay together. Checking answers is not: that is the work of
`kernel.questions`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.request import RawPostDataException
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from anso.kernel.questions.types.organisation import PARTS as ORGANISATION_PARTS
from anso.ui import markup
from anso.ui.row_fields import ROW_TYPES, rows_markup, shown_rows

LINES = {
    "text": "text",
    "orcid": "text",
    "point": "text",
    "email": "email",
    "number": "number",
    "date": "date",
}
GROUPS = frozenset({"choice", "multichoice", "yesno", "ranking"})
OTHERS = {
    "longtext",
    "dois",
    "organisation",
    "country",
    "select",
    "person",
    *ROW_TYPES,
    "birth",
    "file",
    "statement",
    "heading",
}
TYPES = GROUPS | LINES.keys() | OTHERS
# Questions of a few lines, with their names.
PARTED = {"person": markup.PERSON_PARTS, "organisation": ORGANISATION_PARTS}
COUNTED = frozenset({"text", "longtext"})
# Which shell a type is drawn in, where it is not its own.
SHELL_OF = {
    **dict.fromkeys(LINES, "line"),
    "dois": "longtext",
    **dict.fromkeys(GROUPS, "group"),
    "person": "parts",
    "organisation": "parts",
    **dict.fromkeys(ROW_TYPES, "parts"),
    "birth": "parts",
    "select": "country",
}
# What stands inside of the shell, for the types that have something there.
INSIDES: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    **dict.fromkeys(GROUPS, lambda entry: {"inside": markup.choices_markup(entry)}),
    "country": markup.country_parts,
    "select": markup.country_parts,
    "person": lambda entry: {"inside": markup.person_markup(entry)},
    "organisation": lambda entry: {"inside": markup.organisation_markup(entry)},
    **dict.fromkeys(ROW_TYPES, lambda entry: {"inside": rows_markup(entry)}),
    "birth": lambda entry: {"inside": markup.birth_markup(entry)},
    "file": markup.file_parts,
}


def field(entry: Mapping[str, Any], optional: str = "") -> SafeString:
    """Draw one plain dict. Unknown types are a mistake of the programmer."""
    kind = entry["type"]
    if kind not in TYPES:
        raise ValueError(f"unknown type of field: {kind}")
    value = entry.get("value")
    text = "" if value is None else value
    if kind == "dois":
        text = as_lines(value)
    parts: dict[str, Any] = {
        "key": markup.escape(entry["key"]),
        "label": markup.escape(entry["label"]),
        "name": markup.label_markup(entry, optional or gettext("(optional)")),
        "notes": markup.notes_markup(entry),
        "attributes": markup.attributes_markup(entry),
        "wrong": " wrong" if entry.get("error") else "",
        "value": markup.escape(text),
        "line": LINES.get(kind, ""),
        "lines": markup.escape(entry.get("lines") or 8),
        "below": "",
        "inside": "",
    }
    if kind in COUNTED and entry.get("limit"):
        parts["below"] = markup.counter_markup(entry["key"], str(text), entry["limit"])
    elif kind == "statement":
        parts["checked"] = " checked" if value else ""
    elif kind in INSIDES:
        parts |= INSIDES[kind](entry)
    drawn = SafeString(markup.SHELLS[SHELL_OF.get(kind, kind)].format_map(parts))
    return markup.within_condition(entry, drawn) if entry.get("when") else drawn


def as_lines(value: Any) -> str:
    """A list as it is typed, one on each line; a text as it is."""
    return "\n".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def fields_for(entries: Iterable[Mapping[str, Any]]) -> list[SafeString]:
    """Draw a list of plain dicts for `{% include "ui/fields.html" %}`."""
    optional = gettext("(optional)")
    return [field(entry, optional) for entry in entries]


def error_list(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the errors of a form for the error summary, in the order of its fields, each beside
    the name of its field.
    """
    wrong = [entry for entry in entries if entry.get("error")]
    return [
        {
            "key": entry["key"],
            "message": f"{with_colon(entry.get('label', ''))} {entry['error']}".strip(),
        }
        for entry in wrong
    ]


def with_colon(label: object) -> str:
    """Return a label as it stands before what is said about it: a question or a sentence needs no
    colon.
    """
    words = str(label)
    return words if not words or words[-1] in ".?!؟。？" else f"{words}:"


def read_ranking(key: str, posted: QueryDict) -> list[str]:
    """Read an order of wishes; two wishes on one place keep the order of the page."""
    start = f"{key}:"
    typed = [
        (str(posted.get(name, "")), name[len(start) :]) for name in posted if name.startswith(start)
    ]
    placed = [(int(place), code) for place, code in typed if place.isdecimal() and len(place) < 6]
    return [code for _, code in sorted(placed, key=lambda wish: wish[0])]


def read_rows(key: str, posted: QueryDict) -> list[dict[str, str]]:
    """Read the rows of a list in their order, with the parts that the page had; rows that were left
    empty are none.
    """
    rows: dict[int, dict[str, str]] = {}
    for name in posted:
        whose, number, part = (*name.split(":"), "", "")[:3]
        if whose == key and part and number.isdecimal() and len(number) < 6:
            rows.setdefault(int(number), {})[part] = posted.get(name, "").strip()
    return [row for _, row in sorted(rows.items()) if any(row.values())]


def read_value(kind: str, key: str, posted: QueryDict) -> Any:
    """Read what a person answered, in the shape in which `field` draws it; every line break becomes
    one newline.
    """
    if kind == "ranking":
        return read_ranking(key, posted)
    if kind in PARTED:
        typed = {part: posted.get(f"{key}:{part}", "").strip() for part in PARTED[kind]}
        picked = posted.get(f"{key}:pick")  # one that the directory knows
        return typed | ({"name": picked} if picked else {})
    if kind in ROW_TYPES:
        return read_rows(key, posted)
    if kind == "birth" and not posted.get(key):
        return {part: posted.get(f"{key}:{part}", "").strip() for part in markup.BIRTH_PARTS}
    if kind == "multichoice":
        return [value for value in posted.getlist(key) if value]
    # The database cannot keep the zero character, and nobody means it.
    return posted.get(key, "").replace("\r\n", "\n").replace("\r", "\n").strip()


def _shown_parts(value: Any, parts: Iterable[str]) -> dict[str, str]:
    found = value if isinstance(value, Mapping) else {}
    return {part: str(found.get(part) or "").strip() for part in parts}


SHOWN_PARTS: dict[str, Callable[[Any], Any]] = {
    "ranking": lambda value: [str(code) for code in value or ()],
    "person": lambda value: _shown_parts(value, PARTED["person"]),
    "organisation": lambda value: _shown_parts(value, PARTED["organisation"]),
    "birth": markup.birth_parts,
    "dois": as_lines,
}


def shown_value(entry: Mapping[str, Any]) -> Any:
    """Return what `read_value` reads when a person sends a field back as it was drawn."""
    kind, value = entry["type"], entry.get("value")
    if kind in SHOWN_PARTS:
        return SHOWN_PARTS[kind](value)
    if kind in ROW_TYPES:
        return shown_rows(entry)
    if kind == "multichoice":  # boxes are sent in the order of the page
        chosen = {str(code) for code in value or ()}
        return [o[0] for o in markup.as_options(entry.get("options") or ()) if o[0] in chosen]
    if kind == "statement":
        return "yes" if value else ""
    said = {None: "", True: "yes", False: "no"}
    text = said[value] if value is None or isinstance(value, bool) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def shown_values(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what a page shows, by key, in the shape in which `read_values` reads it; nothing of
    questions that wait for another answer.
    """
    skipped = {"heading", "file"}
    return {
        entry["key"]: shown_value(entry)
        for entry in entries
        if entry["type"] not in skipped and not entry.get("is_closed")
    }


def read_values(entries: Sequence[Mapping[str, Any]], posted: QueryDict) -> dict[str, Any]:
    """Read all answers of a page, by key; headings ask nothing and files go their own way."""
    skipped = {"heading", "file"}
    return {
        entry["key"]: read_value(entry["type"], entry["key"], posted)
        for entry in entries
        if entry["type"] not in skipped
    }


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The object that a script posted, its texts without NULs and halves of characters; empty for
    anything else, such as a form.
    """
    try:
        found = storable(json.loads(request.body))
    except (ValueError, RecursionError, RawPostDataException):
        return {}
    return found if isinstance(found, dict) else {}


def storable(value: Any) -> Any:
    """Return what came as JSON without NULs and halves of characters, which no database keeps."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-8", "replace").decode()
    if isinstance(value, list):
        return [storable(each) for each in value]
    return (
        {storable(key): storable(each) for key, each in value.items()}
        if isinstance(value, dict)
        else value
    )
