"""A rolling call takes batch after batch: each is a call, opened at the cut-off of the one before
with what that one promised last.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import (
    carry_on,
    remind_draft,
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from anso.applications.models import Application
from anso.applications.queries.batches import drafts_to_carry_on
from anso.applications.queries.eligibility import judge_draft
from anso.applications.tasks import carry_drafts_on
from anso.calls.actions import (
    announce_amendment,
    begin_amendment,
    cancel_call,
    change_intake,
    extend_call,
    open_next_batch,
)
from anso.calls.actions.amendments import amended_body
from anso.calls.models import Call
from anso.calls.queries import get_terms, open_calls
from anso.calls.queries.amendments import reasons_against
from anso.calls.queries.batches import batches_to_follow, next_cut_off
from anso.calls.queries.steps import steps_of
from anso.calls.tasks import open_batches
from anso.calls.wording.batches import intake_in_words, retitled
from anso.kernel.canonical import content_hash
from anso.kernel.eligibility import Eligibility, Rule, RuleSet
from anso.kernel.questions.conditions import Answered
from anso.kernel.terms import Intake
from anso.kernel.terms.differences import Change
from anso.kernel.verdict import Refused
from anso.kernel.wording import both
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.programmes.outcomes import read_terms
from tests.factories.applications import add_documents, make_application
from tests.factories.calls import NOW, YEAR, make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.pages import squeezed
from tests.shared import clock_at, made_for_module
from tests.tabs import Tab

pytestmark = pytest.mark.django_db
INTAKE = Intake(("02-15", "05-31"))
CUT_OFF = dt.datetime(2027, 2, 15, 16, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


@dataclass
class World:
    """A rolling call in its first batch, with a draft that is complete."""

    call: Call
    officer: Account
    draft: Application
    applicant: Account


def a_rolling_call(intake: Intake = INTAKE, **fields: Any) -> Call:
    terms = replace(find_kind("fellowship").terms_for(YEAR), intake=intake)
    return make_call(terms=terms, **fields)


def a_world() -> World:
    officer = make_officer()
    call = a_rolling_call(officer=officer)
    applicant = make_person("Amina Yusuf").account
    assert applicant is not None
    draft = make_application(call, applicant=applicant)
    add_documents(draft)
    return World(call, officer, draft, applicant)


made = made_for_module(a_world)


@pytest.fixture
def world(made: World) -> World:
    return deepcopy(made)


def submitted(draft: Application, at: dt.datetime) -> Application:
    actor = draft.applicant.account
    assert actor is not None
    draft = Application.objects.get(pk=draft.pk)
    submit_application(application=draft, actor=actor, arrived_at=at, now=at)
    return Application.objects.get(pk=draft.pk)


def test_a_second_before_the_cut_off_is_in_the_batch_and_a_second_after_in_the_next(
    world: World,
) -> None:
    early = submitted(world.draft, CUT_OFF - SECOND)
    assert early.call == world.call
    late = make_application(world.call)
    add_documents(late)
    late = submitted(late, CUT_OFF)
    assert (late.state, late.submission.step_id) == ("submitted", late.step_id)  # type: ignore[union-attr]
    assert late.call.batch_of == world.call
    assert late.call.state == "published"
    assert late.call.opens_at == CUT_OFF
    assert late.call.closes_at == dt.datetime(2027, 5, 31, 16, tzinfo=dt.UTC)
    assert late.number.startswith(world.call.number_prefix), "the number stays"
    receipt = Message.objects.get(code="applications.receipt", about_id=late.pk)
    assert "batch of 31 May 2027" in receipt.body
    assert open_next_batch(call=world.call, now=CUT_OFF + SECOND) == late.call


def told(code: str, draft: Application) -> str:
    return " ".join(Message.objects.filter(code=code, about_id=draft.pk).latest("id").body.split())


def the_clock_at(moment: dt.datetime) -> None:
    with clock_at(moment):
        open_batches(0)
        carry_drafts_on(0)


def test_a_draft_that_misses_a_batch_goes_on_in_the_next_and_is_told(world: World) -> None:
    draft = world.draft
    remind_draft(application=draft, now=CUT_OFF - dt.timedelta(days=5))
    words = told("applications.draft_reminder", draft)
    assert "goes on in the next batch, which is open until 31 May 2027" in words
    refused = "Nothing is lost: in a few minutes your draft stands in the next batch"
    with pytest.raises(Refused, match=refused):
        save_answers(
            application=draft, fields={"title": "x"}, base=1, token="t",
            actor=world.applicant, now=CUT_OFF,
        )  # fmt: skip
    the_clock_at(CUT_OFF)
    moved = Application.objects.get(pk=draft.pk)
    assert (moved.call.batch_of, moved.number) == (world.call, draft.number)
    assert moved.answers.keys() == draft.answers.keys()
    assert moved.documents.count()
    words = told("applications.carried_on", draft)
    assert "was not submitted before the cut-off of" in words
    assert "until 31 May 2027" in words
    remind_draft(application=moved, now=moved.call.closes_at - dt.timedelta(days=5))
    assert "batch of 31 May 2027" in told("applications.draft_reminder", draft)
    assert not drafts_to_carry_on(CUT_OFF + SECOND).exists()
    assert Call.objects.get(pk=world.call.pk).state == "completed", "nobody is left in it"
    assert submitted(moved, CUT_OFF + SECOND).call == moved.call


def test_a_moved_cut_off_moves_the_batch_after_it_and_one_of_a_batch_gone_by_stays(
    world: World,
) -> None:
    moved_to = CUT_OFF + dt.timedelta(days=6)
    told = {"because": "A storm.", "actor": world.officer}
    extend_call(call=world.call, closes_at=moved_to, base_revision=0, now=NOW, **told)
    the_clock_at(CUT_OFF + SECOND)
    assert not Call.objects.filter(batch_of=world.call).exists()
    the_clock_at(moved_to)
    batch = Call.objects.get(batch_of=world.call)
    assert (batch.opens_at, batch.title["en"][-22:]) == (moved_to, ", batch of 31 May 2027")
    call = Call.objects.get(pk=world.call.pk)
    Call.objects.filter(pk=call.pk).update(state="published", completed_at=None)
    call.refresh_from_db()
    with pytest.raises(Refused, match="The next batch is open already"):
        extend_call(
            call=call, closes_at=moved_to + dt.timedelta(days=6), base_revision=call.revision,
            now=moved_to, **told,
        )  # fmt: skip


def test_a_cut_off_that_was_moved_past_the_next_leads_to_the_one_after(world: World) -> None:
    Call.objects.filter(pk=world.call.pk).update(closes_at=dt.datetime(2027, 6, 2, tzinfo=dt.UTC))
    call = Call.objects.get(pk=world.call.pk)
    assert next_cut_off(call, NOW) == dt.date(2028, 2, 15)


def test_a_cut_off_that_passed_while_nobody_could_come_in_is_passed_over(world: World) -> None:
    assert next_cut_off(world.call, dt.datetime(2027, 5, 31, 9, tzinfo=dt.UTC)).month == 5  # type: ignore[union-attr]
    the_clock_at(dt.datetime(2027, 6, 1, 9, tzinfo=dt.UTC))
    batch = Call.objects.get(batch_of=world.call)
    assert (batch.edition_year, batch.round) == (YEAR + 1, "")
    assert batch.title["en"].endswith("2028, batch of 15 February 2028")
    assert batch.title["ar"].endswith("\u060c دفعة 15 فبراير 2028")
    assert [each.starts_on.year for each in steps_of(batch)][-1] == 2028
    assert get_terms(batch).intake == INTAKE


def test_after_the_last_day_no_batch_follows_and_drafts_are_told_so_before() -> None:
    call = a_rolling_call(replace(INTAKE, last_on=dt.date(2027, 5, 30)))
    draft = make_application(call)
    remind_draft(application=draft, now=CUT_OFF - dt.timedelta(days=5))
    words = told("applications.draft_reminder", draft)
    assert "No other batch follows this one" in words
    the_clock_at(CUT_OFF)
    assert not Call.objects.filter(batch_of=call).exists()
    draft.refresh_from_db()
    with pytest.raises(Refused, match="The call closed on"):
        submitted(draft, CUT_OFF)
    assert open_next_batch(call=call, now=CUT_OFF) is None


def test_nothing_follows_a_cancelled_batch(world: World) -> None:
    cancel_call(call=world.call, because="No money.", actor=world.officer, now=NOW)
    assert not batches_to_follow(CUT_OFF).exists()
    cancelled = Call.objects.get(pk=world.call.pk)
    assert open_next_batch(call=cancelled, now=CUT_OFF) is None


def test_nobody_opens_a_batch_before_the_cut_off_or_after_a_draft(world: World) -> None:
    with pytest.raises(Refused, match="has not passed yet"):
        open_next_batch(call=world.call, now=CUT_OFF - SECOND)
    with pytest.raises(Refused, match="not published"):
        open_next_batch(call=a_rolling_call(state="draft"), now=CUT_OFF)
    with pytest.raises(Refused, match="Only the programme officers"):
        open_next_batch(call=world.call, now=CUT_OFF, actor=world.applicant)


def test_a_batch_that_cannot_be_published_waits_on_the_desk_of_its_officers(world: World) -> None:
    parent = make_call(make_programme("prize"), state="cancelled")
    Call.objects.filter(pk=world.call.pk).update(parent=parent)
    the_clock_at(CUT_OFF)
    batch = Call.objects.get(batch_of=world.call)
    assert batch.state == "draft"
    assert [each.account for each in batch.officers.all()] == [world.officer]
    draft = Application.objects.get(pk=world.draft.pk)
    assert draft.call == world.call
    with pytest.raises(Refused, match="No later batch is open"):
        carry_on(application=draft, now=CUT_OFF)


def test_whoever_waits_for_one_batch_starts_nothing_in_another(world: World) -> None:
    entry = submitted(world.draft, NOW)
    the_clock_at(CUT_OFF)
    batch = Call.objects.get(batch_of=world.call)
    later = CUT_OFF + SECOND
    with pytest.raises(Refused, match=f"{entry.number} of .* is not decided yet"):
        start_application(call=batch, actor=world.applicant, now=later)
    withdraw_application(application=entry, actor=world.applicant, now=later)
    again = start_application(call=batch, actor=world.applicant, now=later)
    assert again.number.startswith(f"{batch.number_prefix}-")


def test_a_draft_stays_beside_one_that_was_begun_in_the_next_batch(world: World) -> None:
    with clock_at(CUT_OFF):
        open_batches(0)
    batch = Call.objects.get(batch_of=world.call)
    start_application(call=batch, actor=world.applicant, now=CUT_OFF)
    the_clock_at(CUT_OFF + SECOND)
    draft = Application.objects.get(pk=world.draft.pk)
    assert draft.call == world.call
    with pytest.raises(Refused, match="Another one was begun"):
        carry_on(application=draft, now=CUT_OFF)
    with pytest.raises(Refused, match="The call closed on"):
        submitted(draft, CUT_OFF)


def test_a_draft_with_more_time_of_its_own_stays_until_that_is_over(world: World) -> None:
    own = CUT_OFF + dt.timedelta(days=2)
    Application.objects.filter(pk=world.draft.pk).update(extended_until=own)
    the_clock_at(CUT_OFF)
    draft = Application.objects.get(pk=world.draft.pk)
    assert draft.call == world.call
    with pytest.raises(Refused, match="did not miss"):
        carry_on(application=draft, now=CUT_OFF)
    the_clock_at(own)
    draft.refresh_from_db()
    assert draft.call.batch_of == world.call
    assert draft.extended_until is None


def test_everybody_reads_how_the_call_goes_on(world: World, client: Client) -> None:
    page = f"/calls/{world.call.slug}/"
    with clock_at(NOW):
        client.force_login(world.applicant)
        body = squeezed(client.get(page))
        assert "This call stays open" in body
        assert "The cut-off after this one: 31 May 2027" in body
        own = f"/applications/{world.draft.reference}/"
        assert "it goes on in the next batch" in squeezed(client.get(own))
    with clock_at(CUT_OFF):
        client.force_login(world.applicant)
        body = squeezed(client.get(own))
        assert "It goes on in the next batch, in a few minutes." in body
    the_clock_at(CUT_OFF)
    batch = Call.objects.get(batch_of=world.call)
    with clock_at(CUT_OFF + SECOND):
        body = squeezed(client.get(page))
        assert "The batch that is open now:" in body
        assert f"/calls/{batch.slug}/" in body
        assert client.get(f"{page}current/").headers["Location"] == f"/calls/{batch.slug}/"
        assert list(open_calls(CUT_OFF + SECOND)) == [batch]


def test_the_page_tells_whoever_submits_too_late_in_which_batch_it_is(
    world: World, client: Client
) -> None:
    with clock_at(CUT_OFF):
        client.force_login(world.applicant)
        url = f"/applications/{world.draft.reference}/submit/"
        body = squeezed(client.post(url, follow=True))
    assert "The cut-off had passed when it reached us" in body


def test_titles_are_told_apart_by_the_cut_off() -> None:
    was, now = (2027, dt.date(2027, 2, 15)), (2028, dt.date(2028, 2, 15))
    named = retitled({"en": "Join us in 2027"}, was, now)
    assert named == {"en": "Join us in 2028, batch of 15 February 2028"}
    assert retitled(named, now, now) == named


def test_an_officer_says_by_which_cut_offs_and_until_when(world: World, client: Client) -> None:
    draft = a_rolling_call(Intake(), state="draft", officer=world.officer)
    url = f"/desk/calls/{draft.reference}/intake/"
    with clock_at(NOW):
        client.force_login(world.officer)
        Account.objects.filter(pk=world.officer.pk).update(is_demonstration=True)
        tab = Tab(client, url, field="cut_offs")
        page = tab.fill(cut_offs="03-31, 29 February").send()
        assert "is no day of every year" in squeezed(page)
        tab = Tab(client, url, field="cut_offs")
        said = tab.fill(cut_offs="03-31 09-30", last_on="2030-12-31").send()
        assert said.status_code == 302
        draft.refresh_from_db()
        kept = Intake(("03-31", "09-30"), dt.date(2030, 12, 31))
        assert read_terms(draft.design).intake == kept
        reading = squeezed(client.get(f"/desk/calls/{world.call.reference}/intake/"))
        assert "02-15, 05-31" in reading


def test_an_amendment_ends_the_call_with_the_batch_that_is_open(world: World) -> None:
    officer, call = world.officer, world.call
    begin_amendment(call=call, actor=officer, now=NOW)
    change_intake(
        call=call, changes={"last_on": dt.date(2027, 2, 15)},
        base_revision=call.revision, actor=officer, now=NOW,
    )  # fmt: skip
    call = Call.objects.get(pk=call.pk)
    announce_amendment(
        call=call, because="The programme ends.", actor=officer, now=NOW,
        expected_sha256=content_hash(amended_body(call, call.design)),
    )  # fmt: skip
    call = Call.objects.get(pk=call.pk)
    assert intake_in_words(call, NOW)[1] == "This is the last batch: no other follows it."
    the_clock_at(CUT_OFF)
    assert not Call.objects.filter(batch_of=call).exists()


def test_what_follows_is_not_changed_in_a_batch_that_has_closed(world: World) -> None:
    change = Change(("intake", "last_on"), ("intake", "last_on"), None, "2027-05-31")
    assert [each.code for each in reasons_against(world.call, [change], CUT_OFF)] == [
        "batch_closed"
    ]
    assert reasons_against(world.call, [change], NOW) == []


def test_whoever_was_decided_comes_again_as_the_rules_say(world: World) -> None:
    sentence = both("Whoever was decided says what has changed since.", "من صدر قرار بشأنه يبيّن.")
    rule = Rule(
        "B1", "count_at_most", sentence, {"fact": "decided_before", "most": 0},
        when=Answered("relevance", is_answered=False),
    )  # fmt: skip
    again = RuleSet("again", both("Again", "مجددًا"), rules=(rule,))
    terms = replace(get_terms(world.call), rules=(again.to_dict(),))
    call = make_call(officer=world.officer, terms=terms, title={"en": "Once more", "ar": "مجددًا"})
    before = make_application(call, applicant=world.applicant)
    add_documents(before)
    submitted(before, NOW)
    with clock_at(CUT_OFF):
        open_batches(0)
    Application.objects.filter(pk=before.pk).update(state="decided", decided_at=NOW)
    batch = Call.objects.get(batch_of=call)
    later = make_application(batch, applicant=world.applicant, now=CUT_OFF)
    assert judge_draft(later).eligibility is Eligibility.ELIGIBLE
    later.answers.pop("relevance")
    assert judge_draft(later).eligibility is Eligibility.NOT_ELIGIBLE
    first = make_application(batch, now=CUT_OFF)
    first.answers.pop("relevance")
    assert judge_draft(first).eligibility is Eligibility.ELIGIBLE
