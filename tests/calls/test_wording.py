"""Where calls lead: the menu of a call's desk is made of what apps register."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from anso.accounts.models import Account
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.calls.wording import CALL_LINKS, DESK, DeskPage, call_link, desk_crumbs, desk_phases
from anso.calls.wording.people import part_told
from anso.kernel.actors import CLOCK
from tests.cast import Cast
from tests.factories.applications import NOW, make_application
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_person
from tests.pages import squeezed

pytestmark = pytest.mark.django_db
PAGES = {
    "Overview": ["Overview", "Amend", "Days that move"],
    "Set up": [
        "Words and dates",
        "Edition",
        "Batches and limits",
        "When and where",
        "Timeline",
        "Rules",
        "Letters",
        "What is given",
        "Benefits",
        "Rubric",
        "Conflicts of interest",
        "Questions",
        "People",
        "Publish",
    ],
    "Applications": ["Applications", "Questions to the officers"],
    "Screening": ["Screening"],
    "Review": ["Reviewers", "Assignments", "Interviews", "Answers of hosts"],
    "Selection": ["Ranking", "Decisions", "Requests for a review"],
    "Offers": ["Offers", "Letters of confirmation"],
    "Mail": ["Letters to people", "Outbox"],
}


@pytest.fixture
def desk(client: Client, officer: Account, now: dt.datetime) -> Iterator[Client]:
    Account.objects.update(is_staff=False)  # a second factor is not what is tested here
    client.force_login(officer)
    with time_machine.travel(now, tick=False):
        yield client


def pages_of(call: Call) -> dict[str, list[str]]:
    lines = desk_phases(call, CLOCK, "/", NOW)
    return {str(line.label): [str(page.label) for page in line.pages] for line in lines}


def test_desk_has_the_pages_that_apps_registered_by_phases() -> None:
    assert pages_of(make_call()) == PAGES


def test_draft_has_no_page_about_how_it_runs(draft: Call) -> None:
    shown = pages_of(draft)
    assert {label for label, pages in shown.items() if pages} == {"Overview", "Set up"}
    assert list(shown) == list(PAGES), "what comes later is named already"


def test_a_page_that_an_app_adds_appears_at_its_place(
    desk: Client, draft: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = DeskPage("Visits", lambda call: f"/visits/{call.reference}/")  # type: ignore[arg-type]
    monkeypatch.setitem(DESK._placed, "visits:list", (101, page))
    shown = squeezed(desk.get(f"/desk/calls/{draft.reference}/rubric/"))
    menu = shown[shown.index("Pages of this call") :]
    assert f'href="/visits/{draft.reference}/"' in menu
    assert menu.index("Words and dates") < menu.index("Visits") < menu.index("Rubric")


def test_the_page_that_one_is_on_is_marked_and_the_overview_only_on_itself(
    desk: Client, draft: Call
) -> None:
    for address, label in (("", "Overview"), ("rubric/", "Rubric")):
        page = squeezed(desk.get(f"/desk/calls/{draft.reference}/{address}"))
        menu = page[page.index("Pages of this call") :].partition("</nav>")[0]
        assert re.findall(r'aria-current="page"\s*>([^<]+)<', menu) == [label]
        phase = "Overview" if label == "Overview" else "Set up"
        assert re.findall(r'aria-current="true"\s*>([^<]+)<', menu) == [phase]


def test_link_that_no_app_registered_has_no_address(monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call()
    assert call_link("start", call) == f"/applications/start/{call.slug}/"
    monkeypatch.delitem(CALL_LINKS._placed, "start")
    assert call_link("start", call) == ""


def test_crumbs_lead_from_the_desk_over_the_call_to_the_page() -> None:
    call = make_call()
    crumbs = desk_crumbs(call, "Ranking", ("Runs", "/runs/"))
    assert [url for _label, url in crumbs] == ["/desk/", call_link("desk", call), "/runs/", ""]
    assert crumbs[1][0].startswith(call.number_prefix)


@pytest.mark.parametrize(
    ("kind", "body"),
    [("fellowship", "panel"), ("prize", "jury"), ("collaborative_research", "panel")],
)
def test_each_call_is_spoken_of_by_the_body_that_it_has(
    client: Client, cast: Cast, kind: str, body: str
) -> None:
    call = make_call(make_programme(kind), officer=cast.programme_officer)
    application = make_application(call, applicant=cast.applicant, now=NOW)
    client.force_login(cast.applicant)
    form = get_form(call)[1]
    with time_machine.travel(NOW, tick=False):
        pages = [
            client.get(
                f"/applications/{application.reference}/form/{section.key}/"
            ).content.decode()
            for section in form.sections
        ]
    told = " ".join(pages)
    assert f"the chair of the {body}" in told
    client.force_login(cast.programme_officer)
    people = client.get(f"/desk/calls/{call.reference}/people/").content.decode()
    assert f"Chair and members of the {body}" in people
    assert "panel or jury" not in told + people
    part = part_told(call, make_person("Somebody"), "member")["part"]
    assert part == f"member of the {body}"
