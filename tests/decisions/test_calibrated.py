"""A call that calibrates: the steps of its run, what readers are told, and that anybody can repeat
the draw.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from anso.calls.queries import get_frozen_terms, get_terms
from anso.decisions.models import Placement, SelectionRun
from anso.decisions.queries import get_public_run
from anso.decisions.wording import severity_in_words, words_for_placement
from anso.kernel.terms import PlaceReserve
from anso.programmes.outcomes import Places
from anso.selection.record import read_record, replay_record
from tests.factories.applications import make_later_submission
from tests.factories.decisions import (
    PANEL_GRADES,
    SELECTED,
    Contest,
    computed,
    make_contest,
    make_panel_contest,
    released,
    small_terms,
)
from tests.shared import made_once

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Contest]:
    """Five applications for two places: one winner, three whom nobody can separate, one clearly
    last.
    """
    yield from made_once(django_db_blocker, make_panel_contest)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    return deepcopy(made)


def page(client: Client, contest: Contest, path: str = "", **query: str) -> str:
    client.force_login(contest.officer)
    return unescape(
        client.get(f"/desk/calls/{contest.call.reference}/ranking/{path}", query).content.decode()
    )


def test_every_step_is_kept_replays_and_can_be_downloaded(contest: Contest, client: Client) -> None:
    run = SelectionRun.objects.get(pk=computed(contest).pk)
    assert run.figures["steps"] == ["ranking", "calibration", "provisional", "draw_1", "places"]
    assert set(run.record) == set(run.figures["steps"])
    client.force_login(contest.officer)
    for step in run.record:
        file = client.get(
            f"/desk/calls/{contest.call.reference}/ranking/1/record.json", {"step": step}
        )
        replay = replay_record(read_record(file.content.decode()))
        assert (replay.is_untouched, replay.is_identical) == (True, True)
        assert "Reviewer" not in json.dumps(run.record[step])


def test_the_band_is_drawn_and_nobody_else(contest: Contest) -> None:
    run = computed(contest)
    places = {place.application_id: place for place in run.placements.all()}
    first, *band, last = (places[application.pk] for application in contest.applications)
    assert (first.rank, first.result, first.facts["lot"]) == (1, "selected", None)
    assert sorted(place.facts["lot"]["place"] for place in band) == [1, 2, 3]
    assert sorted(place.rank for place in band) == [2, 3, 4]
    assert sorted(place.result for place in band) == ["selected", "waiting", "waiting"]
    assert (last.rank, last.facts["lot"]) == (5, None)
    assert run.figures["drawn"] == 3


def test_readers_are_told_severity_expected_rank_and_the_draw_in_sentences(
    contest: Contest,
) -> None:
    run, terms = computed(contest), get_terms(contest.call)
    first, second = (
        words_for_placement(run.placements.get(application=contest.applications[at]), terms)
        for at in (0, 1)
    )
    for words in (
        "3 reviews, weighted mean 5.67 of at most 6.",
        "Its reviewers grade as others do.",
        "So it was number 1 in the order of choice.",
    ):
        assert words in first
    assert "That makes it most likely number 1 of 5." in first
    assert re.search(r"rank is \d\.?\d* of 5, as likely as not between \d", second)
    assert "could not be separated" not in first
    assert (
        "It and 2 others could not be separated at the line, so their order was drawn by lot"
        in second
    )
    assert "Anybody can repeat the draw" in second


@pytest.mark.parametrize(
    ("severity", "reviewers", "words"),
    [
        (-0.3, 3, "Its reviewers grade lower than others, by 0.3 on average."),
        (0.25, 1, "Its reviewer grades higher than others, by 0.25."),
        (0.01, 1, "Its reviewer grades as others do."),
    ],
)
def test_severity_is_told_without_names(severity: float, reviewers: int, words: str) -> None:
    assert severity_in_words(severity, reviewers) == words


def test_the_ranking_shows_calibration_the_line_and_the_band(
    contest: Contest, client: Client
) -> None:
    computed(contest)
    text = page(client, contest, level="phd")
    for words in (
        "Cannot be separated",
        "Calibrated",
        "Expected rank",
        "Rank, 50 % interval and line",
        "near the line",
        "draw 1 of 3",
    ):
        assert words in text
    assert text.count('class="band') + text.count(' band"') == 3
    near = page(client, contest, result="drawn")
    assert "Applicant 2" in near
    assert "Applicant 1" not in near


def test_why_shows_the_reviewers_severity_without_names(contest: Contest, client: Client) -> None:
    computed(contest)
    text = page(client, contest, f"1/{contest.applications[1].number}/")
    assert "This reviewer, compared with others" in text
    assert re.search(r"−0\.\d\d", text)
    assert "+0." in text
    assert "Reviewer 3" not in text
    assert "Line of what it asked for" in text


def test_the_draw_can_be_repeated_from_the_page_alone(contest: Contest, client: Client) -> None:
    public = f"/calls/{contest.call.slug}/draw/"
    run = released(contest)
    text = unescape(client.get(public).content.decode())
    frozen = get_frozen_terms(contest.call)
    assert frozen is not None
    announced = re.search(r"printf '(lottery[^']+)'", text)
    assert announced is not None
    digest = sha256(announced[1].replace("\\n", "\n").encode()).hexdigest()
    seed = sha256(f"{digest}|{frozen.sha256}".encode()).hexdigest()
    numbers = re.findall(r'<th scope="row" class="num nb">([^<]+)</th>', text)
    assert numbers == sorted(
        numbers, key=lambda number: sha256(f"{seed}|{number}".encode()).hexdigest()
    )
    assert set(numbers) == {application.number for application in contest.applications[1:4]}
    selected = run.placements.get(result="selected", facts__lot__place=1)
    assert selected.application.number == numbers[0]


def test_nothing_of_a_draw_is_public_before_the_release(contest: Contest, client: Client) -> None:
    computed(contest)
    text = client.get(f"/calls/{contest.call.slug}/draw/").content.decode()
    assert "Not yet" in text
    assert contest.applications[1].number not in text
    assert get_public_run(contest.call, SELECTED) is None
    assert contest.applications[1].number in page(client, contest, "1/draw/")
    assert client.get(f"/desk/calls/{contest.call.reference}/ranking/7/draw/").status_code == 404


def test_applicants_find_the_draw_from_their_outcome(contest: Contest, client: Client) -> None:
    released(contest)
    account = contest.applications[1].applicant.account
    assert account is not None
    client.force_login(account)
    text = client.get(
        f"/applications/{contest.applications[1].reference}/outcome/"
    ).content.decode()
    assert "could not be separated" in text
    assert f"/calls/{contest.call.slug}/draw/" in text
    other = contest.applications[0].applicant.account
    assert other is not None
    client.force_login(other)
    assert (
        "/draw/"
        not in client.get(
            f"/applications/{contest.applications[0].reference}/outcome/"
        ).content.decode()
    )


def test_exact_equals_of_the_plain_method_can_be_repeated_too(client: Client) -> None:
    contest = make_contest(
        (5, 5, 5), terms=replace(small_terms(), selection_method="rank_and_fill")
    )
    released(contest)
    text = unescape(client.get(f"/calls/{contest.call.slug}/draw/").content.decode())
    frozen = get_frozen_terms(contest.call)
    assert frozen is not None
    numbers = re.findall(r'<th scope="row" class="num nb">([^<]+)</th>', text)
    assert numbers == sorted(
        numbers, key=lambda number: sha256(f"{frozen.sha256}:{number}".encode()).hexdigest()
    )
    assert len(numbers) == 3


def test_a_run_that_drew_nothing_says_so(client: Client) -> None:
    contest = make_contest((6, 5), terms=replace(small_terms(), selection_method="rank_and_fill"))
    released(contest)
    assert "Nothing was drawn" in client.get(f"/calls/{contest.call.slug}/draw/").content.decode()


def test_too_few_reviews_are_ranked_plainly_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    contest = make_contest((6, 5, 4))
    run = computed(contest)
    assert run.figures["is_too_thin"]
    text = page(client, contest)
    assert "The reviews are too few to calibrate" in text
    assert "weighted mean" in text
    assert "Expected rank" not in text


def test_kept_seats_are_reported_filled_or_short(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    kept = (PlaceReserve("women", 2), PlaceReserve("SIDS", 1, "phd-ustc"))
    contest = make_panel_contest(terms=small_terms(3, reserves=kept))
    run = computed(contest)
    assert run.figures["reserves"] == [["women", "", 2, 2], ["SIDS", "phd-ustc", 1, 0]]
    text = page(client, contest)
    assert "Kept for women (everywhere): 2, and the group received as many." in text
    assert (
        "Kept for people from small island developing states (Doctoral at USTC): 1; 0 of the group"
        " who received nothing else could take one, so the rest was released." in text
    )


def test_favoured_groups_come_first_in_the_places_that_favour_them() -> None:
    terms = small_terms(1)
    favouring = tuple(
        replace(node, favour=("LDC", "women")) if node.key == "phd-ustc" else node
        for node in terms.outcome.tree()
    )
    contest = make_panel_contest(PANEL_GRADES[:3], terms=replace(terms, outcome=Places(favouring)))
    worse = contest.applications[2]
    for application in contest.applications[:2]:
        make_later_submission(application, hosts=["USTC"], gender="man")
    run = computed(contest)
    assert run.placements.get(result="selected").application == worse
    words = words_for_placement(
        run.placements.get(application=contest.applications[0]), get_terms(contest.call)
    )
    assert "was kept for one group: people from least developed countries or women" in words


def test_sentences_for_places_that_reviews_alone_did_not_decide() -> None:
    plain = {"of": 9, "is_drawn": True}
    calibrated = plain | {
        "mean": "4.1000",
        "expected": 3.5,
        "from": 2.0,
        "to": 5.0,
        "severity": 0.0,
        "lot": None,
    }
    shared = {"leaf": "phd-ustc", "cause": "shared", "where": "phd", "group": "", "last": 2}
    shared |= {"is_equal": False, "kept_in": ""}
    for facts in (plain, calibrated):
        place = Placement(
            rank=3,
            score=Decimal(4),
            review_count=2,
            result="selected",
            place="phd-ustc",
            facts=facts,
        )
        assert "Its order among exact equals was drawn by lot" in words_for_placement(
            place, small_terms()
        )
    place = Placement(
        rank=9, score=None, review_count=0, result="unplaced", facts={"refusals": [shared]}
    )
    words = words_for_placement(place, small_terms())
    assert "No review could be used" in words
    assert (
        "is shared with others in “Doctoral places”; all of it went to higher ranks, the last to"
        " rank 2" in words
    )
