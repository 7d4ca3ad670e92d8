"""Reference facts shipped with the product: countries, dated country classes, members, bodies.

Here: reading the JSON files beside this one. Not here: putting them into the database.

- `countries`: code, alpha3, region, subregion, latitude, longitude
- `country_classes`: code (LDC, LLDC, SIDS, developing), country, starts_on, ends_before, source
- `members`: the founding members, in the order of the strategic plan
- `organisations`: others that bodies and programmes refer to
- `bodies`, `mandates`, `meetings`: the governing bodies, who served in them, and when they met
"""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

TABLES = (
    "countries",
    "country_classes",
    "members",
    "organisations",
    "bodies",
    "mandates",
    "meetings",
    "associations",
)


def reference_rows(table: str) -> list[dict[str, Any]]:
    """Return the rows of one table; days are ISO texts, half-open, None where there is no bound."""
    if table not in TABLES:
        raise LookupError(f"There is no reference table {table}.")
    content = resources.files(__package__).joinpath(f"{table}.json").read_text(encoding="utf-8")
    rows: list[dict[str, Any]] = json.loads(content)
    return rows
