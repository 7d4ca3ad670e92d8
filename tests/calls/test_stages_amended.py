"""A published call gains a stage or a window ahead, and loses one that has not begun, by an
announced amendment: what hangs on a stage is shown first, and whom it touches is told.
"""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions.amended import notify_of_amendment
from anso.calls import queries
from anso.calls.actions import (
    announce_amendment,
    begin_amendment,
    discard_amendment,
    publish_questions,
    remove_question,
    remove_stage,
)
from anso.calls.actions.amendments import amended_body
from anso.calls.actions.gone_stages import hanging_on
from anso.calls.models import Call, CallTerms, Extension
from anso.calls.queries import forms_to_come
from anso.calls.queries.steps import steps_of
from anso.decisions.actions import propose_selection
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.kernel.wording import both
from anso.notifications.models import Message
from anso.questionnaires.queries import versions_of
from anso.ui.question_fields import sentence
from tests.calls.test_stages import DAY, after, desk, fresh, make_stage, noon, stage
from tests.factories.applications import make_submitted_application
from tests.factories.calls import make_call
from tests.factories.decisions import SELECTED, computed, make_contest
from tests.factories.review import make_assignment
from tests.pages import squeezed
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]
BECAUSE = "The board meets by letter."


def without(call: Call, key: str, officer: Account, now: dt.datetime) -> None:
    held = fresh(call)
    remove_stage(call=held, key=key, base_revision=held.revision, actor=officer, now=now)


def announced(call: Call, officer: Account, now: dt.datetime, because: str = BECAUSE) -> CallTerms:
    held = fresh(call)
    terms = announce_amendment(
        call=held, because=because, actor=officer, now=now,
        expected_sha256=content_hash(amended_body(held, held.design)),
    )  # fmt: skip
    notify_of_amendment(terms=terms, now=now)
    return terms


def begun(call: Call, officer: Account, now: dt.datetime) -> Call:
    return begin_amendment(call=fresh(call), actor=officer, now=now)


def refused(call: Call, key: str, officer: Account, now: dt.datetime) -> str:
    with pytest.raises(BadInput) as refusal:
        without(call, key, officer, now)
    return sentence(refusal.value.message)


def test_a_stage_that_has_not_begun_is_taken_away_and_everybody_hears(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    application = make_submitted_application(call)
    begun(call, officer, now)
    removal = Tab(ana, desk(call, "terms/stages/interviews/remove/"), field="revision")
    assert "Nothing else goes with it" in removal.words()
    removal.send()
    public = Client().get(f"/calls/{call.slug}/").content.decode()
    assert "Interviews" in public, "nothing changes before it is announced"
    page = Tab(ana, desk(call, "amend/"), field="because").words()
    assert "Timeline › Interviews" in page
    assert "Begun or submitted, whose people are told: 1." in page
    announced(call, officer, now)
    assert "interviews" not in [each.key for each in steps_of(fresh(call))]
    mail = Message.objects.get(code="applications.call_amended")
    assert mail.recipient == application.applicant.account
    assert BECAUSE in mail.body
    assert "Interviews" in mail.body
    assert call.terms.count() == 2


def test_what_has_begun_and_what_something_hangs_on_stays(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    begun(call, officer, now)
    in_panel = noon(stage(call, "panel").starts_on)
    assert "“Panel meeting” has begun" in refused(call, "panel", officer, in_panel)
    review = fresh(call).steps.get(key="review")
    Extension.objects.create(
        call=call, step=review, previous_closes_at=now, closes_at=now + DAY, because="A storm.",
        granted_at=now, granted_by=officer,
    )  # fmt: skip
    assert "something hangs on it: days that were moved" in refused(call, "review", officer, now)
    page = squeezed(ana.get(desk(call, "terms/stages/review/remove/")))
    assert "It is not taken away" in page
    assert "something hangs on it: days that were moved" in page
    assert '<button class="btn stop">' not in page


def test_a_review_that_somebody_was_given_stays(officer: Account, now: dt.datetime) -> None:
    assignment = make_assignment()
    call = assignment.application.call
    held = {str(each) for each in map(sentence, hanging_on(assignment.step))}
    assert held == {"assignment", "dossier"}
    manager = call.officers.get().account if call.officers.exists() else officer
    call.officers.get_or_create(account=manager, defaults={"since_at": now})
    begun(call, manager, now)
    assert "something hangs on it" in refused(call, "review", manager, now)


def test_nothing_is_taken_from_under_a_selection_before_the_chair(now: dt.datetime) -> None:
    contest = make_contest((6, 5))
    propose_selection(
        actor=contest.officer, run=computed(contest), now=SELECTED, because="As it is."
    )
    begun(contest.call, contest.officer, now)
    said = refused(contest.call, "offers", contest.officer, now)
    assert said.startswith("A selection was proposed, confirmed or released")


def test_what_the_rest_needs_is_not_taken_away(officer: Account, now: dt.datetime) -> None:
    call = make_call(officer=officer)
    begun(call, officer, now)
    without(call, "release", officer, now)
    with pytest.raises(BadInput, match="No stage says when everybody hears"):
        announced(call, officer, now)


def test_the_window_of_everybody_and_a_stage_of_the_amendment_itself(
    officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    begun(call, officer, now)
    assert "begins with the window" in refused(call, "applications", officer, now)
    key = make_stage(call, officer, "panel", (after(call, "panel", 1), after(call, "panel", 2)))
    without(call, key, officer, now)
    assert key not in [each["key"] for each in fresh(call).design["stages"]]


def with_window(call: Call, officer: Account) -> str:
    """A further window after the first review, and a review of what is written in it."""
    days = (after(call, "review", 1), after(call, "review", 3))
    key = make_stage(call, officer, "window", days)
    days = (after(call, "review", 4), after(call, "review", 5))
    make_stage(call, officer, "screening", days, label=both("Second check", "فحص ثانٍ"))
    days = (after(call, "review", 6), after(call, "review", 8))
    make_stage(call, officer, "review", days, label=both("Second look", "نظرة ثانية"))
    return key


def test_a_further_window_is_added_with_its_form_and_told(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    make_submitted_application(call)
    begun(call, officer, now)
    assert "A further window" in squeezed(ana.get(desk(call, "terms/stages/")))
    key = with_window(call, officer)
    ahead = forms_to_come(fresh(call)).get()
    assert (ahead.purpose, ahead.published_at) == (key, None)
    asked = squeezed(ana.get(desk(call, f"questions/{key}/")))
    assert "it comes into force with the amendment" in asked
    with pytest.raises(BadInput, match="come into force with the amendment"):
        publish_questions(
            call=fresh(call), purpose=key, migration={}, base_revision=fresh(call).revision,
            actor=officer, now=now,
        )  # fmt: skip
    assert ana.get(desk(call, f"questions/{key}/changes/")).status_code == 404
    terms = announced(call, officer, now)
    assert terms.body["forms"][key] == ahead.sha256
    version, form = queries.get_form(fresh(call), key)
    assert (version.pk, version.published_at) == (ahead.pk, now)
    assert form.keys() == queries.get_form(fresh(call))[1].keys(), "it begins with the first form"
    assert Message.objects.filter(code="applications.call_amended").count() == 1
    step = fresh(call).steps.get(key=key)
    assert (step.block, step.form) == ("applications", key)
    public = Client().get(f"/calls/{call.slug}/").content.decode()
    assert "Further look" in public


def test_a_window_that_nobody_judges_is_not_announced(officer: Account, now: dt.datetime) -> None:
    call = make_call(officer=officer)
    begun(call, officer, now)
    days = (after(call, "review", 1), after(call, "review", 2))
    make_stage(call, officer, "window", days)
    with pytest.raises(BadInput, match="no review after it judges"):
        announced(call, officer, now)


def test_a_window_in_the_past_is_not_announced(officer: Account, now: dt.datetime) -> None:
    call = make_call(officer=officer)
    late = noon(stage(call, "review").ends_on + 2 * DAY)
    with time_machine.travel(late, tick=False):
        begun(call, officer, late)
        with_window(call, officer)
        with pytest.raises(BadInput, match="would have begun already"):
            announced(call, officer, late)


def test_a_discarded_amendment_leaves_no_form_behind(officer: Account, now: dt.datetime) -> None:
    call = make_call(officer=officer)
    before = versions_of(call).count()
    begun(call, officer, now)
    with_window(call, officer)
    assert versions_of(call).count() == before + 1
    discard_amendment(call=fresh(call), actor=officer, now=now)
    assert versions_of(call).count() == before


def test_the_form_of_an_added_window_is_prepared_after_the_call_has_closed(
    client: Client, officer: Account, now: dt.datetime
) -> None:
    call = make_call(officer=officer)
    late = fresh(call).closes_at + DAY
    with time_machine.travel(late, tick=False):
        client.force_login(officer)
        begun(call, officer, late)
        key = with_window(call, officer)
        first, page = desk(call, "questions/application/"), desk(call, f"questions/{key}/")
        question = queries.get_working_form(fresh(call), key)[1].keys()[-1]
        assert 'value="remove"' not in client.get(first).content.decode(), "what was asked stays"
        assert 'value="remove"' in client.get(page).content.decode()
        told = {"act": "remove", "key": question, "revision": str(fresh(call).revision)}
        with pytest.raises(Refused, match="has closed"):
            remove_question(
                call=fresh(call), purpose="application", key=question,
                base_revision=fresh(call).revision, actor=officer, now=late,
            )  # fmt: skip
        assert client.post(page, told).status_code == 302
        assert client.get(desk(call, f"ask/{key}/")).status_code == 200
        section = desk(call, f"add/sections-{key}/")
        assert client.get(section).status_code == 200
        assert client.get(desk(call, "add/sections-application/")).status_code == 403
        terms = announced(call, officer, late)
        version, form = queries.get_form(fresh(call), key)
        assert question not in form.keys()  # noqa: SIM118 - a form is no mapping
        assert terms.body["forms"][key] == version.sha256
        assert 'value="remove"' not in client.get(page).content.decode(), "announced, it stays"
        assert client.get(desk(call, f"ask/{key}/")).status_code == 403
