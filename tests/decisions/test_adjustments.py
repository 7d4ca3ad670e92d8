"""The panel moves a mean: within the terms, with a reason, by nobody who has a conflict. It is an
input of the run, and is read as the panel's own, never as what reviewers said.
"""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Participant
from anso.audit.models import Entry
from anso.calls.queries import get_terms
from anso.calls.wording import scores_in_words
from anso.decisions import rules
from anso.decisions.actions import (
    adjust_mean,
    confirm_selection,
    notify_decided_applicants,
    pass_words_on,
    propose_selection,
    release_decisions,
    undo_adjustment,
    word_adjustment,
)
from anso.decisions.models import Adjustment, Decision, Placement, SelectionRun
from anso.decisions.wording import words_for_placement
from anso.directory.models import Affiliation, Person
from anso.kernel.errors import BadInput
from anso.kernel.terms import Terms, check_terms
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.selection.__main__ import main
from tests.factories.decisions import (
    SELECTED,
    Contest,
    computed,
    confirmed,
    enter,
    make_contest,
    make_panel_contest,
    small_terms,
)
from tests.factories.directory import make_organisation

pytestmark = pytest.mark.django_db
WHY = "One reviewer overlooked the second half of the proposal."


def terms_with(most: str | None = "1", method: str = "rank_and_fill") -> Terms:
    bound = None if most is None else Decimal(most)
    return replace(small_terms(2), adjustment_most=bound, selection_method=method)


def move(contest: Contest, at: int, points: str, by: Account | None = None) -> Adjustment:
    return adjust_mean(
        actor=by or contest.chair,
        application=contest.applications[at],
        points=Decimal(points),
        because=WHY,
        now=SELECTED,
    )


def placed(run: SelectionRun, contest: Contest) -> list[Placement]:
    found = {each.application_id: each for each in run.placements.all()}
    return [found[each.pk] for each in contest.applications]


def test_a_move_changes_who_is_selected_and_is_told_as_the_panel_s(
    tmp_path: Path, client: Client
) -> None:
    contest = make_contest((6, 5, 4, 3), terms=terms_with("1.5"))
    move(contest, 2, "1.5")
    run = confirmed(contest)
    places = placed(run, contest)
    assert [each.rank for each in places] == [1, 3, 2, 4]
    assert [each.result for each in places] == ["selected", "waiting", "selected", "waiting"]
    assert places[2].score == 4, "what reviewers gave stays what it was"
    stored = SelectionRun.objects.get(pk=run.pk)
    number = contest.applications[2].number
    assert stored.record["beside_reviews"]["inputs"]["adjustments"] == [
        {"key": number, "points": "1.50", "reason": WHY}
    ]
    for step, part in stored.record.items():
        path = tmp_path / f"{step}.json"
        path.write_text(json.dumps(part), encoding="utf-8")
        assert main(["replay", str(path)]) == 0
    pass_words_on(actor=contest.officer, call=contest.call, references=None, now=SELECTED)
    with pytest.raises(Refused, match="nobody has worded yet how the reason is told"):
        release_decisions(actor=contest.officer, run=run, now=SELECTED)
    decision = Decision.objects.get(application=contest.applications[2])
    word_adjustment(
        actor=contest.officer, decision=decision, text="A review left out a part.", now=SELECTED
    )
    release_decisions(actor=contest.officer, run=run, now=SELECTED)
    account = contest.applications[2].applicant.account
    assert account is not None
    client.force_login(account)
    page = client.get(reverse("awards:outcome", args=[contest.applications[2].reference]))
    assert (
        "1 review, weighted mean 4.00 of at most 6. It was the panel, and no reviewer, that moved"
        " this mean from 4.00 to 5.50. The reason given: “A review left out a part.” That makes it"
        " rank 2 of 4." in page.content.decode()
    )
    assert WHY not in page.content.decode()
    with pytest.raises(BadInput, match="was released; correct it instead"):
        word_adjustment(actor=contest.officer, decision=decision, text="No.", now=SELECTED)


def test_whoever_is_moved_down_reads_it_in_the_letter_and_others_do_not() -> None:
    contest = make_contest((6, 5, 4), terms=terms_with())
    move(contest, 0, "-1", contest.officer)
    move(contest, 1, "-1")
    run = confirmed(contest)
    assert [each.rank for each in placed(run, contest)] == [1, 2, 2], "a lot decides among equals"
    pass_words_on(actor=contest.officer, call=contest.call, references=None, now=SELECTED)
    for decision in Decision.objects.filter(application__in=contest.applications[:2]):
        word_adjustment(actor=contest.officer, decision=decision, text="Read anew.", now=SELECTED)
    run = release_decisions(actor=contest.officer, run=run, now=SELECTED)
    notify_decided_applicants(actor=contest.officer, run=run, now=SELECTED)
    bodies = [
        " ".join(each.body.split())
        for each in Message.objects.filter(code__startswith="decisions.w")
    ]
    waiting = [each for each in placed(run, contest) if each.result == "waiting"]
    assert len(bodies) == len(waiting) == 1
    is_moved = "adjusted" in waiting[0].facts
    assert (
        "moved this mean from 5.00 to 4.00. The reason given: “Read anew.”" in bodies[0]
    ) is is_moved


def test_with_calibration_the_evened_out_mean_is_moved() -> None:
    contest = make_panel_contest(terms=terms_with("3", "calibrated"))
    before = placed(computed(contest), contest)
    # Past the three that nobody can separate: beside them a lot would decide its rank.
    move(contest, 4, "3")
    run = computed(contest)
    place = placed(run, contest)[4]
    counted = Decimal(before[4].facts["mean"])
    after = Decimal(place.facts["adjusted"]["after"])
    assert abs(after - counted - 3) <= Decimal("0.01")
    assert place.rank < before[4].rank
    assert place.facts["mean"] == before[4].facts["mean"], "what calibration found stays"
    told = words_for_placement(place, get_terms(contest.call))
    moved = f"moved this mean from {place.facts['adjusted']['before']} to {after}."
    assert moved in told
    assert run.figures["holds"]


def test_a_move_counts_for_the_least_mean_and_ends_at_the_scale(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    contest = make_contest((6, 4), terms=replace(terms_with(), minimum_score=Decimal("4.5")))
    move(contest, 1, "0.5")
    move(contest, 0, "1")
    best, second = placed(computed(contest), contest)
    assert second.result == "selected"
    assert "adjusted" not in best.facts, "nothing is above the scale, so nothing was moved"
    assert confirmed(contest).decisions.count() == 2
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    client.force_login(contest.officer)
    address = reverse("applications:export", args=[contest.call.reference, "csv"])
    file = b"".join(client.get(f"{address}?columns=number&columns=score")).decode("utf-8-sig")
    rows = list(csv.reader(file.splitlines()))
    assert rows[0] == ["Number", "Mean that counts"]
    said = {number: Decimal(mean) for number, mean in rows[1:]}
    first, other = contest.applications
    assert said == {first.number: Decimal(6), other.number: Decimal("4.5")}


def test_a_run_from_before_goes_no_further_and_a_move_is_taken_back_until_it_is_confirmed() -> None:
    contest = make_contest((6, 5, 4), terms=terms_with())
    run = computed(contest)
    made = move(contest, 2, "1")
    with pytest.raises(Refused, match="Who was moved beside the reviews has changed"):
        propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    undo_adjustment(actor=contest.chair, adjustment=made, now=SELECTED)
    undo_adjustment(actor=contest.chair, adjustment=made, now=SELECTED)
    assert Entry.objects.filter(verb="undo_adjustment").count() == 1
    run = propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    made = move(contest, 2, "1")
    run.refresh_from_db()
    assert run.returned_because == f"Moved: {contest.applications[2].number}. {WHY}"
    again = move(contest, 2, "0.5", contest.officer)
    made.refresh_from_db()
    assert made.taken_back_at == SELECTED, "one move of one application stands"
    confirm_selection(
        actor=contest.chair,
        run=propose_selection(
            actor=contest.officer, run=computed(contest), now=SELECTED, because="As it is."
        ),
        now=SELECTED,
    )
    with pytest.raises(Refused, match="This selection is confirmed"):
        undo_adjustment(actor=contest.chair, adjustment=again, now=SELECTED)


def test_nobody_with_a_conflict_moves_and_nobody_where_the_terms_say_nothing() -> None:
    contest = make_contest((6, 5), terms=terms_with())
    here, chair = contest.applications[0], Person.objects.get(account=contest.chair)
    organisation = make_organisation()
    Affiliation.objects.create(
        person=chair, organisation=organisation, starts_on=SELECTED.date().replace(year=2020)
    )
    Participant.objects.filter(application=here, role="applicant").update(organisation=organisation)
    refused = rules.may_adjust_application(contest.chair, here, SELECTED)
    assert [each.code for each in refused.reasons] == ["conflict"]
    assert rules.may_adjust_application(contest.chair, contest.applications[1], SELECTED)
    assert rules.may_adjust_application(contest.officer, here, SELECTED)
    stranger = here.applicant.account
    assert stranger is not None
    assert not rules.may_adjust(stranger, contest.call, SELECTED)
    closed = make_contest((6,), terms=terms_with(None))
    refused = rules.may_adjust(closed.officer, closed.call, SELECTED)
    assert [each.code for each in refused.reasons] == ["no_adjustments"]


def test_what_makes_no_sense_is_refused() -> None:
    contest = make_contest((6,), terms=terms_with("0.5"))
    for points in ("0", "0.51", "-0.51"):
        with pytest.raises(BadInput, match=r"at most 0\.5, up or down"):
            move(contest, 0, points)
    contest = replace(contest, applications=(*contest.applications, enter(contest.call, 9)))
    with pytest.raises(BadInput, match="no mean that could be moved"):
        move(contest, 1, "0.5")
    for most, count in (("5", 0), ("5.01", 1), ("0", 1)):
        codes = [each.message.code for each in check_terms(terms_with(most))]
        assert codes.count("move_outside") == count
    words, _who_comes_next = scores_in_words(terms_with("0.5"))
    assert words.startswith("Those who judge together may move a mean by at most 0.50, up")


def test_it_is_done_worded_and_undone_by_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    contest = make_contest((6, 5, 4), terms=terms_with())
    call, number = contest.call, contest.applications[2].number
    here = reverse("decisions:beside_reviews", args=[call.reference])
    client.force_login(contest.chair)
    typed = {"number": number, "points": "much", "moved_because": WHY}
    answer = client.post(here, typed)
    assert answer.status_code == 422
    assert "Say by how many points, such as 0.5 or -0.5." in answer.content.decode()
    assert WHY in answer.content.decode(), "nothing is lost"
    answer = client.post(here, typed | {"number": "X-1", "points": "1"})
    assert "Nothing in this call has that number" in answer.content.decode()
    for points in ("−0,5", "+1"):
        assert client.post(here, typed | {"points": points}).status_code == 302
    (made,) = Adjustment.objects.filter(taken_back_at=None)
    assert made.points == 1
    assert client.post(here, {"undo": str(made.pk)}).status_code == 302
    assert "Every mean is that of the reviews." in client.get(here).content.decode()
    client.post(here, typed | {"points": "1"})
    run = confirmed(contest)
    client.force_login(contest.officer)
    ranking = reverse("decisions:ranking", args=[call.reference])
    page = " ".join(client.get(ranking, {"result": "adjusted"}).content.decode().split())
    assert "moved to 5.00" in page
    assert "nobody has worded yet how the reason is told" in page
    assert WHY in page
    why = reverse("decisions:why", args=[call.reference, run.number, number])
    assert f"The reason given: “{WHY}”" in client.get(why).content.decode()
    listed = reverse("decisions:decisions", args=[call.reference])
    assert "why it was moved, not worded to be told yet" in client.get(listed).content.decode()
    decision = Decision.objects.get(application=contest.applications[2])
    passing = reverse("decisions:pass_words_on", args=[call.reference])
    posted = {"adjusted": decision.reference, "told": " "}
    page = client.post(passing, posted, follow=True).content.decode()
    assert "Say why: whoever it concerns reads it" in page
    page = client.post(
        passing, posted | {"told": "It was read anew."}, follow=True
    ).content.decode()
    assert "The reason given: “It was read anew.”" in page
