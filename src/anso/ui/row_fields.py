"""Fields that are lists of rows of parts, such as partners, degrees, publications and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from anso.kernel.canonical import plain_decimal
from anso.kernel.questions.columns import ColumnKind, TableColumn
from anso.kernel.questions.types.table import digits_of, table_totals
from anso.ui.figures import to_places
from anso.ui.markup import CHOICE_PART, PART, Options, as_options, select_markup

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
    totals = _totals_of(entry.get("columns") or (), rows, get_language() or "en")
    key = escape(entry["key"])
    lines = (
        f'<p class="hint">{escape(heading)} <output data-total="{key}:{column.key}"'
        f' data-digits="{_places_of(column)}">{escape(amount)}</output></p>'
        for column, heading, amount in totals
    )
    return SafeString(body + "".join(lines))


def totals_in_words(columns: Iterable[TableColumn], rows: Any, language: str) -> list[str]:
    """One line for each column of a table that has a total: what its cells sum to, exactly."""
    return [f"{heading} {amount}" for _, heading, amount in _totals_of(columns, rows, language)]


def total_in_words(columns: Iterable[TableColumn], rows: Any) -> dict[str, str]:
    """By column, what its cells sum to; nothing for columns without a total."""
    known = {column.key: column for column in columns}
    return {
        key: to_places(total, digits_of(known[key]))
        if known[key].kind is ColumnKind.MONEY
        else plain_decimal(total)
        for key, total in table_totals(known.values(), rows).items()
    }


def _totals_of(
    columns: Iterable[TableColumn], rows: Any, language: str
) -> list[tuple[TableColumn, str, str]]:
    known = {column.key: column for column in columns}
    heading = gettext("Total, %(column)s:")
    return [
        (known[key], heading % {"column": column_in_words(known[key], language)}, amount)
        for key, amount in total_in_words(known.values(), rows).items()
    ]


def column_in_words(column: TableColumn, language: str) -> str:
    """What a column is called, with its currency."""
    label = column.label.in_language(language)
    return f"{label} ({column.currency})" if column.currency else label


def _places_of(column: TableColumn) -> int | str:
    return digits_of(column) if column.kind is ColumnKind.MONEY else ""


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
        return f'<fieldset class="row"><legend>{legend}</legend>{cells}</fieldset>'
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
    if column.kind in {ColumnKind.COUNTRY, ColumnKind.CHOICE}:
        own = tuple((each.value, each.label.in_language(language)) for each in column.options)
        none = (
            gettext("Choose a country") if column.kind is ColumnKind.COUNTRY else gettext("Choose")
        )
        chosen = select_markup(own or countries, value)
        return CHOICE_PART.format(place, column.key, escape(label), escape(none), chosen)
    kind = "date" if column.kind is ColumnKind.DATE else "text"
    return PART.format(place, column.key, escape(label), kind, escape(value))
