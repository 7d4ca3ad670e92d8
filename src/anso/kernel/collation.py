"""The order in which readers of a language expect names, by ICU's collation for that language."""

from __future__ import annotations

from functools import lru_cache

from icu import Collator, Locale


@lru_cache(maxsize=32)
def _collator(language: str) -> Collator:
    return Collator.createInstance(Locale(language))


def sort_key(text: str, language: str) -> bytes:
    """Return by what a text sorts for readers of a language: keys compare byte by byte, also in
    the database.
    """
    key: bytes = _collator(language).getSortKey(text)
    return key
