"""What happens around the steps of a call where something is missing, or somebody stands
elsewhere: refused in words, or nothing.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import advance_applications
from anso.applications.actions.letter_slots import slot_of
from anso.applications.actions.participants import join_account
from anso.applications.models import Application, Letter, Participant
from anso.applications.queries.participants import beneficiaries_of
from anso.audit.models import Entry
from anso.calls.models import Call
from anso.decisions.actions import compute_selection
from anso.decisions.queries import get_desk_run_for
from anso.directory.models import Person
from anso.kernel.actors import SETUP, WORKER
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.notifications.queries import messages_visible_to
from anso.review.actions import make_dossier
from anso.review.queries.reading import assignments_of_call, reviewers_of_call
from anso.review.queries.rebuttals import applications_to_answer, own_rebuttals_of
from tests.cast import Cast
from tests.factories.applications import make_application
from tests.factories.calls import make_call
from tests.factories.directory import make_account
from tests.factories.notifications import make_message
from tests.factories.review import make_reviewer, release_read_words
from tests.factories.steps import make_outline, make_two_step_call, named, noon

pytestmark = pytest.mark.django_db


@pytest.fixture
def call(cast: Cast) -> Call:
    return make_two_step_call(officer=cast.programme_officer)


def test_the_officer_reads_the_name_of_the_step_to_which_it_was_led_on(
    call: Call, cast: Cast, client: Client
) -> None:
    outline = make_outline(call, cast.applicant)
    review, now = named(call, "review"), noon(call, "full_proposals", 5)
    advance_applications(applications=[outline], step=review, actor=SETUP, now=now)
    client.force_login(cast.programme_officer)
    page = client.get(f"/desk/applications/{outline.reference}/").content.decode()
    assert f"<bdi>{review.label['en']}</bdi>" in page
    assert "<bdi>review</bdi>" not in page


def test_an_application_is_advanced_to_a_later_review_without_writing_again(
    call: Call, cast: Cast
) -> None:
    outline = make_outline(call, cast.applicant)
    review, now = named(call, "review"), noon(call, "full_proposals", 5)
    before = outline.submission
    advance_applications(applications=[outline], step=review, actor=SETUP, now=now)
    outline.refresh_from_db()
    assert (outline.step, outline.state, outline.submission) == (review, "eligible", before)
    assert Entry.objects.filter(verb="advance_application").count() == 1
    with pytest.raises(Refused):
        advance_applications(applications=[outline], step=review, actor=cast.applicant, now=now)


def test_a_dossier_is_made_only_where_the_application_stands(call: Call, cast: Cast) -> None:
    outline = make_outline(call, cast.applicant)
    with pytest.raises(BadInput, match="does not stand there"):
        make_dossier(
            actor=SETUP,
            application=outline,
            step=named(call, "review"),
            now=noon(call, "review"),
        )


def test_a_call_without_reviews_has_nothing_to_rank_or_answer(call: Call, cast: Cast) -> None:
    now = noon(call, "answers", 0)
    answers = named(call, "answers")
    make_reviewer(call, now=noon(call, "review"))
    call.steps.filter(block="review").delete()
    call = Call.objects.get(pk=call.pk)
    answers.call = call
    assert not applications_to_answer(answers).exists()
    assert not assignments_of_call(call, now).exists()
    assert [each.in_force for each in reviewers_of_call(call, now)] == [0]
    with pytest.raises(Refused, match="nobody answers the reviewers"):
        release_read_words(actor=cast.programme_officer, call=call, now=now)
    call.steps.all().delete()
    with pytest.raises(BadInput, match="no step in which anything is ranked"):
        compute_selection(actor=cast.programme_officer, call=Call.objects.get(pk=call.pk), now=now)


def test_a_step_that_a_call_does_not_have_is_no_page(call: Call, cast: Cast) -> None:
    with pytest.raises(Http404):
        get_desk_run_for(
            cast.programme_officer, call.reference, None, noon(call, "review"), "interviews"
        )


def test_somebody_who_is_not_signed_in_was_asked_nothing() -> None:
    assert not own_rebuttals_of(AnonymousUser()).exists()  # type: ignore[arg-type]


def test_a_letter_whose_question_is_gone_has_no_place(cast: Cast) -> None:
    application = make_application(make_call(), applicant=cast.applicant)
    with pytest.raises(BadInput, match="No letter is asked for there"):
        slot_of(application, Letter(application=application, kind="referee", question_key="gone"))


def test_processes_of_the_system_read_all_messages(now: dt.datetime) -> None:
    message = make_message()
    assert list(messages_visible_to(WORKER, now)) == [message]
    assert not messages_visible_to(make_account(), now).exists()
    assert Message.objects.count() == 1


def named_without_account(application: Application, **fields: object) -> Participant:
    return Participant.objects.create(
        application=application, role="nominee", order=7, full_name="Amina Yusuf", **fields
    )


def test_an_account_without_a_person_becomes_that_of_whoever_was_named(
    cast: Cast, now: dt.datetime
) -> None:
    application = make_application(make_call(), applicant=cast.applicant)
    person = Person.objects.create(full_name="Amina Yusuf")
    participant = named_without_account(application, person=person)
    account: Account = make_account("amina@example.org")
    joined = join_account(participant=participant, account=account, now=now)
    person.refresh_from_db()
    assert (joined.person, person.account) == (person, account)
    again = join_account(participant=participant, account=make_account(), now=now)
    person.refresh_from_db()
    assert (again.person, person.account) == (person, account)
    assert participant in beneficiaries_of(application)
