"""The results that everybody reads: nothing before the release, nobody named but who accepted,
nobody recognised in a figure, and what is corrected is corrected there.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from anso.applications.models import Application
from anso.audit.models import Entry
from anso.awards.actions import (
    accept_offer,
    choose_naming,
    correct_outcome,
    decline_offer,
    lapse_offer,
    make_offers,
    revoke_offer,
)
from anso.awards.models import Offer
from anso.awards.queries import results
from anso.awards.queries.results import open_node
from anso.calls import actions
from anso.calls.models import Call
from anso.calls.wording import result_lines_of
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.kernel.actors import CLOCK
from anso.kernel.canonical import content_hash
from anso.kernel.terms import PlaceNode, Publication
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from anso.programmes.catalogue import find_kind
from anso.programmes.outcomes import Places
from tests.awards.test_correcting import unknown_kind
from tests.factories.awards import (
    holder_by_link,
    holder_of,
    let_letters_go,
    make_offered,
)
from tests.factories.calls import YEAR
from tests.factories.decisions import (
    SELECTED,
    Contest,
    confirmed,
    make_contest,
    released,
    small_terms,
)
from tests.factories.directory import make_country, make_country_class
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.walking import assert_own_words, shown
from tests.shared import made_once

pytestmark = pytest.mark.django_db
LATER = SELECTED + dt.timedelta(days=3)
NOBODY = None
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"')
# In the order of the ranking: the only applicant of Ethiopia is third, a stateless person fourth.
COUNTRIES = ["KE", "KE", "ET", NOBODY, "KE", "KE", "KE", "KE", "NP", "NP", "BR", "KE"]


def set_out(contest: Contest) -> Contest:
    """Applicants of these countries, the first half doctoral and the rest master's."""
    for code in {each for each in COUNTRIES if each}:
        make_country(code)
    for place, application in enumerate(contest.applications):
        Application.objects.filter(pk=application.pk).update(
            country_id=COUNTRIES[place], category="phd" if place < 6 else "master"
        )
    return contest


def make_world() -> Contest:
    """Twelve for three places, in a call that publishes names: released, offered, told."""
    terms = replace(small_terms(3), publishes=Publication.NAMES)
    return set_out(make_contest((6, 5, 4, 3, 2, 2, 2, 2, 1, 1, 1, 1), terms=terms))


@pytest.fixture(scope="module")
def made(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Contest]:
    yield from made_once(django_db_blocker, make_world)


@pytest.fixture
def judged(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    """Before the release."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    return deepcopy(made)


@pytest.fixture
def contest(judged: Contest) -> Contest:
    make_offered(judged)
    return judged


def read(client: Client, call: Call, name: str = "results", language: str = "en") -> str:
    address = reverse(f"awards:{name}", args=[call.slug])
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == 200, address
    # The token of a form is chance: two letters of it may be the code of a country.
    return TOKEN.sub("", unescape(answer.content.decode()))


def plain(client: Client, call: Call) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(read(client, call, "results_json"))
    return found


def everything(client: Client, call: Call) -> str:
    """All that a stranger can read, whatever they guess."""
    return "".join(read(client, call, each) for each in ("results", "results_csv", "results_json"))


def offers(contest: Contest) -> list[Offer]:
    return list(Offer.objects.filter(application__call=contest.call).order_by("id"))


def accept(offer: Offer) -> None:
    accept_offer(actor=holder_of(offer), offer=offer, now=LATER)


def narrow(contest: Contest, publishes: Publication) -> None:
    call, officer = Call.objects.get(pk=contest.call.pk), contest.officer
    actions.begin_amendment(call=call, actor=officer, now=LATER)
    actions.change_outcome(
        call=call,
        changes={"publishes": publishes},
        base_revision=call.revision,
        actor=officer,
        now=LATER,
    )
    call = Call.objects.get(pk=call.pk)
    actions.announce_amendment(
        call=call,
        because="Some are in danger at home.",
        expected_sha256=content_hash(actions.amended_body(call, call.design)),
        actor=officer,
        now=LATER,
    )


def test_nothing_stands_there_before_the_release_also_for_whoever_guesses(
    judged: Contest, client: Client
) -> None:
    confirmed(judged)
    page = read(client, judged.call)
    assert "Nothing is published before the results are released." in page
    assert "Of everybody who accepts" in page
    assert "F27" not in page
    for file in ("results_csv", "results_json"):
        assert client.get(reverse(f"awards:{file}", args=[judged.call.slug])).status_code == 404
    assert result_lines_of([judged.call], LATER) == {}
    assert "See the results" not in client.get(f"/calls/{judged.call.slug}/").content.decode()
    draft = Call.objects.get(pk=judged.call.pk)
    Call.objects.filter(pk=draft.pk).update(state="draft", published_at=None)
    assert client.get(f"/calls/{judged.call.slug}/results/").status_code == 404


def test_who_accepted_is_named_and_nobody_else_of_any_outcome(
    contest: Contest, client: Client
) -> None:
    first, second, third = offers(contest)
    accept(first)
    decline_offer(actor=holder_of(second), offer=second, reason="", now=LATER)
    lapse_offer(actor=CLOCK, offer=third, now=third.respond_by)
    text = everything(client, contest.call)
    assert text.count("Applicant 1") == 3  # the page and both files
    for number in range(2, 13):
        assert f"Applicant {number}" not in text
    assert not any(each.number in text for each in contest.applications)
    held = plain(client, contest.call)["holders"]
    assert held == [
        {
            "name": "Applicant 1",
            "country": "KE",
            "level": "phd",
            "host": "USTC",
            "organisation": "",
            "title": "",
            "citation": "",
        }
    ]
    page = read(client, contest.call)
    assert "Kenya" in page
    assert "University of Science and Technology of China" in page


def test_figures_add_up_and_whoever_declines_leaves_no_trace_by_country(
    contest: Contest, client: Client
) -> None:
    before = plain(client, contest.call)
    assert before["totals"] == {
        "submitted": 12,
        "withdrawn": 0,
        "decided": 12,
        "eligible": 12,
        "selected": 3,
        "accepted": 0,
        "unanswered": 3,
        "given_back": 0,
        "waiting": 3,  # as many come next as there is to give
    }
    second = offers(contest)[1]
    accept(second)
    decline_offer(actor=holder_of(second), offer=second, reason="", now=LATER)
    after = plain(client, contest.call)
    # The next, who is of no country, is offered it: one more of the others, none less anywhere.
    assert after["totals"] | {"selected": 4, "given_back": 1, "waiting": 2} == after["totals"]
    assert after["countries"]["apart"] == before["countries"]["apart"]
    assert after["countries"]["together"] == {"decided": 5, "selected": 2}
    assert "Applicant 2" not in everything(client, contest.call)


def test_the_only_applicant_of_a_country_and_a_stateless_person_are_not_recognised(
    contest: Contest, client: Client
) -> None:
    found = plain(client, contest.call)
    assert found["countries"] == {
        "apart": [{"key": "KE", "decided": 7, "selected": 2}],
        "together": {"decided": 5, "selected": 1},
    }
    assert found["levels"]["apart"] == [
        {"key": "master", "decided": 6, "selected": 0},
        {"key": "phd", "decided": 6, "selected": 3},
    ]
    text = everything(client, contest.call)
    for silent in ("Ethiopia", "Nepal", "Brazil", "stateless", "ET", "not settled"):
        assert silent not in text
    page = read(client, contest.call)
    assert "others, counted together" in page
    assert "nobody is to be recognised" in page
    assert "28.6%" in page  # two of seven


def test_one_small_country_beside_large_ones_is_not_what_is_left_of_the_total(
    contest: Contest, client: Client
) -> None:
    Application.objects.filter(call=contest.call).exclude(country_id="ET").update(country_id="KE")
    found = plain(client, contest.call)["countries"]
    assert found == {"apart": [], "together": None}
    assert "Not told apart: where fewer than 5 were decided" in read(client, contest.call)


def test_a_stateless_person_who_accepts_is_named_without_being_pointed_at(
    contest: Contest, client: Client
) -> None:
    first = offers(contest)[0]
    accept(first)
    Application.objects.filter(pk=first.application_id).update(country_id=None)
    assert plain(client, contest.call)["holders"][0]["country"] == ""
    assert "stateless" not in everything(client, contest.call)


def test_a_group_is_told_where_nobody_is_recognised_by_it(contest: Contest, client: Client) -> None:
    make_country_class(make_country("KE"), "LDC")
    facts = dict(
        Application.objects.filter(call=contest.call).values_list("pk", "submission__body__facts")
    )
    assert {each["country"] for each in facts.values()} == {"KE"}
    assert plain(client, contest.call)["groups"] == [{"key": "LDC", "decided": 12, "selected": 3}]
    page = read(client, contest.call)
    assert ">Group<" in page
    # Gender is answered to officers alone, and no limit of this call needs it.
    assert "women" not in page


def test_a_correction_is_followed_and_says_of_which_day(contest: Contest, client: Client) -> None:
    third = offers(contest)[2]
    accept(third)
    assert "Applicant 3" in read(client, contest.call)
    correct_outcome(
        actor=contest.officer,
        decision=Decision.objects.select_related("application__call").get(offers=third),
        result=Result.INELIGIBLE,
        because="The diploma was forged",
        now=LATER,
    )
    text = everything(client, contest.call)
    assert "Applicant 3" not in text
    assert "forged" not in text
    found = plain(client, contest.call)
    assert found["corrected_on"] == ["2027-05-06"]
    assert (found["totals"]["eligible"], found["totals"]["selected"]) == (11, 3)
    assert found["countries"]["together"] == {"decided": 5, "selected": 1}
    assert "Corrected on 6 May 2027; this page follows." in read(client, contest.call)


def test_an_offer_that_was_taken_back_is_no_selection(contest: Contest, client: Client) -> None:
    first = offers(contest)[0]
    accept(first)
    revoke_offer(actor=contest.officer, offer=first, because="Forged", now=LATER)
    found = plain(client, contest.call)
    assert "Applicant 1" not in [each["name"] for each in found["holders"]]
    assert found["corrected_on"] == ["2027-05-06"]
    assert found["totals"]["selected"] == 3  # two of before, and the next


def test_an_amendment_that_narrows_takes_the_names_away(contest: Contest, client: Client) -> None:
    for offer in offers(contest)[:2]:
        accept(offer)
    numbers = sorted(each.application.number for each in offers(contest))
    narrow(contest, Publication.NUMBERS)
    text = everything(client, contest.call)
    assert "Applicant" not in text
    assert plain(client, contest.call)["numbers"] == numbers
    page = read(client, contest.call)
    assert f"{numbers[0]}" in page
    run = contest.call.selection_runs.get()
    assert run.figures["drawn"]
    assert "How the draws were made" in page
    run.figures["drawn"] = 0
    run.save(update_fields=["figures"])
    assert "How the draws were made" not in read(client, contest.call)
    narrow(contest, Publication.FIGURES)
    text = everything(client, contest.call)
    assert "Applicant" not in text
    assert not any(number in text for number in numbers)
    assert plain(client, contest.call)["numbers"] == []
    assert ">Country<" in text


def test_numbers_stand_there_when_their_letters_have_left_and_not_before(
    judged: Contest, client: Client
) -> None:
    run = released(judged)
    make_offers(actor=CLOCK, call=judged.call, now=SELECTED)
    narrow(judged, Publication.NUMBERS)
    assert plain(client, judged.call)["numbers"] == []
    let_letters_go(run)
    assert len(plain(client, judged.call)["numbers"]) == 3
    second = offers(judged)[1]
    decline_offer(actor=holder_of(second), offer=second, reason="", now=LATER)
    # Who declined is gone, and the next not told yet.
    assert second.application.number not in plain(client, judged.call)["numbers"]
    assert len(plain(client, judged.call)["numbers"]) == 2


def test_whoever_asks_not_to_be_named_is_counted_and_named_nowhere(
    contest: Contest, client: Client
) -> None:
    first = offers(contest)[0]
    own = Client()
    own.force_login(holder_of(first))
    page = reverse("awards:outcome", args=[first.application.reference])
    assert "If you accept, everybody can read your name" in own.get(page).content.decode()
    asked = own.get(reverse("awards:accept", args=[first.reference])).content.decode()
    assert "everybody can read your name" in asked
    accept(first)
    assert "Do not name me" in own.get(page).content.decode()
    name = reverse("awards:naming", args=[first.reference])
    answer = own.post(name, {"act": "hide_name"}, follow=True).content.decode()
    assert "Your name does not stand among the results." in answer
    assert "Applicant 1" not in everything(client, contest.call)
    assert "One more accepted and asked not to be named." in read(client, contest.call)
    assert plain(client, contest.call)["accepted_unnamed"] == 1
    own.post(name, {"act": "hide_name"})
    own.post(name, {"act": "show_name"})
    assert "Applicant 1" in everything(client, contest.call)
    verbs = Entry.objects.filter(object_id=first.pk, verb__endswith="_name")
    assert list(verbs.order_by("id").values_list("verb", flat=True)) == ["hide_name", "show_name"]


def test_nobody_chooses_for_another_nor_where_nobody_is_named(contest: Contest) -> None:
    first, second, _third = offers(contest)
    with pytest.raises(Refused, match="for somebody else"):
        choose_naming(actor=holder_of(second), offer=first, is_unnamed=True, now=LATER)
    decline_offer(actor=holder_of(second), offer=second, reason="", now=LATER)
    with pytest.raises(Refused, match="no longer stands"):
        choose_naming(actor=holder_of(second), offer=second, is_unnamed=True, now=LATER)
    narrow(contest, Publication.NUMBERS)
    with pytest.raises(Refused, match="Nobody is named"):
        choose_naming(
            actor=holder_of(first),
            offer=Offer.objects.get(pk=first.pk),
            is_unnamed=True,
            now=LATER,
        )


def test_applicants_and_the_page_of_the_call_lead_there(contest: Contest, client: Client) -> None:
    address = reverse("awards:results", args=[contest.call.slug])
    assert address in client.get(f"/calls/{contest.call.slug}/").content.decode()
    last = contest.applications[-1]
    assert last.applicant.account is not None
    client.force_login(last.applicant.account)
    page = client.get(reverse("awards:outcome", args=[last.reference])).content.decode()
    assert address in page
    assert "Your name among the results" not in page


def test_the_table_for_programs_says_what_the_page_says_and_starts_no_formula(
    contest: Contest, client: Client
) -> None:
    first = offers(contest)[0]
    accept(first)
    Application.objects.filter(pk=first.application_id).update(subject_name="=HYPERLINK(1)")
    text = read(client, contest.call, "results_csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text)))
    by_part: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_part.setdefault(row["part"], []).append(row)
    assert [(row["code"], row["decided"], row["selected"]) for row in by_part["country"]] == [
        ("KE", "7", "2"),
        ("together", "5", "1"),
    ]
    assert by_part["total"][0] | {"count": "12", "code": "submitted"} == by_part["total"][0]
    assert by_part["holder"][0]["name"] == "'=HYPERLINK(1)"
    assert by_part["holder"][0]["host"].startswith("University of Science")


def test_decided_calls_are_listed_with_their_figures_and_others_are_not(
    judged: Contest, client: Client
) -> None:
    home = shown(client.get("/").content.decode())
    assert "Lately decided" not in home
    assert "closed" in shown(client.get("/calls/").content.decode())
    make_offered(judged)
    for address in ("/", "/calls/"):
        page = client.get(address).content.decode()
        assert "3 places given at the release, for 12 applications judged" in shown(page)
        assert reverse("awards:results", args=[judged.call.slug]) in page
    home = shown(client.get("/").content.decode())
    assert "Lately decided" in home
    assert "3 May 2027" in home
    # What it ends with is told once.
    assert "A step was decided" not in home
    assert "results are out" in shown(client.get("/calls/").content.decode())


def test_two_editions_tell_only_of_themselves(contest: Contest, client: Client) -> None:
    other = make_contest((6,), terms=small_terms(1))
    accept(offers(contest)[0])
    page = read(client, other.call)
    assert "Not yet" in page
    assert "Applicant" not in page
    make_offered(other)
    found = plain(client, other.call)
    # One alone is told apart by nothing.
    assert (found["totals"]["decided"], found["countries"]["apart"]) == (1, [])
    assert found["numbers"] == [other.applications[0].number]
    assert plain(client, contest.call)["totals"]["decided"] == 12


def test_results_are_read_in_arabic(contest: Contest, client: Client) -> None:
    accept(offers(contest)[0])
    page = shown(read(client, contest.call, language="ar"))
    for words in ("النتائج", "البلد", "كينيا", "غيرها، محسوبة معًا", "من قبلوا"):
        assert words in page


def test_a_call_that_was_cancelled_says_so(judged: Contest, client: Client) -> None:
    actions.cancel_call(call=judged.call, because="No money.", actor=judged.officer, now=LATER)
    page = read(client, judged.call)
    assert "This call was cancelled" in page
    assert "No money." in page
    assert "Nothing was decided." in page
    assert "Then this page tells" not in page


def test_a_page_costs_the_same_for_three_holders_as_for_one(
    contest: Contest, client: Client, django_assert_max_num_queries: Any
) -> None:
    for offer in offers(contest):
        accept(offer)
    read(client, contest.call)
    with django_assert_max_num_queries(24):
        assert read(client, contest.call).count("Applicant ") == 3


def test_what_somebody_holds_does_not_say_to_which_group_they_belong(contest: Contest) -> None:
    top = PlaceNode("phd", Text("Doctoral"), 2)
    kept = PlaceNode("phd-women", Text("For women"), 1, "phd", only=("women",))
    terms = replace(small_terms(), outcome=Places((top, kept)))
    assert open_node(terms, kept) == top
    assert open_node(terms, replace(kept, parent="")) is None


@pytest.mark.parametrize("kind", ["prize", "collaborative_research", FIELD_SCHOOLS.code])
def test_every_kind_publishes_in_its_own_words(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    unknown_kind(monkeypatch)
    monkeypatch.setattr("django.utils.timezone.now", lambda: LATER)
    terms = replace(find_kind(kind).terms_for(YEAR), stages=small_terms().stages)
    contest = make_contest((3, 1), kind=kind, terms=terms)
    (offer, *_more) = make_offered(contest)
    actor = holder_by_link(offer) if kind != "collaborative_research" else holder_of(offer)
    accept_offer(actor=actor, offer=offer, now=LATER)
    found, page = plain(client, contest.call), read(client, contest.call)
    application = Application.objects.get(pk=offer.application_id)
    writer = application.applicant
    assert_own_words(shown(page), kind)
    assert found["publishes"] == find_kind(kind).publishes
    if kind == "prize":
        assert [each["name"] for each in found["holders"]] == [application.subject_name]
        assert writer.full_name not in everything(client, contest.call)
        choose_naming(actor=actor, offer=offer, is_unnamed=True, now=LATER)
        assert application.subject_name not in everything(client, contest.call)
    elif kind == "collaborative_research":
        assert found["holders"][0]["title"] == application.title
        assert found["holders"][0]["organisation"]
        assert application.title in page
    else:
        assert (found["holders"], found["numbers"]) == ([], [])
        assert application.number not in everything(client, contest.call)
        assert application.title not in everything(client, contest.call)


def test_groups_of_many_calls_are_not_kept_in_memory_for_ever(
    judged: Contest, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = released(judged)
    monkeypatch.setattr(results, "KEPT", 1)
    monkeypatch.setattr(results, "_groups", {"another": {}})
    results._groups_of(judged.call, run)
    assert set(results._groups) == {run.reference}


def test_a_calls_own_page_leads_to_draws_before_the_results_and_where_there_were_any(
    judged: Contest, client: Client
) -> None:
    address = f"/calls/{judged.call.slug}/"
    before, after = "Should lots be drawn, every draw", "Every draw stands here"
    page = client.get(address).content.decode()
    assert before in page
    assert after not in page
    run = make_offered(judged)[0].decision.run
    page = client.get(address).content.decode()
    assert before not in page
    assert after in page
    assert "/draw/" in page
    run.figures["drawn"] = 0
    run.save(update_fields=["figures"])
    page = client.get(address).content.decode()
    assert not [each for each in (before, after, "/draw/") if each in page]
