"""A selection gives nothing to an application that lacks what the call demands of others."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.actions.required_letters import note_lacks
from anso.applications.models import Application, Letter
from anso.calls.queries import get_terms
from anso.decisions import rules
from anso.decisions.actions import compute_selection, propose_selection
from anso.decisions.models import Placement, SelectionRun
from anso.decisions.queries import Bar
from anso.decisions.queries.bars import lower_bar
from anso.decisions.wording import words_for_placement
from anso.kernel.terms import LetterNeed, Terms
from anso.kernel.verdict import Refused
from anso.programmes.methods import SelectionProblem
from anso.selection.allocation import Candidate
from anso.selection.ranking import Criterion, Review
from tests.factories.applications import agree_before_submission, make_later_submission
from tests.factories.decisions import (
    SELECTED,
    Contest,
    computed,
    confirmed,
    make_contest,
    released,
    small_terms,
)

pytestmark = pytest.mark.django_db


def lose(application: Application, count: int = 1) -> list[Letter]:
    """So many of its letters were never written."""
    lost = list(application.letters.order_by("id")[:count])
    Letter.objects.filter(pk__in=[each.pk for each in lost]).update(
        state="asked", completed_at=None
    )
    note_lacks(application)
    return lost


def place_of(run: SelectionRun, application: Application) -> Placement:
    return run.placements.get(application=application)


def test_the_best_without_a_required_letter_receives_nothing_and_reads_why(
    client: Client,
) -> None:
    contest = make_contest()
    best, second, third, _last = contest.applications
    lose(best)
    run = released(contest)
    place = place_of(run, best)
    assert (place.rank, place.result) == (1, "unplaced")
    assert {place_of(run, each).result for each in (second, third)} == {"selected"}
    told = words_for_placement(place, get_terms(contest.call))
    assert told.endswith(
        "Nothing could be given to it, because the call requires what was not there: referee’s"
        " letter (1 of 2)."
    )
    account = best.applicant.account
    assert account is not None
    client.force_login(account)
    page = client.get(reverse("awards:outcome", args=[best.reference])).content.decode()
    assert "referee’s letter (1 of 2)" in page
    assert run.figures["holds"], "nobody lost a place that they could take"


def test_without_the_agreement_for_one_host_another_one_places() -> None:
    contest = make_contest((6, 5), terms=small_terms(2, ustc=1))
    best, _second = contest.applications
    make_later_submission(
        best,
        hosts=["UCAS", "USTC"],
        supervisor_ucas={"name": "李明", "email": "li@ucas.example"},
    )
    run = computed(contest)
    place = place_of(run, best)
    assert (place.result, place.place) == ("selected", "phd-ustc")
    told = words_for_placement(place, get_terms(contest.call))
    assert "The call requires what was not there: supervisor’s statement for" in told
    best.answers |= {
        key: {"value": value, "form": 1, "revision": 1}
        for key, value in best.submission.answers.items()  # type: ignore[union-attr]  # it was submitted
    }
    agree_before_submission(best)
    assert place_of(computed(contest), best).place == "phd-ucas"


def test_a_run_waits_for_letters_that_may_still_come() -> None:
    contest = make_contest((6, 5))
    (letter,) = lose(contest.applications[0])
    Letter.objects.filter(pk=letter.pk).update(due_at=SELECTED + dt.timedelta(days=2))
    run = computed(contest)
    with pytest.raises(Refused, match="may still come until 5 May 2027, 17:00"):
        propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    later = SELECTED + dt.timedelta(days=2)
    assert rules.may_propose_selection(contest.officer, run, later)


def test_a_letter_that_came_since_is_counted_before_anybody_is_asked() -> None:
    contest = make_contest((6, 5))
    (letter,) = lose(contest.applications[0])
    run = computed(contest)
    Letter.objects.filter(pk=letter.pk).update(
        state="completed", completed_at=SELECTED + dt.timedelta(hours=1)
    )
    verdict = rules.may_propose_selection(contest.officer, run, SELECTED + dt.timedelta(hours=2))
    assert verdict.reasons[0].code == "letters_changed"
    again = compute_selection(actor=contest.officer, call=contest.call, now=SELECTED)
    assert place_of(again, contest.applications[0]).result == "selected"


def with_wanted(terms: Terms) -> Terms:
    wanted = tuple(replace(rule, need=LetterNeed.WANTED) for rule in terms.letters)
    return replace(terms, letters=wanted)


def test_what_is_only_wanted_keeps_nobody_from_a_place() -> None:
    contest: Contest = make_contest((6, 5), terms=with_wanted(small_terms()))
    lose(contest.applications[0], 2)
    run = confirmed(contest)
    assert place_of(run, contest.applications[0]).result == "selected"


def test_an_outline_without_a_required_word_does_not_go_on_and_pushes_nobody_over_the_line() -> (
    None
):
    grades = {"A": 6, "B": 5, "C": 3}
    task = SelectionProblem(
        reviews=tuple(Review(key, "r", {"c": Decimal(n)}) for key, n in grades.items()),
        criteria=(Criterion("c", Decimal(1)),),
        candidates=tuple(Candidate(key, ("x",)) for key in grades),
        quotas=(), ceilings=(), reserves=(), scale=(1, 6), seed="",
    )  # fmt: skip
    asked, _method = lower_bar(task, Bar(line=Decimal(4)), "rank_and_fill", {"A"})
    assert [each.preferences for each in asked.candidates] == [(), ("goes_on",), ("goes_on",)]
    assert asked.quotas[0].capacity == 1, "C does not come over the line in the place of A"
