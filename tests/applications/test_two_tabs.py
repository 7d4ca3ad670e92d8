"""One page of an application held open in two tabs without JavaScript, and the script's saves."""

from __future__ import annotations

import json
from typing import Any

import pytest
import time_machine
from django.test import Client

from anso.applications.models import Application
from tests.factories.applications import NOW, make_application
from tests.tabs import Tab

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Any:
    with time_machine.travel(NOW, tick=False) as travelled:
        yield travelled


@pytest.fixture
def application(client: Client) -> Application:
    found = make_application()
    client.force_login(found.applicant.account)
    return found


def test_an_application_disputes_only_what_was_typed_over(
    client: Client, application: Application
) -> None:
    here = f"/applications/{application.reference}/form/proposal/"
    early, late = (Tab(client, here, field="title") for _ in range(2))
    late.fill(keywords="salt, maize").send()
    assert early.fill(title="Another title").send().status_code == 302
    application.refresh_from_db()
    assert application.answers["keywords"]["value"] == "salt, maize"
    assert application.answers["title"]["value"] == "Another title"


def test_a_save_does_not_pass_for_having_seen_what_another_tab_saved(
    client: Client, application: Application
) -> None:
    def autosave(fields: dict[str, Any], base: int) -> Any:
        body = json.dumps({"fields": fields, "base": base, "token": f"{base}{fields}"[:60]})
        return client.post(
            f"/applications/{application.reference}/save/", body, content_type="application/json"
        )

    assert autosave({"keywords": "from the other tab"}, 1).json()["revision"] == 2
    mine = autosave({"title": "Mine"}, 1).json()
    assert (mine["revision"], mine["unseen"]) == (3, {"keywords": "from the other tab"})


def test_of_two_titles_both_are_shown_and_the_person_chooses(
    client: Client, application: Application
) -> None:
    here = f"/applications/{application.reference}/form/proposal/"
    early, late = (Tab(client, here, field="title") for _ in range(2))
    late.fill(title="Of the later tab").send()
    answer = early.fill(title="Of the early tab").send()
    assert answer.status_code == 409
    early.read(answer)
    assert early.shown("title") == "Of the later tab"
    assert "Of the early tab" in early.words()
    assert early.fill({"keep-title": "mine"}).send().status_code == 302
    application.refresh_from_db()
    assert application.answers["title"]["value"] == "Of the early tab"


def test_an_answer_is_kept_though_another_tab_chose_so_that_it_is_no_longer_asked(
    client: Client, application: Application
) -> None:
    here = f"/applications/{application.reference}/form/choices/"
    Tab(client, here, field="hosts:UCAS").fill({"hosts:UCAS": "1", "hosts:USTC": ""}).send()
    asked, choosing = (Tab(client, here, field="hosts:UCAS") for _ in range(2))
    choosing.fill({"hosts:UCAS": "", "hosts:USTC": "1"}).send()
    asked.fill({"supervisor_ucas:name": "Li Yutong"}).send()
    application.refresh_from_db()
    assert application.answers["supervisor_ucas"]["value"]["name"] == "Li Yutong"
    assert application.answers["hosts"]["value"] == ["USTC"]


def test_a_repeated_save_is_told_again_what_this_tab_has_not_seen(
    client: Client, application: Application
) -> None:
    def autosave(token: str, **fields: Any) -> Any:
        body = json.dumps({"fields": fields, "base": 1, "token": token})
        return client.post(
            f"/applications/{application.reference}/save/", body, content_type="application/json"
        ).json()

    autosave("other", keywords="theirs", is_degree_expected="yes")
    first, again = autosave("mine", title="Mine"), autosave("mine", title="Mine")
    assert first["unseen"] == again["unseen"] == {"keywords": "theirs", "is_degree_expected": "yes"}
