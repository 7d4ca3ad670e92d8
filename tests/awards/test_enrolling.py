"""An admission that is accepted enters the organisation among the members; whom the directory knows
by a similar name is a question, and what is given back ends the membership.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from anso.awards.actions import (
    accept_offer,
    answer_enrolment,
    decline_offer,
    record_answer,
    revoke_offer,
)
from anso.awards.models import AwardDetail, Enrolment, Offer
from anso.awards.queries.enrolling import applied_by, known_as
from anso.awards.wording.enrolling import todo_enrolments_for
from anso.directory.models import Organisation
from anso.governance.models import Membership
from anso.governance.queries import members_on
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import KINDS
from tests.factories.awards import holder_of, make_offered
from tests.factories.calls import YEAR
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.factories.directory import make_country, make_organisation, make_person
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
DAY = SELECTED.date()


def a_world() -> Contest:
    """One organisation that is admitted, and has not answered."""
    with clock_at(SELECTED):
        stages = KINDS["fellowship"].terms_for(YEAR).stages
        terms = replace(KINDS["membership"].terms_for(YEAR), stages=stages)
        contest = make_contest((5,), kind="membership", terms=terms)
        make_offered(contest)
    return contest


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


@pytest.fixture
def offer(contest: Contest) -> Offer:
    return Offer.objects.get(application__call=contest.call)


def accept(offer: Offer) -> Enrolment:
    with clock_at(SELECTED):
        accept_offer(actor=holder_of(offer), offer=offer, now=SELECTED)
    return Enrolment.objects.get(offer=offer)


def test_whoever_accepts_is_a_member_that_day_and_stands_on_the_public_page(
    offer: Offer, contest: Contest, client: Client
) -> None:
    applied = applied_by(offer)
    assert not members_on(DAY).exists()
    membership = accept(offer).membership
    assert membership is not None
    assert (membership.admitted_on, membership.ended_on) == (DAY, None)
    found = membership.organisation
    assert (found.name, found.country_id, found.kind) == (
        applied.name, applied.country, applied.kind,
    )  # fmt: skip
    with clock_at(SELECTED):
        assert applied.name in client.get("/members/").content.decode()
        client.force_login(contest.officer)
        page = client.get(f"/desk/calls/{contest.call.reference}/register/").content.decode()
    assert f"/members/{found.reference}/" in page
    assert not todo_enrolments_for(contest.officer, SELECTED)


def test_a_yes_by_telephone_enters_it_too_from_the_day_that_letters_name(
    offer: Offer, contest: Contest
) -> None:
    later = DAY + dt.timedelta(days=20)
    AwardDetail.objects.create(call=contest.call, version=1, kept_at=SELECTED, starts_on=later)
    record_answer(
        actor=contest.officer, offer=offer, is_accepted=True, because="By phone", now=SELECTED
    )
    membership = Membership.objects.get()
    assert membership.admitted_on == later
    assert not members_on(DAY).exists()


@pytest.mark.parametrize("is_revoked", [True, False])
def test_what_is_given_back_or_taken_back_ends_the_membership(
    offer: Offer, contest: Contest, client: Client, *, is_revoked: bool
) -> None:
    accept(offer)
    later = SELECTED + dt.timedelta(days=9)
    if is_revoked:
        revoke_offer(actor=contest.officer, offer=offer, because="The act was forged.", now=later)
    else:
        decline_offer(actor=holder_of(offer), offer=offer, reason="", now=later)
    assert Membership.objects.get().ended_on == later.date()
    assert not members_on(later.date()).exists()
    with clock_at(later):
        client.force_login(contest.officer)
        page = client.get(f"/desk/calls/{contest.call.reference}/register/").content.decode()
    assert "ended on" in page


def test_given_back_on_the_same_day_it_was_a_member_for_that_day(offer: Offer) -> None:
    accept(offer)
    decline_offer(actor=holder_of(offer), offer=offer, reason="", now=SELECTED)
    assert Membership.objects.get().ended_on == DAY + dt.timedelta(days=1)


def known(offer: Offer, **changed: str) -> Organisation:
    """An organisation of the directory that is called nearly or exactly as the one that applied."""
    applied = applied_by(offer)
    fields = {"name": applied.name, "country_id": applied.country} | changed
    return make_organisation(**fields)


def test_the_very_same_name_is_the_same_organisation_and_no_second_record(offer: Offer) -> None:
    same = known(offer)
    before = Organisation.objects.count()
    membership = accept(offer).membership
    assert membership is not None
    assert membership.organisation == same
    assert Organisation.objects.count() == before


def test_a_member_is_not_admitted_twice_and_stays_when_the_offer_is_given_back(
    offer: Offer,
) -> None:
    own = Membership.objects.create(
        organisation=known(offer), number=7, period=DateRange(dt.date(2020, 1, 1), None)
    )
    assert accept(offer).membership == own
    decline_offer(actor=holder_of(offer), offer=offer, reason="", now=SELECTED)
    assert Membership.objects.get().ended_on is None


def test_one_that_left_comes_back_not_before_it_left_and_with_its_number(offer: Offer) -> None:
    left_on, own = DAY + dt.timedelta(days=3), known(offer)
    for begins, ends in (
        (dt.date(2020, 1, 1), dt.date(2021, 1, 1)),
        (dt.date(2022, 1, 1), left_on),
    ):
        Membership.objects.create(organisation=own, number=7, period=DateRange(begins, ends))
    AwardDetail.objects.create(
        call=offer.application.call, version=1, kept_at=SELECTED, starts_on=left_on
    )
    membership = accept(offer).membership
    assert membership is not None
    assert (membership.number, membership.admitted_on) == (7, left_on)


@pytest.mark.parametrize("is_new", [True, False])
def test_a_similar_name_is_a_question_that_an_officer_answers_once(
    offer: Offer, contest: Contest, client: Client, *, is_new: bool
) -> None:
    alike = known(offer, name=applied_by(offer).name.upper())
    asked = accept(offer)
    assert asked.membership is None
    assert not members_on(DAY).exists()
    (todo,) = todo_enrolments_for(contest.officer, SELECTED)
    address = f"/desk/calls/{contest.call.reference}/register/"
    assert todo.url == address
    with clock_at(SELECTED):
        client.force_login(contest.officer)
        page = client.get(address).content.decode()
        assert f'value="{alike.reference}"' in page
        assert "Nobody yet." in page
        wrong = client.post(address, {"enrolment": asked.reference, "is": "NONESUCH"})
        assert "Choose one of the answers in the list." in wrong.content.decode()
        chosen = "new" if is_new else alike.reference
        posted = {"enrolment": asked.reference, "is": chosen}
        assert client.post(address, posted).status_code == 302
        again = client.post(address, posted)
        assert "It was entered already." in again.content.decode()
    member = Membership.objects.get().organisation
    assert (member == alike) is not is_new
    assert not todo_enrolments_for(contest.officer, SELECTED)


def test_who_gave_it_back_before_the_answer_is_entered_nowhere(
    offer: Offer, contest: Contest
) -> None:
    known(offer, name=applied_by(offer).name.upper())
    asked = accept(offer)
    decline_offer(actor=holder_of(offer), offer=offer, reason="", now=SELECTED)
    asked = Enrolment.objects.get(pk=asked.pk)
    with pytest.raises(BadInput, match="not held any more"):
        answer_enrolment(enrolment=asked, organisation=None, actor=contest.officer, now=SELECTED)
    stranger = make_person("Nobody").account
    with pytest.raises(Refused):
        answer_enrolment(enrolment=asked, organisation=None, actor=stranger, now=SELECTED)  # type: ignore[arg-type]
    assert not Membership.objects.exists()


def test_elsewhere_only_the_same_words_are_alike(offer: Offer) -> None:
    applied = applied_by(offer)
    far = make_organisation(name=applied.name.lower(), country=make_country("CN"))
    make_organisation(name="Wholly Different Institute", country_id=applied.country)
    found = known_as(applied)
    assert (found.same, found.alike) == (None, (far,))


def test_a_call_that_admits_nobody_has_no_register(client: Client) -> None:
    with clock_at(SELECTED):
        other = make_contest((5,))
        client.force_login(other.officer)
        page = client.get(f"/desk/calls/{other.call.reference}/register/")
        overview = client.get(f"/desk/calls/{other.call.reference}/").content.decode()
    assert page.status_code == 403
    assert "Register of members" not in overview
