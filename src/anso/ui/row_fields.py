"""Fields that are lists of rows of parts, such as partners, degrees and publications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext

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
    return SafeString(f'<div data-rows="{escape(entry["key"])}">{"".join(drawn)}</div>')


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
    }
    return legends[kind] % {"number": number}


def _row_markup(
    entry: Mapping[str, Any], number: int, row: Mapping[str, Any], options: Options
) -> str:
    kind = str(entry["type"])
    words, place = _words_of_parts(kind), f"{escape(entry['key'])}:{number}"
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
    legend = escape(_legend_of(kind, number + 1))
    return f'<fieldset class="row"><legend>{legend}</legend>{"".join(lines)}</fieldset>'
