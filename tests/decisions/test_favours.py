"""A favour changes who is selected: places that favour a group go to those of it whom the other
places did not reach. And a certificate knows of everybody.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from anso.applications.models import Application
from anso.calls.queries import get_terms
from anso.decisions.models import SelectionRun
from anso.decisions.wording import check_rows, words_for_placement
from anso.kernel.terms import PlaceNode, Terms
from anso.kernel.wording import Text
from anso.programmes.outcomes import Places
from tests.factories.applications import make_later_submission
from tests.factories.decisions import Contest, computed, make_contest, small_terms

pytestmark = pytest.mark.django_db
GENERAL = PlaceNode("phd-general", Text("Doctoral, general"), 2, "phd", "phd", "USTC", "CAS")
FAVOURED = PlaceNode(
    "phd-twas", Text("Doctoral, TWAS"), 1, "phd", "phd", "USTC", "TWAS", favour=("women",)
)


def terms_of(*leaves: PlaceNode, method: str = "rank_and_fill") -> Terms:
    top = PlaceNode("phd", Text("Doctoral places"), sum(leaf.capacity for leaf in leaves))
    return replace(small_terms(), outcome=Places((top, *leaves)), selection_method=method)


def contest_of(terms: Terms, genders: str, grades: tuple[int, ...]) -> Contest:
    contest = make_contest(grades, terms=terms)
    for application, gender in zip(contest.applications, genders, strict=True):
        if gender == "m":
            make_later_submission(application, gender="man")
    return contest


def seats(run: SelectionRun, applications: tuple[Application, ...]) -> list[str]:
    found = dict(run.placements.values_list("application_id", "place"))
    return [found[each.pk] for each in applications]


def test_a_favour_reaches_whom_the_other_places_did_not() -> None:
    contest = contest_of(terms_of(GENERAL, FAVOURED), "wmmw", (6, 5, 4, 3))
    run = computed(contest)
    assert seats(run, contest.applications) == ["phd-general", "phd-general", "", "phd-twas"]
    terms = get_terms(contest.call)
    told = [
        words_for_placement(run.placements.get(application=each), terms)
        for each in contest.applications
    ]
    assert told[3].endswith("It is kept for one group first, and this one belongs to it: women.")
    assert "kept for one group" not in told[0], "a woman who received a general place"
    assert "was kept for one group: women" in told[2]
    assert run.figures["holds"]


def test_without_the_favour_somebody_else_is_selected() -> None:
    """The control: what the favour changes."""
    plain = replace(FAVOURED, favour=())
    contest = contest_of(terms_of(GENERAL, plain), "wmmw", (6, 5, 4, 3))
    assert seats(computed(contest), contest.applications)[2:] == ["phd-twas", ""]


def test_what_the_group_leaves_goes_to_the_others_in_their_order() -> None:
    contest = contest_of(terms_of(GENERAL, FAVOURED), "wmm", (6, 5, 4))
    run = computed(contest)
    assert seats(run, contest.applications) == ["phd-general", "phd-general", "phd-twas"]
    told = words_for_placement(
        run.placements.get(application=contest.applications[2]), get_terms(contest.call)
    )
    assert told.endswith("It is kept for one group first, and was left by it: women.")


def test_the_call_says_what_a_favour_means(client: Client) -> None:
    contest = make_contest((), terms=terms_of(GENERAL, FAVOURED))
    page = client.get(reverse("calls:call", args=[contest.call.slug])).content.decode()
    assert "the other places of the same kind are given first" in page
    bare = make_contest((), terms=terms_of(GENERAL))
    page = client.get(reverse("calls:call", args=[bare.call.slug])).content.decode()
    assert "A favour means" not in page


def test_a_certificate_knows_of_those_who_ask_for_nothing_that_there_is() -> None:
    """A level that no place has, however it came into the submission: the other checks hold, for
    nobody who is known to them loses anything.
    """
    contest = contest_of(terms_of(GENERAL), "ww", (6, 5))
    make_later_submission(contest.applications[1], level="phd_cut_off")
    run = computed(contest)
    assert not run.figures["holds"]
    (row,) = [row for row in check_rows(run) if not row[0]]
    assert row == (
        False,
        "Everybody asks for something that the call gives.",
        contest.applications[1].number,
    )
