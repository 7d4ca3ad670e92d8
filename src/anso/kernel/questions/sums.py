"""Rules about the amounts of a table, as a question declares them: ceilings, shares, ratios between
payers, agreement with another answer.

Here: immutable values and their JSON. Not here: adding up and judging (`budgets`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from anso.kernel.canonical import plain_decimal
from anso.kernel.wording import NO_TEXT, Text

# Which rows count: each column with the values of which it has one. Nothing: all rows.
Where = tuple[tuple[str, tuple[str, ...]], ...]
ALL_ROWS: Where = ()


class SumTest(StrEnum):
    """What is asked of a sum. ``MOST``: no more than an amount; ``SHARE``: no more than a part of
    another sum; ``RATIO``: at least so many times another; ``AGREES``: exactly the number that
    another question asks; ``MEANS``: it is the amount that the whole answer means.
    """

    MOST = "most"
    SHARE = "share"
    RATIO = "ratio"
    AGREES = "agrees"
    MEANS = "means"


@dataclass(frozen=True)
class SumRule:
    """One rule about the amounts of the rows ``where``, which ``label`` names, told from others by
    its ``key``; ``per`` a column it holds for each of its values alone. ``bound`` is
    an amount, a share (0.3) or a ratio, ``of`` the other rows and ``of_label`` their name,
    ``other`` the key of the other question.
    """

    test: SumTest
    label: Text
    where: Where = ALL_ROWS
    bound: Decimal = Decimal(0)
    of: Where = ALL_ROWS
    of_label: Text = NO_TEXT
    per: str = ""
    other: str = ""
    key: str = ""

    def columns(self) -> tuple[str, ...]:
        """The keys of the columns that it looks at."""
        named = (key for where in (self.where, self.of) for key, _values in where)
        return (*named, *((self.per,) if self.per else ()))

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain content, ready for JSON; what is not set is left out."""
        content: dict[str, Any] = {"test": str(self.test), "label": self.label.to_dict()}
        more: dict[str, Any] = {
            "where": [[key, list(values)] for key, values in self.where],
            "bound": plain_decimal(self.bound) if self.bound else "",
            "of": [[key, list(values)] for key, values in self.of],
            "of_label": self.of_label.to_dict() if self.of_label else {},
            "per": self.per,
            "other": self.other,
            "key": self.key,
        }
        return content | {name: part for name, part in more.items() if part}

    @classmethod
    def from_dict(cls, content: Mapping[str, Any]) -> SumRule:
        """Read what `to_dict` wrote."""
        read = {
            "test": SumTest(content["test"]),
            "label": Text.from_dict(content["label"]),
            "where": _where(content.get("where", ())),
            "bound": Decimal(content.get("bound", 0)),
            "of": _where(content.get("of", ())),
            "of_label": Text.from_dict(content.get("of_label")),
        }
        return cls(**(dict(content) | read))


def _where(content: Iterable[Any]) -> Where:
    return tuple((key, tuple(values)) for key, values in content)
