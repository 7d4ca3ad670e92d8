"""Fields that are lists of rows of parts, such as partners, degrees, publications and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from anso.kernel.canonical import plain_decimal
from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.ui.gantt import gantt_markup
from anso.ui.instants import day_in_words
from anso.ui.markup import CHOICE_PART, PART, Options, as_options, select_markup
from anso.ui.table_words import column_in_words, months_of, tasks_of, totals_markup

PARTNER_PARTS = ("organisation", "country", "name", "email", "part")
DEGREE_PARTS = ("degree", "institution", "country", "year", "grade", "best", "passing")
PUBLICATION_PARTS = ("doi", "reference")
# The types that are lists of rows, with the parts of one.
ROW_PARTS = {
    "partners": PARTNER_PARTS,
    "degrees": DEGREE_PARTS,
    "publications": PUBLICATION_PARTS,
}
# A table has the parts that its question declares.
ROW_TYPES = frozenset({*ROW_PARTS, "table"})
ROWS_AT_FIRST, ROWS_SPARE = 3, 1


def rows_markup(entry: Mapping[str, Any]) -> SafeString:
    """Return one group of lines for each row of a list, such as a partner, with room for more: the
    page's script adds more as the last is filled, without it a further save does.
    """
    value = entry.get("value")
    rows = [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []
    room = max(len(rows) + ROWS_SPARE, ROWS_AT_FIRST)
    options = as_options(entry.get("options") or ())
    drawn = (
        _row_markup(entry, number, row, options)
        for number, row in enumerate([*rows, *([{}] * (room - len(rows)))])
    )
    body = f'<div data-rows="{escape(entry["key"])}">{"".join(drawn)}</div>'
    columns = entry.get("columns") or ()
    sums = totals_markup(entry["key"], columns, rows, get_language() or "en")
    return SafeString(f"{body}{sums}{gantt_markup(tasks_of(columns, rows), months_of(columns))}")


def shown_rows(entry: Mapping[str, Any]) -> list[dict[str, str]]:
    """The rows of a list as a page sends them back."""
    columns = entry.get("columns") or ()
    parts = ROW_PARTS.get(entry["type"]) or [column.key for column in columns]
    rows = [row if isinstance(row, Mapping) else {} for row in entry.get("value") or ()]
    return [{part: str(row.get(part) or "").strip() for part in parts} for row in rows]


def _words_of_parts(kind: str) -> dict[str, str]:
    words = {
        "partners": {
            "organisation": gettext("Organisation"),
            "country": gettext("Country"),
            "name": gettext("Full name of a person there"),
            "email": gettext("Mail address"),
            "part": gettext("Their part"),
        },
        "degrees": {
            "degree": gettext("Degree, such as Bachelor of Science"),
            "institution": gettext("University that awarded it, or will"),
            "country": gettext("Country"),
            "year": gettext("Year"),
            "grade": gettext("Final grade (optional)"),
            "best": gettext("Best grade of that scale"),
            "passing": gettext("Lowest grade that passes"),
        },
        "publications": {
            "doi": gettext("DOI, such as 10.1000/182"),
            "reference": gettext("Without a DOI: authors, title, where, year"),
        },
    }
    return words[kind]


def _legend_of(kind: str, number: int) -> str:
    legends = {
        "partners": gettext("Partner %(number)s"),
        "degrees": gettext("Degree %(number)s"),
        "publications": gettext("Publication %(number)s"),
        "table": gettext("Row %(number)s"),
    }
    return legends[kind] % {"number": number}


def _row_markup(
    entry: Mapping[str, Any], number: int, row: Mapping[str, Any], options: Options
) -> str:
    kind = str(entry["type"])
    place = f"{escape(entry['key'])}:{number}"
    legend = escape(_legend_of(kind, number + 1))
    if kind == "table":
        cells = "".join(
            _cell_markup(column, place, row, options) for column in entry.get("columns") or ()
        )
        return f'<fieldset class="row cells"><legend>{legend}</legend>{cells}</fieldset>'
    words = _words_of_parts(kind)
    lines = [
        CHOICE_PART.format(
            place,
            part,
            escape(words[part]),
            escape(gettext("Choose a country")),
            select_markup(options, str(row.get(part, ""))),
        )
        if part == "country"
        else PART.format(
            place,
            part,
            escape(words[part]),
            "email" if part == "email" else "text",
            escape(row.get(part, "")),
        )
        for part in ROW_PARTS[kind]
    ]
    return f'<fieldset class="row"><legend>{legend}</legend>{"".join(lines)}</fieldset>'


def _cell_markup(
    column: TableColumn, place: str, row: Mapping[str, Any], countries: Options
) -> str:
    language, value = get_language() or "en", str(row.get(column.key) or "")
    label = column_in_words(column, language)
    optional = gettext("(optional)")
    label = label if column.required else f"{label} {optional}"
    if column.kind is ColumnKind.COUNTRY:
        chosen = select_markup(countries, value)
        none = gettext("Choose a country")
        return CHOICE_PART.format(place, column.key, escape(label), escape(none), chosen)
    own = choices_in(column, language)
    if own:
        # What was chosen and cannot be any more stays, until somebody chooses anew.
        lost = ((value, value),) if value and value not in {each[0] for each in own} else ()
        chosen, none = select_markup((*own, *lost), value), gettext("Choose")
        return CHOICE_PART.format(place, column.key, escape(label), escape(none), chosen)
    kind = "date" if column.kind is ColumnKind.DATE else "text"
    return PART.format(place, column.key, escape(label), kind, escape(value))


def choices_in(column: TableColumn, language: str) -> Options:
    """What may be chosen in a column: its options, or its currencies with their rates."""
    if column.kind is not ColumnKind.CURRENCY:
        return tuple((each.value, each.label.in_language(language)) for each in column.options)
    text = gettext("%(code)s: 1 counts %(rate)s %(base)s, rate of %(on)s")
    rates = (
        (
            each.currency,
            text
            % {
                "code": each.currency,
                "rate": plain_decimal(each.rate),
                "base": column.currency,
                "on": day_in_words(each.on),
            },
        )
        for each in column.rates
    )
    return ((column.currency, column.currency), *rates)
