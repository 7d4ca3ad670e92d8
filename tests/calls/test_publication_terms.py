"""What a call publishes of its results stands in its terms: said before anybody applies, chosen by
officers until publication, and only ever narrowed after it.
"""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from anso.accounts.models import Account
from anso.calls import actions
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.amendments import amendments_of
from anso.calls.wording import published_in_words
from anso.calls.wording.amendments import changes_in_words
from anso.calls.wording.rows import shelves_of
from anso.kernel.errors import BadInput
from anso.kernel.terms import Publication, Terms, to_plain
from anso.programmes.catalogue import KINDS, find_kind
from anso.programmes.outcomes import read_terms
from tests.calls.test_amendments import announce, begun
from tests.factories.applications import make_application
from tests.factories.calls import YEAR, make_call, make_programme

pytestmark = pytest.mark.django_db
NAMES, NUMBERS, FIGURES = Publication


def change(call: Call, officer: Account, now: dt.datetime, publishes: Publication) -> None:
    actions.change_outcome(
        call=call,
        changes={"publishes": publishes},
        base_revision=Call.objects.get(pk=call.pk).revision,
        actor=officer,
        now=now,
    )


def test_every_kind_says_what_it_publishes_and_a_kind_that_says_nothing_names_nobody() -> None:
    assert {code: find_kind(code).publishes for code in KINDS} == {
        "fellowship": NUMBERS,
        "prize": NAMES,
        "collaborative_research": NAMES,
        "conference": NAMES,
        "scholarship": NUMBERS,
        "course": NAMES,
        "trainee": NUMBERS,
        "association": NAMES,
        "advice": FIGURES,
        "membership": NAMES,
        "need": FIGURES,
        "volunteer": FIGURES,
    }
    assert Terms().publishes is FIGURES
    assert read_terms({}).publishes is FIGURES  # terms frozen before this was said


@pytest.mark.parametrize(
    ("kind", "said", "unsaid"),
    [
        ("fellowship", "without names: whoever submitted knows their own", "Of everybody"),
        ("prize", "Whoever nominated is not named.", "knows their own"),
        ("collaborative_research", "whoever leads the work, and its title", "what is awarded"),
    ],
)
def test_the_page_of_a_call_says_it_before_anybody_applies_and_in_arabic(
    kind: str, said: str, unsaid: str, client: Client
) -> None:
    call = make_call(make_programme(kind), terms=find_kind(kind).terms_for(YEAR))
    page = client.get(reverse("calls:call", args=[call.slug])).content.decode()
    assert said in page
    assert unsaid not in page
    assert "Fewer than five are counted together" in page
    with translation.override("ar"):
        assert not any(each.isascii() for each in published_in_words(get_terms(call)))


def test_it_stands_beside_the_answers_before_they_are_submitted(client: Client) -> None:
    application = make_application()
    assert application.applicant.account is not None
    client.force_login(application.applicant.account)
    page = client.get(reverse("applications:check", args=[application.reference])).content.decode()
    assert "Nothing before the results are released." in page
    assert "whoever submitted knows their own" in page


@pytest.mark.usefixtures("desk_surroundings")
def test_officers_choose_it_on_the_page_of_what_is_given(draft: Call, ana: Client) -> None:
    address = reverse("calls:outcome", args=[draft.reference])
    form = {"publishes": "figures"}
    assert "Figures alone" in ana.post(address, form, follow=True).content.decode()
    draft.refresh_from_db()
    assert read_terms(draft.design).publishes is FIGURES
    refused = ana.post(address, form | {"publishes": "photographs"})
    assert "Choose what is published of the results." in refused.content.decode()
    draft.refresh_from_db()
    assert read_terms(draft.design).publishes is FIGURES


def test_an_amendment_narrows_what_is_published_and_never_widens_it(
    officer: Account, now: dt.datetime
) -> None:
    terms = find_kind("fellowship").terms_for(YEAR)
    call = make_call(make_programme(), terms=terms, officer=officer)
    change(begun(call, officer, now), officer, now, NAMES)
    with pytest.raises(BadInput, match="never widened"):
        announce(call, officer, now)
    change(Call.objects.get(pk=call.pk), officer, now, FIGURES)
    frozen = announce(call, officer, now, "Some who applied are in danger at home.")
    call.refresh_from_db()
    assert get_terms(call).publishes is FIGURES
    (amendment,) = amendments_of(call)
    assert frozen.version == 2
    told = changes_in_words(amendment.changes, shelves_of(call, get_terms(call)))
    assert "What is published: The numbers of those" in told
    assert "numbers →" not in told


def test_terms_keep_it_as_plain_values() -> None:
    plain = to_plain(Terms(publishes=NUMBERS))
    assert (plain["publishes"], read_terms(plain).publishes) == ("numbers", NUMBERS)
    assert [NAMES.is_wider_than(NUMBERS), NUMBERS.is_wider_than(FIGURES)] == [True, True]
    assert [FIGURES.is_wider_than(NAMES), NUMBERS.is_wider_than(NUMBERS)] == [False, False]
