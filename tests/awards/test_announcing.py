"""Results that are announced on a day of their own: those concerned hear before, everybody else not
a minute earlier, in the zone of the call.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.awards.actions import accept_offer
from anso.awards.models import Offer
from anso.awards.queries import latest_results
from anso.awards.wording import confidential_until
from anso.calls.models import Step
from anso.calls.wording import published_in_words, result_lines_of
from anso.decisions.queries import get_public_run
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.site.queries.home import lately_happened
from anso.ui.instants import day_in_words
from tests.factories.awards import holder_of, make_offered
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
DAY = (SELECTED + dt.timedelta(days=30)).date()
TELLS_NOBODY = "Please keep what you read here to yourself until then."


def held_back() -> Contest:
    """A contest whose results are announced a month after those concerned hear of them, in a zone
    ten hours behind Greenwich.
    """
    contest = make_contest((6, 5, 4))
    call = contest.call
    call.zone = "Pacific/Honolulu"
    call.save(update_fields=["zone"])
    Step.objects.create(
        call=call,
        key="ceremony",
        block="announcement",
        order=call.steps.count(),
        label={"en": "Ceremony", "ar": "الحفل"},
        starts_on=DAY,
        ends_on=DAY,
    )
    with clock_at(SELECTED):
        make_offered(contest)
    return contest


made = made_for_module(held_back)
LAST_MINUTE = dt.datetime.combine(DAY, dt.time(9, 59), dt.UTC)
FIRST_MINUTE = LAST_MINUTE + dt.timedelta(minutes=1)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


def public_pages(client: Client, contest: Contest, now: dt.datetime) -> dict[str, str]:
    """What a stranger reads at all addresses that tell of results, by address."""
    slug = contest.call.slug
    pages = ("/", "/calls/", *(f"/calls/{slug}/{page}" for page in ("", "results/", "draw/")))
    with clock_at(now):
        return {each: client.get(each).content.decode() for each in pages}


def test_everybody_reads_nothing_until_the_first_minute_of_the_day(
    contest: Contest, client: Client
) -> None:
    call = contest.call
    kept = public_pages(client, contest, LAST_MINUTE)
    results = kept[f"/calls/{call.slug}/results/"]
    assert f"The results are announced on {day_in_words(DAY)}." in results
    assert "Then this page tells:" in results
    for address, page in kept.items():
        assert "given at the release" not in page, address
        assert not any(each.number in page for each in contest.applications), address
    with clock_at(LAST_MINUTE):
        for file in ("csv", "json"):
            assert client.get(f"/calls/{call.slug}/results.{file}").status_code == 404
    assert not latest_results(5, LAST_MINUTE)
    assert not result_lines_of([call], LAST_MINUTE)
    assert get_public_run(call, LAST_MINUTE) is None
    assert not [each for each in lately_happened(LAST_MINUTE) if each.happened == "decided"]

    told = public_pages(client, contest, FIRST_MINUTE)
    assert "Then this page tells:" not in told[f"/calls/{call.slug}/results/"]
    for address in ("/", "/calls/"):
        assert "given at the release" in told[address], address
    with clock_at(FIRST_MINUTE):
        assert client.get(f"/calls/{call.slug}/results.json").status_code == 200


def test_those_concerned_hear_before_and_are_asked_to_tell_nobody(
    contest: Contest, client: Client
) -> None:
    offer = Offer.objects.order_by("id")[0]
    mail = Message.objects.filter(code="awards.offer", about_id=offer.pk).get()
    assert TELLS_NOBODY in mail.body
    holder = holder_of(offer)
    holder.language = "ar"
    holder.save(update_fields=["language"])
    accept_offer(actor=holder, offer=offer, now=SELECTED)
    mail = Message.objects.filter(code="awards.accepted", about_id=offer.pk).get()
    assert "نرجو أن تحتفظ لنفسك بما تقرؤه هنا حتى ذلك الحين." in mail.body
    Account.objects.filter(pk=holder.pk).update(language="en")
    address = f"/applications/{offer.application.reference}/outcome/"
    with clock_at(LAST_MINUTE):
        client.force_login(holder)
        page = client.get(address).content.decode()
    assert TELLS_NOBODY in page
    assert "See the results that everybody reads" not in page
    with clock_at(FIRST_MINUTE):
        page = client.get(address).content.decode()
    assert TELLS_NOBODY not in page
    assert "See the results that everybody reads" in page


def test_a_ceremony_that_is_put_off_holds_the_results_back_with_it(
    contest: Contest, client: Client
) -> None:
    Step.objects.filter(call=contest.call, block="announcement").update(
        starts_on=DAY + dt.timedelta(days=7), ends_on=DAY + dt.timedelta(days=7)
    )
    contest.call.refresh_from_db()
    assert confidential_until(contest.call, FIRST_MINUTE)
    assert get_public_run(contest.call, FIRST_MINUTE) is None


def test_a_call_without_such_a_day_tells_everybody_at_the_release(contest: Contest) -> None:
    contest.call.steps.filter(block="announcement").delete()
    assert get_public_run(contest.call, SELECTED) is not None
    assert confidential_until(Application.objects.all()[0].call, SELECTED) == ""


def test_a_call_says_beforehand_from_when_everybody_reads() -> None:
    said = published_in_words(KINDS["prize"].terms_for(2027))
    assert "Nothing of it before the day of “Ceremony and announcement”" in said[-1]
    assert not any(
        "Nothing of it" in each for each in published_in_words(KINDS["fellowship"].terms_for(2027))
    )
