"""Groups of people are declared by the programme; a record and its figures hold no more of them
than the limits of the outcome need, and no figure tells of single people.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from anso.calls.queries import get_terms
from anso.decisions.actions import compute_selection
from anso.decisions.actions.computing import share_told
from anso.decisions.models import SelectionRun
from anso.decisions.wording import group_label
from anso.kernel.questions import Meaning
from anso.kernel.terms import Group, PlaceReserve
from anso.kernel.wording import Text
from anso.programmes.catalogue import KINDS
from anso.programmes.outcomes import Places
from tests.factories.applications import make_later_submission
from tests.factories.decisions import SELECTED, Contest, make_contest, small_terms

pytestmark = pytest.mark.django_db
GENDERS = {"woman", "women", "man", "gender"}


def computed(contest: Contest) -> SelectionRun:
    return compute_selection(actor=contest.officer, call=contest.call, now=SELECTED)


def groups_in(run: SelectionRun) -> set[str]:
    """Every group in which the record puts a candidate."""
    candidates = run.record["places"]["inputs"]["candidates"]
    return {group for candidate in candidates for group in candidate["groups"]}


def words_in(value: Any) -> set[str]:
    """Every key and every text of a JSON value."""
    if isinstance(value, dict):
        return set(value) | {word for part in value.values() for word in words_in(part)}
    if isinstance(value, list):
        return {word for part in value for word in words_in(part)}
    return {value} if isinstance(value, str) else set()


def everything_told(
    client: Client, contest: Contest, run: SelectionRun, monkeypatch: pytest.MonkeyPatch
) -> str:
    """The page of the run and its record as it can be taken away."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    client.force_login(contest.officer)
    names = [contest.call.reference, run.number]
    addresses = [reverse(f"decisions:{name}", args=names) for name in ("run", "record", "draw")]
    addresses += [
        reverse("decisions:why", args=[*names, application.number])
        for application in contest.applications
    ]
    pages = [client.get(address) for address in addresses]
    assert {page.status_code for page in pages} == {200}
    return " ".join(b"".join(page).decode() for page in pages)


@pytest.mark.parametrize("kind", ["fellowship", "prize"])
def test_no_record_figure_or_page_holds_gender_where_nothing_is_kept_for_women(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = small_terms(2) if kind == "fellowship" else KINDS["prize"].terms_for(2027)
    contest = make_contest((5, 4, 3), kind=kind, terms=terms)
    run = computed(contest)
    assert not words_in([run.record, run.figures]) & GENDERS
    for place in run.placements.all():
        assert not words_in(place.facts) & GENDERS
    told = everything_told(client, contest, run, monkeypatch)
    words = re.findall(r"[\w-]+", told.replace("Outstanding Women Award", "").lower())
    assert not set(words) & GENDERS


def test_a_record_holds_the_groups_that_a_limit_names_and_no_other() -> None:
    kept = (PlaceReserve("women", 1),)
    assert groups_in(computed(make_contest((6, 5), terms=small_terms(2)))) == set()
    assert groups_in(computed(make_contest((6, 5), terms=small_terms(2, reserves=kept)))) == {
        "women"
    }
    ceiling = small_terms(2, country_ceiling=1)
    assert groups_in(computed(make_contest((6, 5), terms=ceiling))) == {"country:KE"}


def test_a_group_that_no_app_knows_is_kept_for_and_named_as_its_programme_says() -> None:
    late = Group(
        "patient",
        Text({"en": "those who wait", "ar": "المنتظرون"}),
        Meaning.PREFERENCE,
        values=("UCAS",),
    )
    terms = small_terms(1, reserves=(PlaceReserve("patient", 1),))
    contest = make_contest((6, 5), terms=replace(terms, groups=(late,), figures=()))
    for application, hosts in zip(contest.applications, (["USTC"], ["USTC", "UCAS"]), strict=True):
        make_later_submission(application, hosts=hosts)
    run = computed(contest)
    assert run.placements.get(result="selected").application == contest.applications[1]
    assert group_label("patient", get_terms(contest.call)) == "those who wait"


def test_a_share_is_told_where_a_limit_needs_the_group_and_nobody_stands_out(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = small_terms(10, reserves=(PlaceReserve("women", 1),))
    contest = make_contest((6,) * 10, terms=kept)
    for application in contest.applications[:5]:
        make_later_submission(application, gender="man")
    assert computed(contest).figures["shares"] == {"women": "50", "LDC": ""}
    make_later_submission(contest.applications[5], gender="man")
    run = computed(contest)
    assert run.figures["shares"] == {"women": "", "LDC": ""}
    told = everything_told(client, contest, run, monkeypatch)
    assert "not told: too few people" in told
    assert "40" not in json.dumps(run.figures["shares"])


@pytest.mark.parametrize(
    ("inside", "outside", "told"),
    [(5, 5, "50"), (4, 96, ""), (96, 4, ""), (0, 50, ""), (50, 0, ""), (5, 95, "5"), (0, 0, "")],
)
def test_no_share_is_told_of_fewer_than_five_or_of_all_but_four(
    inside: int, outside: int, told: str
) -> None:
    groups = [frozenset({"women"})] * inside + [frozenset({"LDC"})] * outside
    assert share_told(groups, "women") == told


def test_gender_and_date_of_birth_are_sensitive_in_every_form() -> None:
    asked = [
        question
        for kind in KINDS.values()
        for form in kind.forms().values()
        for question in form.questions()
        if {Meaning.GENDER, Meaning.BIRTH_DATE} & set(question.means)
    ]
    assert {question.key for question in asked} == {"gender", "date_of_birth", "nominee_gender"}
    assert all(question.is_sensitive for question in asked)


def test_an_outcome_that_favours_a_group_needs_it_in_the_record() -> None:
    favouring = tuple(
        replace(node, favour=("LDC", "women")) if node.key == "phd-ustc" else node
        for node in small_terms(2).outcome.tree()
    )
    terms = replace(small_terms(2), outcome=Places(favouring))
    assert groups_in(computed(make_contest((6, 5), terms=terms))) == {"LDC|women"}
