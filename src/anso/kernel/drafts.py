"""Drafts that several people, or one person in several tabs, hold open at once.

A draft has a revision, and each of its parts the revision at which it last changed. A page tells
the revision that it showed (its base) and, by a mark, what stood in each part. Here: which parts
somebody changed on such a page, and whether that meets a change that came between. Not here: the
lock, which every action takes before it asks, and how two texts are shown (`ui.drafts`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anso.kernel.canonical import content_hash
from anso.kernel.errors import Stale
from anso.kernel.wording import gettext_noop

# Forty bits: that another text has the mark of the one that was shown happens once in a million
# million saves.
MARK_LENGTH = 10


@dataclass(frozen=True)
class TwoTexts:
    """What stands against each other in one part: what came late, and what was kept meanwhile."""

    yours: Any
    theirs: Any


@dataclass(frozen=True)
class Merge:
    """What becomes of a change: ``accepted`` may be written, ``disputed`` may not before the person
    has chosen, ``unseen`` was changed by others and is not spoken of.

    ``revision`` and ``revisions`` are those of the draft with the accepted parts in it.
    """

    revision: int
    revisions: Mapping[str, int]
    accepted: Mapping[str, Any] = field(default_factory=dict)
    disputed: Mapping[str, TwoTexts] = field(default_factory=dict)
    unseen: Mapping[str, Any] = field(default_factory=dict)

    def require_undisputed(self) -> Merge:
        """The merge itself; raises Disputed where a part has two texts."""
        if self.disputed:
            raise Disputed(self.disputed)
        return self


class Disputed(Stale):
    """Parts were changed by somebody else since the page was opened: both texts must be shown."""

    code = "disputed"

    def __init__(self, parts: Mapping[str, TwoTexts]) -> None:
        text = gettext_noop(
            "Somebody, perhaps you in another tab, changed this after you opened the page."
        )
        super().__init__(text)
        self.parts = parts


@dataclass(frozen=True)
class Draft:
    """A draft as it stands under its lock."""

    revision: int
    revisions: Mapping[str, int]
    parts: Mapping[str, Any]

    def merge(self, changes: Mapping[str, Any], base: int) -> Merge:
        """What becomes of ``changes`` that somebody made on a page which showed revision ``base``.

        A part that nobody else touched since is taken, and so is one in which both wrote the same.
        """
        newer = {key for key, revision in self.revisions.items() if revision > base}
        differing = {
            key: value
            for key, value in changes.items()
            if key not in self.parts or self.parts[key] != value
        }
        # What both wrote alike differs from nothing, so that it is neither taken nor disputed.
        accepted = {key: value for key, value in differing.items() if key not in newer}
        revision = self.revision + 1 if accepted else self.revision
        return Merge(
            revision=revision,
            revisions={**self.revisions, **dict.fromkeys(accepted, revision)},
            accepted=accepted,
            disputed={
                key: TwoTexts(value, self.parts.get(key))
                for key, value in differing.items()
                if key in newer
            },
            unseen={key: self.parts.get(key) for key in sorted(newer - changes.keys())},
        )


def disputed_since(
    changes: Mapping[str, Any], marks: Mapping[str, str], current: Mapping[str, Any]
) -> dict[str, TwoTexts]:
    """Both texts of the parts that somebody changed on a page while they no longer stand as the
    page showed them. For small things that keep no revision: the marks of the page are enough.

    A part without a mark counts as shown just now.
    """
    return {
        key: TwoTexts(value, current[key])
        for key, value in changes.items()
        if key in marks and marks[key] != mark_of(current[key]) and value != current[key]
    }


def mark_of(value: Any) -> str:
    """A short mark by which a page remembers what it showed in one part."""
    return content_hash(value)[:MARK_LENGTH]


def marks_of(shown: Mapping[str, Any]) -> dict[str, str]:
    """The marks of everything that a page shows."""
    return {key: mark_of(value) for key, value in shown.items()}


def changed_parts(posted: Mapping[str, Any], marks: Mapping[str, str]) -> dict[str, Any]:
    """What somebody changed on a page: a part that came back as it was shown is left out, so that
    it undoes nobody's work. A part without a mark counts as changed.
    """
    return {key: value for key, value in posted.items() if marks.get(key) != mark_of(value)}
