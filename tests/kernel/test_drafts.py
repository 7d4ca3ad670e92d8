"""Drafts held open at once: what was changed, what may be written, what has two texts."""

from __future__ import annotations

from itertools import product

import pytest

from anso.kernel.drafts import Disputed, Draft, TwoTexts, changed_parts, marks_of
from anso.kernel.errors import Stale

DRAFT = Draft(7, {"title": 3, "summary": 7}, {"title": "Salt", "summary": "Wells", "zone": "UTC"})
WRITTEN = [
    {key: text for key, text in zip("ab", texts, strict=True) if text is not None}
    for texts in product((None, "", "x", "y"), repeat=2)
]


def test_a_change_of_a_part_that_nobody_touched_since_is_taken_with_a_new_revision() -> None:
    merge = DRAFT.merge({"title": "Salt water", "extra": "new"}, base=5)
    assert merge.accepted == {"title": "Salt water", "extra": "new"}
    assert (merge.revision, dict(merge.revisions)) == (8, {"title": 8, "extra": 8, "summary": 7})
    assert merge.disputed == {}
    assert merge.require_undisputed() is merge


def test_a_part_that_changed_since_has_two_texts_and_is_not_written() -> None:
    merge = DRAFT.merge({"summary": "Rivers", "title": "Salt water"}, base=6)
    assert merge.disputed == {"summary": TwoTexts("Rivers", "Wells")}
    assert (merge.accepted, merge.revision) == ({"title": "Salt water"}, 8)
    assert merge.revisions["summary"] == 7
    with pytest.raises(Disputed) as refusal:
        merge.require_undisputed()
    assert refusal.value.parts == merge.disputed
    assert isinstance(refusal.value, Stale)


def test_the_same_text_from_two_people_is_no_dispute_and_no_change() -> None:
    merge = DRAFT.merge({"summary": "Wells"}, base=0)
    assert (merge.accepted, merge.disputed, merge.revision) == ({}, {}, 7)


def test_what_others_changed_meanwhile_is_told() -> None:
    assert DRAFT.merge({"title": "Salt water"}, base=3).unseen == {"summary": "Wells"}
    assert DRAFT.merge({"summary": "Wells"}, base=2).unseen == {"title": "Salt"}
    assert DRAFT.merge({}, base=7).unseen == {}


def test_what_came_back_as_it_was_shown_is_no_change() -> None:
    shown = {"title": "Salt", "tongues": ["en"], "zone": "UTC"}
    posted = {"title": "Salt", "tongues": ["en", "ar"], "zone": "UTC", "new": ""}
    assert changed_parts(posted, marks_of(shown)) == {"tongues": ["en", "ar"], "new": ""}


def test_of_two_people_neither_loses_a_word() -> None:
    for start, first, second in product(WRITTEN, repeat=3):
        draft = Draft(1, dict.fromkeys(start, 1), start)
        early = draft.merge(first, base=1)
        stand = {**start, **early.accepted}
        late = Draft(early.revision, early.revisions, stand).merge(second, base=1)
        end = {**stand, **late.accepted}
        assert not early.disputed
        for key, value in early.accepted.items():
            assert end[key] == value, "what was saved first is never overwritten by a stale page"
        for key, value in second.items():
            assert end[key] == value or late.disputed[key] == TwoTexts(value, end[key])
        assert early.accepted.keys() <= late.unseen.keys() | second.keys()
