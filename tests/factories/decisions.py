"""Makers of calls that are ready to be selected, and of runs, by the same actions that users
call.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.decisions.actions import (
    compute_selection,
    confirm_selection,
    pass_words_on,
    propose_selection,
    release_decisions,
)
from anso.decisions.models import SelectionRun
from anso.directory.models import Person
from anso.governance.models import Body
from anso.kernel.terms import PlaceNode, Terms
from anso.kernel.wording import Text
from anso.programmes.catalogue import find_kind
from anso.programmes.outcomes import Places
from anso.review.actions import assign_reviewers
from anso.review.models import Reviewer
from tests.factories.answers import answers_for
from tests.factories.applications import fellowship_answers
from tests.factories.calls import YEAR, make_call, make_programme
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import (
    IN_REVIEW,
    make_eligible_application,
    make_review,
    make_reviewer,
)

PANEL_GRADES = ((6, 6, 5), (4, 4, 3), (4, 4, 3), (4, 4, 3), (2, 2, 1))
"""One clear winner, three whom nobody can separate, one clearly last; the third
reviewer grades one lower than the others."""
SELECTED = dt.datetime(2027, 5, 3, 9, 0, tzinfo=dt.UTC)


@dataclass(frozen=True)
class Contest:
    """A closed call with judged applications, best first, its officer and the chair of its
    panel.
    """

    call: Call
    officer: Account
    chair: Account
    applications: tuple[Application, ...]


def small_terms(places: int = 2, *, ustc: int | None = None, **limits: Any) -> Terms:
    """The fellowship with ``places`` doctoral places at USTC; with ``ustc`` fewer there and the
    rest shared with UCAS. ``limits`` are reserves and a ceiling.
    """
    at_ustc = places if ustc is None else ustc
    nodes = (
        PlaceNode("phd", Text("Doctoral places"), places),
        PlaceNode("phd-ustc", Text("Doctoral at USTC"), at_ustc, "phd", "phd", "USTC"),
        PlaceNode("phd-ucas", Text("Doctoral at UCAS"), places, "phd", "phd", "UCAS"),
    )
    return replace(find_kind("fellowship").terms_for(YEAR), outcome=Places(nodes, **limits))


def with_one_review(terms: Terms) -> Terms:
    """The same terms of a call that decides after its first review, by its own rubric."""
    first = next(stage for stage in terms.stages if stage.block == "review")
    once = ("applications", "review", "rebuttal")
    kept = tuple(
        replace(stage, rubric="")
        for number, stage in enumerate(terms.stages)
        if number == 0 or stage == first or stage.block not in once
    )
    return replace(terms, stages=kept)


def make_contest(
    scores: tuple[int, ...] = (6, 5, 4, 3),
    *,
    terms: Terms | None = None,
    kind: str = "fellowship",
    reviews: int = 1,
    **fields: Any,
) -> Contest:
    """One judged application per score; equal scores are exact ties. The call decides after its
    first review, unless the ``terms`` have several that are wanted.
    """
    officer, chair, panel = make_officer(), make_person("李雨桐").account, make_body("panel")
    assert chair is not None
    make_mandate(Person.objects.get(account=chair), "chair", panel)
    programme, promised = make_programme(kind), terms or small_terms()
    promised = promised if reviews > 1 else with_one_review(promised)
    call = make_call(programme, terms=promised, officer=officer, panel=panel, **fields)
    reviewer = make_reviewer(call, capacity=100)
    applications = judge_all(call, [reviewer], [(score,) for score in scores])
    return Contest(call, officer, chair, applications)


def make_panel_contest(
    grades: tuple[tuple[int, ...], ...] = PANEL_GRADES, *, terms: Terms | None = None
) -> Contest:
    """A contest judged by several reviewers, who each grade every application: one row of grades
    for each application.
    """
    contest = make_contest((), terms=terms)
    call = contest.call
    reviewers = [
        make_reviewer(call, person=make_person(f"Reviewer {number}"), capacity=100)
        for number in range(len(grades[0]))
    ]
    return replace(contest, applications=judge_all(call, reviewers, grades))


def judge_all(
    call: Call,
    reviewers: Sequence[Reviewer],
    grades: Sequence[Sequence[int]],
    *,
    first: int = 1,
) -> tuple[Application, ...]:
    """Further applicants, reviewed with one score by each reviewer; given to them all at once,
    which costs a third of giving them one by one.
    """
    if not grades:
        return ()
    entered = [enter(call, number) for number, _ in enumerate(grades, start=first)]
    made = assign_reviewers(
        actor=officer_of(call),
        call=call,
        pairs=[(application, reviewer) for application in entered for reviewer in reviewers],
        due_at=IN_REVIEW + dt.timedelta(days=10),
        now=IN_REVIEW,
    )
    given = {(each.application_id, each.reviewer_id): each for each in made}
    for application, row in zip(entered, grades, strict=True):
        for reviewer, grade in zip(reviewers, row, strict=True):
            make_review(given[application.pk, reviewer.pk], grade)
    return tuple(entered)


def judged(call: Call, reviewer: Reviewer, number: int, score: int) -> Application:
    """One more applicant, reviewed with one score."""
    return judge_all(call, [reviewer], [(score,)], first=number)[0]


def enter(call: Call, number: int) -> Application:
    """One more applicant, found eligible."""
    account = make_person(f"Applicant {number}").account
    assert account is not None
    if call.programme.kind == "fellowship":
        answers = fellowship_answers(
            full_name=f"Applicant {number}",
            referee_1={"name": "Wanjiru Kamau", "email": f"first{number}@example.org"},
            referee_2={"name": "Рустам Каримов", "email": f"second{number}@example.org"},
        )
    else:
        answers = answers_for(get_form(call)[1], number)
    return make_eligible_application(call, applicant=account, answers=answers)


def make_officer() -> Account:
    """Somebody of the Secretariat."""
    account = make_person("Ana Lúcia Prado").account
    assert account is not None
    division = Body.objects.filter(kind="division").first() or make_body("division")
    make_mandate(Person.objects.get(account=account), "programme_officer", division)
    return account


def officer_of(call: Call) -> Account:
    """The officer of a call."""
    return call.officers.get().account


def computed(contest: Contest, now: dt.datetime = SELECTED) -> SelectionRun:
    """A run that was computed."""
    return compute_selection(actor=contest.officer, call=contest.call, now=now)


def confirmed(contest: Contest, now: dt.datetime = SELECTED) -> SelectionRun:
    """A run that the chair has confirmed."""
    run = propose_selection(
        actor=contest.officer, run=computed(contest, now), now=now, because="As it is."
    )
    return confirm_selection(actor=contest.chair, run=run, now=now)


def released(contest: Contest, now: dt.datetime = SELECTED) -> SelectionRun:
    """A run whose decisions everybody knows."""
    run = confirmed(contest, now)
    pass_words_on(actor=contest.officer, call=contest.call, references=None, now=now)
    return release_decisions(actor=contest.officer, run=run, now=now)
