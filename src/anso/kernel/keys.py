"""Keys made from words: short, in small Latin letters, not yet taken. Under them rows, criteria and
answers are kept through all versions.
"""

from __future__ import annotations

import re
from collections.abc import Collection

STEM_AT_MOST = 40
_OTHERS = re.compile(r"[^a-z0-9]+")


def key_stem(words: str) -> str:
    """What of some words can stand in a key; blank where nothing can."""
    return _OTHERS.sub("_", words.lower()).strip("_")[:STEM_AT_MOST]


def free_key(stem: str, taken: Collection[str]) -> str:
    """The stem, or with the first number from 2 on that makes it one that is not taken."""
    keys = (stem, *(f"{stem}_{number}" for number in range(2, len(taken) + 3)))
    return next(key for key in keys if key not in taken)
