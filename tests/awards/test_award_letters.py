"""The award letter: what it tells, what it leaves out honestly, and whether it still stands."""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.awards.actions import accept_offer, decline_offer, revoke_offer
from anso.awards.actions.award_details import keep_award_detail, take_letter
from anso.awards.models import AwardDetail, Offer
from anso.awards.queries.award_letters import (
    holders_of_letters,
    host_of_place,
    version_of_letter,
)
from anso.awards.wording.award_letters import (
    letter_payload,
    missing_before_release,
    missing_in_words,
)
from anso.calls.queries import get_terms
from anso.decisions.wording import told_before_release
from anso.kernel.errors import BadInput
from anso.kernel.terms import PlaceNode
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from anso.notifications.models import Message
from anso.programmes.outcomes import OUTCOMES, Places
from tests.cast import Cast
from tests.factories.awards import holder_of, make_offered_contest
from tests.factories.decisions import SELECTED, Contest, small_terms
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db


made = made_for_module(make_offered_contest)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    return deepcopy(made)


def officer_of(contest: Contest) -> Account:
    return contest.call.officers.select_related("account")[0].account


def first_offer() -> Offer:
    return Offer.objects.select_related("application__call").order_by("id")[0]


def say_all(contest: Contest, **changes: object) -> AwardDetail:
    said = {
        "starts_on": dt.date(2027, 9, 1),
        "contact": "Ms Zhao\nOffice of International Students\nzhao@ustc.example",
        "steps": {"en": "1. Ask us for form JW202.", "ar": "1. اطلب النموذج JW202."},
    }
    host = host_of_place(get_terms(contest.call), first_offer().place)
    return keep_award_detail(
        call=contest.call,
        host=host,
        actor=officer_of(contest),
        now=SELECTED,
        **(said | changes),  # type: ignore[arg-type]  # the facts above, some changed
    )


def test_the_letter_tells_what_is_said_and_leaves_out_what_nobody_said(contest: Contest) -> None:
    offer = first_offer()
    bare = letter_payload(offer, SELECTED)
    labels = [label for label, _value in bare["facts"]]
    assert "Host" in labels
    assert "Begins on" not in labels
    assert "Whom to write to" not in labels
    assert bare["blocks"] == []
    (line,) = told_before_release(contest.call)
    assert line == missing_before_release(contest.call)[0]
    assert "University of Science and Technology of China: Begins on, Whom to write to" in line
    say_all(contest)
    full = dict(letter_payload(offer, SELECTED)["facts"])
    assert full["Begins on"] == "1 September 2027"
    assert full["Whom to write to"].startswith("Ms Zhao\nOffice")
    assert "University of Science and Technology of China" in full["Host"]
    with override("ar"):
        arabic = letter_payload(offer, SELECTED)
    assert arabic["title"] == "خطاب تأكيد المقعد"
    assert "1. اطلب النموذج JW202." in arabic["blocks"][0]["text"]
    # Words of one language alone are better than none, and their lack is told to the officer.
    say_all(contest, steps={"en": "1. Ask us for form JW202."})
    with override("ar"):
        assert "JW202" in letter_payload(offer, SELECTED)["blocks"][0]["text"]
    assert any("Visa and arrival (العربية)" in each for each in missing_in_words(contest.call))


def test_a_place_is_at_the_host_of_the_group_that_it_stands_in() -> None:
    nodes = (
        PlaceNode("china", Text("In China"), 4),
        PlaceNode("ustc", Text("At USTC"), 2, "china", host="USTC"),
        PlaceNode("phd", Text("Doctoral"), 2, "ustc", "phd"),
        PlaceNode("master", Text("Anywhere"), 2, "china", "master"),
    )
    terms = replace(small_terms(), outcome=Places(nodes))
    assert [host_of_place(terms, key) for key in ("phd", "master", "gone")] == ["USTC", "", ""]


def test_offered_accepted_and_given_back(contest: Contest, client: Client) -> None:
    offer = first_offer()
    holder = holder_of(offer)
    client.force_login(holder)
    letter = reverse("awards:letter", args=[offer.reference])
    outcome = reverse("awards:outcome", args=[offer.application.reference])
    assert letter in client.get(outcome).content.decode()
    got = client.get(letter)
    assert got["Content-Type"] == "application/pdf"
    assert b"".join(got.streaming_content).startswith(b"%PDF")
    assert "It is not accepted yet" in letter_payload(offer, SELECTED)["paragraphs"][1]
    check = reverse("awards:letter_check", args=[offer.reference])
    public = Client()
    assert "offered for" in public.get(check).content.decode()
    accept_offer(actor=holder, offer=offer, now=SELECTED)
    offer.refresh_from_db()
    assert "It was accepted on" in letter_payload(offer, SELECTED)["paragraphs"][1]
    page = public.get(check).content.decode()
    assert "This letter stands" in page
    assert offer.application.applicant.full_name not in page
    decline_offer(actor=holder, offer=offer, reason="", now=SELECTED)
    refused = client.get(letter)
    assert refused.status_code == 403
    assert "no longer stands" in refused.content.decode()
    assert letter not in client.get(outcome).content.decode()
    assert "This letter no longer stands" in public.get(check).content.decode()
    assert public.get(reverse("awards:letter_check", args=["nothing"])).status_code == 404


def test_downloaded_before_a_correction_it_no_longer_stands(
    contest: Contest, client: Client
) -> None:
    offer, officer = first_offer(), officer_of(contest)
    client.force_login(officer)
    desk = reverse("awards:desk_letter", args=[offer.reference])
    assert b"".join(client.get(desk).streaming_content).startswith(b"%PDF")
    revoke_offer(actor=officer, offer=offer, because="The ranking was wrong.", now=SELECTED)
    assert client.get(desk).status_code == 404
    check = reverse("awards:letter_check", args=[offer.reference.lower()])
    assert "This letter no longer stands" in Client().get(check).content.decode()


def test_officers_say_it_by_the_page(contest: Contest, client: Client, cast: Cast) -> None:
    client.force_login(officer_of(contest))
    url = reverse("awards:details", args=[contest.call.reference])
    assert "Not said yet" in client.get(url).content.decode()
    offers = client.get(reverse("awards:offers", args=[contest.call.reference]))
    assert "Letters of confirmation leave something out" in offers.content.decode()
    host = host_of_place(get_terms(contest.call), first_offer().place)
    typed = {"host": host, f"{host}.starts_on": "soon", f"{host}.contact": "Ms Zhao"}
    wrong = client.post(url, typed)
    assert wrong.status_code == 422
    assert "Give the day" in wrong.content.decode()
    assert "Ms Zhao" in wrong.content.decode()
    assert client.post(url, {"host": "MOON"}).status_code == 422
    kept = client.post(url, typed | {f"{host}.starts_on": "2027-09-01"})
    assert kept.status_code == 302
    assert AwardDetail.objects.get().contact == "Ms Zhao"
    with pytest.raises(BadInput, match="at most"):
        say_all(contest, contact="x" * 4001)
    with pytest.raises(Refused):
        keep_award_detail(
            call=contest.call,
            host=host,
            starts_on=None,
            contact="",
            steps={},
            actor=cast.stranger,
            now=SELECTED,
        )


@pytest.mark.parametrize("code", sorted(OUTCOMES))
def test_every_outcome_has_words_for_its_letter(code: str) -> None:
    words = OUTCOMES[code].words
    for text in (words.award_title, words.award_starts, words.award_steps):
        assert text.in_language("en")
        assert text.in_language("ar") != text.in_language("en")


def take(offer: Offer) -> None:
    take_letter(offer=offer, actor=holder_of(offer), now=SELECTED)


def told_of_changes() -> list[Message]:
    return list(Message.objects.filter(code="awards.letter_changed").order_by("id"))


def test_whoever_had_a_letter_is_told_what_it_says_now(contest: Contest, client: Client) -> None:
    offer = first_offer()
    say_all(contest)
    client.force_login(holder_of(offer))
    letter = reverse("awards:letter", args=[offer.reference])
    for _again in range(2):
        assert client.get(letter).status_code == 200
    assert Entry.objects.filter(verb="take_letter").count() == 1
    say_all(contest)
    assert AwardDetail.objects.count() == 1, "what is said again as it was is no change"
    say_all(contest, starts_on=dt.date(2027, 10, 1), contact="")
    (mail,) = told_of_changes()
    assert mail.recipient == holder_of(offer), "nobody else had a letter"
    assert (
        "Begins on\nThe earlier letter says: 1 September 2027\n"
        "The letter says now: 1 October 2027" in mail.body
    )
    assert "zhao@ustc.example\nThe letter says now: nothing" in mail.body
    assert "JW202" not in mail.body, "what is as it was is not told"
    page = reverse("awards:outcome", args=[offer.application.reference])
    assert page in mail.body
    assert "It replaces the one that you have" in client.get(page).content.decode()
    client.get(letter)
    assert "It replaces the one" not in client.get(page).content.decode()
    say_all(contest)
    assert len(told_of_changes()) == 2, "told of each change"


def test_a_letter_that_was_replaced_never_reads_as_one_that_stands(contest: Contest) -> None:
    offer = first_offer()
    check = letter_payload(offer, SELECTED)["closing"]
    address = reverse("awards:letter_check", args=[offer.reference])
    assert check.endswith(address)
    public = Client()
    assert "This letter stands" in public.get(address).content.decode()
    say_all(contest)
    say_all(contest, contact="Mr Li")
    present = reverse("awards:letter_check", args=[f"{offer.reference}-2"])
    assert letter_payload(offer, SELECTED)["closing"].endswith(present)
    assert letter_payload(offer, SELECTED)["footer"].endswith(f"{offer.reference}-2")
    for earlier in (address, address.replace(offer.reference, f"{offer.reference}-1")):
        page = public.get(earlier).content.decode()
        assert "This letter was replaced on" in page
        assert present in page
        assert f"{offer.reference}-2" in page
        assert "This letter stands" not in page
    assert "This letter stands" in public.get(present).content.decode()
    for unknown in ("-3", "-0", "-x", "-02"):
        code = f"{offer.reference}{unknown}"
        assert public.get(reverse("awards:letter_check", args=[code])).status_code == 404
    revoke_offer(actor=officer_of(contest), offer=offer, because="It was wrong.", now=SELECTED)
    assert "no longer stands" in public.get(address).content.decode()


def test_who_gave_it_up_or_lost_it_is_told_of_no_change(contest: Contest) -> None:
    first, second = Offer.objects.order_by("id")
    take(first)
    take(second)
    decline_offer(actor=holder_of(first), offer=first, reason="", now=SELECTED)
    revoke_offer(actor=officer_of(contest), offer=second, because="Wrong.", now=SELECTED)
    say_all(contest)
    assert AwardDetail.objects.count() == 1
    assert told_of_changes() == []
    with pytest.raises(Refused):
        take(first)


def test_a_letter_for_another_host_is_not_touched(
    contest: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer = first_offer()
    take(offer)
    host = host_of_place(get_terms(contest.call), offer.place)
    assert holders_of_letters(contest.call, host) == [offer]
    monkeypatch.setattr("anso.awards.queries.award_letters.host_of_place", lambda *_: "OTHER")
    assert holders_of_letters(contest.call, host) == []
    assert version_of_letter(offer) == 0
