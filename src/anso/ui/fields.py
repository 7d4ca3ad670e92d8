"""The form renderer: plain dicts in, one template out. No Django widgets, because a long form must render in a millisecond or two.

A field is a dict; `field()` fills in what is missing. Types: text, longtext, number, date, choice, multichoice, yesno, country,
email, ranking, file, statement, heading. Reading posted values back is here too, so that what is drawn and what is read stay together.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from anso.kernel.text import count_characters, count_words

TYPES = frozenset(
    "text longtext number date choice multichoice yesno country email ranking file statement heading".split()  # noqa: SIM905
)
LINES = {"text": "text", "email": "email", "number": "number", "date": "date"}
GROUPS = frozenset({"choice", "multichoice", "yesno", "ranking"})
MANY = frozenset({"multichoice", "ranking"})
# Every key the template asks for: a missing one costs Django's template language three exceptions.
BLANK: dict[str, Any] = dict.fromkeys(
    ("choices", "markup", "files", "below", "lines", "upload_url", "max_bytes"), ""
)
RANKED = '<li><label class="rank"><select name="%s:%s"><option value="">–</option>%s</select><span>%s</span></label></li>'
TICKED = (
    '<li><label><input type="%s" name="%s" value="%s"%s><span>%s</span></label></li>'
)
Options = tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def options_markup(options: Options) -> str:
    """Return the `<option>` elements of a list that many fields share (countries, say), made once."""
    return "".join(
        str(format_html('<option value="{}">{}</option>', value, label))
        for value, label in options
    )


def select_markup(options: Options, value: str) -> SafeString:
    """Return the options with the chosen one marked."""
    markup = options_markup(options)
    if value:
        wanted = f'<option value="{escape(value)}"'
        markup = markup.replace(f"{wanted}>", f"{wanted} selected>", 1)
    return mark_safe(markup)


def counter_markup(key: str, value: str, limit: Mapping[str, int]) -> SafeString:
    """Count a text by the unit of its limit (words or characters) and return the line below it, which the browser keeps up to date."""
    unit = "words" if "words" in limit else "characters"
    top = limit[unit]
    count = count_words(value) if unit == "words" else count_characters(value)
    message = (
        gettext("%(count)s of %(limit)s words")
        if unit == "words"
        else gettext("%(count)s of %(limit)s characters")
    )
    return format_html(
        '<div class="below"><output id="count-{k}" for="f-{k}" class="num{over}" data-count="{unit}" data-limit="{top}"'
        ' data-pattern="{pattern}">{text}</output></div>',
        k=key,
        over=" over" if count > top else "",
        unit=unit,
        top=top,
        pattern=message % {"count": "#", "limit": f"{top:,}"},
        text=message % {"count": f"{count:,}", "limit": f"{top:,}"},
    )


def escape(value: object) -> str:
    """Escape any value for markup; several times faster than Django's own, which a long form notices."""
    return html.escape(str(value))


def ranking_markup(key: str, options: Options, value: Any) -> str:
    """Return one choice of place per option; places are told by number, first is best."""
    order = {str(code): place for place, code in enumerate(value or (), 1)}
    rows = []
    for code, label in options:
        chosen = order.get(code, 0)
        places = "".join(
            f"<option{' selected' if n == chosen else ''}>{n}</option>"
            for n in range(1, len(options) + 1)
        )
        rows.append(RANKED % (key, escape(code), places, escape(label)))
    return "".join(rows)


def ticks_markup(kind: str, key: str, options: Options, value: Any) -> str:
    """Return one box or button per option, the chosen ones marked."""
    chosen = (
        {str(item) for item in value}
        if isinstance(value, (list, tuple, set))
        else {str(value)}
    )
    control = "checkbox" if kind == "multichoice" else "radio"
    return "".join(
        TICKED
        % (
            control,
            key,
            escape(code),
            " checked" if code in chosen else "",
            escape(label),
        )
        for code, label in options
    )


def as_options(options: Iterable[Any]) -> Options:
    """Return options as (value, label) pairs; a plain word is its own label."""
    if isinstance(options, tuple) and options and isinstance(options[0], tuple):
        return options
    return tuple(
        (str(o), str(o)) if isinstance(o, str) else (str(o[0]), str(o[1]))
        for o in options
    )


def described_by(entry: Mapping[str, Any]) -> str:
    """Name the hint, reason, error and counter of a field for screen readers."""
    key = entry["key"]
    parts = [f"{part}-{key}" for part in ("hint", "error") if entry.get(part)]
    if entry.get("why") or entry.get("who_sees"):
        parts.insert(0, f"why-{key}")
    if entry.get("limit"):
        parts.append(f"count-{key}")
    return " ".join(parts)


def notes_markup(entry: Mapping[str, Any]) -> str:
    """Return hint, reason with who will see the answer, and error, escaped."""
    key, parts = escape(entry["key"]), []
    if entry.get("hint"):
        parts.append(f'<p class="hint" id="hint-{key}">{escape(entry["hint"])}</p>')
    seen = " ".join(str(entry[part]) for part in ("why", "who_sees") if entry.get(part))
    if seen:
        parts.append(f'<p class="seen" id="why-{key}">{escape(seen)}</p>')
    if entry.get("error"):
        parts.append(f'<p class="error" id="error-{key}">{escape(entry["error"])}</p>')
    return "".join(parts)


def label_markup(entry: Mapping[str, Any], optional: str) -> str:
    """Return the label, saying so when an answer is optional."""
    ending = "" if entry.get("required") else f' <span class="opt">{optional}</span>'
    return f"{escape(entry['label'])}{ending}"


def attributes_markup(entry: Mapping[str, Any]) -> str:
    """Return the attributes that tie a control to its notes, and those the question asks for."""
    known = {
        "aria-describedby": described_by(entry),
        "aria-invalid": "true" if entry.get("error") else "",
        **{
            name: entry[name]
            for name in ("step", "min", "max", "autocomplete", "accept", "multiple")
            if entry.get(name)
        },
    }
    return "".join(
        f' {name}="{escape(value)}"' for name, value in known.items() if value
    )


def choices_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return the rows of a set of choices."""
    kind, value, key = entry["type"], entry.get("value"), escape(entry["key"])
    if kind == "yesno":
        value = ("no", "yes")[value] if isinstance(value, bool) else value
        markup = ticks_markup(
            kind, key, (("yes", gettext("Yes")), ("no", gettext("No"))), value
        )
    elif kind == "ranking":
        markup = ranking_markup(key, as_options(entry.get("options") or ()), value)
    else:
        markup = ticks_markup(kind, key, as_options(entry.get("options") or ()), value)
    return mark_safe(markup)


def field(entry: Mapping[str, Any], optional: str = "") -> dict[str, Any]:
    """Complete one plain dict so that the template only has to place it. Unknown types are a mistake of the programmer."""
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
    drawn["name"] = mark_safe(label_markup(entry, optional or gettext("(optional)")))
    drawn["notes"] = mark_safe(notes_markup(entry))
    drawn["attributes"] = mark_safe(attributes_markup(entry))
    drawn["wrong"] = " wrong" if entry.get("error") else ""
    if kind in GROUPS:
        drawn["choices"] = choices_markup(entry)
    elif kind == "country":
        drawn["markup"] = select_markup(
            as_options(entry.get("options") or ()), str(value or "")
        )
    elif entry.get("limit") and kind in {"text", "longtext"}:
        drawn["below"] = counter_markup(entry["key"], str(value or ""), entry["limit"])
    return drawn


def fields_for(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Complete a list of plain dicts for `{% include "ui/fields.html" %}`."""
    optional = gettext("(optional)")
    return [field(entry, optional) for entry in entries]


def error_list(entries: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """Return the errors of a form for the error summary, in the order of its fields."""
    return [
        {"key": entry["key"], "message": entry["error"]}
        for entry in entries
        if entry.get("error")
    ]


def read_value(kind: str, key: str, posted: QueryDict) -> Any:
    """Read what a person answered, in the shape in which `field` draws it; newlines become one character."""
    if kind == "ranking":
        placed = [
            (int(place), name.split(":", 1)[1])
            for name, place in posted.items()
            if name.startswith(f"{key}:") and place.isdigit()
        ]
        return [code for _, code in sorted(placed)]
    if kind == "multichoice":
        return [value for value in posted.getlist(key) if value]
    value = posted.get(key, "")
    return (
        value.replace("\r\n", "\n").replace("\r", "\n").strip()
        if kind == "longtext"
        else value.strip()
    )


def read_values(
    entries: Sequence[Mapping[str, Any]], posted: QueryDict
) -> dict[str, Any]:
    """Read all answers of a page; headings, statements without a tick and files are left to their own ways."""
    skipped = {"heading", "file"}
    return {
        e["key"]: read_value(e["type"], e["key"], posted)
        for e in entries
        if e["type"] not in skipped
    }
