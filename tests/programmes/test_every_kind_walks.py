"""Every kind of the catalogue walks from its draft to accepted offers through the same actions: the
pipeline knows no programme.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from anso.accounts.models import Account
from anso.applications.actions import check_applications, screen_applications, submit_application
from anso.applications.models import Application, Letter
from anso.applications.queries.participants import beneficiaries_of
from anso.awards.actions import accept_offer, make_offers
from anso.awards.queries import OpenedOffer
from anso.calls.actions import (
    Edition,
    OutcomeChanges,
    change_outcome,
    create_call,
    name_body,
    publish_call,
)
from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.queries import get_form, get_terms
from anso.decisions.actions import (
    compute_selection,
    confirm_selection,
    outcome_mailing,
    propose_selection,
    release_decisions,
)
from anso.directory.models import Person
from anso.kernel.terms import to_plain
from anso.notifications.actions import release_letters
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.programmes.outcomes import Grant, Places
from anso.review.actions import (
    accept_assignment,
    accept_invitation,
    assign_reviewers,
    invite_reviewer,
    submit_review,
)
from anso.review.queries import propose_assignments
from tests.factories.answers import answers_asking_everybody, answers_for
from tests.factories.applications import (
    add_documents,
    agree_before_submission,
    give_all_letters,
    make_application,
)
from tests.factories.calls import YEAR, make_programme
from tests.factories.decisions import make_officer, with_one_review
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import review_entries
from tests.times import zones_told

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
APPLICANTS = 4


def account_of(person: Person) -> Account:
    assert person.account is not None
    return person.account


def stage_start(call: Call, block: str) -> dt.datetime:
    """Noon of the second day of a stage."""
    found = [stage for stage in get_terms(call).stages if stage.block == block]
    assert found, f"{call.programme.kind} has no stage of the block {block}"
    stage = found[0]
    return dt.datetime.combine(stage.starts_on + DAY, dt.time(12), dt.UTC)


def published(kind: str, officer: Account, chairs: dict[str, Account]) -> Call:
    """A call of the kind with its bodies and one place in every group, so that not everybody is
    placed.
    """
    call = create_call(
        programme=make_programme(kind),
        edition=Edition(YEAR),
        actor=officer,
        now=dt.datetime.combine(KINDS[kind].window.opens_on(YEAR), dt.time(), dt.UTC) - 30 * DAY,
    )
    now = call.opens_at - 10 * DAY
    for function, chair in chairs.items():
        body = make_body("board" if function == "conferring" else "panel")
        make_mandate(Person.objects.get(account=chair), "chair", body)
        facts = {"function": BodyFunction(function), "body": body, "actor": officer, "now": now}
        name_body(call=call, base_revision=call.revision, **facts)
    terms = with_one_review(get_terms(call))
    part = terms.outcome.with_counts(dict.fromkeys(terms.outcome.counted(), 1))
    if isinstance(part, Places):
        nodes = tuple(replace(node, favour=()) for node in part.nodes)
        part = replace(part, nodes=nodes, reserves=(), country_ceiling=None)
    if isinstance(part, Grant):
        part = replace(part, most=1)
    call.design = to_plain(replace(terms, outcome=part))
    call.save(update_fields=["design"])
    days: OutcomeChanges = {"offer_days": terms.offer_days + 1}
    change_outcome(call=call, changes=days, base_revision=call.revision, actor=officer, now=now)
    return publish_call(call=call, actor=officer, now=now)


def applied(call: Call, number: int) -> Application:
    """One complete application, submitted in the middle of the window."""
    now = call.opens_at + 3 * DAY
    account = account_of(make_person(f"Applicant {number}"))
    _, form = get_form(call)
    # One of them answers so that everybody is asked for a letter who can be.
    answers = (
        answers_asking_everybody(form, get_terms(call), number)
        if number == APPLICANTS
        else answers_for(form, number)
    )
    application = make_application(call, applicant=account, answers=answers, now=now)
    add_documents(application, now)
    agree_before_submission(application, now)
    submit_application(application=application, actor=account, arrived_at=now, now=now)
    application.refresh_from_db()
    return application


def judged(call: Call, officer: Account) -> None:
    """Everybody is screened and reviewed as often as the call asks."""
    now = stage_start(call, "screening")
    found = list(Application.objects.filter(call=call))
    for application in found:
        give_all_letters(application, at=call.opens_at + 5 * DAY)
    check_applications(applications=found, actor=officer, now=now)
    screen_applications(applications=found, verb="confirm_eligible", actor=officer, now=now)
    now = stage_start(call, "review")
    for number in range(get_terms(call).rubric.reviews_each + 1):
        person = make_person(f"Reviewer {number}")
        reviewer = invite_reviewer(actor=officer, call=call, person=person, capacity=20, now=now)
        accept_invitation(actor=account_of(person), reviewer=reviewer, capacity=20, now=now)
    pairs = propose_assignments(call, now).pairs
    for each in assign_reviewers(actor=officer, call=call, pairs=pairs, due_at=now + DAY, now=now):
        who = account_of(each.reviewer.person)
        accept_assignment(actor=who, assignment=each, now=now)
        submit_review(
            actor=who,
            assignment=each,
            entries=review_entries(call, 2 + each.application_id % 3),
            base_revision=each.draft_revision,
            now=now,
        )


@pytest.mark.parametrize("kind", KINDS)
def test_a_call_of_the_kind_walks_from_its_draft_to_an_accepted_offer(kind: str) -> None:
    officer = make_officer()
    chairs = {each: account_of(make_person(f"Chair of {each}")) for each in KINDS[kind].bodies}
    call = published(kind, officer, chairs)
    for number in range(1, APPLICANTS + 1):
        applied(call, number)
    assert set(Letter.objects.values_list("kind", flat=True)) == {
        rule.kind for rule in get_terms(call).letters
    }
    judged(call, officer)
    now = stage_start(call, "decision")
    run = compute_selection(actor=officer, call=call, now=now)
    is_conferred = "conferring" in chairs
    run = propose_selection(
        actor=chairs["jury"] if is_conferred else officer, run=run, now=now, because="As it is."
    )
    assert run.figures["filled"] >= 1
    assert run.figures["holds"]
    confirm_selection(actor=list(chairs.values())[-1], run=run, now=now)
    release_decisions(actor=officer, run=run, now=now)
    offers = make_offers(actor=officer, call=call, now=now)
    assert len(offers) == run.figures["filled"]
    letters = Message.objects.filter(mailing__isnull=False, context_id=call.pk)
    assert set(letters.values_list("state", flat=True)) == {"held"}, "nobody is written to yet"
    mailing = outcome_mailing(run, officer, now)
    assert release_letters(mailing=mailing, actor=officer, now=now) == (len(letters), 0)
    assert set(letters.all().values_list("state", flat=True)) == {"waiting"}
    (holder,) = beneficiaries_of(offers[0].application)
    by_link = OpenedOffer(offers[0], holder).actor
    accepted = accept_offer(actor=by_link, offer=offers[0], now=now + DAY)
    assert accepted.state == "accepted"
    for message in Message.objects.all():
        zones_told(message.body + message.subject)
