"""The desk's pages of selections: from the first computing to the release, by buttons that work
without a script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from anso.decisions.models import Decision, SelectionRun
from anso.selection.__main__ import main
from tests.cast import Cast
from tests.factories.decisions import SELECTED, Contest, computed, confirmed, make_contest
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db


def a_world() -> Contest:
    """Four judged applications for two places, in May."""
    with clock_at(SELECTED):
        return make_contest()


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None, monkeypatch: pytest.MonkeyPatch) -> Contest:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    return deepcopy(made)


def ranking(contest: Contest, path: str = "") -> str:
    return f"/desk/calls/{contest.call.reference}/ranking/{path}"


def test_compute_propose_confirm_release_by_the_buttons(contest: Contest, client: Client) -> None:
    client.force_login(contest.officer)
    assert "Nothing computed yet" in client.get(ranking(contest)).content.decode()
    assert (
        "Ranking, run 1"
        in client.post(ranking(contest, "act/"), {"act": "compute"}, follow=True).content.decode()
    )
    assert (
        "waits for the chair"
        in client.post(
            ranking(contest, "act/"),
            {"act": "propose", "run": "1", "few_because": "So."},
            follow=True,
        ).content.decode()
    )
    client.force_login(contest.chair)
    assert "Confirm this selection" in client.get(ranking(contest)).content.decode()
    assert (
        "confirmed by the chair"
        in client.post(
            ranking(contest, "act/"), {"act": "confirm", "run": "1"}, follow=True
        ).content.decode()
    )
    client.force_login(contest.officer)
    address = f"/desk/calls/{contest.call.reference}/decisions/"
    assert "Read what will be told" in client.get(address).content.decode()
    question = client.get(f"{address}release/").content.decode()
    assert "A mistake can only be corrected, one by one" in question
    assert SelectionRun.objects.get().state == "confirmed"
    client.post(f"{address}release/")
    assert set(Decision.objects.values_list("state", flat=True)) == {"released"}


def test_an_older_run_cannot_be_acted_on_and_returning_needs_a_reason(
    contest: Contest, client: Client
) -> None:
    computed(contest)
    computed(contest)
    client.force_login(contest.officer)
    assert (
        "newer run"
        in client.post(
            ranking(contest, "act/"),
            {"act": "propose", "run": "1", "few_because": "So."},
            follow=True,
        ).content.decode()
    )
    client.post(ranking(contest, "act/"), {"act": "propose", "run": "2", "few_because": "So."})
    client.force_login(contest.chair)
    assert (
        "Say why"
        in client.post(
            ranking(contest, "act/"), {"act": "return", "run": "2"}, follow=True
        ).content.decode()
    )
    assert client.post(ranking(contest, "act/"), {"act": "dance", "run": "2"}).status_code == 404


@pytest.mark.parametrize(("act", "name"), [("propose", "few_because"), ("return", "reason")])
def test_words_that_are_too_long_come_back_whole_with_how_many_are_too_many(
    act: str, name: str, contest: Contest, client: Client
) -> None:
    computed(contest)
    client.force_login(contest.officer)
    if act == "return":
        client.post(ranking(contest, "act/"), {"act": "propose", "run": "1", "few_because": "So."})
        client.force_login(contest.chair)
    typed = "long " * 1000
    sent = {"act": act, "run": "1", name: typed}
    page = client.post(ranking(contest, "act/"), sent, follow=True).content.decode()
    assert "too many" in page
    assert f'value="{typed}"' in page
    assert typed not in client.get(ranking(contest)).content.decode(), "shown once"


def test_the_page_filters_marks_the_line_and_compares(contest: Contest, client: Client) -> None:
    computed(contest)
    computed(contest)
    client.force_login(contest.officer)
    text = client.get(ranking(contest), {"level": "phd", "with": "1"}).content.decode()
    assert 'class="line"' in text
    assert "Run 1" in text
    assert (
        "Applicant 3" not in client.get(ranking(contest), {"result": "selected"}).content.decode()
    )
    assert "Applicant 3" in client.get(ranking(contest), {"text": "applicant 3"}).content.decode()
    assert "Nothing matches." in client.get(ranking(contest), {"text": "nobody"}).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_list(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    counts = []
    for scores in ((5,), (6, 5, 4)):
        contest = make_contest(scores)
        confirmed(contest)
        client.force_login(contest.officer)
        for address in (ranking(contest), f"/desk/calls/{contest.call.reference}/decisions/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]


def test_why_tells_reasons_scores_and_neighbours(contest: Contest, client: Client) -> None:
    computed(contest)
    client.force_login(contest.chair)
    text = client.get(ranking(contest, f"1/{contest.applications[2].number}/")).content.decode()
    for words in (
        "All of “Doctoral at USTC” went to higher ranks",
        "Clear and feasible.",
        "Applicant 2",
        "Applicant 4",
    ):
        assert words in text
    assert client.get(ranking(contest, "1/NOBODY/")).status_code == 404
    assert client.get(ranking(contest, "7/")).status_code == 404


@pytest.mark.parametrize("step", ["ranking", "places"])
def test_the_downloaded_record_replays(
    contest: Contest, client: Client, tmp_path: Path, step: str
) -> None:
    computed(contest)
    client.force_login(contest.officer)
    response = client.get(ranking(contest, "1/record.json"), {"step": step})
    assert step in response["Content-Disposition"]
    path = tmp_path / "record.json"
    path.write_bytes(response.content)
    assert main(["replay", str(path)]) == 0
    assert json.loads(response.content)["method"]
    assert client.get(ranking(contest, "1/record.json"), {"step": "other"}).status_code == 404


def test_others_do_not_find_the_pages(contest: Contest, client: Client, cast: Cast) -> None:
    computed(contest)
    allowed = set()
    for role, account in cast.everyone().items():
        client.force_login(account)
        if client.get(ranking(contest)).status_code == 200:
            allowed.add(role)
        assert client.post(ranking(contest, "act/"), {"act": "compute"}).status_code in {403, 404}
    assert allowed == {"auditor"}
    assert SelectionRun.objects.count() == 1


def test_the_ranking_is_narrowed_by_score_and_says_what_a_span_holds(
    contest: Contest, client: Client
) -> None:
    run = computed(contest)
    scores = dict(run.placements.values_list("application__subject_name", "score"))
    client.force_login(contest.officer)
    page = client.get(ranking(contest)).content.decode()
    spans = re.findall(r'<option value="([^"]*\.\.[^"]*)"', page)
    assert [spans[0][-2:], spans[-1][:2]] == ["..", ".."]  # the outer ones are open
    shown = [
        name
        for span in [*spans, "none"]
        for name in _names(client.get(ranking(contest, f"?score={span}")), scores)
    ]
    assert sorted(shown) == sorted(scores)  # each once, also at the border of two spans
    best = max(name for name in scores if scores[name] == max(filter(None, scores.values())))
    assert best in _names(client.get(ranking(contest, f"?score={spans[0]}")), scores)
    assert "Nothing matches" in client.get(ranking(contest, "?score=none")).content.decode()
    run.placements.filter(application__subject_name=best).update(score=None)
    assert _names(client.get(ranking(contest, "?score=none")), scores) == [best]
    assert len(_names(client.get(ranking(contest, "?score=best..")), scores)) == len(scores)


def _names(page: Any, names: Iterable[str]) -> list[str]:
    return [name for name in names if f">{name}<" in page.content.decode()]
