"""One exact spelling for every record, so that equal content always has an equal hash.

Here: canonical JSON and its SHA-256. Not here: signatures, chains and seals (see `audit`).
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop


def canonical_json(content: Any) -> str:
    """Return the one JSON spelling of the content.

    Keys sorted, text in Unicode NFC, decimals as plain strings without trailing zeros, dates
    as ISO, instants as ISO in UTC. Refuses floats, naive instants, sets, half characters and
    two keys that become one.
    """
    plain = _plain(content, "content")
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def content_hash(content: Any) -> str:
    """Return the SHA-256 of the canonical JSON, as 64 lower-case hexadecimal digits."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _plain(content: Any, place: str) -> Any:
    # int): | Floats are missing on purpose: two programs may spell one of them differently. Numbers
    # that count are decimals, which are written as text.
    if content is None or isinstance(content, bool | int):
        return content
    if isinstance(content, str):
        return _plain_text(content, place)
    if isinstance(content, Mapping):
        return _plain_mapping(content, place)
    if isinstance(content, list | tuple):
        return [_plain(item, f"{place}[{index}]") for index, item in enumerate(content)]
    return _plain_scalar(content, place)


def _plain_text(text: str, place: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadInput(gettext_noop("%(place)s holds half a character."), place=place) from None
    # The same letters can be composed in two ways; keyboards differ in which they send.
    return unicodedata.normalize("NFC", str(text))


def _plain_mapping(content: Mapping[Any, Any], place: str) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, item in content.items():
        if not isinstance(key, str):
            raise BadInput(gettext_noop("%(place)s has a key that is not text."), place=place)
        name = _plain_text(key, place)
        # Two keys that differ only in how their letters are composed would become one, and one
        # value would be lost without a word.
        if name in plain:
            raise BadInput(
                gettext_noop("%(place)s has the key “%(key)s” twice."), place=place, key=name
            )
        plain[name] = _plain(item, f"{place}.{name}")
    return plain


def _plain_scalar(content: Any, place: str) -> str:
    if isinstance(content, Decimal) and content.is_finite():
        return plain_decimal(content)
    if isinstance(content, datetime):
        if content.tzinfo is None:
            raise BadInput(gettext_noop("%(place)s is an instant without a zone."), place=place)
        return content.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(content, date):
        return content.isoformat()
    kind = type(content).__name__
    raise BadInput(
        gettext_noop("%(place)s is of a kind with no exact spelling: %(kind)s."),
        place=place,
        kind=kind,
    )


def plain_decimal(number: Decimal) -> str:
    """Return a decimal without exponent and trailing zeros: 1.50 is "1.5", -0 is "0"."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
