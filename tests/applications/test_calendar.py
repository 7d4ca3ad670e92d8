"""The days of a call and of one application, as a calendar program reads them: by a library that
is not ours.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from anso.applications.actions import withdraw_application
from anso.applications.actions.helping import extend_for_one
from anso.applications.models import Application
from anso.awards.models import Offer
from anso.calls.queries import get_terms, letters_end_at
from anso.decisions.actions.appeals import file_appeal
from anso.decisions.enums import Ground
from anso.decisions.models import Decision
from anso.decisions.queries.appeals import appeal_days_of
from tests.cast import Cast
from tests.factories.applications import NOW, make_application, make_letter
from tests.factories.awards import holder_of, make_offered
from tests.factories.calls import make_call, make_programme
from tests.factories.decisions import SELECTED, make_contest, small_terms

pytestmark = pytest.mark.django_db
KINDS = ("fellowship", "prize", "collaborative_research")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def events_of(content: bytes) -> dict[str, dt.datetime | dt.date]:
    """What a library reads: titles and when they are, each with a key of its own."""
    read = Calendar.from_ical(content)
    events = read.walk("VEVENT")
    assert len({str(each["UID"]) for each in events}) == len(events)
    assert all(not each.errors for each in events)
    return {str(each["SUMMARY"]): each.decoded("DTSTART") for each in events}


@pytest.mark.parametrize("kind", KINDS)
def test_a_library_reads_every_deadline_of_a_call(kind: str, cast: Cast, client: Client) -> None:
    call = make_call(make_programme(kind), officer=cast.programme_officer)
    found = events_of(client.get(reverse("calls:calendar", args=[call.slug])).content)
    title = call.title["en"]
    assert found[f"{title} closes"] == call.closes_at - dt.timedelta(minutes=1)
    for rule in get_terms(call).letters:
        name = f"{title}: last day for the {rule.words.name.in_language('en')}"
        at = found[name]
        assert isinstance(at, dt.datetime)
        # 23:59 of the last day where the call lives, whatever zone the file is written in.
        assert at.astimezone(ZoneInfo(call.zone)).strftime("%H:%M") == "23:59"
        assert at == letters_end_at(call, rule) - dt.timedelta(minutes=1)
    days = [each for each in found.values() if not isinstance(each, dt.datetime)]
    steps = call.steps.exclude(block="applications").values_list("starts_on", flat=True)
    assert set(steps) <= set(days)
    arabic = client.get(
        reverse("calls:calendar", args=[call.slug]), headers={"accept-language": "ar"}
    )
    assert len(events_of(arabic.content)) == len(found)


def test_ones_own_deadlines_take_the_place_of_those_of_the_call(cast: Cast, client: Client) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant, answers={})
    referee = make_letter(
        make_application(call, applicant=cast.stranger), "referee_1", full_name="Suharto"
    )
    Application.objects.filter(pk=referee.application_id).update(applicant=cast.stranger.person)
    url = reverse("applications:calendar", args=[application.reference])
    client.force_login(cast.applicant)
    assert (
        url
        in client.get(reverse("applications:detail", args=[application.reference])).content.decode()
    )
    title = f"{call.title['en']} closes"
    assert events_of(client.get(url).content)[title] == call.closes_at - dt.timedelta(minutes=1)
    later = call.closes_at + dt.timedelta(days=3)
    extend_for_one(
        application=application,
        until=later,
        because="Ill",
        actor=cast.programme_officer,
        now=NOW,
    )
    assert events_of(client.get(url).content)[title] == later - dt.timedelta(minutes=1)
    # The letter of somebody else's referee stands in their file alone.
    assert not [each for each in events_of(client.get(url).content) if "Suharto" in each]
    other = reverse("applications:calendar", args=[referee.application.reference])
    assert client.get(other).status_code == 404
    client.force_login(cast.stranger)
    number = referee.application.number
    assert f"{number}: the answer of Suharto counts until then" in events_of(
        client.get(other).content
    )
    withdraw_application(application=referee.application, actor=cast.stranger, now=NOW)
    assert client.get(other).status_code == 404


def test_an_offer_is_answered_by_a_day_in_the_calendar(client: Client) -> None:
    with time_machine.travel(SELECTED, tick=False):
        make_offered(make_contest((6, 5, 4)))
        offer = Offer.objects.select_related("application").order_by("id")[0]
        url = reverse("applications:calendar", args=[offer.application.reference])
        client.force_login(holder_of(offer))
        found = events_of(client.get(url).content)
    at = found[f"{offer.application.number}: answer the offer"]
    assert at == offer.respond_by - dt.timedelta(minutes=1)


def test_a_review_is_asked_for_by_a_day_in_the_calendar(client: Client) -> None:
    with time_machine.travel(SELECTED, tick=False):
        contest = make_contest((6, 5, 4, 3), terms=replace(small_terms(), appeals_days=30))
        make_offered(contest)
        refused, selected = contest.applications[3], contest.applications[0]
        found = {}
        for each in (refused, selected):
            client.force_login(each.applicant.account)
            url = reverse("applications:calendar", args=[each.reference])
            found[each] = events_of(client.get(url).content)
        title = f"{refused.number}: last day to ask for a review of the decision"
        decision = Decision.objects.get(application=refused)
        days = appeal_days_of(decision)
        assert days is not None
        assert days.ends_at is not None
        assert found[refused][title] == days.ends_at - dt.timedelta(minutes=1)
        assert not any("review of the decision" in each for each in found[selected])
        file_appeal(
            decision=decision, ground=Ground.CONFLICT, text="I know one of them.", stored=None,
            actor=refused.applicant.account, now=SELECTED,
        )  # fmt: skip
        client.force_login(refused.applicant.account)
        url = reverse("applications:calendar", args=[refused.reference])
        assert title not in events_of(client.get(url).content)
