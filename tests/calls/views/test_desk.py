"""The officers' pages of a call: who may open them, what saving does, what an error looks like."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.calls import queries
from anso.calls.models import Call, Outage
from anso.calls.queries import bodies_of
from anso.kernel.terms import PlaceReserve
from anso.questionnaires.queries import versions_of
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme
from tests.factories.governance import make_body

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]
PAGES = (
    "edit/",
    "timeline/",
    "outcome/",
    "rubric/",
    "questions/",
    "questions/application/title/",
    "people/",
    "publish/",
    "deadline/",
    "end/",
)
READ_BY_ALL_ON_THE_CALL = (
    "edit/",
    "timeline/",
    "outcome/",
    "rubric/",
    "questions/",
    "questions/application/title/",
)


@pytest.fixture
def desk(client: Client, officer: Account) -> Client:
    client.force_login(officer)
    return client


def address(call: Call, page: str) -> str:
    return f"/desk/calls/{call.reference}/{page}"


@pytest.mark.parametrize("page", PAGES)
def test_pages_are_found_by_those_on_the_call_and_changed_by_its_officers(
    client: Client, cast: Cast, page: str
) -> None:
    panel = cast.panel_chair.person.mandates.get().body
    call = make_call(officer=cast.programme_officer, panel=panel)
    found = {}
    for role, account in cast.everyone().items():
        client.force_login(account)
        found[role] = client.get(address(call, page)).status_code
    reader = 200 if page in READ_BY_ALL_ON_THE_CALL else 403
    assert found.pop("programme_officer") == 200
    assert (found.pop("panel_chair"), found.pop("auditor")) == (reader, reader)
    assert set(found.values()) == {404}
    client.logout()
    assert client.get(address(call, page)).status_code == 302


@pytest.mark.parametrize("page", ["edit/", "timeline/", "outcome/", "rubric/"])
def test_a_chair_reads_the_design_but_saving_is_refused_with_the_reason(
    client: Client, cast: Cast, page: str
) -> None:
    panel = cast.panel_chair.person.mandates.get().body
    call = make_call(state="draft", officer=cast.programme_officer, panel=panel)
    client.force_login(cast.panel_chair)
    assert "Only to be read" in client.get(address(call, page)).content.decode()
    answer = client.post(address(call, page), valid_edit() | {"offer_days": "3"})
    assert answer.status_code == 403
    assert "Only the programme officers of this call may do this." in answer.content.decode()


def valid_edit() -> dict[str, str]:
    return {
        "title_en": "New title",
        "title_ar": "عنوان",
        "summary_en": "Summary",
        "summary_ar": "ملخص",
        "opens_on": "2026-12-10",
        "opens_time": "08:00",
        "closes_on": "2027-03-01",
        "closes_time": "23:59",
        "zone": "Africa/Nairobi",
        "label-new": "Only one",
        "weight-new": "100",
        "reviews_each": "2",
    }


def test_an_officer_creates_a_call_from_its_kind(desk: Client) -> None:
    make_programme()
    typed = {"programme": "fellowship", "year": "2028", "opens_on": "", "closes_on": ""}
    answer = desk.post("/desk/calls/new/", typed)
    call = Call.objects.get()
    assert answer.headers["Location"] == f"/desk/calls/{call.reference}/"
    assert call.edition_year == 2028
    again = desk.post("/desk/calls/new/", typed)
    assert (again.status_code, "another letter, such as B" in again.content.decode()) == (422, True)
    assert desk.post("/desk/calls/new/", typed | {"round": " b "}).status_code == 302
    assert [each.title["en"] for each in Call.objects.order_by("id")] == [
        "Fellowship for Young Talents 2028",
        "Fellowship for Young Talents 2028, round B",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [("year", "soon"), ("year", "1999"), ("programme", ""), ("closes_on", "2020-99-99")],
)
def test_what_cannot_be_created_is_explained_and_kept(desk: Client, field: str, value: str) -> None:
    make_programme()
    typed = {"programme": "fellowship", "year": "2028", "opens_on": "", "closes_on": ""} | {
        field: value
    }
    answer = desk.post("/desk/calls/new/", typed)
    assert answer.status_code == 422
    assert "needs another look" in answer.content.decode()
    assert not Call.objects.exists()


def test_only_programme_officers_open_the_page_for_a_new_call(client: Client, cast: Cast) -> None:
    client.force_login(cast.auditor)
    page = client.get("/desk/calls/new/")
    assert page.status_code == 403
    assert "Only programme officers of the Secretariat create calls." in page.content.decode()


def test_dates_are_saved_in_their_zone_and_2359_lasts_the_whole_day(
    desk: Client, draft: Call
) -> None:
    assert desk.post(address(draft, "edit/"), valid_edit()).status_code == 302
    fresh = Call.objects.get(pk=draft.pk)
    assert fresh.closes_at == dt.datetime(2027, 3, 1, 21, tzinfo=dt.UTC)
    assert fresh.opens_at == dt.datetime(2026, 12, 10, 5, tzinfo=dt.UTC)
    page = desk.get(address(draft, "edit/")).content.decode()
    assert "1 March 2027, 23:59 (Nairobi)" in page
    assert "1 March 2027, 20:59 (UTC)" in page


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("closes_on", "2026-12-01", "must close after it opens"),
        ("closes_time", "25:00", "is not a time of day"),
        ("opens_on", "soon", "is not a day"),
        ("zone", "Mars/Olympus", "is not the name of a time zone"),
        ("title_en", "", "Give the call an English title."),
    ],
)
def test_impossible_dates_come_back_with_what_was_typed(
    desk: Client, draft: Call, field: str, value: str, words: str
) -> None:
    answer = desk.post(address(draft, "edit/"), valid_edit() | {field: value})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert 'value="عنوان"' in page
    assert value in page


def test_places_are_saved_with_their_sums_and_wrong_ones_explained(
    desk: Client, draft: Call
) -> None:
    typed = {
        f"places-{row.node.key}": str(row.node.capacity)
        for row in queries.place_rows(queries.get_terms(draft))
    }
    assert (
        desk.post(
            address(draft, "outcome/"), typed | {"places-master-ucas": "150", "offer_days": "14"}
        ).status_code
        == 302
    )
    assert queries.count_places(queries.get_terms(Call.objects.get(pk=draft.pk))) == 505
    answer = desk.post(address(draft, "outcome/"), typed | {"places-master-ucas": "many"})
    assert answer.status_code == 422
    assert "“many” is not a whole number" in answer.content.decode()
    answer = desk.post(address(draft, "outcome/"), typed | {"places-master-ucas": "1"})
    assert "fewer than its 200" in answer.content.decode()


def test_places_kept_and_the_method_are_chosen_on_the_same_page(desk: Client, draft: Call) -> None:
    page = desk.get(address(draft, "outcome/")).content.decode()
    assert "Calibrated, with a draw at the line" in page
    assert "Nobody loses by a difference smaller than chance" in page
    typed = {
        "selection_method": "rank_and_fill",
        "reserve-places-new": "60",
        "reserve-group-new": "LDC",
        "reserve-node-new": "phd",
    }
    assert desk.post(address(draft, "outcome/"), typed).status_code == 302
    terms = queries.get_terms(Call.objects.get(pk=draft.pk))
    assert (terms.selection_method, terms.outcome.reserves) == (
        "rank_and_fill",
        (PlaceReserve("LDC", 60, "phd"),),
    )
    answer = desk.post(
        address(draft, "outcome/"),
        {"reserve-places-0": "60", "reserve-group-0": "LDC", "reserve-node-0": "moon"},
    )
    assert "Choose for whom something is kept, and where." in answer.content.decode()
    assert (
        desk.post(
            address(draft, "outcome/"), {"reserve-places-0": "", "reserve-places-new": "0"}
        ).status_code
        == 302
    )
    assert queries.get_terms(Call.objects.get(pk=draft.pk)).outcome.reserves == ()


def test_the_rubric_is_saved_and_weights_that_do_not_sum_are_explained(
    desk: Client, draft: Call
) -> None:
    first = queries.get_terms(draft).rubric.criteria[0].key
    typed = {
        f"label-{first}": "Science",
        f"weight-{first}": "60",
        "label-new": "Impact & use",
        "weight-new": "40,0 %",
        "reviews_each": "2",
        "is_blind": "yes",
    }
    assert desk.post(address(draft, "rubric/"), typed).status_code == 302
    rubric = queries.get_terms(Call.objects.get(pk=draft.pk)).rubric
    assert [(criterion.key, str(criterion.weight)) for criterion in rubric.criteria][1] == (
        "impact_use",
        "0.4",
    )
    assert (len(rubric.criteria), rubric.reviews_each, rubric.is_blind) == (2, 2, True)
    for wrong, words in (
        ({f"weight-{first}": "10"}, "sum to"),
        ({f"weight-{first}": "much"}, "is not a percentage"),
        ({f"weight-{first}": "0"}, "between 0 and 100"),
    ):
        answer = desk.post(address(draft, "rubric/"), typed | wrong)
        assert answer.status_code == 422
        assert words in answer.content.decode()


def test_a_question_is_reworded_with_a_preview(desk: Client, draft: Call) -> None:
    typed = {
        "label_en": "Title of your work",
        "label_ar": "عنوان",
        "required": "yes",
        "who_sees": ["officers", "panel"],
        "most": "120",
    }
    assert desk.post(address(draft, "questions/application/title/"), typed).status_code == 302
    question = queries.get_form(draft)[1].question("title")
    assert (str(question.label), question.limit.most if question.limit else None) == (
        "Title of your work",
        120,
    )
    assert (
        "Title of your work"
        in desk.get(address(draft, "questions/application/title/")).content.decode()
    )
    answer = desk.post(address(draft, "questions/application/title/"), typed | {"label_en": ""})
    assert answer.status_code == 422
    assert "has no English label" in answer.content.decode()


def test_questions_move_are_removed_and_added_from_the_bank(desk: Client, draft: Call) -> None:
    here = address(draft, "questions/application/")
    desk.post(here, {"act": "remove", "key": "keywords"})
    assert "keywords" not in queries.get_form(draft)[1].keys()  # noqa: SIM118 - a form is no mapping
    section = queries.get_form(draft)[1].section_of("title").key
    desk.post(here, {"act": "add", "key": "keywords", "section": section})
    assert queries.get_form(draft)[1].section(section).questions[-1].key == "keywords"
    desk.post(here, {"act": "up", "key": "keywords"})
    assert queries.get_form(draft)[1].section(section).questions[-2].key == "keywords"
    page = desk.post(here, {"act": "add", "key": "nothing"}, follow=True).content.decode()
    assert "Choose a question of the bank." in page


def test_questions_of_a_published_call_are_put_in_force_with_steps(
    desk: Client, officer: Account
) -> None:
    call = make_call(officer=officer)
    here = address(call, "questions/application/")
    desk.post(here, {"act": "remove", "key": "keywords"})
    assert "wait to be put in force" in desk.get(here).content.decode()
    assert "removed" in desk.get(f"{here}changes/").content.decode()
    desk.post(f"{here}changes/", {"step-keywords": "drop"})
    assert queries.get_form(call)[0].number == 2
    assert "wait to be put in force" not in desk.get(here).content.decode()


def test_unknown_forms_and_questions_are_not_found(desk: Client, draft: Call) -> None:
    for path in ("questions/nominee/", "questions/application/nothing/"):
        page = desk.get(address(draft, path))
        assert page.status_code == 404
        assert "There is nothing at this address" in page.content.decode()


def test_publication_shows_faults_and_the_hash_and_then_publishes(
    desk: Client, draft: Call
) -> None:
    page = desk.get(address(draft, "publish/")).content.decode()
    assert "No panel is named" in page
    sha256 = page.split('name="sha256" value="')[1][:64]
    assert (
        desk.post(address(draft, "publish/"), {"sha256": "0" * 64}, follow=True)
        .content.decode()
        .count("Look at it again")
        == 1
    )
    desk.post(address(draft, "publish/"), {"sha256": sha256})
    frozen = queries.get_frozen_terms(Call.objects.get(pk=draft.pk))
    assert frozen is not None
    assert frozen.sha256 == sha256


def test_a_blocked_call_has_no_button_to_publish(desk: Client, draft: Call) -> None:
    versions_of(draft).filter(purpose="referee").delete()
    page = desk.get(address(draft, "publish/")).content.decode()
    assert "must be mended" in page
    assert 'name="sha256"' not in page


def test_an_outage_is_recorded_and_its_proposal_accepted_after_a_look(
    desk: Client, officer: Account
) -> None:
    call = make_call(officer=officer, closes_at=dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC))
    typed = {
        "act": "outage",
        "starts_on": "2026-12-01",
        "starts_time": "07:00",
        "ends_on": "2026-12-01",
        "ends_time": "08:30",
        "remark": "Line down",
    }
    desk.post(address(call, "deadline/"), typed)
    assert Outage.objects.count() == 1
    assert "2 hours more for everyone" in desk.get(address(call, "deadline/")).content.decode()
    sure = desk.post(address(call, "deadline/"), {"act": "accept"}).content.decode()
    assert "Who is written to" in sure
    assert Call.objects.get(pk=call.pk).closes_at == call.closes_at
    desk.post(address(call, "deadline/"), {"act": "accept", "looked": "1"})
    assert Call.objects.get(pk=call.pk).closes_at == dt.datetime(2026, 12, 1, 14, tzinfo=dt.UTC)
    answer = desk.post(address(call, "deadline/"), {"act": "accept"})
    assert "nothing to make up for" in answer.content.decode()


def test_the_deadline_is_moved_by_hand_and_errors_keep_what_was_typed(
    desk: Client, officer: Account
) -> None:
    call = make_call(officer=officer)
    wrong = {
        "act": "extend",
        "closes_on": "2026-12-02",
        "closes_time": "23:59",
        "because": "Storm in Kenya",
    }
    answer = desk.post(address(call, "deadline/"), wrong)
    assert answer.status_code == 422
    assert "Storm in Kenya" in answer.content.decode()
    right = wrong | {"closes_on": "2027-02-20"}
    shown = desk.post(address(call, "deadline/"), right).content.decode()
    assert "“Applications” ends 5 days later" in " ".join(shown.split())
    assert Call.objects.get(pk=call.pk).closes_at == dt.datetime(2027, 2, 15, 16, tzinfo=dt.UTC)
    along = ["screening", "review", "panel", "decision", "release", "offers"]
    desk.post(address(call, "deadline/"), right | {"looked": "1", "along": along})
    assert Call.objects.get(pk=call.pk).closes_at == dt.datetime(2027, 2, 20, 16, tzinfo=dt.UTC)


def test_people_are_added_by_address_and_the_panel_is_chosen(
    desk: Client, draft: Call, cast: Cast
) -> None:
    make_body("panel", code="jury")
    here = address(draft, "people/")
    desk.post(here, {"act": "add", "email": "STRANGER@cast.example"})
    desk.post(here, {"act": "bodies", "body:panel": "jury"})
    fresh = Call.objects.get(pk=draft.pk)
    assert (fresh.officers.count(), bodies_of(fresh)["panel"].code) == (2, "jury")
    assert (
        "Nobody with this address"
        in desk.post(here, {"act": "add", "email": "x@example.org"}, follow=True).content.decode()
    )
    desk.post(here, {"act": "remove", "account": cast.stranger.reference})
    page = desk.post(
        here, {"act": "remove", "account": cast.programme_officer.reference}, follow=True
    ).content.decode()
    assert "somebody must run the call" in page


def test_a_call_is_ended_from_its_page(desk: Client, officer: Account) -> None:
    call = make_call(officer=officer)
    assert (
        "Say why"
        in desk.post(
            address(call, "end/"), {"act": "cancel", "because": ""}, follow=True
        ).content.decode()
    )
    sure = desk.post(address(call, "end/"), {"act": "cancel", "because": "No money"})
    assert "Nobody is written to." in sure.content.decode()
    assert Call.objects.get(pk=call.pk).state == "published"
    desk.post(address(call, "end/"), {"act": "cancel", "because": "No money", "looked": "1"})
    assert Call.objects.get(pk=call.pk).state == "cancelled"


def test_strange_characters_and_endless_words_break_no_form(desk: Client, draft: Call) -> None:
    odd = {key: f"{value}\x00" for key, value in valid_edit().items()}
    desk.post(address(draft, "edit/"), odd | {"title_en": "x" * 10_000})
    desk.post(address(draft, "rubric/"), {"label-new": "a\x00" * 500, "weight-new": "100\x00"})
    desk.post(
        address(draft, "questions/application/"), {"act": "add", "key": "\x00", "section": "\x00"}
    )
    desk.post(address(draft, "people/"), {"act": "add", "email": "a\x00@example.org"})
    desk.post(
        address(draft, "deadline/"), {"act": "extend", "closes_on": "\x00", "because": "\x00"}
    )
    assert len(Call.objects.get(pk=draft.pk).title["en"]) <= 300


def test_the_days_of_later_stages_are_saved_and_wrong_ones_explained(
    desk: Client, draft: Call
) -> None:
    here = address(draft, "timeline/")
    assert (
        desk.post(here, {"starts-review": "2027-04-01", "ends-review": "2027-05-01"}).status_code
        == 302
    )
    stages = queries.get_terms(Call.objects.get(pk=draft.pk)).stages
    stage = next(each for each in stages if each.key == "review")
    assert (stage.starts_on, stage.ends_on) == (dt.date(2027, 4, 1), dt.date(2027, 5, 1))
    answer = desk.post(here, {"starts-review": "2027-06-01", "ends-review": "2027-05-01"})
    assert answer.status_code == 422
    assert "ends before it begins" in answer.content.decode()
    assert "is not a day" in desk.post(here, {"ends-review": "soon"}).content.decode()
