"""What is somebody's own is found from home, the navigation, the page of the call and what they
have to do; and what comes next is true in every state.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from anso.applications.actions import withdraw_application
from anso.applications.models import Application
from anso.applications.queries.letters import letter_form_of
from anso.applications.wording import standing_of
from anso.awards.actions import accept_offer, decline_offer
from anso.awards.models import Offer
from anso.kernel.matters import matters_of
from anso.programmes.catalogue import find_kind
from anso.review.models import Reviewer
from tests.cast import Cast
from tests.factories.answers import BY_TYPE
from tests.factories.applications import (
    NOW,
    give_letter,
    make_application,
    make_letter,
    make_submitted_application,
    put_in_state,
    write_letter,
)
from tests.factories.awards import holder_of, make_offered
from tests.factories.calls import YEAR, make_call, make_unlike_calls
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.factories.directory import make_account
from tests.factories.review import (
    IN_REVIEW,
    make_assignment,
    make_eligible_application,
    make_reviewer,
)
from tests.pages import queries_of, squeezed

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """Set the clock of the pages."""
    return lambda instant: monkeypatch.setattr("django.utils.timezone.now", lambda: instant)


def page(client: Client, address: str) -> str:
    return squeezed(client.get(address))


def test_whoever_submitted_finds_it_from_everywhere_while_a_supervisor_has_not_answered(
    cast: Cast, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    call = make_call()
    application = make_submitted_application(call, applicant=cast.applicant)
    for moment in (NOW, call.closes_at + DAY):
        at(moment)
        client.force_login(cast.applicant)
        for address in ("/", "/todo/", f"/calls/{call.slug}/"):
            text = page(client, address)
            assert f'href="/applications/{application.reference}/"' in text, (address, moment)
            assert "has not answered yet" in text or "have not answered yet" in text, address
            assert text.count("Your applications") == 1, "the navigation leads to them"
            assert "Nothing waits for you" not in text
    assert "Start application" not in page(client, f"/calls/{call.slug}/")
    at(call.closes_at + 400 * DAY)
    client.force_login(cast.applicant)
    assert "not answered yet" not in page(client, "/todo/"), "nobody is waited for any more"


def test_strangers_and_visitors_see_nothing_of_it(
    cast: Cast, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    at(NOW)
    call = make_call()
    application = make_submitted_application(call, applicant=cast.applicant)
    for account in (None, cast.stranger):
        client.logout() if account is None else client.force_login(account)
        for address in ("/", f"/calls/{call.slug}/"):
            text = page(client, address)
            assert application.number not in text
            assert "Your applications" not in text
    assert "Nothing waits for you" in page(client, "/todo/")


def test_a_referee_finds_what_was_given_and_can_change_it_until_it_is_due(
    cast: Cast, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    at(NOW)
    call = make_call()
    letter = make_letter(
        make_application(call, applicant=cast.applicant), email=cast.stranger.email
    )
    EmailAddress.objects.create(user=cast.stranger, email=cast.stranger.email, verified=True)
    questions = letter_form_of(letter).questions()
    write_letter(
        letter,
        {each.key: BY_TYPE[each.type](each, 3) for each in questions if each.type != "file"},
        now=NOW,
    )
    give_letter(letter, now=NOW)
    client.force_login(cast.stranger)
    for address in ("/todo/", f"/calls/{call.slug}/"):
        text = page(client, address)
        assert "You sent your letter for" in text
        assert f"/applications/letters/{letter.reference}/" in text
    (matter,) = matters_of(cast.stranger, NOW)
    assert client.get(matter.url).status_code == 302
    (late,) = matters_of(cast.stranger, call.closes_at + 400 * DAY)
    assert late.url == f"/calls/{call.slug}/"


def test_reviewers_find_their_reviews(
    cast: Cast, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    call = make_call()
    reviewer = make_reviewer(call, person=cast.stranger.person)
    at(IN_REVIEW)
    client.force_login(cast.stranger)
    assert "We write to you when there is something to judge" in page(client, "/")
    make_assignment(make_eligible_application(call), reviewer)
    for address in ("/", "/todo/", f"/calls/{call.slug}/"):
        text = page(client, address)
        assert "Reviews given: 0 of 1" in text, address
        assert "Your reviews" in text, address
    reviewer.assignments.update(state="submitted", submitted_at=IN_REVIEW)
    assert matters_of(cast.stranger, IN_REVIEW)[0].status == "reviews given"
    assert matters_of(cast.stranger, IN_REVIEW + 900 * DAY)[0].is_over
    Reviewer.objects.update(state="declined", answered_at=IN_REVIEW)
    assert matters_of(cast.stranger, IN_REVIEW) == []


def coming_of(application: Application, now: dt.datetime) -> str:
    found = Application.objects.get(pk=application.pk)
    return standing_of(found, now).coming


def test_what_happens_next_is_true_before_and_after_submission(cast: Cast) -> None:
    call = make_call()
    application = make_application(call, applicant=cast.applicant)
    draft = standing_of(application, NOW)
    assert (draft.heading, draft.coming, draft.steps[0].title) == ("Draft", "", "Call closes")
    after = call.closes_at + DAY
    late = standing_of(application, after)
    assert (late.heading, list(late.steps), late.is_over) == ("Not submitted", [], True)
    assert "what is not submitted is not judged" in late.coming
    withdraw_application(application=application, actor=cast.applicant, now=NOW)
    application.refresh_from_db()
    assert "you can start anew" in coming_of(application, NOW)
    assert coming_of(application, after) == "Nothing more: it is not judged."
    assert list(standing_of(application, NOW).steps) == []


def test_a_cancelled_call_promises_nothing(cast: Cast) -> None:
    application = make_submitted_application(applicant=cast.applicant)
    application.call.state = "cancelled"
    standing = standing_of(application, NOW)
    assert standing.coming == "Nothing more: the call was cancelled."
    assert list(standing.steps) == []


@pytest.mark.parametrize("state", ["eligible", "ineligible"])
def test_while_it_is_judged_screening_stays_unsaid(cast: Cast, state: str) -> None:
    application = put_in_state(make_application(applicant=cast.applicant), state)
    standing = standing_of(application, IN_REVIEW)
    assert (standing.word, standing.heading) == ("being judged", "We have your application")
    assert "eligible" not in standing.words
    assert any(step.is_current for step in standing.steps)


@pytest.fixture
def contest() -> Contest:
    """Three applicants, two places, both offered."""
    made = make_contest((6, 5, 4))
    make_offered(made)
    return made


def test_offered_accepted_declined_and_waiting_each_say_what_comes(
    contest: Contest, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    at(SELECTED)
    first, second = Offer.objects.order_by("id")[:2]
    offered = standing_of(first.application, SELECTED)
    assert (offered.word, offered.tone) == ("your answer is asked", "attn")
    assert "Accept or decline it by" in offered.words
    assert "goes to the next person on the list, if there is one." in offered.coming
    late = standing_of(first.application, first.respond_by)
    assert "The time to answer ended on" in late.words
    waiting = standing_of(Application.objects.get(pk=contest.applications[2].pk), SELECTED)
    assert waiting.heading == "You are on the waiting list"
    assert not waiting.is_over
    assert waiting.coming
    accept_offer(actor=holder_of(first), offer=first, now=SELECTED)
    accepted = standing_of(first.application, SELECTED)
    assert (accepted.word, accepted.is_over) == ("accepted", False)
    assert accepted.coming
    decline_offer(actor=holder_of(second), offer=second, reason="", now=SELECTED)
    declined = standing_of(second.application, SELECTED)
    assert (declined.word, declined.is_over) == ("declined", True)
    assert declined.coming == "Nothing more comes of it."
    for offer, heading in ((first, accepted.heading), (second, declined.heading)):
        client.force_login(holder_of(offer))
        text = page(client, f"/applications/{offer.application.reference}/")
        assert heading in text
        assert "What happens next" in text
        assert "Call closes" not in text


def test_nobody_reads_a_result_before_it_is_released(contest: Contest) -> None:
    application = contest.applications[0]
    application.decisions.update(state="prepared", released_at=None)
    Application.objects.filter(pk=application.pk).update(state="eligible", decided_at=None)
    assert standing_of(Application.objects.get(pk=application.pk), SELECTED).word == "being judged"


def test_one_three_and_ten_of_them_cost_the_same_number_of_queries(
    cast: Cast, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    at(NOW)
    client.force_login(cast.applicant)
    costs = {}
    for number, call in enumerate(make_unlike_calls(5), 1):
        make_submitted_application(call, applicant=cast.applicant)
        if number in (1, 3, 5):
            costs[number] = queries_of(client, "/")
    assert len(set(costs.values())) == 1, costs


def test_a_nominator_reads_of_the_nominee_and_the_nominee_finds_the_offer(
    client: Client, at: Callable[[dt.datetime], None]
) -> None:
    at(SELECTED)
    made = make_contest((5, 4, 3), kind="prize", terms=find_kind("prize").terms_for(YEAR))
    make_offered(made)
    offer = Offer.objects.get()
    nominee = make_account("nominee.1@example.org")
    EmailAddress.objects.create(user=nominee, email=nominee.email, verified=True)
    nomination = Application.objects.get(pk=offer.application_id)
    asked = standing_of(nomination, SELECTED)
    assert "can accept or decline until" in asked.words
    assert "Accept or decline it" not in asked.words, "the nominator is not the one who answers"
    matter, consent = matters_of(nominee, SELECTED)
    assert (consent.status, consent.is_over) == ("agreed", True)
    assert (matter.url, matter.is_over) == (f"/offers/{offer.reference}/", False)
    client.force_login(nominee)
    assert matter.url in page(client, f"/calls/{made.call.slug}/")
    assert nomination.number not in page(client, "/todo/"), "the nomination stays the nominator's"
    for state, told in (("accepted", "has accepted."), ("declined", "has declined.")):
        Offer.objects.update(state=state, answered_at=SELECTED)
        now = standing_of(Application.objects.get(pk=nomination.pk), SELECTED)
        assert told in now.words
        assert now.is_over is (state == "declined")
    assert matters_of(nominee, SELECTED)[0].is_over
    waiting = standing_of(Application.objects.get(pk=made.applications[1].pk), SELECTED)
    assert (waiting.is_over, "waiting list" in waiting.heading) == (False, False)
