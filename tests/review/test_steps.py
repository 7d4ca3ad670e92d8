"""Whoever judges in a later step judges what was handed in for it, and nothing of an earlier
one.
"""

from __future__ import annotations

import re

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from anso.applications.models import Application
from anso.applications.wording.export_columns import columns_of_list
from anso.calls.models import Call
from anso.calls.queries import get_form, get_terms
from anso.decisions.queries.inputs import get_selection_inputs
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.review.actions import (
    assign_reviewer,
    invite_by_mail,
    invite_reviewer,
    make_dossier,
    submit_review,
)
from anso.review.actions.inviting_by_mail import Asking
from anso.review.forms import read_invitees
from anso.review.models import Dossier, Reviewer
from anso.review.queries import assignments_visible_to, dossier_of
from tests.cast import Cast
from tests.factories.applications import make_submitted_application, store_application
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_person
from tests.factories.review import (
    IN_REVIEW,
    account_of,
    make_assignment,
    make_eligible_application,
    make_review,
    make_reviewer,
)
from tests.factories.steps import (
    DAY,
    led_on,
    make_outline,
    make_two_step_call,
    named,
    noon,
)

pytestmark = pytest.mark.django_db
OUTLINE, FULL = "The outline, as it was first written", "The full proposal, which is judged now"


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_two_step_call(officer=cast.programme_officer)


@pytest.fixture
def application(call: Call, cast: Cast) -> Application:
    return make_outline(call, cast.applicant, title=OUTLINE)


@pytest.fixture
def reviewer(call: Call) -> Reviewer:
    return make_reviewer(call)


def hand_in_full(application: Application) -> None:
    """Led to the second window, written anew there, submitted and found eligible."""
    led_on(application, title=FULL)


def test_a_reviewer_of_the_second_step_reads_its_submission_and_one_of_the_first_never(
    call: Call, application: Application, reviewer: Reviewer, client: Client
) -> None:
    first = make_assignment(application, reviewer, now=noon(call, "outline_review"))
    make_review(first, 4, now=noon(call, "outline_review"))
    hand_in_full(application)
    second = make_assignment(application, reviewer, accepted=True, now=noon(call, "review"))
    assert {each.step.key for each in application.submissions.all()} == {
        "outlines",
        "full_proposals",
    }
    found = {each.pk: each for each in assignments_visible_to(account_of(second))}
    assert dossier_of(found[first.pk]).body["title"] == OUTLINE
    assert dossier_of(found[second.pk]).body["title"] == FULL
    assert "The outline, as" not in str(dossier_of(found[second.pk]).body)
    client.force_login(account_of(second))
    listed = client.get("/reviews/").content.decode()
    assert OUTLINE in listed
    assert FULL in listed


def test_there_is_one_dossier_of_each_step(call: Call, application: Application) -> None:
    step = named(call, "outline_review")
    dossier = make_dossier(
        actor=SETUP, application=application, step=step, now=noon(call, "outline_review")
    )
    copy = {"application": application, "submission_sha256": "", "body": {}, "sha256": ""}
    with pytest.raises(IntegrityError, match="review_dossier_one_per_step"), transaction.atomic():
        Dossier.objects.create(step=step, made_at=dossier.made_at, **copy)
    Dossier.objects.create(step=named(call, "review"), made_at=dossier.made_at, **copy)


def test_an_outline_is_not_judged_as_a_full_proposal(
    call: Call, application: Application, reviewer: Reviewer
) -> None:
    now = noon(call, "review")
    with pytest.raises(BadInput, match="not among those that are judged in"):
        assign_reviewer(
            actor=SETUP, application=application, reviewer=reviewer, due_at=now + 5 * DAY, now=now
        )


def test_each_selection_reads_the_reviews_of_its_own_step(
    call: Call, application: Application, reviewer: Reviewer
) -> None:
    outline_review, review = named(call, "outline_review"), named(call, "review")
    early, late = noon(call, "outline_review"), noon(call, "review")
    make_review(make_assignment(application, reviewer, now=early), 2, now=early)
    (given,) = get_selection_inputs(call, outline_review).task.reviews
    assert set(given.scores.values()) == {2}
    hand_in_full(application)
    assert not get_selection_inputs(call, outline_review).task.candidates, "it has gone on"
    assert not get_selection_inputs(call, review).task.reviews, "the outline's does not count"
    make_review(make_assignment(application, reviewer, now=late), 5, now=late)
    (given,) = get_selection_inputs(call, review).task.reviews
    assert set(given.scores.values()) == {5}


def test_whoever_has_not_reviewed_an_outline_in_time_is_no_longer_asked_to(
    call: Call, application: Application, reviewer: Reviewer
) -> None:
    early = noon(call, "outline_review")
    open_still = make_assignment(application, reviewer, accepted=True, now=early)
    hand_in_full(application)
    assert not assignments_visible_to(account_of(open_still)).exists()
    open_still.refresh_from_db()
    entries = {"comment_for_panel": "Late"}
    with pytest.raises(Refused, match="no longer in the selection"):
        submit_review(
            actor=account_of(open_still), assignment=open_still, entries=entries,
            base_revision=0, now=early + DAY,
        )  # fmt: skip


def test_a_reviewer_reads_the_partners_in_words_and_where_their_own_words_go(
    call: Call,
    application: Application,
    reviewer: Reviewer,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    at = noon(call, "outline_review")
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)
    assignment = make_assignment(application, reviewer, accepted=True, now=at)
    client.force_login(account_of(assignment))
    page = client.get(f"/reviews/{assignment.reference}/").content.decode()
    assert "Institute 1 of NP, Nepal, Partner 1" in page
    assert "{&#x27;" not in page
    assert "<bdi>Kenya</bdi>" in page
    assert "Sent with the decision" in page
    later = led_on(application)
    assignment = make_assignment(later, reviewer, accepted=True, now=noon(call, "review"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon(call, "review"))
    client.force_login(account_of(assignment))  # months have passed
    page = client.get(f"/reviews/{assignment.reference}/").content.decode()
    assert "<bdi>No</bdi>" in page
    assert "may answer before anything is decided" in page


def test_lists_have_no_column_that_a_call_gives_no_meaning(
    call: Call, application: Application, cast: Cast, client: Client
) -> None:
    client.force_login(cast.programme_officer)
    of_research = {
        name: client.get(reverse(name, args=[call.reference])).content.decode()
        for name in ("applications:table", "applications:screening", "review:call_assignments")
    }
    for page in of_research.values():
        assert not {"Place asked", "First host"}.intersection(headings(page))
    assert "Required letters" in headings(of_research["applications:table"])
    other = make_call(officer=cast.programme_officer)
    page = client.get(reverse("applications:table", args=[other.reference])).content.decode()
    assert headings(page) == [], "an empty list has none"
    make_submitted_application(other)
    page = client.get(reverse("applications:table", args=[other.reference])).content.decode()
    assert {"Place asked", "First host"} <= set(headings(page))
    for each, is_there in ((call, False), (other, True)):
        columns = columns_of_list(each, cast.programme_officer, noon(call, "screening")).headings
        assert {"level", "host", "level_code"}.isdisjoint(columns) is not is_there


def test_who_is_nominated_stands_once_where_the_title_is_the_subject(
    cast: Cast, client: Client
) -> None:
    prize = make_call(make_programme("prize"), officer=cast.programme_officer)
    file = store_application(
        "eligible",
        call=prize,
        applicant=make_person("Nominator"),
        form_version=get_form(prize)[0],
        number="P27-00001",
        subject_name="Kofi Mensah",
        title="Kofi Mensah",
    )
    client.force_login(cast.programme_officer)
    for name in ("applications:table", "review:call_assignments"):
        page = client.get(reverse(name, args=[prize.reference])).content.decode()
        assert "Title" not in headings(page)
        assert page.count(file.subject_name) == 1
    one = reverse("review:application_assignments", args=[prize.reference, file.number])
    assert client.get(one).content.decode().count(f"<bdi>{file.subject_name}</bdi>") <= 1
    columns = columns_of_list(prize, cast.programme_officer, IN_REVIEW).headings
    assert "title" not in columns
    other = make_call(officer=cast.programme_officer)
    file = make_eligible_application(other)
    for name in ("applications:table", "review:call_assignments"):
        page = client.get(reverse(name, args=[other.reference])).content.decode()
        assert "Title" in headings(page)
    assert "title" in columns_of_list(other, cast.programme_officer, IN_REVIEW).headings
    host = get_terms(other).host(file.first_preference)
    page = client.get(reverse("applications:table", args=[other.reference])).content.decode()
    assert f"<td>{host.label}</td>" in page
    assert f">{host.key}<" not in page


def headings(page: str) -> list[str]:
    cells = re.findall(r"<th[^>]*scope=\"col\"[^>]*>(.*?)</th>", page, re.DOTALL)
    return [re.sub(r"<[^>]+>", "", cell).strip() for cell in cells]


@pytest.mark.parametrize(
    ("step", "named_as"), [("outline_review", "Review of outlines"), ("review", "Review")]
)
def test_whoever_is_asked_to_review_reads_for_which_review(
    call: Call, client: Client, step: str, named_as: str
) -> None:
    now = noon(call, step)
    known = make_person("Ada Known")
    invite_by_mail(
        actor=SETUP,
        call=call,
        lines=read_invitees("Ada New, ada@uni.example.org").lines,
        asking=Asking(6, now.date() + 2 * DAY, "en"),
        now=now,
    )
    reviewer = invite_reviewer(actor=SETUP, call=call, person=known, capacity=3, now=now)
    sentence = f"The review is “{named_as}”; it closes on"
    asked = Message.objects.get(code="review.asked")
    assert sentence in asked.body
    assert sentence in Message.objects.get(code="review.invitation").body
    page = re.search(r"/reviews/asked/[\w-]+/", asked.secret)
    assert page
    own = reverse("review:invitation", args=[reviewer.reference])
    with time_machine.travel(now, tick=False):
        client.force_login(known.account)  # type: ignore[arg-type]
        for address in (page[0], own):
            assert sentence in client.get(address).content.decode()
