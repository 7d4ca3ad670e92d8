"""What differs between two versions of what a call promises, as plain values: each difference with
the way to it, what stood there before, and what stands there now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from anso.kernel.wording import Text

IDENTITIES = ("key", "code", "kind", "group")
NAMES = ("label", "sentence", "name")
# Read as a whole: a part of a condition says nothing.
WHOLE = ("when", "condition")
LANGUAGE = re.compile(r"[a-z]{2}(-[A-Za-z]+)?")


@dataclass(frozen=True)
class Change:
    """One difference. ``path`` leads to it by keys; ``where`` names the same way for people, as far
    as what stands there has a name. A side is None where something was added or taken away.
    """

    path: tuple[str, ...]
    where: tuple[Text | str, ...]
    before: Any
    after: Any

    @property
    def part(self) -> str:
        """The part of the terms, or ``title`` and ``summary`` of the call."""
        return self.path[0]

    @property
    def is_words(self) -> bool:
        """Whether only the wording of something that stays has changed."""
        return is_text(self.before, self.path) and is_text(self.after, self.path)


def is_text(value: Any, path: tuple[str, ...] = ()) -> bool:
    """Whether a plain value is a text by language; what rules are judged by never is."""
    return (
        isinstance(value, Mapping)
        and "terms" not in path
        and all(LANGUAGE.fullmatch(key) and isinstance(value[key], str) for key in value)
    )


def find_changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Every difference between two plain bodies, in the order of their parts."""
    return tuple(_walk((), (), before, after))


def _walk(
    path: tuple[str, ...], where: tuple[Text | str, ...], before: Any, after: Any
) -> Iterator[Change]:
    if before == after:
        return
    is_leaf = path and (path[-1] in WHOLE or (is_text(before, path) and is_text(after, path)))
    if isinstance(before, Mapping) and isinstance(after, Mapping) and not is_leaf:
        yield from _walk_keys(path, where, before, after)
    elif _is_keyed(before) and _is_keyed(after):
        yield from _walk_keys(path, where, _by_key(before), _by_key(after))
    else:
        yield Change(path, where, before, after)


def _walk_keys(
    path: tuple[str, ...],
    where: tuple[Text | str, ...],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Iterator[Change]:
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        name = _name_of(new) or _name_of(old) or key
        yield from _walk((*path, key), (*where, name), old, new)


def _is_keyed(value: Any) -> bool:
    return (
        isinstance(value, Sequence)
        and not isinstance(value, str)
        and all(isinstance(each, Mapping) and _key_of(each) for each in value)
    )


def _by_key(value: Sequence[Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    return {_key_of(each): each for each in value}


def _key_of(item: Mapping[str, Any]) -> str:
    return next((str(item[name]) for name in IDENTITIES if item.get(name)), "")


def _name_of(item: Any) -> Text | None:
    if not isinstance(item, Mapping):
        return None
    found = next((item[name] for name in NAMES if is_text(item.get(name)) and item[name]), None)
    return Text(found) if found else None
