"""What the deciding body does not award in an edition: nothing is given of it, nobody waits for it,
those who asked for it read why, and the record tells it and replays.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.models import Participant
from anso.audit.models import Entry
from anso.awards.queries import place_figures
from anso.calls.queries import get_terms
from anso.decisions import rules
from anso.decisions.actions import (
    award_after_all,
    compute_selection,
    confirm_selection,
    notify_decided_applicants,
    propose_selection,
    release_decisions,
    withhold_place,
)
from anso.decisions.models import NotAwarded, SelectionRun
from anso.decisions.wording import check_rows, words_for_placement, words_for_withheld
from anso.directory.models import Person
from anso.kernel.errors import BadInput
from anso.kernel.terms import LetterNeed
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.selection.__main__ import main
from tests.factories.applications import make_later_submission
from tests.factories.calls import YEAR
from tests.factories.decisions import (
    SELECTED,
    Contest,
    computed,
    confirmed,
    make_contest,
    small_terms,
)
from tests.programmes.unknown_kind import outcome as field_schools

pytestmark = pytest.mark.django_db
WHY = "No nomination came from the field of this award."


def withhold(contest: Contest, place: str, because: str = WHY, *, by_chair: bool = False):  # type: ignore[no-untyped-def]
    actor = contest.chair if by_chair else contest.officer
    return withhold_place(
        actor=actor, call=contest.call, place=place, because=because, now=SELECTED
    )


def told(run: SelectionRun, contest: Contest) -> list[str]:
    terms = get_terms(contest.call)
    placed = {each.application_id: each for each in run.placements.all()}
    return [words_for_placement(placed[each.pk], terms) for each in contest.applications]


def make_prize() -> tuple[Contest, str]:
    """Two nominations for one award, and the key of the award."""
    contest = make_contest((5, 4), kind="prize", terms=find_kind("prize").terms_for(YEAR))
    level = contest.applications[0].category
    (leaf,) = get_terms(contest.call).outcome.leaves_for(level, "")
    return contest, leaf.key


def test_a_prize_that_is_not_awarded_is_told_so_and_stands_in_the_record(
    tmp_path: Path, client: Client
) -> None:
    contest, award = make_prize()
    withhold(contest, award, by_chair=True)
    run = confirmed(contest)
    assert {each.result for each in run.placements.all()} == {"unplaced"}
    assert not run.placements.exclude(waiting_position=None).exists()
    label = get_terms(contest.call).outcome.node(award).label.in_language("en")  # type: ignore[union-attr]
    sentence = f"“{label}” is not awarded this year. The reason given: “{WHY}”"
    assert all(
        each.endswith(f"It was chosen for no award. {sentence}") for each in told(run, contest)
    )
    assert run.figures["holds"]
    assert any(words.startswith("Of what is awarded, nothing") for _, words, _ in check_rows(run))
    stored = SelectionRun.objects.get(pk=run.pk).record
    assert stored["not_awarded"]["inputs"]["withheld"] == [{"node": award, "reason": WHY}]
    for step, part in stored.items():
        path = tmp_path / f"{step}.json"
        path.write_text(json.dumps(part), encoding="utf-8")
        assert main(["replay", str(path)]) == 0
    client.force_login(contest.officer)
    page = client.get(reverse("decisions:ranking", args=[contest.call.reference])).content.decode()
    assert WHY in page
    run = release_decisions(actor=contest.officer, run=run, now=SELECTED)
    notify_decided_applicants(actor=contest.officer, run=run, now=SELECTED)
    (mail, _other) = Message.objects.filter(code="decisions.unplaced").order_by("id")
    assert sentence in " ".join(mail.body.split())
    free = {row["place"].key: row["free"] for row in place_figures(contest.call)}
    assert free[award] == 0


def test_the_rest_of_a_fellowship_is_given_and_nobody_waits_for_what_is_not() -> None:
    terms = small_terms(2, ustc=1)
    wanted = tuple(replace(each, need=LetterNeed.WANTED) for each in terms.letters)
    contest = make_contest((6, 5, 4), terms=replace(terms, letters=wanted))
    for each in contest.applications:
        make_later_submission(each, hosts=["UCAS", "USTC"], supervisor_ucas={
            "name": "李明", "email": "li@ucas.example"})  # fmt: skip
    withhold(contest, "phd-ucas", "The institute closed its doctoral school.")
    run = computed(contest)
    first, second, third = told(run, contest)
    assert run.figures["leaves"] == {"phd-ustc": [1, 1], "phd-ucas": [0, 0]}
    assert run.figures["places"] == 1, "the whole holds no more than its parts"
    assert "It received a place in “Doctoral at USTC”." in first
    closed = (
        "“Doctoral at UCAS”: no place is given this time. The reason given: “The institute closed"
        " its doctoral school.”"
    )
    assert closed in first
    assert closed in second
    assert third.count("Doctoral at UCAS") == 1, "nobody has a number in a list for nothing"
    assert "The list of those who come next for “Doctoral at USTC” ends at number 1." in third


def test_what_has_no_number_from_the_start_has_no_waiting_list() -> None:
    contest = make_contest((6,), terms=small_terms(2, ustc=0))
    run = computed(contest)
    assert run.placements.get().result == "unplaced"
    assert told(run, contest)[0].endswith("“Doctoral at USTC” has nothing to give.")
    assert "not_awarded" not in run.figures["steps"]


def test_a_run_that_does_not_know_of_it_goes_no_further_until_it_is_taken_back() -> None:
    contest = make_contest((6, 5))
    run = computed(contest)
    withheld = withhold(contest, "phd")
    with pytest.raises(Refused, match="What is not awarded has changed"):
        propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    award_after_all(actor=contest.officer, withheld=withheld, now=SELECTED)
    award_after_all(actor=contest.officer, withheld=withheld, now=SELECTED)
    assert Entry.objects.filter(verb="award_after_all").count() == 1
    run = propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    run = confirm_selection(actor=contest.chair, run=run, now=SELECTED)
    withhold(contest, "phd", by_chair=True)
    with pytest.raises(Refused, match="What is not awarded has changed"):
        release_decisions(actor=contest.officer, run=run, now=SELECTED)
    again = compute_selection(actor=contest.officer, call=contest.call, now=SELECTED)
    assert {each.result for each in again.placements.all()} == {"unplaced"}
    assert again.figures["places"] == 0


def test_a_chair_who_decides_so_about_what_lies_before_them_returns_it() -> None:
    contest = make_contest((6, 5))
    run = propose_selection(
        actor=contest.officer, run=computed(contest), now=SELECTED, because="As it is."
    )
    withheld = withhold(contest, "phd-ucas", by_chair=True)
    run.refresh_from_db()
    assert run.state == "returned"
    assert run.returned_because == f"Not awarded: Doctoral at UCAS. {WHY}"
    run = computed(contest)
    run = propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    award_after_all(actor=contest.chair, withheld=withheld, now=SELECTED)
    run.refresh_from_db()
    assert run.returned_because == "Awarded after all: Doctoral at UCAS."


def test_what_is_decided_so_is_named_once_and_with_a_reason() -> None:
    contest = make_contest((6,))
    for place, because, message in (
        ("phd", "  ", "Say why"),
        ("master", WHY, "Choose what is not awarded"),
    ):
        with pytest.raises(BadInput, match=message):
            withhold(contest, place, because)
    withhold(contest, "phd")
    with pytest.raises(BadInput, match="not awarded already"):
        withhold(contest, "phd")


def test_only_chairs_and_officers_decide_so_and_nobody_after_the_release() -> None:
    contest = make_contest((6, 5))
    stranger = contest.applications[0].applicant.account
    assert stranger is not None
    assert not rules.may_withhold(stranger, contest.call, SELECTED)
    assert rules.may_withhold(contest.chair, contest.call, SELECTED)
    assert not rules.may_withhold(contest.officer, contest.call, contest.call.opens_at)
    Participant.objects.create(
        application=contest.applications[1], role="nominee", order=9,
        person=Person.objects.get(account=contest.chair), full_name="The chair",
    )  # fmt: skip
    refused = rules.may_withhold(contest.chair, contest.call, SELECTED)
    assert refused.reasons[0].code == "incompatible"


def test_it_is_done_and_undone_by_pages(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    contest = make_contest((6, 5))
    here = reverse("decisions:beside_reviews", args=[contest.call.reference])
    client.force_login(contest.chair)
    answer = client.post(here, {"place": "phd-ucas", "because": ""})
    assert answer.status_code == 422
    assert "Say why: those who asked for it read it with their result." in answer.content.decode()
    assert client.post(here, {"place": "phd-ucas", "because": WHY}).status_code == 302
    (made,) = NotAwarded.objects.filter(call=contest.call)
    page = client.get(here).content.decode()
    assert f"“Doctoral at UCAS”: no place is given this time. The reason given: “{WHY}”" in page
    assert client.post(here, {"back": "x"}).status_code == 404
    assert client.post(here, {"back": str(made.pk)}).status_code == 302
    assert (
        "Everything is to be awarded that somebody can receive."
        in client.get(here).content.decode()
    )


def test_every_outcome_has_words_for_it() -> None:
    """As read by those who asked for it, of the shipped kinds and of one that nobody knew."""
    said = {}
    for kind in ("fellowship", "prize", "collaborative_research"):
        terms = find_kind(kind).terms_for(YEAR)
        said[kind] = words_for_withheld(terms.outcome.tree()[0].key, "None was fit.", terms)
    assert (
        said["prize"] == "“All awards” is not awarded this year. The reason given: “None was fit.”"
    )
    assert "no place is given this time" in said["fellowship"]
    assert "no grant is awarded this time" in said["collaborative_research"]
    told = field_schools.WORDS.not_awarded.in_language("en")
    assert told == "“%(place)s”: no field school is held this season."
