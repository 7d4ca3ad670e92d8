"""The picture beside the name of whoever holds something: with their consent, in words too, not
before the announcement, and gone as soon as anybody concerned takes it away.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from copy import deepcopy

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from anso.accounts.models import Account
from anso.applications.actions.participants import join_account
from anso.audit.models import Entry
from anso.awards.actions import (
    accept_offer,
    choose_naming,
    put_picture,
    revoke_offer,
    take_picture_away,
)
from anso.awards.models import HolderPicture, Offer
from anso.files.enums import ScanResult
from anso.files.models import StoredFile
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import find_kind
from tests.factories.awards import holder_by_link, make_offered, make_offered_contest
from tests.factories.calls import YEAR
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.factories.directory import make_person
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
WALL = "/honours/prize/"
SHOWS = "She stands beside a well."


def picture() -> io.BytesIO:
    kept = io.BytesIO()
    Image.new("RGB", (60, 90), "green").save(kept, "PNG")
    kept.seek(0)
    return kept


def a_world() -> Contest:
    """One nomination that is conferred and accepted by whoever is honoured, who has an account."""
    with clock_at(SELECTED):
        contest = make_contest((5,), kind="prize", terms=find_kind("prize").terms_for(YEAR))
        make_offered(contest)
        offer = Offer.objects.get()
        actor = holder_by_link(offer)
        accept_offer(actor=actor, offer=offer, now=SELECTED)
    return contest


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


@pytest.fixture
def offer(contest: Contest) -> Offer:
    return Offer.objects.get(application__call=contest.call)


@pytest.fixture
def holder(offer: Offer) -> Account:
    account = make_person("Amina Yusuf").account
    assert account is not None
    (nominee,) = offer.application.participants.filter(role="nominee")
    join_account(participant=nominee, account=account, now=SELECTED)
    return account


def ceremony(contest: Contest) -> dt.datetime:
    (step,) = contest.call.steps.filter(block="announcement")
    return Deadline.at_end_of(step.starts_on - dt.timedelta(days=1), contest.call.zone).closes_at


def show(offer: Offer, actor: Account, **changed: str) -> HolderPicture:
    words = {"shows": SHOWS, "consent": "By mail on 3 May"} | changed
    return put_picture(offer=offer, content=picture(), actor=actor, now=SELECTED, **words)


def read(client: Client, address: str, now: dt.datetime) -> tuple[int, str]:
    with clock_at(now):
        answer = client.get(address)
    if answer.streaming:
        answer.getvalue()  # read to its end, it is closed
        return answer.status_code, ""
    return answer.status_code, answer.content.decode()


def test_a_holder_gives_a_picture_that_everybody_sees_from_the_ceremony_until_it_is_taken_away(
    contest: Contest, offer: Offer, holder: Account, client: Client
) -> None:
    own = f"/offers/{offer.reference}/picture/"
    with clock_at(SELECTED):
        client.force_login(holder)
        assert f'href="{own}"' in client.get(f"/offers/{offer.reference}/").content.decode()
        assert "agree that everybody sees it" in client.get(own).content.decode()
        nothing = client.post(own, {"shows": SHOWS})
        assert "Choose a picture." in nothing.content.decode()
        sent = SimpleUploadedFile("me.png", picture().read())
        silent = client.post(own, {"file": sent, "shows": SHOWS})
        assert "only where whoever it shows agreed" in silent.content.decode()
        sent = SimpleUploadedFile("me.png", picture().read())
        posted = {"file": sent, "shows": SHOWS, "consent": "Given by the holder on this page"}
        assert client.post(own, posted).status_code == 302
        assert SHOWS in client.get(own).content.decode()
    given, first = HolderPicture.objects.get(), ceremony(contest)
    address = f"/honours/pictures/{given.reference}.jpg"
    visitor, second = Client(), dt.timedelta(seconds=1)
    assert read(visitor, address, first - second)[0] == 404
    assert read(visitor, address, first)[0] == 200
    page = read(visitor, WALL, first)[1]
    assert re.search(f'<img\\s+src="{address}"\\s+alt="{SHOWS}"', page)
    with clock_at(first):
        client.force_login(holder)
        assert client.post(own, {"take_away": "yes"}).status_code == 302
    assert read(visitor, address, first)[0] == 404
    assert "<img" not in read(visitor, WALL, first)[1]
    verbs = Entry.objects.filter(verb__contains="picture").values_list("verb", flat=True)
    assert sorted(verbs) == ["put_picture", "take_picture_away"]


def test_an_officer_shows_it_with_their_word_and_takes_it_away_when_asked(
    contest: Contest, offer: Offer, client: Client
) -> None:
    with clock_at(SELECTED):
        client.force_login(contest.officer)
        page = client.get(f"/offers/{offer.reference}/picture/").content.decode()
    assert "How its being shown was agreed to" in page
    first = show(offer, contest.officer)
    again = show(offer, contest.officer, shows="He speaks.")
    assert (first.pk, HolderPicture.objects.count()) == (again.pk, 1), "in the place of the first"
    take_picture_away(offer=offer, actor=contest.officer, now=SELECTED)
    take_picture_away(offer=offer, actor=contest.officer, now=SELECTED)
    assert Entry.objects.filter(verb="take_picture_away").count() == 1


@pytest.mark.parametrize(
    ("changed", "told"), [({"shows": " "}, "in words"), ({"consent": " "}, "agreed to that")]
)
def test_without_words_or_consent_nothing_is_shown(
    contest: Contest, offer: Offer, changed: dict[str, str], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        show(offer, contest.officer, **changed)
    assert not HolderPicture.objects.exists()


@pytest.mark.parametrize("what", ["unnamed", "revoked", "infected"])
def test_who_is_not_named_or_holds_it_no_more_is_not_seen(
    contest: Contest, offer: Offer, client: Client, what: str
) -> None:
    given, first = show(offer, contest.officer), ceremony(contest)
    if what == "unnamed":
        choose_naming(actor=holder_by_link(offer), offer=offer, is_unnamed=True, now=SELECTED)
    elif what == "revoked":
        later = first + dt.timedelta(days=1)
        revoke_offer(actor=contest.officer, offer=offer, because="It was copied.", now=later)
    else:
        StoredFile.objects.update(scan_result=ScanResult.INFECTED)
    after = first + dt.timedelta(days=2)
    assert read(client, f"/honours/pictures/{given.reference}.jpg", after)[0] == 404
    assert "<img" not in read(client, WALL, after)[1]


def test_a_stranger_gives_none_and_what_has_no_such_page_takes_none(
    contest: Contest, offer: Offer, client: Client
) -> None:
    stranger = make_person("Nobody").account
    assert stranger is not None
    for refused in (lambda: show(offer, stranger), lambda: take_away(offer, stranger)):
        with pytest.raises(Refused):
            refused()
    with clock_at(SELECTED):
        client.force_login(stranger)
        assert client.get(f"/offers/{offer.reference}/picture/").status_code == 404
    other = make_offered_contest()
    held = Offer.objects.filter(application__call=other.call)[0]
    with pytest.raises(Refused, match="no page that would show it"):
        show(held, other.officer)
    with clock_at(SELECTED):
        client.force_login(other.officer)
        page = client.get(f"/offers/{held.reference}/picture/").content.decode()
    assert "Show the picture" not in page


def take_away(offer: Offer, actor: Account) -> None:
    take_picture_away(offer=offer, actor=actor, now=SELECTED)
