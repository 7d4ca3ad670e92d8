"""After the release: an offer is taken back, a decision corrected. What follows for others is shown
first, the person reads why, and the letters stand on their page as they were sent.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.notices import OF_APPLICANTS
from anso.audit.models import Entry
from anso.awards.actions import (
    accept_offer,
    correct_outcome,
    decline_offer,
    make_offers,
    remind_of_offer,
    revoke_offer,
)
from anso.awards.models import Offer
from anso.awards.queries import next_after
from anso.awards.rules import may_revoke_offer
from anso.calls.models import CallOfficer
from anso.decisions.actions import notify_decided_applicants
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries.correcting import results_open_to
from anso.decisions.rules import may_correct_decision
from anso.kernel.actors import CLOCK, WORKER
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.outcomes import OUTCOMES
from tests.factories.applications import make_submitted_application
from tests.factories.calls import YEAR, make_call
from tests.factories.decisions import SELECTED, Contest, make_contest, released, small_terms
from tests.factories.notifications import make_message
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
LATER = SELECTED + dt.timedelta(days=3)
WHY = "A letter was overlooked"


def decided(contest: Contest) -> Contest:
    run = released(contest)
    make_offers(actor=WORKER, call=contest.call, now=SELECTED)
    notify_decided_applicants(actor=WORKER, run=run, now=SELECTED)
    return contest


def a_world() -> Contest:
    """Two places for four: the first two hold offers, two wait."""
    with clock_at(LATER):
        return decided(make_contest((6, 5, 4, 3), terms=small_terms(2)))


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return deepcopy(made)


def decision_of(application: Application) -> Decision:
    return Decision.objects.select_related("application__call").get(application=application)


def offer_to(application: Application) -> Offer | None:
    found = Offer.objects.select_related("application__call")
    return found.filter(application=application).order_by("-id").first()


def held(application: Application) -> Offer:
    found = offer_to(application)
    assert found is not None
    return found


def writer(application: Application) -> Account:
    account = application.applicant.account
    assert account is not None
    return account


def correct(contest: Contest, application: Application, result: str, place: str = "") -> Decision:
    return correct_outcome(
        actor=contest.officer,
        decision=decision_of(application),
        result=result,
        place=place,
        because=WHY,
        now=LATER,
    )


def states(contest: Contest) -> list[str]:
    """How the latest offer of each stands; blank for who has none."""
    return [getattr(offer_to(each), "state", "") for each in contest.applications]


def test_an_accepted_offer_is_taken_back_told_and_passed_on(
    contest: Contest, client: Client
) -> None:
    first, _second, third, _fourth = contest.applications
    accept_offer(actor=writer(first), offer=held(first), now=SELECTED)
    client.force_login(contest.officer)
    listed = client.get(reverse("awards:offers", args=[contest.call.reference])).content.decode()
    page = reverse("awards:settle", args=[held(first).reference, "revoke"])
    assert page in listed, "the desk leads there"
    asked = client.get(page).content.decode()
    assert third.number in asked
    assert "the acceptance counts no more" in asked
    assert client.post(page, {"because": " "}).status_code == 422
    client.post(page, {"because": "The diploma is forged"})
    assert states(contest) == ["revoked", "made", "made", ""]
    assert held(third).follows == held(first)
    mail = Message.objects.get(code="awards.revoked")
    assert mail.recipient == writer(first)
    assert "Why: The diploma is forged" in mail.body
    assert Entry.objects.get(verb="revoke_offer").because == "The diploma is forged"
    client.force_login(writer(first))
    outcome = client.get(reverse("awards:outcome", args=[first.reference])).content.decode()
    assert "We took our offer back" in outcome
    assert "The diploma is forged" in outcome
    assert "Accept the offer" not in outcome
    with pytest.raises(Refused, match="no longer stands"):
        revoke_offer(actor=contest.officer, offer=held(first), because="Again", now=LATER)


def test_what_was_taken_back_by_mistake_is_offered_again(contest: Contest) -> None:
    first = contest.applications[0]
    revoke_offer(actor=contest.officer, offer=held(first), because="Mistaken", now=LATER)
    assert states(contest) == ["revoked", "made", "made", ""]
    correct(contest, first, Result.SELECTED)
    assert states(contest) == ["made", "made", "made", ""], "nobody loses theirs"
    decline_offer(
        actor=writer(contest.applications[1]),
        offer=held(contest.applications[1]),
        reason="",
        now=LATER,
    )
    assert states(contest) == ["made", "declined", "made", "made"], "the list goes on as before"


def test_one_who_was_wronged_is_given_a_place_above_the_number(
    contest: Contest, client: Client
) -> None:
    fourth = contest.applications[3]
    client.force_login(contest.officer)
    desk = client.get(reverse("decisions:decisions", args=[contest.call.reference]))
    page = reverse("awards:correct", args=[decision_of(fourth).reference])
    assert page in desk.content.decode()
    chosen = {"instead": "selected:phd-ustc", "because": WHY}
    shown = client.post(page, chosen).content.decode()
    assert "It stands beside the 2 that the call gives, of which 2 are held" in shown
    assert "1 other waits: the list goes on as before" in shown
    assert WHY in shown
    assert decision_of(fourth).result == Result.WAITING, "nothing has happened yet"
    assert WHY in client.post(page, chosen | {"back": "1"}).content.decode()
    client.post(page, chosen | {"confirmed": "yes"})
    assert states(contest) == ["made", "made", "", "made"]
    changed = decision_of(fourth)
    assert (changed.result, changed.place, changed.waiting_position) == (
        "selected",
        "phd-ustc",
        None,
    )
    mail = Message.objects.get(code="decisions.corrected")
    assert mail.recipient == writer(fourth)
    assert f"Why: {WHY}" in mail.body
    assert "comes in a mail of its own" in mail.body
    entry = Entry.objects.get(verb="correct_decision")
    assert entry.changes["result"] == ["waiting", "selected"]
    assert Message.objects.filter(code="awards.offer", recipient=writer(fourth)).exists()
    first = contest.applications[0]
    decline_offer(actor=writer(first), offer=held(first), reason="", now=LATER)
    assert states(contest) == ["declined", "made", "made", "made"], "the list goes on as before"
    client.force_login(contest.officer)
    desk = client.get(reverse("awards:offers", args=[contest.call.reference])).content.decode()
    assert "Beside the number, by correction" in desk
    revoking = reverse("awards:settle", args=[held(fourth).reference, "revoke"])
    assert "is passed on to nobody" in client.get(revoking).content.decode()
    decline_offer(actor=writer(fourth), offer=held(fourth), reason="", now=LATER)
    assert states(contest) == ["declined", "made", "made", "declined"]


def test_whom_a_correction_gave_something_reads_of_nobody_who_is_next(
    contest: Contest, client: Client
) -> None:
    first, _second, _third, fourth = contest.applications
    correct(contest, fourth, Result.SELECTED, "phd-ustc")
    soon = held(first).respond_by - dt.timedelta(days=1)
    for each in (first, fourth):
        remind_of_offer(actor=CLOCK, offer=held(each), now=soon)
    said: dict[str, list[str]] = {}
    for who in (first, fourth):
        client.force_login(writer(who))
        outcome = reverse("awards:outcome", args=[who.reference])
        declining = reverse("awards:decline", args=[held(who).reference])
        mails = Message.objects.filter(
            recipient=writer(who), code__in=["awards.offer", "awards.reminder"]
        )
        pages = [client.get(page).content.decode() for page in (outcome, declining)]
        done = client.post(declining, {"reason": ""}, follow=True).content.decode()
        said[who.number] = [*(mail.body for mail in mails), *pages, done]
    assert [len(each) for each in said.values()] == [5, 5]
    next_one = "next person on the list, if there is one."
    assert all(next_one in words for words in said[first.number])
    assert not any("next person" in words for words in said[fourth.number])
    assert "You cannot take it back." in said[fourth.number][3]
    assert "You declined. Thank you for telling us early." in said[fourth.number][4]


def test_one_who_was_selected_wrongly_loses_the_offer_to_the_next(
    contest: Contest, client: Client
) -> None:
    first, _second, third, _fourth = contest.applications
    client.force_login(contest.officer)
    page = reverse("awards:correct", args=[decision_of(first).reference])
    shown = client.post(page, {"instead": "ineligible", "because": WHY}).content.decode()
    assert "The offer that stands is taken back." in shown
    assert third.number in shown
    client.post(page, {"instead": "ineligible", "because": WHY, "confirmed": "yes"})
    assert states(contest) == ["revoked", "made", "made", ""]
    assert decision_of(first).result == Result.INELIGIBLE
    assert not Message.objects.filter(code="awards.revoked").exists(), "one mail says it"
    client.force_login(writer(first))
    outcome = client.get(reverse("awards:outcome", args=[first.reference])).content.decode()
    assert "was not eligible" in outcome
    assert WHY in outcome


def test_who_leaves_the_waiting_list_by_a_correction_is_not_asked(
    contest: Contest, client: Client
) -> None:
    first, _second, third, fourth = contest.applications
    client.force_login(contest.officer)
    page = reverse("awards:correct", args=[decision_of(third).reference])
    shown = client.post(page, {"instead": "unplaced", "because": WHY}).content.decode()
    assert "leaves the waiting list" in shown
    correct(contest, third, Result.UNPLACED)
    decline_offer(actor=writer(first), offer=held(first), reason="", now=LATER)
    assert states(contest) == ["declined", "made", "", "made"]
    again = client.post(page, {"instead": "ineligible", "because": WHY}).content.decode()
    assert "Nothing changes for others." in again
    correct(contest, third, Result.SELECTED, "phd-ucas")
    assert held(third).place == "phd-ucas"
    assert held(fourth).state == "made"


def test_the_reason_alone_is_corrected_and_the_offer_stays(
    contest: Contest, client: Client
) -> None:
    first, second = contest.applications[:2]
    client.force_login(contest.officer)
    page = reverse("awards:correct", args=[decision_of(first).reference])
    shown = client.post(page, {"instead": "same", "because": WHY}).content.decode()
    assert "The offer stays as it is" in shown
    client.post(page, {"instead": "same", "because": WHY, "confirmed": "yes"})
    assert states(contest) == ["made", "made", "", ""]
    client.force_login(writer(first))
    outcome = client.get(reverse("awards:outcome", args=[first.reference])).content.decode()
    assert WHY in outcome
    decline_offer(actor=writer(second), offer=held(second), reason="", now=LATER)
    client.force_login(contest.officer)
    page = reverse("awards:correct", args=[decision_of(second).reference])
    shown = client.post(page, {"instead": "same", "because": WHY}).content.decode()
    assert "Nothing is offered anew" in shown
    correct(contest, second, Result.SELECTED)
    assert held(second).state == "declined", "what its holder gave back is not offered again"


def test_a_correction_needs_a_choice_and_a_reason_and_loses_nothing(
    contest: Contest, client: Client
) -> None:
    fourth = contest.applications[3]
    client.force_login(contest.officer)
    page = reverse("awards:correct", args=[decision_of(fourth).reference])
    assert (
        "Choose what is decided instead"
        in client.post(page, {"instead": "selected:moon", "because": WHY}).content.decode()
    )
    answer = client.post(page, {"instead": "unplaced", "because": " "})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    for result, place, reason, said in (
        ("waiting", "", " ", "Say why"),
        ("invited", "", WHY, "Choose what is decided"),
        ("selected", "moon", WHY, "Choose what is given"),
    ):
        with pytest.raises(BadInput, match=said):
            correct_outcome(
                actor=contest.officer,
                decision=decision_of(fourth),
                result=result,
                place=place,
                because=reason,
                now=LATER,
            )
    assert decision_of(fourth).corrected_at is None


def test_who_takes_part_or_does_not_work_on_the_call_corrects_nothing(
    contest: Contest, client: Client
) -> None:
    fourth = contest.applications[3]
    page = reverse("awards:correct", args=[decision_of(fourth).reference])
    client.force_login(writer(fourth))
    assert client.get(page).status_code == 404
    client.force_login(contest.chair)
    assert client.get(page).status_code == 403
    CallOfficer.objects.create(call=contest.call, account=writer(fourth), since_at=SELECTED)
    verdict = may_correct_decision(writer(fourth), decision_of(fourth), LATER)
    assert [each.code for each in verdict.reasons] == ["takes_part"]
    Application.objects.filter(pk=fourth.pk).update(state="withdrawn", withdrawn_at=LATER)
    verdict = may_correct_decision(contest.officer, decision_of(fourth), LATER)
    assert [each.code for each in verdict.reasons] == ["withdrawn"]
    unreleased = decision_of(fourth)
    unreleased.state = "prepared"
    verdict = may_correct_decision(contest.officer, unreleased, LATER)
    assert [each.code for each in verdict.reasons] == ["not_released"]


def test_letters_stand_on_the_page_as_they_were_sent_and_only_those(
    contest: Contest, client: Client
) -> None:
    first, fourth = contest.applications[0], contest.applications[3]
    page = reverse("awards:outcome", args=[fourth.reference])
    client.force_login(writer(fourth))
    assert "What we wrote to you" not in client.get(page).content.decode(), "it waits, or is held"
    mails = Message.objects.filter(recipient=writer(fourth), code="decisions.waiting")
    mails.update(state="sent", sent_at=LATER, body="Word for word, as it left.")
    shown = client.get(page).content.decode()
    assert "Word for word, as it left." in shown
    client.force_login(writer(first))
    other = client.get(reverse("awards:outcome", args=[first.reference])).content.decode()
    assert "Word for word" not in other
    Message.objects.filter(code="awards.offer").update(state="sent", sent_at=LATER)
    other = client.get(reverse("awards:outcome", args=[first.reference])).content.decode()
    assert Message.objects.get(recipient=writer(first), code="awards.offer").subject in other
    make_message(
        code=OF_APPLICANTS, about_type="applications.application", about_id=first.pk,
        recipient=writer(first), state="sent", sent_at=LATER, subject="We moved house",
    )  # fmt: skip
    other = client.get(reverse("awards:outcome", args=[first.reference])).content.decode()
    assert "We moved house" in other


def unknown_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    for register in (KINDS, OUTCOMES):
        monkeypatch.setattr(register, "_placed", dict(register._placed))
    OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
    KINDS.add(FIELD_SCHOOLS.code, FIELD_SCHOOLS, order=len(KINDS))


@pytest.mark.parametrize("kind", ["prize", "collaborative_research", FIELD_SCHOOLS.code])
def test_every_kind_corrects_in_its_own_words(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown_kind(monkeypatch)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    # The days of one call, so that each can be judged at the same time.
    terms = replace(find_kind(kind).terms_for(YEAR), stages=small_terms().stages)
    contest = decided(make_contest((3, 1), kind=kind, terms=terms))
    one = contest.applications[1]
    correct(contest, one, Result.INELIGIBLE)
    assert not Offer.objects.filter(application=one, state__in=("made", "accepted")).exists()
    client.force_login(contest.officer)
    page = reverse("awards:correct", args=[decision_of(one).reference])
    asked = client.get(page).content.decode()
    assert "octoral" not in asked, "nothing of the fellowship"
    value = asked.split('value="selected:')[1].split('"')[0]
    chosen = {"instead": f"selected:{value}", "because": WHY}
    assert "is offered at once" in client.post(page, chosen).content.decode()
    client.post(page, chosen | {"confirmed": "yes"})
    assert held(one).state == "made"
    first, second = Message.objects.filter(code="decisions.corrected").order_by("id")
    assert first.recipient == second.recipient == writer(one)
    assert "not eligible" in first.body
    assert "mail of its own" in second.body
    assert Message.objects.filter(code="awards.offer", about_id=held(one).pk).exists()


def test_what_led_to_a_further_step_keeps_its_result(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    decision = decision_of(contest.applications[0])
    assert len(results_open_to(decision)) > 1
    monkeypatch.setattr("anso.decisions.queries.correcting.step_after", lambda *_: decision.step)
    assert results_open_to(decision) == [decision.result]


def test_nobody_takes_back_an_offer_that_is_made_to_them(contest: Contest) -> None:
    first = contest.applications[0]
    assert not may_revoke_offer(writer(first), held(first), LATER)
    assert may_revoke_offer(contest.officer, held(first), LATER)


def test_before_a_selection_nobody_follows() -> None:
    assert next_after(make_submitted_application(make_call())) == []


def test_whoever_is_offered_something_by_anothers_file_hears_that_it_is_taken_back(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = contest.applications[0]
    monkeypatch.setattr("anso.awards.actions.correcting.is_written_for_others", lambda _each: True)
    correct(contest, first, "unplaced")
    assert Message.objects.filter(code="awards.revoked", about_id=held(first).pk).exists()
