"""A page on which somebody changes a draft: what it remembers of what it showed, what was changed
on it, and both texts where two people wrote one part.

Belongs here: hidden fields and their reading, for pages with and without script. Does not: whether
a change may be written (`kernel.drafts`), nor the lock, which is each action's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import QueryDict
from django.utils.translation import gettext

from anso.kernel.drafts import TwoTexts, changed_parts, marks_of
from anso.ui import markup
from anso.ui.fields import read_value, shown_value, storable, with_colon
from anso.ui.row_fields import ROW_TYPES

LONGEST_NUMBER = 9
YES_NO = frozenset({"yesno", "statement"})
SEVERAL = frozenset(
    {"multichoice", "statement", "ranking", "person", "organisation", "birth", *ROW_TYPES}
)


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
    return PostedDraft(
        base=read_base(posted, latest),
        changes=changed_parts(values, read_marks(posted)) | chosen,
        values={**values, **chosen},
        unseen=tuple(posted.get("unseen", "").split()),
    )


def read_base(posted: QueryDict, latest: int) -> int:
    """Return the revision that a page showed; the latest where it does not say."""
    typed = posted.get("revision", "")
    return int(typed) if typed.isdecimal() and len(typed) <= LONGEST_NUMBER else latest


def read_marks(posted: QueryDict) -> dict[str, str]:
    """Return the marks of what a page showed, by part; nothing where it remembers nothing."""
    marks = _read_json(posted.get("marks", ""))
    return marks if isinstance(marks, dict) else {}


def shown_keys(posted: QueryDict) -> frozenset[str]:
    """Return the parts that a page showed, also those of which nothing is sent, such as boxes."""
    return frozenset(read_marks(posted))


@dataclass(frozen=True)
class Part:
    """One part of a draft as a page shows it: its value in the shape in which it is posted.

    Several inputs that only mean something together are one part: its value is what stands in each
    by name, and ``names`` are their labels. ``words`` are the words of codes.
    """

    key: str
    label: str
    value: Any
    kind: str = "text"
    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def in_words(self, value: Any, other: Any = None) -> str:
        """A value as it can be read; of several inputs those that stand differently in another."""
        if self.names and isinstance(value, Mapping):
            against = other if isinstance(other, Mapping) else {}
            return "\n".join(
                f"{with_colon(label)} {self.words.get(value[name], value[name])}"
                for name, label in self.names.items()
                if name in value and value[name] != against.get(name)
            )
        if isinstance(value, Mapping):
            return "\n".join(str(part) for part in value.values() if part)
        if isinstance(value, list):
            return "\n".join(str(self.words.get(str(part), part)) for part in value)
        text = "" if value is None else str(value)
        return str(self.words.get(text, text))


def parts_of(specs: Iterable[Mapping[str, Any]]) -> list[Part]:
    """Return the parts that fields drawn from plain dicts make, one each."""
    return [_part_of(spec) for spec in specs if spec["type"] not in {"heading", "file"}]


def _part_of(spec: Mapping[str, Any]) -> Part:
    options = markup.as_options(spec.get("options") or ())
    words = {"yes": gettext("Yes"), "no": gettext("No")} if spec["type"] in YES_NO else {}
    words |= {option[0]: option[1] for option in options}
    value, label = shown_value(spec), str(spec.get("label", ""))
    return Part(spec["key"], label, value, kind=spec["type"], words=words)


def shown_parts(parts: Iterable[Part]) -> dict[str, Any]:
    """Return what a page shows, by part."""
    return {part.key: part.value for part in parts}


def read_parts(parts: Iterable[Part], posted: QueryDict) -> dict[str, Any]:
    """Read what a page brought, by part. What was not on the page is left out, except boxes (of
    which nothing is sent when none is ticked) and answers that are sent under several names.
    """
    values: dict[str, Any] = {}
    for part in parts:
        if part.names:
            if posted.keys() & part.names.keys():
                values[part.key] = {name: read_value("text", name, posted) for name in part.names}
        elif part.key in posted or part.kind in SEVERAL:
            values[part.key] = read_value(part.kind, part.key, posted)
    return values


def typed_over(
    shown: Mapping[str, Any], posted: PostedDraft | None, disputed: Container[str] = ()
) -> dict[str, Any]:
    """Return what stands on a page that is drawn again: what was typed, and in disputed parts what
    was kept.
    """
    typed = posted.changes if posted else {}
    return {**shown, **{key: value for key, value in typed.items() if key not in disputed}}


def inputs_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in each input by its name, also within parts of several."""
    flat: dict[str, Any] = {}
    for key, value in values.items():
        flat |= value if isinstance(value, Mapping) else {key: value}
    return flat


def two_texts_of(
    parts: Iterable[Part], keys: Container[str], yours: Mapping[str, Any]
) -> list[dict[str, str]]:
    """Return what `ui/two_texts.html` draws for the parts with these keys, which hold the text that
    was kept.
    """
    return [
        {
            "key": part.key,
            "label": part.label,
            "yours": part.in_words(yours.get(part.key), part.value),
            "theirs": part.in_words(part.value, yours.get(part.key)),
            "mine": json.dumps(yours.get(part.key)),
        }
        for part in parts
        if part.key in keys
    ]


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


def _read_json(text: str) -> Any:
    try:
        return storable(json.loads(text))
    except (ValueError, RecursionError):
        return None
