"""What may be chosen in an answer, and the columns of a question that is a table.

Here: immutable values and their JSON. Not here: checking a cell (`types.table`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from anso.kernel.canonical import plain_decimal
from anso.kernel.wording import NO_TEXT, Text


@dataclass(frozen=True)
class Option:
    """One possible answer: a stable value and its label; ``group`` names what stands together."""

    value: str
    label: Text
    hint: Text = NO_TEXT
    group: Text = NO_TEXT

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        shown = {"value": self.value, "label": self.label.to_dict()}
        more = {"hint": self.hint, "group": self.group}
        return shown | {name: text.to_dict() for name, text in more.items() if text}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Option:
        """Read what `to_dict` wrote."""
        texts = (Text.from_dict(content.get(name)) for name in ("label", "hint", "group"))
        return cls(content["value"], *texts)


class ColumnKind(StrEnum):
    """What stands in a column of a table, and so how a cell of it is checked and kept.

    ``CURRENCY`` is that of the amounts in its row. A ``PARTNER`` is one of those whom the same form
    names; years and months of a project are counted from its beginning, within the duration that
    the form asks (`settling`).
    """

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    YEAR = "year"
    COUNTRY = "country"
    CHOICE = "choice"
    DOI = "doi"
    DATE = "date"
    ORCID = "orcid"
    CURRENCY = "currency"
    PARTNER = "partner"
    PROJECT_YEAR = "project_year"
    FROM_MONTH = "from_month"
    TO_MONTH = "to_month"


@dataclass(frozen=True)
class Rate:
    """What one unit of another currency counts, and on which day that was so."""

    currency: str
    rate: Decimal
    on: date

    def to_dict(self) -> dict[str, str]:
        """Return it as plain content, ready for JSON."""
        return {
            "currency": self.currency,
            "rate": plain_decimal(self.rate),
            "on": self.on.isoformat(),
        }

    @classmethod
    def from_dict(cls, content: Mapping[str, str]) -> Rate:
        """Read what `to_dict` wrote."""
        rate, on = Decimal(content["rate"]), date.fromisoformat(content["on"])
        return cls(content["currency"], rate, on)


@dataclass(frozen=True)
class TableColumn:
    """One column of a question that is a table. Money names its ``currency``, a choice its
    ``options``, a column of currencies the ``rates`` at which others count in the one it names.
    ``has_total`` adds the cells up below the rows, ``has_subtotals`` the amounts by what stands
    here. ``most`` bounds years and months of a project.
    """

    key: str
    label: Text
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    currency: str = ""
    options: tuple[Option, ...] = ()
    has_total: bool = False
    has_subtotals: bool = False
    rates: tuple[Rate, ...] = ()
    most: int | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON; what is not set is left out."""
        content = {"key": self.key, "label": self.label.to_dict(), "kind": str(self.kind)}
        names = ("required", "currency", "has_total", "has_subtotals", "most")
        more = {name: getattr(self, name) for name in names}
        listed = {name: [e.to_dict() for e in getattr(self, name)] for name in ("options", "rates")}
        return content | {name: part for name, part in (more | listed).items() if part}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> TableColumn:
        """Read what `to_dict` wrote."""
        read = {
            "label": Text.from_dict(content["label"]),
            "kind": ColumnKind(content["kind"]),
            "options": tuple(map(Option.from_dict, content.get("options", ()))),
            "rates": tuple(map(Rate.from_dict, content.get("rates", ()))),
        }
        return cls(**(dict(content) | read))
