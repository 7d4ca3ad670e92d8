"""What may be chosen in an answer, and the columns of a question that is a table.

Here: immutable values and their JSON. Not here: checking a cell (`types.table`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from anso.kernel.wording import NO_TEXT, Text


@dataclass(frozen=True)
class Option:
    """One possible answer: a stable value and its label."""

    value: str
    label: Text
    hint: Text = NO_TEXT

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON."""
        shown = {"value": self.value, "label": self.label.to_dict()}
        return shown | ({"hint": self.hint.to_dict()} if self.hint else {})

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> Option:
        """Read what `to_dict` wrote."""
        return cls(
            content["value"], Text.from_dict(content["label"]), Text.from_dict(content.get("hint"))
        )


class ColumnKind(StrEnum):
    """What stands in a column of a table, and so how a cell of it is checked and kept."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    MONEY = "money"
    YEAR = "year"
    COUNTRY = "country"
    CHOICE = "choice"
    DOI = "doi"
    DATE = "date"


@dataclass(frozen=True)
class TableColumn:
    """One column of a question that is a table. Money names its ``currency``, a choice its
    ``options``; ``has_total`` adds the cells up below the rows.
    """

    key: str
    label: Text
    kind: ColumnKind = ColumnKind.TEXT
    required: bool = False
    currency: str = ""
    options: tuple[Option, ...] = ()
    has_total: bool = False

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON; what is not set is left out."""
        content = {"key": self.key, "label": self.label.to_dict(), "kind": str(self.kind)}
        more = {name: getattr(self, name) for name in ("required", "currency", "has_total")}
        listed = {"options": [option.to_dict() for option in self.options]}
        return content | {name: part for name, part in (more | listed).items() if part}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> TableColumn:
        """Read what `to_dict` wrote."""
        read = {
            "label": Text.from_dict(content["label"]),
            "kind": ColumnKind(content["kind"]),
            "options": tuple(map(Option.from_dict, content.get("options", ()))),
        }
        return cls(**(dict(content) | read))
