"""What is won by a nomination is offered to the nominee, who answers by a link or signed in;
whoever nominated hears what became of the file and is promised nothing.
"""

from __future__ import annotations

import datetime as dt
import re
from copy import deepcopy

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from anso.accounts.models import Account, ScopedLink
from anso.applications.models import Participant
from anso.applications.queries.participants import beneficiaries_of
from anso.awards import rules
from anso.awards.actions import accept_offer, decline_offer
from anso.awards.actions.award_details import keep_award_detail
from anso.awards.models import Offer
from anso.awards.queries import LINK_OUTLIVES_OFFER
from anso.awards.tasks import lapse_due_offers, remind_of_due_offers
from anso.decisions.actions import notify_decided_applicants
from anso.decisions.models import Decision
from anso.decisions.wording.correcting import correction_told
from anso.kernel.actors import WORKER
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.site.wording import todo_items_for
from tests.factories.awards import holder_by_link, link_in, make_offered
from tests.factories.calls import YEAR
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.factories.directory import make_account, make_person
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db

PROMISED = re.compile(r"\b(?:you receive|offer you|confer on you|your award)\b", re.IGNORECASE)
NOMINEE = "nominee.1@example.org"


def a_world() -> Contest:
    """Three nominations of three people for one award, released and offered."""
    with clock_at(SELECTED):
        contest = make_contest((5, 4, 3), kind="prize", terms=find_kind("prize").terms_for(YEAR))
        make_offered(contest)
        run = contest.call.selection_runs.get()
        notify_decided_applicants(actor=WORKER, run=run, now=SELECTED)
    return contest


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    return deepcopy(made)


@pytest.fixture
def offer(contest: Contest) -> Offer:
    return Offer.objects.get()


def nominator_of(contest: Contest, place: int = 0) -> Account:
    account = contest.applications[place].applicant.account
    assert account is not None
    return account


def mails_to(email: str) -> dict[str, Message]:
    """The latest mail of every sort about what became of things."""
    found = Message.objects.filter(email=email).order_by("id")
    return {each.code: each for each in found if each.code.startswith(("awards", "decisions"))}


def test_the_award_is_offered_to_the_nominee_and_not_to_the_nominator(
    contest: Contest, offer: Offer
) -> None:
    mail = mails_to(NOMINEE)["awards.offer"]
    assert "Dear Wanjiru Kamau 1," in mail.body
    assert "Lifetime Achievement Award" in mail.body
    assert "{link}" in mail.body
    assert link_in(mail).startswith("/offers/by-link/")
    assert list(mails_to(nominator_of(contest).email)) == ["awards.chosen"]
    with pytest.raises(Refused, match="somebody else"):
        accept_offer(actor=nominator_of(contest), offer=offer, now=SELECTED)


def test_a_nominee_is_led_by_a_link_to_the_letter_that_says_something_new(
    contest: Contest, offer: Offer, client: Client
) -> None:
    link = link_in(mails_to(NOMINEE)["awards.offer"])
    assert client.get(f"{link}letter.pdf").status_code == 200
    officer = contest.call.officers.select_related("account")[0].account
    keep_award_detail(
        call=contest.call,
        host="",
        starts_on=dt.date(2027, 9, 1),
        contact="",
        steps={},
        actor=officer,
        now=SELECTED,
    )
    mail = mails_to(NOMINEE)["awards.letter_changed"]
    assert "The letter says now: 1 September 2027" in mail.body
    assert "awards.letter_changed" not in mails_to(nominator_of(contest).email)
    page = client.get(link_in(mail)).content.decode()
    assert "It replaces the one that you have" in page
    assert client.get(f"{link_in(mail)}letter.pdf").status_code == 200
    assert "It replaces the one" not in client.get(link_in(mail)).content.decode()


def test_whoever_leads_is_offered_nothing_where_somebody_is_nominated(contest: Contest) -> None:
    file = contest.applications[0]
    file.participants.filter(role="nominator").update(role="lead")
    assert [each.role for each in beneficiaries_of(file)] == ["nominee"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_nominator_hears_what_became_of_the_file_and_is_promised_nothing(
    language: str, monkeypatch: pytest.MonkeyPatch, client: Client
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    made = make_contest((5, 4), kind="prize", terms=find_kind("prize").terms_for(YEAR))
    Account.objects.update(language=language)
    make_offered(made)
    chosen = mails_to(nominator_of(made).email)["awards.chosen"]
    words = {
        "en": ("It was chosen", "We have written to Wanjiru Kamau 1"),
        "ar": ("لقد اختير", "كتبنا إلى Wanjiru Kamau 1"),
    }
    for said in words[language]:
        assert said in chosen.body
    assert not PROMISED.search(chosen.subject + chosen.body)
    assert "{link}" not in chosen.body
    client.force_login(nominator_of(made))
    page = client.get(
        f"/applications/{made.applications[0].reference}/outcome/",
        headers={"accept-language": language},
    ).content.decode()
    assert words[language][1] in page
    for absent in ("/accept/", "/decline/", "What you receive", "ما الذي تحصل عليه"):
        assert absent not in page


def test_those_next_in_line_are_told_to_their_nominator_alone(contest: Contest) -> None:
    waiting = mails_to(nominator_of(contest, 1).email)["decisions.waiting"]
    assert "your nomination" in waiting.body
    assert mails_to("nominee.2@example.org") == {}


def test_a_get_of_the_link_shows_and_only_a_post_decides(offer: Offer, client: Client) -> None:
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    page = client.get(address).content.decode()
    for words in ("We confer: Lifetime", "This page is for", "What you receive", "Medal"):
        assert words in page
    offer.refresh_from_db()
    assert offer.state == "made"
    done = client.post(address, {"act": "accept"}, follow=True).content.decode()
    assert "You accepted." in done
    assert "visa" not in done
    offer.refresh_from_db()
    assert offer.state == "accepted"


def test_whoever_accepts_by_a_link_reads_at_once_what_they_have_and_in_one_language(
    offer: Offer, client: Client
) -> None:
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    arabic = {"accept-language": "ar"}
    done = client.post(address, {"act": "accept"}, headers=arabic, follow=True)
    page = done.content.decode()
    assert done.status_code == 200
    assert done.redirect_chain[-1][0] != address
    assert client.get(address).status_code == 410, "the link that was forwarded is over"
    for words in ("قبلت العرض.", "ما تحصل عليه", "letter.pdf"):
        assert words in page
    assert "You accepted" not in page


def test_an_officer_reads_after_which_nominee_an_award_was_passed_on(
    contest: Contest, offer: Offer, client: Client
) -> None:
    decline_offer(actor=holder_by_link(offer), offer=offer, reason="", now=SELECTED)
    client.force_login(contest.officer)
    page = client.get(f"/desk/calls/{contest.call.reference}/offers/").content.decode()
    assert f"After <bdi>{offer.application.subject_name}</bdi>." in page


def test_the_nominator_is_told_of_yes_and_the_nominee_thanked(
    contest: Contest, offer: Offer
) -> None:
    accept_offer(actor=holder_by_link(offer), offer=offer, now=SELECTED)
    told = mails_to(nominator_of(contest).email)["awards.answered"]
    assert "Wanjiru Kamau 1 has accepted." in told.body
    assert told.subject.endswith(": Wanjiru Kamau 1 has accepted"), "a subject is no sentence"
    thanks = mails_to(NOMINEE)["awards.accepted"]
    assert "You accepted" in thanks.body
    assert "visa" not in thanks.body
    assert link_in(thanks) != link_in(mails_to(NOMINEE)["awards.offer"])


def test_a_nominator_whose_decision_is_corrected_is_promised_no_offer(contest: Contest) -> None:
    decision = Decision.objects.get(application=contest.applications[0])
    told = correction_told(decision)["result"]
    assert told == "What is decided now: award. What follows from it comes in a mail of its own."


def test_a_nominee_says_no_and_the_award_goes_on(
    contest: Contest, offer: Offer, client: Client
) -> None:
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    refused = client.post(address, {"act": "decline", "reason": "e" * 302})
    assert (refused.status_code, "you have 302, 2 too many" in refused.text) == (422, True)
    assert "e" * 302 in refused.text
    page = client.post(address, {"act": "decline", "reason": "Too early."}, follow=True)
    assert "The award was declined" in page.content.decode()
    offer.refresh_from_db()
    assert (offer.state, offer.decline_reason) == ("declined", "Too early.")
    told = mails_to(nominator_of(contest).email)["awards.answered"]
    passed_on = "The award goes to the next in line, if there is one."
    assert f"Wanjiru Kamau 1 has declined. {passed_on}" in told.body
    assert "Too early" not in told.body
    assert "awards.offer" in mails_to("nominee.2@example.org")
    assert "awards.chosen" in mails_to(nominator_of(contest, 1).email)


def test_a_nominee_who_never_answers_is_reminded_and_then_passed_over(
    contest: Contest, offer: Offer, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = link_in(mails_to(NOMINEE)["awards.offer"])
    monkeypatch.setattr(
        "django.utils.timezone.now", lambda: offer.respond_by - dt.timedelta(days=2)
    )
    remind_of_due_offers(0)
    reminder = link_in(mails_to(NOMINEE)["awards.reminder"])
    assert reminder != first
    assert "We confer" in client.get(first).content.decode(), "the mail at hand works too"
    assert "We confer" in client.get(reminder).content.decode()
    monkeypatch.setattr("django.utils.timezone.now", lambda: offer.respond_by)
    lapse_due_offers(0)
    assert "The offer has lapsed" in client.get(reminder).content.decode()
    refused = client.post(reminder, {"act": "accept"})
    assert refused.status_code == 403
    assert "no longer stands" in refused.content.decode()
    told = mails_to(nominator_of(contest).email)["awards.answered"]
    assert "Wanjiru Kamau 1 did not answer in time." in told.body
    assert "awards.offer" in mails_to("nominee.2@example.org")


def test_a_link_that_was_forwarded_and_used_twice_decides_once(
    offer: Offer, client: Client
) -> None:
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    client.post(address, {"act": "accept"})
    # Accepting wrote a newer mail; whoever still holds the older one is told so, and decides no
    # more.
    again = Client().post(address, {"act": "decline"})
    assert again.status_code == 410
    assert "This offer was answered" in again.content.decode()
    offer.refresh_from_db()
    assert offer.state == "accepted"
    newest = link_in(mails_to(NOMINEE)["awards.accepted"])
    twice = client.post(newest, {"act": "accept"})
    assert twice.status_code == 403
    assert "You have accepted this offer." in twice.content.decode()


def test_links_that_are_unknown_or_have_expired_are_told_in_words(
    offer: Offer, client: Client
) -> None:
    unknown = client.get("/offers/by-link/nothing/")
    assert unknown.status_code == 404
    assert "cut off by your mail program" in unknown.content.decode()
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    long_ago = SELECTED - dt.timedelta(days=90)
    ScopedLink.objects.update(created_at=long_ago, expires_at=SELECTED)
    Offer.objects.update(respond_by=SELECTED - LINK_OUTLIVES_OFFER)
    expired = client.get(address)
    assert expired.status_code == 410
    assert "has expired" in expired.content.decode()


def test_the_link_of_a_nominee_does_not_open_the_offer_of_whoever_stands_there_later(
    offer: Offer, client: Client
) -> None:
    """A row of participants belongs to a place: the second nominee stands where the first stood."""
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    (holder,) = beneficiaries_of(offer.application)
    Participant.objects.filter(pk=holder.pk).update(email="somebody.else@example.org")
    moved = client.get(address)
    assert moved.status_code == 410
    assert "no longer yours to use" in moved.content.decode()
    assert holder.full_name not in moved.content.decode()
    assert client.post(address, {"act": "accept"}).status_code == 410
    offer.refresh_from_db()
    assert offer.state == "made"
    Participant.objects.filter(pk=holder.pk).update(email=NOMINEE.upper())
    assert "We confer" in client.get(address).content.decode(), "the same address, spelled anew"
    Participant.objects.filter(pk=holder.pk).delete()
    assert client.get(address).status_code == 410


def test_an_offer_that_is_extended_keeps_its_links(offer: Offer, client: Client) -> None:
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    long_ago = SELECTED - dt.timedelta(days=90)
    ScopedLink.objects.update(created_at=long_ago, expires_at=SELECTED)
    assert "We confer" in client.get(address).content.decode()


def test_the_link_of_one_offer_answers_no_other(contest: Contest, offer: Offer) -> None:
    accept_offer(actor=holder_by_link(offer), offer=offer, now=SELECTED)
    holder = holder_by_link(offer)
    offer.pk += 1
    assert rules.may_answer_offer(holder, offer, SELECTED).reasons[0].code == "not_yours"


def test_a_nominee_who_signs_in_with_the_named_address_answers_from_their_pages(
    offer: Offer, client: Client
) -> None:
    account = make_account("kamau@example.org")
    EmailAddress.objects.create(user=account, email=NOMINEE, verified=True)
    (item,) = todo_items_for(account, SELECTED)
    assert item.url == f"/offers/{offer.reference}/"
    client.force_login(account)
    assert "We confer: Lifetime" in client.get(item.url).content.decode()
    client.post(f"/offers/{offer.reference}/accept/")
    offer.refresh_from_db()
    assert offer.state == "accepted"
    assert client.get(f"/applications/{offer.application.reference}/").status_code == 404


def test_a_nominee_who_signs_in_with_another_address_says_by_the_link_who_they_are(
    offer: Offer, client: Client
) -> None:
    person = make_person("Wanjiru Kamau")
    assert person.account is not None
    client.force_login(person.account)
    assert client.get(f"/offers/{offer.reference}/").status_code == 404
    address = link_in(mails_to(NOMINEE)["awards.offer"])
    assert "show this among my own pages" in client.get(address).content.decode()
    client.post(address, {"act": "accept", "is_mine": "yes"})
    assert client.get(f"/offers/{offer.reference}/").status_code == 200
    (holder,) = beneficiaries_of(offer.application)
    assert holder.person == person


def test_whoever_only_forwards_the_link_does_not_become_the_nominee(
    contest: Contest, offer: Offer, client: Client
) -> None:
    client.force_login(nominator_of(contest))
    client.post(link_in(mails_to(NOMINEE)["awards.offer"]), {"act": "accept"})
    (holder,) = beneficiaries_of(offer.application)
    assert holder.person != contest.applications[0].applicant
