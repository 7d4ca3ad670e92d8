"""Columns that repeat answers so that long lists can be filtered, sorted and searched by an
index.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from anso.directory.models import Country
from anso.kernel.names import search_text

SEARCH_COLUMN_KEYS = frozenset({"full_name", "title", "level", "hosts", "citizenship"})
SEARCHED_KEYS = frozenset({"full_name", "title"})


def search_columns(
    values: Mapping[str, Any],
    *,
    number: str,
    email: str,
    only: Collection[str] = SEARCH_COLUMN_KEYS,
) -> dict[str, Any]:
    """The columns that follow from these answers; ``only`` names the answers that changed."""
    columns: dict[str, Any] = {}
    if "full_name" in only:
        columns["full_name"] = _line(values.get("full_name"), 200)
    if "title" in only:
        columns["title"] = _line(values.get("title"), 300)
    if "level" in only:
        columns["level"] = _line(values.get("level"), 20)
    if "hosts" in only:
        hosts = values.get("hosts")
        columns["first_host"] = _line(hosts[0], 40) if isinstance(hosts, list) and hosts else ""
    if "citizenship" in only:
        columns["country_id"] = _country(values.get("citizenship"))
    if SEARCHED_KEYS & set(only):
        columns["search_text"] = search_text(
            number, _line(values.get("full_name"), 200), _line(values.get("title"), 300), email
        )
    return columns


def _line(value: Any, limit: int) -> str:
    return value[:limit] if isinstance(value, str) else ""


def _country(code: Any) -> str | None:
    known = isinstance(code, str) and len(code) == 2 and Country.objects.filter(pk=code).exists()
    return code if known else None
