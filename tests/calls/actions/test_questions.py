"""Changing questions: in place while a draft, as a new version with a declared migration once
published.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.calls import actions, queries
from anso.calls.models import Call
from anso.kernel.errors import BadDefinition, BadInput
from anso.kernel.questions import Form, Question, propose_migration
from anso.kernel.questions.editing import (
    add_question,
    move_question,
    remove_question,
    replace_question,
)
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from tests.cast import Cast
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
NEW = Question("motive", "longtext", Text({"en": "Why you?"}))


def section_with_title(call: Call) -> str:
    return queries.get_working_form(call)[1].section_of("title").key


def test_a_draft_s_form_is_edited_in_place(draft: Call, officer: Account, now: dt.datetime) -> None:
    form = add_question(queries.get_form(draft)[1], section_with_title(draft), NEW)
    version = actions.change_questions(
        call=draft, purpose="application", form=form, actor=officer, now=now
    )
    assert (version.number, version.sha256) == (1, form.hash)
    assert Entry.objects.get(verb="change_questions").changes == {
        "application": [1, {"motive": ["added", []]}]
    }


def test_a_published_form_stays_until_the_next_version_is_put_in_force(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    first, old = queries.get_form(call)
    form = remove_question(add_question(old, section_with_title(call), NEW), "keywords")
    second = actions.change_questions(
        call=call, purpose="application", form=form, actor=officer, now=now
    )
    assert (second.number, queries.get_form(call)[0]) == (2, first)
    again = actions.change_questions(
        call=call,
        purpose="application",
        form=move_question(form, "motive", -1),
        actor=officer,
        now=now,
    )
    assert again.pk == second.pk
    migration = propose_migration(old, queries.get_working_form(call)[1])
    with pytest.raises(BadInput, match="Say what becomes"):
        actions.publish_questions(
            call=call, purpose="application", migration={}, actor=officer, now=now
        )
    actions.publish_questions(
        call=call, purpose="application", migration=migration, actor=officer, now=now
    )
    in_force = queries.get_form(call)[0]
    assert (in_force.number, in_force.migration["keywords"], in_force.published_at) == (
        2,
        "drop",
        now,
    )
    with pytest.raises(BadInput, match="No changed questions"):
        actions.publish_questions(
            call=call, purpose="application", migration=migration, actor=officer, now=now
        )


def test_changes_that_wait_can_be_discarded(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    form = replace_question(
        queries.get_form(call)[1],
        replace(queries.get_form(call)[1].question("title"), required=False),
    )
    actions.change_questions(call=call, purpose="application", form=form, actor=officer, now=now)
    actions.discard_questions(call=call, purpose="application", actor=officer, now=now)
    assert queries.get_working_form(call)[0] == queries.get_form(call)[0]
    with pytest.raises(BadInput, match="No changed questions"):
        actions.discard_questions(call=call, purpose="application", actor=officer, now=now)


def test_the_same_form_again_changes_nothing(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    actions.change_questions(
        call=draft, purpose="application", form=queries.get_form(draft)[1], actor=officer, now=now
    )
    assert not Entry.objects.filter(verb="change_questions").exists()


def test_an_unsound_form_is_refused_with_its_question(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    form = add_question(
        queries.get_form(draft)[1], section_with_title(draft), replace(NEW, label=Text())
    )
    with pytest.raises(BadDefinition, match="motive"):
        actions.change_questions(
            call=draft, purpose="application", form=form, actor=officer, now=now
        )


def test_questions_of_a_closed_call_stay(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    with pytest.raises(Refused, match="has closed"):
        actions.change_questions(
            call=call,
            purpose="application",
            form=queries.get_form(call)[1],
            actor=cast.programme_officer,
            now=call.closes_at,
        )


def test_editing_a_form_refuses_what_would_break_it(draft: Call) -> None:
    form = queries.get_form(draft)[1]
    with pytest.raises(BadInput, match="asked already"):
        add_question(form, section_with_title(draft), form.question("title"))
    with pytest.raises(BadInput, match="no section"):
        add_question(form, "nowhere", NEW)
    with pytest.raises(BadInput, match="only asked after"):
        remove_question(form, "language_proofs")
    with pytest.raises(BadInput, match="no question"):
        move_question(form, "nothing", 1)
    alone = Form((replace(form.sections[0], questions=form.sections[0].questions[:1]),))
    with pytest.raises(BadInput, match="must ask something"):
        remove_question(alone, alone.sections[0].questions[0].key)


def test_a_question_moves_within_its_section_and_stops_at_its_ends(draft: Call) -> None:
    form = queries.get_form(draft)[1]
    keys = [question.key for question in form.sections[1].questions]
    moved = move_question(form, keys[0], 1)
    assert [question.key for question in moved.sections[1].questions][:2] == [keys[1], keys[0]]
    assert move_question(form, keys[0], -5) == form
