"""The form renderer: plain dicts in, one template out. No Django widgets, because a long form must
render in a few milliseconds.

A field is a dict; `field()` fills in what is missing. Reading posted values back is here too, so
that what is drawn and what is read stay together. Checking answers is not: that is the work of
`kernel.questions`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, QueryDict
from django.http.request import RawPostDataException
from django.utils.translation import gettext

from anso.ui import markup

LINES = {"text": "text", "email": "email", "number": "number", "date": "date"}
GROUPS = frozenset({"choice", "multichoice", "yesno", "ranking"})
OTHERS = {"longtext", "country", "person", "partners", "file", "statement", "heading"}
TYPES = GROUPS | LINES.keys() | OTHERS
# Every key the template asks for: a missing one costs Django's template language three exceptions.
BLANK: dict[str, Any] = dict.fromkeys(
    ("choices", "parts", "markup", "files", "below", "lines", "upload_url", "max_bytes"), ""
)


def field(entry: Mapping[str, Any], optional: str = "") -> dict[str, Any]:
    """Complete one plain dict so that the template only has to place it. Unknown types are a
    mistake of the programmer.
    """
    kind = entry["type"]
    if kind not in TYPES:
        raise ValueError(f"unknown type of field: {kind}")
    value = entry.get("value")
    drawn: dict[str, Any] = {
        **BLANK,
        **entry,
        "line": LINES.get(kind, ""),
        "value": "" if value is None else value,
    }
    drawn["name"] = markup.label_markup(entry, optional or gettext("(optional)"))
    drawn["notes"] = markup.notes_markup(entry)
    drawn["attributes"] = markup.attributes_markup(entry)
    drawn["wrong"] = " wrong" if entry.get("error") else ""
    if kind in GROUPS:
        drawn["choices"] = markup.choices_markup(entry)
    elif kind == "country":
        drawn["markup"] = markup.select_markup(
            markup.as_options(entry.get("options") or ()), str(value or "")
        )
    elif kind == "person":
        drawn["parts"] = markup.person_markup(entry)
    elif kind == "partners":
        drawn["parts"] = markup.partners_markup(entry)
    elif entry.get("limit") and kind in {"text", "longtext"}:
        drawn["below"] = markup.counter_markup(entry["key"], str(value or ""), entry["limit"])
    return drawn


def fields_for(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Complete a list of plain dicts for `{% include "ui/fields.html" %}`."""
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


def read_partners(key: str, posted: QueryDict) -> list[dict[str, str]]:
    """Read the rows of partners in their order; rows that were left empty are none."""
    numbers = {
        int(name.split(":")[1])
        for name in posted
        if name.startswith(f"{key}:") and name.split(":")[1].isdecimal() and len(name) < 80
    }
    rows = [
        {part: posted.get(f"{key}:{number}:{part}", "").strip() for part in markup.PARTNER_PARTS}
        for number in sorted(numbers)
    ]
    return [row for row in rows if any(row.values())]


def read_value(kind: str, key: str, posted: QueryDict) -> Any:
    """Read what a person answered, in the shape in which `field` draws it; every line break becomes
    one newline.
    """
    if kind == "ranking":
        return read_ranking(key, posted)
    if kind == "person":
        return {part: posted.get(f"{key}:{part}", "").strip() for part in markup.PERSON_PARTS}
    if kind == "partners":
        return read_partners(key, posted)
    if kind == "multichoice":
        return [value for value in posted.getlist(key) if value]
    # The database cannot keep the zero character, and nobody means it.
    return posted.get(key, "").replace("\r\n", "\n").replace("\r", "\n").strip()


def shown_value(entry: Mapping[str, Any]) -> Any:
    """Return what `read_value` reads when a person sends a field back as it was drawn."""
    kind, value = entry["type"], entry.get("value")
    if kind == "ranking":
        return [str(code) for code in value or ()]
    if kind == "person":
        return _shown_parts(value, markup.PERSON_PARTS)
    if kind == "partners":
        return [_shown_parts(row, markup.PARTNER_PARTS) for row in value or ()]
    if kind == "multichoice":  # boxes are sent in the order of the page
        chosen = {str(code) for code in value or ()}
        return [o[0] for o in markup.as_options(entry.get("options") or ()) if o[0] in chosen]
    if kind == "statement":
        return "yes" if value else ""
    said = {None: "", True: "yes", False: "no"}
    text = said[value] if value is None or isinstance(value, bool) else str(value)
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _shown_parts(value: Any, parts: Iterable[str]) -> dict[str, str]:
    found = value if isinstance(value, Mapping) else {}
    return {part: str(found.get(part) or "").strip() for part in parts}


def shown_values(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return what a page shows, by key, in the shape in which `read_values` reads it."""
    skipped = {"heading", "file"}
    return {entry["key"]: shown_value(entry) for entry in entries if entry["type"] not in skipped}


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
