"""Changing questions: in place while a draft, as a new version with a declared migration once
published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.calls import actions, queries
from anso.calls.models import Call
from anso.kernel.drafts import Disputed, TwoTexts
from anso.kernel.errors import BadDefinition, BadInput, Stale
from anso.kernel.questions import Form, Question, propose_migration
from anso.kernel.questions.editing import (
    add_question,
    find_question,
    move_question,
    remove_question,
)
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from tests.cast import Cast
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
NEW = Question("motive", "longtext", Text({"en": "Why you?"}))


def section_with_title(call: Call) -> str:
    return queries.get_working_form(call)[1].section_of("title").key


def change(call: Call, officer: Account, now: dt.datetime, key: str, **changes: object) -> None:
    """Reword a question on a page that shows the form as it stands."""
    actions.change_question(
        call=call,
        purpose="application",
        key=key,
        changes=changes,
        base_revision=call.revision,
        actor=officer,
        now=now,
    )


def doing(call: Call, officer: Account, now: dt.datetime) -> dict[str, Any]:
    """What every action on the form of a call is told."""
    return {"call": call, "purpose": "application", "actor": officer, "now": now}


def test_a_draft_s_form_is_edited_in_place(draft: Call, officer: Account, now: dt.datetime) -> None:
    version = actions.add_question(
        **doing(draft, officer, now), section=section_with_title(draft), question=NEW
    )
    form = queries.get_form(draft)[1]
    assert (version.number, version.sha256) == (1, form.hash)
    assert form.question("motive") == NEW
    assert Entry.objects.get(verb="change_questions").changes == {
        "application": [1, {"motive": ["added", []]}]
    }


def test_a_published_form_stays_until_the_next_version_is_put_in_force(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    first, old = queries.get_form(call)
    told = doing(call, officer, now)
    second = actions.add_question(**told, section=section_with_title(call), question=NEW)
    actions.remove_question(**told, key="keywords", base_revision=call.revision)
    assert (second.number, queries.get_form(call)[0]) == (2, first)
    again = actions.move_question(**told, key="motive", steps=-1, base_revision=call.revision)
    assert again.pk == second.pk
    migration = propose_migration(old, queries.get_working_form(call)[1])
    with pytest.raises(BadInput, match="Say what becomes"):
        actions.publish_questions(**told, migration={}, base_revision=call.revision)
    actions.publish_questions(**told, migration=migration, base_revision=call.revision)
    in_force = queries.get_form(call)[0]
    assert (in_force.number, in_force.migration["keywords"], in_force.published_at) == (
        2,
        "drop",
        now,
    )
    with pytest.raises(BadInput, match="No changed questions"):
        actions.publish_questions(**told, migration=migration, base_revision=call.revision)


def test_changes_that_wait_can_be_discarded(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    told = doing(call, officer, now)
    change(call, officer, now, "title", required=False)
    actions.discard_questions(**told, base_revision=call.revision)
    assert queries.get_working_form(call)[0] == queries.get_form(call)[0]
    with pytest.raises(BadInput, match="No changed questions"):
        actions.discard_questions(**told, base_revision=call.revision)


def test_the_same_words_again_change_nothing(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    label = str(queries.get_form(draft)[1].question("title").label)
    change(draft, officer, now, "title", label_en=label)
    assert not Entry.objects.filter(verb="change_questions").exists()
    assert draft.revision == 0


def test_an_unsound_form_is_refused_with_its_question(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    with pytest.raises(BadDefinition, match="title"):
        change(draft, officer, now, "title", label_en="")
    assert Call.objects.get(pk=draft.pk).revision == 0


def test_a_form_that_there_is_not_is_not_changed(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    told = doing(draft, officer, now) | {"purpose": "nominee"}
    with pytest.raises(queries.NoForm):
        actions.remove_question(**told, key="title", base_revision=0)


def read_twice(call: Call) -> tuple[Call, Call]:
    """The same call as two officers hold it, each read before the other saves."""
    ours, theirs = (Call.objects.get(pk=call.pk) for _ in range(2))
    return ours, theirs


def test_two_officers_change_two_questions_and_two_parts_of_one(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    ours, theirs = read_twice(draft)
    change(theirs, officer, now, "title", hint_en="Ten words at most.")
    change(theirs, officer, now, "keywords", label_en="Key words")
    change(ours, officer, now, "title", label_en="The title", label_fr="Le titre")
    form = queries.get_form(Call.objects.get(pk=draft.pk))[1]
    assert (str(form.question("title").label), str(form.question("title").hint)) == (
        "The title",
        "Ten words at most.",
    )
    assert form.question("title").label["fr"] == "Le titre"
    assert str(form.question("keywords").label) == "Key words"


def test_two_wordings_of_one_part_are_told_and_neither_is_lost(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    ours, theirs = read_twice(draft)
    change(theirs, officer, now, "title", label_en="Theirs")
    with pytest.raises(Disputed) as refusal:
        change(ours, officer, now, "title", label_en="Ours")
    assert refusal.value.parts == {"application.title.label_en": TwoTexts("Ours", "Theirs")}


def test_what_another_officer_changed_is_not_removed_moved_or_put_in_force_unseen(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    _ours, theirs = read_twice(call)
    change(theirs, officer, now, "title", label_en="Theirs")
    told = doing(theirs, officer, now)
    actions.move_question(**told, key="title", steps=1, base_revision=theirs.revision)
    migration = propose_migration(queries.get_form(call)[1], queries.get_working_form(call)[1])
    told = doing(call, officer, now)
    for stale in (
        lambda: actions.remove_question(**told, key="title", base_revision=0),
        lambda: actions.move_question(**told, key="title", steps=-1, base_revision=0),
        lambda: actions.publish_questions(**told, migration=migration, base_revision=0),
        lambda: actions.discard_questions(**told, base_revision=0),
    ):
        with pytest.raises(Stale, match="look at it again"):
            stale()
    actions.remove_question(**told, key="keywords", base_revision=0)
    assert "keywords" not in queries.get_working_form(call)[1].keys()  # noqa: SIM118 - a form is no mapping


def test_a_page_that_shows_discarded_words_is_stale(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    actions.remove_question(**doing(call, officer, now), key="keywords", base_revision=0)
    change(call, officer, now, "title", label_en="Words that will be discarded")
    seen = call.revision
    actions.discard_questions(**doing(call, officer, now), base_revision=seen)
    with pytest.raises(Disputed):
        actions.change_question(
            **doing(call, officer, now), key="title", changes={"label_en": "x"}, base_revision=seen
        )


def test_questions_of_a_closed_call_stay(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    with pytest.raises(Refused, match="has closed"):
        change(call, cast.programme_officer, call.closes_at, "title", label_en="Too late")


def test_editing_a_form_refuses_what_would_break_it(draft: Call) -> None:
    form = queries.get_form(draft)[1]
    with pytest.raises(BadInput, match="asked already"):
        add_question(form, section_with_title(draft), form.question("title"))
    with pytest.raises(BadInput, match="no section"):
        add_question(form, "nowhere", NEW)
    with pytest.raises(BadInput, match="only asked after"):
        remove_question(form, "language_proofs")
    for edit in (lambda: move_question(form, "nothing", 1), lambda: find_question(form, "nothing")):
        with pytest.raises(BadInput, match="no question"):
            edit()
    alone = Form((replace(form.sections[0], questions=form.sections[0].questions[:1]),))
    with pytest.raises(BadInput, match="must ask something"):
        remove_question(alone, alone.sections[0].questions[0].key)


def test_a_question_moves_within_its_section_and_stops_at_its_ends(draft: Call) -> None:
    form = queries.get_form(draft)[1]
    keys = [question.key for question in form.sections[1].questions]
    moved = move_question(form, keys[0], 1)
    assert [question.key for question in moved.sections[1].questions][:2] == [keys[1], keys[0]]
    assert move_question(form, keys[0], -5) == form
