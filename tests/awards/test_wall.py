"""The page that names everybody who ever held what a programme gives: not a second before the day
of the announcement, with its citation, with years in which nobody received it, and what was
entered of earlier years.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client

from anso.awards.actions import accept_offer, choose_naming, revoke_offer, take_off_holder
from anso.awards.models import EarlierHolder, Offer
from anso.awards.queries.wall import wall_of, wall_year_of
from anso.awards.wording.wall import address_of_wall
from anso.calls.queries import get_terms
from anso.decisions.models import NotAwarded
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.terms import Publication
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import find_kind
from tests.factories.awards import holder_by_link, make_offered
from tests.factories.calls import YEAR, make_programme
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.factories.directory import make_person
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
WALL = "/honours/prize/"
HEADING = "year,award,name,organisation,country,citation,not given because"
LATER = dt.timedelta(days=400)


def a_world() -> Contest:
    """Two nominations for one award, of which one is conferred and accepted months before the
    ceremony.
    """
    with clock_at(SELECTED):
        contest = make_contest((5, 4), kind="prize", terms=find_kind("prize").terms_for(YEAR))
        make_offered(contest)
        offer = Offer.objects.get()
        accept_offer(actor=holder_by_link(offer), offer=offer, now=SELECTED)
    return contest


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


def ceremony(contest: Contest) -> dt.datetime:
    """The first instant of the day on which the results are announced."""
    (step,) = contest.call.steps.filter(block="announcement")
    return Deadline.at_end_of(step.starts_on - dt.timedelta(days=1), contest.call.zone).closes_at


def read(client: Client, address: str, now: dt.datetime) -> str:
    with clock_at(now):
        return client.get(address).content.decode()


def test_nobody_reads_of_it_a_second_before_the_ceremony_and_everybody_a_second_after(
    contest: Contest, client: Client
) -> None:
    first, (winner, _other) = ceremony(contest), contest.applications
    second = dt.timedelta(seconds=1)
    citation = winner.submission.facts["citation"]  # type: ignore[union-attr]
    addresses = (WALL, f"/calls/{contest.call.slug}/results/")
    for address in addresses:
        page = read(client, address, first - second)
        assert winner.subject_name not in page
        assert citation not in page
    assert "Nothing has been announced yet." in read(client, WALL, first - second)
    for address in addresses:
        page = read(client, address, first + second)
        assert winner.subject_name in page
        assert f"<bdi>{citation}</bdi></q>" in page
    wall = read(client, WALL, first + second)
    assert f'href="/calls/{contest.call.slug}/results/"' in wall
    assert winner.submission.facts["organisation"] in wall  # type: ignore[union-attr]
    for leading in ("/", f"/calls/{contest.call.slug}/", addresses[1]):
        assert f'href="{WALL}"' in read(client, leading, first + second), leading
    with clock_at(first + second):
        files = client.get(f"/calls/{contest.call.slug}/results.json").json()
    assert [each["citation"] for each in files["holders"]] == [citation]


def test_whoever_asked_not_to_be_named_is_counted_and_says_nothing(
    contest: Contest, client: Client
) -> None:
    offer = Offer.objects.get()
    choose_naming(actor=holder_by_link(offer), offer=offer, is_unnamed=True, now=SELECTED)
    page = read(client, WALL, ceremony(contest))
    assert contest.applications[0].subject_name not in page
    assert "One more accepted and asked not to be named." in page


@pytest.mark.parametrize("days", [-1, 1])
def test_what_is_withdrawn_says_so_where_everybody_had_read_it_and_else_nothing(
    contest: Contest, client: Client, days: int
) -> None:
    offer, first = Offer.objects.get(), ceremony(contest)
    at = first + dt.timedelta(days=days)
    revoke_offer(actor=contest.officer, offer=offer, because="It was copied.", now=at)
    page = read(client, WALL, first + LATER)
    is_told = days > 0
    assert (contest.applications[0].subject_name in page) is is_told
    assert ("Withdrawn on" in page) is is_told
    assert "It was copied." not in page, "the reason is its holder's"


def test_what_was_given_to_nobody_stands_with_its_reason(contest: Contest, client: Client) -> None:
    terms, first = get_terms(contest.call), ceremony(contest)
    leaf = terms.outcome.leaves()[-1]
    for place, reason in ((leaf.key, "No nomination was of note."), ("gone", "Never read")):
        NotAwarded.objects.create(
            call=contest.call, place=place, reason=reason, decided_at=SELECTED
        )
    before = read(client, WALL, first - dt.timedelta(seconds=1))
    assert "No nomination was of note." not in before
    page = read(client, WALL, first)
    assert "Given to nobody: No nomination was of note." in page
    assert leaf.label.in_language("en") in page
    assert "Never read" not in page


def test_a_call_that_names_nobody_names_nobody_here() -> None:
    with clock_at(SELECTED):
        terms = replace(find_kind("prize").terms_for(YEAR), publishes=Publication.FIGURES)
        contest = make_contest((5,), kind="prize", terms=terms)
        make_offered(contest)
    offer = Offer.objects.get(application__call=contest.call)
    accept_offer(actor=holder_by_link(offer), offer=offer, now=SELECTED)
    year = wall_year_of(contest.call.selection_runs.get())
    assert (year.held, year.unnamed) == ((), 0)


def test_a_call_without_a_ceremony_is_read_from_its_release(contest: Contest) -> None:
    contest.call.steps.filter(block="announcement").delete()
    offer = Offer.objects.get()
    revoke_offer(actor=contest.officer, offer=offer, because="It was copied.", now=SELECTED)
    (year,) = wall_of(contest.call.programme, SELECTED)
    assert [each.withdrawn_on for each in year.held] == [SELECTED.date()]


def post(client: Client, contest: Contest, **fields: object) -> str:
    with clock_at(SELECTED):
        client.force_login(contest.officer)
        answer = client.post(f"{WALL}earlier/", fields)
    return answer.content.decode() if answer.status_code != 302 else answer["Location"]


def test_an_officer_enters_earlier_years_and_takes_off_what_was_wrong(
    contest: Contest, client: Client
) -> None:
    lines = f"{HEADING}\n2021,Lifetime,Wangari Otieno,University of Nairobi,KE,For wells,\n"
    nobody = "2022,Youth,,,,,No nomination was of note.\n"
    sent = SimpleUploadedFile("earlier.csv", (lines + nobody).encode())
    assert post(client, contest, file=sent) == WALL
    page = read(client, WALL, SELECTED)
    for told in ("Wangari Otieno", "University of Nairobi", "Kenya", "For wells"):
        assert told in page
    assert page.index("2022</h2>") < page.index("2021</h2>")
    assert f'href="{WALL}earlier/"' in page, "whoever may enter finds where"
    again = post(client, contest, lines=lines)
    assert "Line 2 stands there already." in again
    assert "Wangari Otieno,University of Nairobi" in again, "what was typed stays"
    entry = EarlierHolder.objects.get(year=2021)
    assert "it stands in the record" in post(client, contest, take_off=entry.reference, because="")
    taken = post(client, contest, take_off=entry.reference, because="It was 2020.")
    assert taken == f"{WALL}earlier/"
    assert "Wangari Otieno" not in read(client, WALL, SELECTED)
    with pytest.raises(BadInput, match="taken off already"):
        take_off_holder(holder=entry, because="Twice", actor=contest.officer, now=SELECTED)
    assert post(client, contest, lines=lines) == WALL, "entered anew as it is right"


def test_a_file_with_one_wrong_line_enters_nothing(contest: Contest, client: Client) -> None:
    wrong = f"{HEADING}\n2021,Lifetime,Wangari Otieno,,KE,,\n2021,Youth,,,KE,,\n"
    page = post(client, contest, lines=wrong)
    assert "Line 3: give either who received it, or why nobody did" in page
    assert "Nothing was entered" in page
    assert not EarlierHolder.objects.exists()


def test_strangers_enter_nothing_and_a_programme_without_a_wall_has_none(
    contest: Contest, client: Client
) -> None:
    entry = EarlierHolder.objects.create(
        programme=contest.call.programme, year=2020, award="Youth", name="王芳", entered_at=SELECTED
    )
    stranger = make_person("Nobody").account
    with pytest.raises(Refused):
        take_off_holder(holder=entry, because="No", actor=stranger, now=SELECTED)  # type: ignore[arg-type]
    assert "Enter earlier years" not in read(client, WALL, SELECTED)
    make_programme("course")
    assert client.get("/honours/course/").status_code == 404
    course = contest.call.programme.calls.model(programme=make_programme("course"))
    assert address_of_wall(course) == ""
    with pytest.raises(IntegrityError), transaction.atomic():
        EarlierHolder.objects.create(
            programme=contest.call.programme, year=2020, award="Youth", entered_at=SELECTED
        )
