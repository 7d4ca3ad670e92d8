"""The small pieces of markup that a field is made of, escaped part by part and built as plain
strings for speed.

Belongs here: labels, notes, choices, counters. Does not: which fields a form has, nor reading
answers.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_lazy

from anso.kernel.text_length import count_characters, count_words
from anso.ui.script_texts import script_texts

LOOK_UP = gettext_lazy("Look it up in the directory")
Options = tuple[tuple[str, ...], ...]
# Where the group stands in an option, of those that have one.
GROUP = 3
PERSON_PARTS = ("name", "email", "position", "organisation")
BIRTH_PARTS = ("day", "month", "year")
RANKED = (
    '<li><label class="rank"><select name="{}:{}"><option'
    ' value="">–</option>{}</select><span>{}</span></label></li>'
)
TICKED = '<li><label><input type="{}" name="{}" value="{}"{}><span>{}</span></label></li>'
# One more of a long list beside the boxes of those that are chosen; it is sent as they are.
MORE = (
    '<li><label for="f-{0}-more">{1}</label><select id="f-{0}-more" name="{0}">'
    '<option value="">–</option>{2}</select></li>'
)
PART = (
    '<p class="part"><label for="f-{0}-{1}">{2}</label><input id="f-{0}-{1}" name="{0}:{1}"'
    ' type="{3}" value="{4}" dir="auto"></p>'
)
DIGITS = (
    '<p class="part"><label for="f-{0}-{1}">{2}</label><input id="f-{0}-{1}" name="{0}:{1}"'
    ' class="brief" inputmode="numeric" autocomplete="{3}" value="{4}"></p>'
)
CHOICE_PART = (
    '<p class="part"><label for="f-{0}-{1}">{2}</label><select id="f-{0}-{1}" name="{0}:{1}">'
    '<option value="">{3}</option>{4}</select></p>'
)
COUNTER = (
    '<div class="below"><output id="count-{key}" for="f-{key}" class="num{over}"'
    ' data-count="{unit}" data-limit="{top}" data-pattern="{pattern}">{text}</output></div>'
)
_TOP = '<div class="field{wrong}"><label for="f-{key}">{name}</label>{notes}'
_SET = (
    '<fieldset class="field{wrong}" id="f-{key}" tabindex="-1"{attributes}>'
    "<legend>{name}</legend>{notes}{inside}</fieldset>"
)
# A whole field of each type. Plain strings and no template: a page has dozens of them, and they
# were most of the time that it took. The line break after <textarea> is no part of its text.
SHELLS = {
    "line": f"{_TOP}"
    '<input id="f-{key}" name="{key}" type="{line}" value="{value}" dir="auto"{attributes}>'
    "{below}</div>",
    "longtext": f"{_TOP}"
    '<textarea id="f-{key}" name="{key}" rows="{lines}" dir="auto"{attributes}>\n{value}</textarea>'
    "{below}</div>",
    "group": _SET.replace("{inside}", '<ul class="opts">{inside}</ul>'),
    "parts": _SET,
    "country": f"{_TOP}"
    '<select id="f-{key}" name="{key}"{attributes}><option value="">{blank}</option>{inside}'
    "</select></div>",
    "statement": '<div class="field{wrong}">{notes}<span class="tick"><input type="checkbox"'
    ' id="f-{key}" name="{key}" value="yes"{checked}{attributes}>'
    '<label for="f-{key}">{label}</label></span></div>',
    "file": f"{_TOP}{{inside}}<div data-upload-list {{texts}}></div>"
    '<input id="f-{key}" name="{key}" type="file"{upload}{attributes}></div>',
    "heading": '<h2 id="f-{key}">{label}</h2>{notes}',
}


def escape(value: object) -> str:
    """Escape any value for markup; several times faster than Django's own, which a long form
    notices.
    """
    return html.escape(str(value))


def as_options(options: Iterable[Any]) -> Options:
    """Return options as (value, label) or (value, label, hint); a plain word is its own label."""
    if isinstance(options, tuple) and options and isinstance(options[0], tuple):
        return options
    return tuple((o, o) if isinstance(o, str) else tuple(str(part) for part in o) for o in options)


@lru_cache(maxsize=256)
def options_markup(options: Options) -> str:
    """Return the `<option>` elements of a list that many fields share (countries, say), made
    once.
    """
    return "".join(
        f'<option value="{escape(option[0])}">{escape(option[1])}</option>' for option in options
    )


def select_markup(options: Options, value: str) -> SafeString:
    """Return the options with the chosen one marked."""
    # The list is made once for all fields and pages; the choice is marked in the ready text.
    markup = options_markup(options)
    if value:
        wanted = f'<option value="{escape(value)}"'
        markup = markup.replace(f"{wanted}>", f"{wanted} selected>", 1)
    return SafeString(markup)


def label_of(option: tuple[str, ...]) -> str:
    """Return the label of an option, with its hint below when it has one."""
    hint = f"<small>{escape(option[2])}</small>" if len(option) > 2 and option[2] else ""
    return f"{escape(option[1])}{hint}"


def ranking_markup(key: str, options: Options, value: Any) -> str:
    """Return one choice of place per option; places are told by number, first is best."""
    order = {str(code): place for place, code in enumerate(value or (), 1)}
    numbers = range(1, len(options) + 1)
    rows = []
    for option in options:
        chosen = order.get(option[0], 0)
        places = "".join(
            f"<option{' selected' if n == chosen else ''}>{n}</option>" for n in numbers
        )
        rows.append(RANKED.format(key, escape(option[0]), places, label_of(option)))
    return "".join(rows)


def ticks_markup(control: str, key: str, options: Options, value: Any) -> str:
    """Return one box or button per option, the chosen ones marked, those of a group below its
    name.
    """
    chosen = (
        {str(item) for item in value} if isinstance(value, (list, tuple, set)) else {str(value)}
    )
    rows, group = [], ""
    for o in options:
        if len(o) > GROUP and o[GROUP] != group:
            group = o[GROUP]
            rows.append(f'<li class="of">{escape(group)}</li>')
        ticked = " checked" if o[0] in chosen else ""
        rows.append(TICKED.format(control, key, escape(o[0]), ticked, label_of(o)))
    return "".join(rows)


def choices_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return the rows of a set of choices."""
    kind, value, key = entry["type"], entry.get("value"), escape(entry["key"])
    options = as_options(entry.get("options") or ())
    if kind == "yesno":
        value = ("no", "yes")[value] if isinstance(value, bool) else value
        options = (("yes", gettext("Yes")), ("no", gettext("No")))
    if kind == "ranking":
        return SafeString(ranking_markup(key, options, value))
    ticks = ticks_markup("checkbox" if kind == "multichoice" else "radio", key, options, value)
    if "more" in entry:
        words, further = escape(entry["more_label"]), as_options(entry["more"])
        ticks += MORE.format(key, words, select_markup(further, ""))
    return SafeString(ticks)


def country_parts(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the options of a choice of country, or of a list with a word of its own for none, and
    what stands while nothing is chosen.
    """
    options = as_options(entry.get("options") or ())
    return {
        "inside": select_markup(options, str(entry.get("value") or "")),
        "blank": escape(entry.get("none") or gettext("Choose a country")),
    }


def file_parts(entry: Mapping[str, Any]) -> dict[str, str]:
    """Return the files that are there, what the page's script says, and where it sends new ones."""
    files = "".join(
        render_to_string("ui/file.html", {"file": file}) for file in entry.get("files") or ()
    )
    known = {"data-upload": entry.get("upload_url"), "data-max": entry.get("max_bytes")}
    return {
        "inside": files,
        "texts": script_texts("upload"),
        "upload": "".join(f' {name}="{escape(value)}"' for name, value in known.items() if value),
    }


def person_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return the lines that make up another person: name, address, position, organisation."""
    value = entry.get("value") if isinstance(entry.get("value"), Mapping) else {}
    words = (
        gettext("Full name"),
        gettext("Mail address"),
        gettext("Position"),
        gettext("Organisation"),
    )
    key = escape(entry["key"])
    parts = (
        PART.format(
            key,
            part,
            escape(word),
            "email" if part == "email" else "text",
            escape((value or {}).get(part, "")),
        )
        for part, word in zip(PERSON_PARTS, words, strict=True)
    )
    return SafeString("".join(parts))


def organisation_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return the lines for an organisation; where the page looks names up, a button that does, and
    one for each organisation of the directory that was ``found``.
    """
    value = entry.get("value") if isinstance(entry.get("value"), Mapping) else {}
    key = escape(entry["key"])
    words = {"name": gettext("Name"), "ror": gettext("ROR iD, such as 05dxps055 (optional)")}
    lines = "".join(
        PART.format(key, part, escape(word), "text", escape((value or {}).get(part, "")))
        for part, word in words.items()
    )
    if "found" not in entry:
        return SafeString(lines)
    look = f'<p><button class="btn plain low" name="look_up">{escape(LOOK_UP)}</button></p>'
    return SafeString(f"{lines}{look}{_found_markup(key, entry['found'])}")


def _found_markup(key: str, found: Iterable[str]) -> str:
    buttons = "".join(
        f'<li><button class="link" name="{key}:pick" value="{escape(name)}">'
        f"<bdi>{escape(name)}</bdi></button></li>"
        for name in found
    )
    words = escape(gettext("In the directory; choose one, or leave the name as it is:"))
    return f'<p class="hint">{words}</p><ul>{buttons}</ul>' if buttons else ""


def birth_parts(value: Any) -> dict[str, str]:
    """Day, month and year of a birth as they stand in their fields, from what is kept ("1990-04")
    or was typed.
    """
    if isinstance(value, Mapping):
        return {part: str(value.get(part) or "").strip() for part in BIRTH_PARTS}
    year, month, day = (*str(value or "").split("-", 2), "", "")[:3]
    return {"day": day, "month": month, "year": year}


def birth_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return three short lines for a birth; whoever knows the year alone leaves the rest blank."""
    value, key = birth_parts(entry.get("value")), escape(entry["key"])
    words = {"day": gettext("Day"), "month": gettext("Month"), "year": gettext("Year")}
    lines = "".join(
        DIGITS.format(key, part, escape(words[part]), f"bday-{part}", escape(value[part]))
        for part in BIRTH_PARTS
    )
    return SafeString(f'<div class="bits">{lines}</div>')


def limit_of(limit: Mapping[str, Any]) -> tuple[str, int]:
    """Return unit and most of a limit, written {"words": 1500} or {"unit": "words", "most": 1500};
    zero means no counter.
    """
    if "unit" in limit:
        return limit["unit"], int(limit.get("most") or 0)
    return next(
        ((unit, int(limit[unit])) for unit in ("words", "characters") if unit in limit), ("", 0)
    )


def counter_markup(key: str, value: str, limit: Mapping[str, Any]) -> SafeString:
    """Count a text by the unit of its limit and return the line below it, which the browser keeps
    up to date.
    """
    unit, top = limit_of(limit)
    if not top:
        return SafeString("")
    count, message = _counted(value, unit)
    places = {"limit": f"{top:,}"}
    markup = COUNTER.format(
        key=escape(key),
        over=" over" if count > top else "",
        unit=unit,
        top=top,
        pattern=escape(message % {"count": "#", **places}),
        text=escape(message % {"count": f"{count:,}", **places}),
    )
    return SafeString(markup)


def _counted(value: str, unit: str) -> tuple[int, str]:
    if unit == "words":
        return count_words(value), gettext("%(count)s of %(limit)s words")
    return count_characters(value), gettext("%(count)s of %(limit)s characters")


def length_in_words(value: str, limit: Mapping[str, Any]) -> str:
    """How long a text is of how much it may be: 1,204 of 1,500 words."""
    unit, top = limit_of(limit)
    count, message = _counted(value, unit)
    return message % {"count": f"{count:,}", "limit": f"{top:,}"}


def described_by(entry: Mapping[str, Any]) -> str:
    """Name the reason, hint, error and counter of a field for screen readers."""
    key = entry["key"]
    parts = [f"{part}-{key}" for part in ("hint", "error") if entry.get(part)]
    if entry.get("why") or entry.get("who_sees"):
        parts.insert(0, f"why-{key}")
    if entry.get("limit") and entry["type"] in {"text", "longtext"} and limit_of(entry["limit"])[1]:
        parts.append(f"count-{key}")
    return " ".join(parts)


def notes_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return hint, reason with who will see the answer, and error."""
    key, parts = escape(entry["key"]), []
    if entry.get("hint"):
        parts.append(f'<p class="hint" id="hint-{key}">{escape(entry["hint"])}</p>')
    seen = " ".join(str(entry[part]) for part in ("why", "who_sees") if entry.get(part))
    if seen:
        parts.append(f'<p class="seen" id="why-{key}">{escape(seen)}</p>')
    if entry.get("error"):
        parts.append(f'<p class="error" id="error-{key}">{escape(entry["error"])}</p>')
    return SafeString("".join(parts))


def within_condition(entry: Mapping[str, Any], drawn: SafeString) -> SafeString:
    """Return a question that depends on other answers in its block: closed, it is neither seen nor
    sent, until the page's script opens it.
    """
    when, key = escape(json.dumps(entry["when"])), escape(entry["key"])
    closed = " hidden disabled" if entry.get("is_closed") else ""
    start = f'<fieldset class="when" data-when="{when}" data-question="{key}"{closed}>'
    return SafeString(f"{start}{drawn}</fieldset>")


def label_markup(entry: Mapping[str, Any], optional: str) -> SafeString:
    """Return the label, saying so when an answer is optional."""
    ending = "" if entry.get("required") else f' <span class="opt">{optional}</span>'
    return SafeString(f"{escape(entry['label'])}{ending}")


def attributes_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return the attributes that tie a control to its notes, and those the question asks for."""
    known = {
        "aria-describedby": described_by(entry),
        "aria-invalid": (
            "true" if entry.get("error") and entry["type"] not in {"choice", "multichoice"} else ""
        ),
        **{name: entry.get(name) for name in ("step", "min", "max", "autocomplete", "accept")},
    }
    markup = "".join(f' {name}="{escape(value)}"' for name, value in known.items() if value)
    return SafeString(f"{markup} multiple" if entry.get("multiple") else markup)
