"""The phases of a call above the pages of its desk tell the truth: what is done, what goes on, what
is late; and so does the word for its state.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.applications.actions import screen_applications
from anso.awards.models import Offer
from anso.calls.models import Call, Step
from anso.calls.wording import desk_phases, state_in_words
from anso.decisions.queries import calls_released
from anso.kernel.actors import CLOCK
from tests.cast import Cast
from tests.factories.applications import NOW, make_submitted_application
from tests.factories.awards import make_offered
from tests.factories.calls import make_call
from tests.factories.decisions import SELECTED, make_contest
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)
from tests.pages import squeezed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def states(call: Call, now: dt.datetime) -> dict[str, str]:
    fresh = Call.objects.get(pk=call.pk)
    return {
        str(each.label): each.state for each in desk_phases(fresh, CLOCK, "/", now) if each.state
    }


def word(call: Call, now: dt.datetime) -> str:
    fresh = Call.objects.get(pk=call.pk)
    return state_in_words(fresh, now, is_released=call.pk in calls_released([call]))[0]


def test_before_the_close_only_what_is_written_goes_on(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    make_submitted_application(call, applicant=cast.applicant)
    found = states(call, NOW)
    assert (found["Set up"], found["Applications"]) == ("done", "now")
    assert {found[each] for each in ("Screening", "Review", "Selection", "Offers")} == {"ahead"}
    assert states(call, call.opens_at - DAY)["Applications"] == "ahead"
    assert (word(call, NOW), word(call, call.opens_at - DAY)) == ("open", "opens later")


def test_a_draft_is_late_once_it_should_have_opened() -> None:
    call = make_call(state="draft")
    assert states(call, call.opens_at - DAY)["Set up"] == "now"
    assert states(call, call.opens_at)["Set up"] == "late"
    assert states(call, call.opens_at)["Applications"] == "ahead"


def test_screening_is_late_when_its_days_are_over_and_done_when_nothing_waits(cast: Cast) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant)
    assert states(call, call.closes_at)["Applications"] == "done"
    assert states(call, call.closes_at)["Screening"] == "now"
    ends_on = Step.objects.get(call=call, block="screening").ends_on
    late = dt.datetime.combine(ends_on + 2 * DAY, dt.time(), dt.UTC)
    assert states(call, late)["Screening"] == "late"
    assert word(call, late - 4 * DAY) == "closed, eligibility is checked"
    screen_applications(
        verb="confirm_eligible",
        applications=[application],
        because="",
        actor=cast.programme_officer,
        now=call.closes_at,
    )
    assert states(call, late)["Screening"] == "done"
    Call.objects.filter(pk=call.pk).update(state="completed", completed_at=late)
    assert {*states(call, late).values()} <= {"done", "ahead"}


def test_review_goes_on_is_late_with_one_overdue_and_done_with_all_given() -> None:
    call = make_call()
    assignment = make_assignment(make_eligible_application(call), make_reviewer(call))
    assert states(call, IN_REVIEW)["Review"] == "now"
    assert word(call, IN_REVIEW) == "closed, being judged"
    assert states(call, assignment.due_at + DAY)["Review"] == "late"
    assignment.state, assignment.submitted_at = "submitted", IN_REVIEW
    assignment.save()
    assert states(call, assignment.due_at + DAY)["Review"] == "done"


def test_selection_is_late_after_the_day_on_which_everyone_was_to_hear() -> None:
    call = make_call()
    last = Step.objects.filter(call=call, block__in=["decision", "release"]).latest("ends_on")
    after = dt.datetime.combine(last.ends_on + 2 * DAY, dt.time(), dt.UTC)
    assert states(call, after)["Selection"] == "late"
    assert word(call, after) == "closed, being decided"


def test_after_the_release_results_are_out_and_offers_wait() -> None:
    contest = make_contest((6, 5, 4))
    call = contest.call
    assert states(call, SELECTED)["Selection"] == "now"
    make_offered(contest)
    assert word(call, SELECTED) == "results are out"
    assert states(call, SELECTED)["Selection"] == "done"
    assert states(call, SELECTED)["Offers"] == "now"
    offer = Offer.objects.order_by("id")[0]
    assert states(call, offer.respond_by + DAY)["Offers"] == "late"
    Offer.objects.update(state="accepted", answered_at=SELECTED)
    assert states(call, SELECTED)["Offers"] == "done"
    Offer.objects.order_by("id").last().delete()  # type: ignore[union-attr]
    assert states(call, SELECTED)["Offers"] == "late", "somebody selected has no offer"


def test_a_desk_page_shows_the_phases_with_words_for_who_sees_no_shapes(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest = make_contest((6, 5, 4))
    late = SELECTED + 300 * DAY
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    client.force_login(contest.chair)
    page = squeezed(client.get(f"/desk/calls/{contest.call.reference}/ranking/"))
    menu = page[page.index("Pages of this call") :].partition("</nav>")[0]
    assert 'class="is-late"' in menu
    assert '<small class="kept">late</small>' in menu
    assert "(done)" in menu
    # The outbox is for those who run the call: a chair is not led to a page that refuses them.
    assert (menu.count("<li"), ">Mail<" in menu) == (7, False)
    assert [each for each in ("Ranking", "Decisions", "Reviewers") if f">{each}<" in menu] == [
        "Ranking",
        "Decisions",
    ]
