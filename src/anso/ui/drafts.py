"""A page on which somebody changes a draft: what it remembers of what it showed, what was changed
on it, and both texts where two people wrote one part.

Belongs here: hidden fields and their reading, for pages with and without script. Does not: whether
a change may be written (`kernel.drafts`), nor the lock, which is each action's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext

from anso.kernel.drafts import TwoTexts, changed_parts, marks_of
from anso.ui import markup
from anso.ui.fields import shown_value, storable

LONGEST_NUMBER = 9
YES_NO = frozenset({"yesno", "statement"})


@dataclass(frozen=True)
class PostedDraft:
    """What a page brought: the revision that it showed, what was changed on it, all of it, and the
    parts that its script could not show although another tab changed them.
    """

    base: int
    changes: dict[str, Any]
    values: dict[str, Any]
    unseen: tuple[str, ...] = ()


def draft_base(revision: int, shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return what `ui/draft_base.html` keeps in the form: the revision and a mark of each part."""
    return {"revision": revision, "marks": json.dumps(marks_of(shown), separators=(",", ":"))}


def read_draft(values: Mapping[str, Any], posted: QueryDict, latest: int) -> PostedDraft:
    """Read what was changed on a page, out of all values that came with it.

    A page that remembers nothing counts as opened just now, and everything on it as changed. Where
    the person chose the own text of two, it stands in the place of what the field holds.
    """
    chosen = {
        key: text
        for key, value in values.items()
        if posted.get(f"keep-{key}") == "mine"
        and type(text := _read_json(posted.get(f"mine-{key}", ""))) is type(value)
    }
    marks = _read_json(posted.get("marks", ""))
    known = marks if isinstance(marks, dict) else {}
    return PostedDraft(
        base=read_base(posted, latest),
        changes=changed_parts(values, known) | chosen,
        values={**values, **chosen},
        unseen=tuple(posted.get("unseen", "").split()),
    )


def read_base(posted: QueryDict, latest: int) -> int:
    """Return the revision that a page showed; the latest where it does not say."""
    typed = posted.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else latest


def shown_keys(posted: QueryDict) -> frozenset[str]:
    """Return the parts that a page showed, also those of which nothing is sent, such as boxes."""
    marks = _read_json(posted.get("marks", ""))
    return frozenset(marks) if isinstance(marks, dict) else frozenset()


def two_texts(
    keys: Iterable[str],
    *,
    yours: Mapping[str, Any],
    theirs: Mapping[str, Any],
    label: Callable[[str], str],
    words: Callable[[str, Any], str],
) -> list[dict[str, str]]:
    """Return what `ui/two_texts.html` draws for parts that have two texts."""
    return [
        {
            "key": key,
            "label": label(key),
            "yours": words(key, yours.get(key)),
            "theirs": words(key, theirs.get(key)),
            "mine": json.dumps(yours.get(key)),
        }
        for key in keys
    ]


def two_texts_of(
    entries: Iterable[Mapping[str, Any]], keys: Iterable[str], yours: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return the same for fields drawn from plain dicts, which hold the text that was kept."""
    known = {entry["key"]: entry for entry in entries}
    return two_texts(
        [key for key in keys if key in known],
        yours=yours,
        theirs={key: shown_value(entry) for key, entry in known.items()},
        label=lambda key: str(known[key]["label"]),
        words=lambda key, value: in_words(known[key], value),
    )


class Merged(Protocol):
    """What became of a change: the revision, both texts, and what others changed."""

    @property
    def revision(self) -> int: ...
    @property
    def disputed(self) -> Mapping[str, TwoTexts]: ...
    @property
    def unseen(self) -> Mapping[str, Any]: ...


def merge_reply(
    merge: Merged, typed: Callable[[str, Any], Any] = lambda _key, value: value
) -> dict[str, Any]:
    """Return what the page's script is told of a merge; ``typed`` gives a value as it stands in its
    field.
    """
    return {
        "revision": merge.revision,
        "disputed": {
            key: {"yours": typed(key, both.yours), "theirs": typed(key, both.theirs)}
            for key, both in merge.disputed.items()
        },
        "unseen": {key: typed(key, value) for key, value in merge.unseen.items()},
    }


def in_words(entry: Mapping[str, Any], value: Any) -> str:
    """Return a value of a field as it can be read: the words of choices, the lines of a person."""
    options = markup.as_options(entry.get("options") or ())
    names = {"yes": gettext("Yes"), "no": gettext("No")} if entry["type"] in YES_NO else {}
    names |= {option[0]: option[1] for option in options}
    if isinstance(value, Mapping):
        return "\n".join(str(part) for part in value.values() if part)
    if isinstance(value, list | tuple):
        return "\n".join(str(names.get(str(part), part)) for part in value)
    text = "" if value is None else str(value)
    return str(names.get(text, text))


def _read_json(text: str) -> Any:
    try:
        return storable(json.loads(text))
    except (ValueError, RecursionError):
        return None
