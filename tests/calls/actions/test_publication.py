"""Publication freezes what a call promises; extension, cancellation and completion follow."""

from __future__ import annotations

import datetime as dt
import hashlib

import pytest

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.calls import actions, queries
from anso.calls.models import Call
from anso.kernel.canonical import canonical_json, content_hash
from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused
from anso.questionnaires.queries import versions_of
from tests.cast import Cast
from tests.factories.calls import make_call

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


def test_publication_freezes_terms_and_forms_under_one_hash(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    expected = content_hash(actions.compose_terms(draft))
    actions.publish_call(call=draft, expected_sha256=expected, actor=officer, now=now)
    frozen = queries.get_frozen_terms(Call.objects.get(pk=draft.pk))
    assert frozen is not None
    assert (
        frozen.sha256
        == expected
        == hashlib.sha256(canonical_json(frozen.body).encode()).hexdigest()
    )
    assert draft.state == "published"
    assert draft.published_at == now
    assert all(versions_of(draft).values_list("published_at", flat=True))
    assert frozen.body["forms"]["application"] == queries.get_form(draft)[1].hash
    assert Entry.objects.get(verb="publish_call").because == f"terms {expected}"


def test_a_draft_that_changed_after_the_page_was_opened_is_not_published(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    seen = content_hash(actions.compose_terms(draft))
    actions.change_call_text(
        call=draft,
        title={"en": "Other"},
        summary={"en": "Other"},
        base_revision=0,
        actor=officer,
        now=now,
    )
    with pytest.raises(BadInput, match="changed after you opened"):
        actions.publish_call(call=draft, expected_sha256=seen, actor=officer, now=now)
    assert Call.objects.get(pk=draft.pk).state == "draft"


def test_a_fault_that_blocks_prevents_publication(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    versions_of(draft).filter(purpose="referee").delete()
    with pytest.raises(BadInput, match="their form is missing"):
        actions.publish_call(call=draft, actor=officer, now=now)


def test_a_call_whose_deadline_passed_is_not_published(draft: Call, officer: Account) -> None:
    with pytest.raises(Refused, match="deadline"):
        actions.publish_call(call=draft, actor=officer, now=draft.closes_at)


def test_nobody_else_publishes_and_nobody_twice(draft: Call, cast: Cast, now: dt.datetime) -> None:
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                actions.publish_call(call=draft, actor=account, now=now)
    actions.publish_call(call=draft, actor=cast.programme_officer, now=now)
    with pytest.raises(Refused, match="frozen"):
        actions.publish_call(call=draft, actor=cast.programme_officer, now=now)


def test_readiness_names_what_is_missing_and_where(draft: Call, now: dt.datetime) -> None:
    draft.title, draft.summary = {"ar": "عنوان"}, {}
    draft.closes_at = now - DAY
    draft.design = {"rubric": {"criteria": []}}
    versions_of(draft).all().delete()
    found = {(fault.part, str(fault)) for fault in queries.find_faults(draft, now)}
    assert ("text", "The call has no English title.") in found
    assert ("dates", "The closing lies in the past.") in found
    assert ("names_of_stages", "No stage says when everybody hears of the results.") in found
    assert ("questions", "Nothing is asked: the form is missing.") in found


def test_a_short_window_is_pointed_out_but_does_not_block(draft: Call, now: dt.datetime) -> None:
    draft.closes_at = now + 5 * DAY
    faults = [fault for fault in queries.find_faults(draft, now) if "four weeks" in str(fault)]
    assert [fault.is_blocking for fault in faults] == [False]


def test_questions_must_offer_what_the_terms_name(draft: Call, now: dt.datetime) -> None:
    draft.design["levels"] = [
        *draft.design["levels"],
        {"key": "postdoc", "label": {"en": "Postdoc"}},
    ]
    assert any("“level” does not offer" in str(fault) for fault in queries.find_faults(draft, now))
    version = versions_of(draft).get(purpose="application")
    version.definition = {
        "sections": [
            s
            for s in version.definition["sections"]
            if all(q["key"] != "level" for q in s["questions"])
        ]
    }
    version.sha256 = "another"
    version.save()
    found = {str(fault): fault.is_blocking for fault in queries.find_faults(draft, now)}
    assert found["The question “level” is missing: what is given depends on its answer."]
    assert not found["The question “level” is missing: the two-minute check asks it."]


def test_an_extension_moves_the_deadline_for_everyone_with_a_reason(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    before = call.closes_at
    extension = actions.extend_call(
        call=call,
        base_revision=call.revision,
        closes_at=before + DAY,
        because="Storm in Kenya",
        actor=cast.programme_officer,
        now=now,
    )
    assert queries.is_open(Call.objects.get(pk=call.pk), before + HOUR)
    assert (extension.previous_closes_at, extension.closes_at) == (before, before + DAY)
    entry = Entry.objects.get(verb="extend_call")
    assert (entry.because, entry.actor) == ("Storm in Kenya", cast.programme_officer)


def test_an_extension_only_moves_later_with_a_reason_and_in_time(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    with pytest.raises(BadInput, match="later than the present"):
        actions.extend_call(
            call=call,
            base_revision=call.revision,
            closes_at=call.closes_at,
            because="x",
            actor=officer,
            now=now,
        )
    with pytest.raises(BadInput, match="Say why"):
        actions.extend_call(
            call=call,
            base_revision=call.revision,
            closes_at=call.closes_at + DAY,
            because=" ",
            actor=officer,
            now=now,
        )
    draft = make_call(state="draft", officer=officer)
    with pytest.raises(Refused, match="not published"):
        actions.extend_call(
            call=draft,
            base_revision=draft.revision,
            closes_at=call.closes_at + DAY,
            because="x",
            actor=officer,
            now=now,
        )
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                actions.extend_call(
                    call=call,
                    base_revision=call.revision,
                    closes_at=call.closes_at + DAY,
                    because="x",
                    actor=account,
                    now=now,
                )


def test_outages_near_the_deadline_propose_the_lost_time_in_full_hours(cast: Cast) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    late = call.closes_at - HOUR
    assert queries.propose_extension(call, late) is None
    for start, end in (
        (late - 6 * HOUR, late - 5 * HOUR),
        (late - 2 * HOUR, late - HOUR + dt.timedelta(minutes=10)),
    ):
        actions.record_outage(
            starts_at=start, ends_at=end, remark="Database", actor=officer, now=late
        )
    proposal = queries.propose_extension(call, late)
    assert proposal is not None
    assert (proposal.hours, len(proposal.outages)) == (3, 2)
    actions.extend_call(
        call=call,
        base_revision=call.revision,
        closes_at=proposal.closes_at,
        because="Outage",
        actor=officer,
        now=late,
    )
    assert queries.propose_extension(call, late) is None


def test_time_that_several_outages_share_was_lost_once(cast: Cast) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    late = call.closes_at - HOUR
    for start, end in ((6, 3), (5, 4), (4, 2), (4, 2), (2, 1)):
        actions.record_outage(
            starts_at=late - start * HOUR,
            ends_at=late - end * HOUR,
            remark="Reported by each of us",
            actor=officer,
            now=late,
        )
    proposal = queries.propose_extension(call, late)
    assert proposal is not None
    assert proposal.hours == 5, "from six hours before until one hour before"
    assert proposal.closes_at == call.closes_at + 5 * HOUR


def test_an_outage_long_before_the_deadline_proposes_nothing(cast: Cast) -> None:
    call = make_call()
    early = call.closes_at - 10 * DAY
    actions.record_outage(
        starts_at=early - HOUR,
        ends_at=early,
        remark="Network",
        actor=cast.programme_officer,
        now=early,
    )
    assert queries.propose_extension(call, call.closes_at - HOUR) is None


def test_outages_are_recorded_by_officers_and_afterwards(cast: Cast, now: dt.datetime) -> None:
    officer = cast.programme_officer
    for start, end, remark, words in (
        (now, now - HOUR, "x", "end after it starts"),
        (now, now + HOUR, "x", "when it is over"),
        (now - HOUR, now, " ", "what could not"),
    ):
        with pytest.raises(BadInput, match=words):
            actions.record_outage(
                starts_at=start, ends_at=end, remark=remark, actor=officer, now=now
            )
    with pytest.raises(Refused):
        actions.record_outage(
            starts_at=now - HOUR, ends_at=now, remark="x", actor=cast.applicant, now=now
        )


def test_a_call_is_cancelled_with_a_reason(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    with pytest.raises(BadInput, match="Say why"):
        actions.cancel_call(call=call, because="", actor=officer, now=now)
    actions.cancel_call(call=call, because="No money", actor=officer, now=now)
    assert (call.state, call.cancelled_at) == ("cancelled", now)
    with pytest.raises(Refused, match="already over"):
        actions.cancel_call(call=call, because="again", actor=officer, now=now)


def test_a_call_is_completed_after_it_closed(cast: Cast, now: dt.datetime) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    with pytest.raises(Refused, match="has not closed yet"):
        actions.complete_call(call=call, actor=officer, now=now)
    actions.complete_call(call=call, actor=officer, now=call.closes_at)
    assert call.state == "completed"


def test_two_officers_who_cancel_at_once_cancel_once(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    same = Call.objects.get(pk=call.pk)
    actions.cancel_call(call=call, because="No money", actor=cast.programme_officer, now=now)
    with pytest.raises(StaleTransition):
        actions.cancel_call(call=same, because="No money", actor=cast.programme_officer, now=now)
