"""Races over real HTTP: many at once, two tabs, and requests that straddle the deadline. With the
lock off: tests/applications.
"""

from __future__ import annotations

import json
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from tests.journeys.browsing import CSRF, Answer, Browser
from tests.journeys.running import Installation

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]

MANY = 10
SECONDS_OPEN = 25


def at_once(acts: list[Any]) -> list[Answer]:
    """Run acts in threads that start together, each over a connection of its own."""
    start, answers = threading.Barrier(len(acts)), []

    def run(act: Any) -> None:
        start.wait()
        answers.append(act())

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def seed(installation: Installation, count: int = 1, *more: str) -> dict[str, Any]:
    return dict(installation.ask("tests.journeys.seeding", str(count), *more))


@pytest.fixture(scope="module")
def people(installation: Installation) -> Iterator[dict[str, Any]]:
    """Applicants with complete drafts, one for each test."""
    return iter(seed(installation, 4)["applicants"])


@pytest.fixture
def applicant(people: Iterator[dict[str, Any]]) -> dict[str, Any]:
    """The next one."""
    return next(people)


def count(installation: Installation, table: str, application: int) -> int:
    statements = {
        "submission": "SELECT count(*) FROM applications_submission WHERE application_id = %s",
        "receipt mail": (
            "SELECT count(*) FROM notifications_message WHERE code = 'applications.receipt' AND"
            " about_id = %s"
        ),
        "entry": (
            "SELECT count(*) FROM audit_entry WHERE object_type = 'applications.application' AND"
            " object_id = %s AND verb LIKE '%%submit_application'"
        ),
        "letter": "SELECT count(*) FROM applications_letter WHERE application_id = %s",
    }
    [(number,)] = installation.rows(statements[table], application)
    return int(number)


def test_ten_parallel_submits_give_one_submission_one_number_one_receipt(
    installation: Installation, applicant: dict[str, Any]
) -> None:
    answers = at_once([Browser(installation.port, applicant).submit for _ in range(MANY)])
    assert {(answer.status, answer.location) for answer in answers} == {
        (302, f"/applications/{applicant['reference']}/receipt/")
    }
    made = {
        table: count(installation, table, applicant["application"])
        for table in ("submission", "receipt mail", "entry", "letter")
    }
    assert made == {"submission": 1, "receipt mail": 1, "entry": 1, "letter": 2}
    numbers = installation.rows(
        "SELECT number, state FROM applications_application WHERE id = %s", applicant["application"]
    )
    assert numbers == [(applicant["number"], "submitted")]


def test_a_double_click_shows_the_same_receipt_twice(
    installation: Installation, applicant: dict[str, Any]
) -> None:
    browser = Browser(installation.port, applicant)
    first, second = browser.submit(), browser.submit()
    assert (first.status, second.status, first.location) == (302, 302, second.location)
    assert count(installation, "submission", applicant["application"]) == 1
    pages = [browser.send("GET", first.location) for _ in range(2)]
    assert [page.status for page in pages] == [200, 200]
    assert applicant["number"].encode() in pages[0].body


def test_of_two_tabs_the_later_gets_both_texts_and_loses_neither(
    installation: Installation, applicant: dict[str, Any]
) -> None:
    tabs = [Browser(installation.port, applicant) for _ in range(2)]
    base = applicant["revision"]
    answers = at_once(
        [
            lambda tab=tab, place=place: tab.save({"title": f"Tab {place}"}, base=base)
            for place, tab in enumerate(tabs)
        ]
    )
    assert sorted(answer.status for answer in answers) == [200, 409]
    loser = next(answer for answer in answers if answer.status == 409).content
    texts = loser["disputed"]["title"]
    assert {texts["yours"], texts["theirs"]} == {"Tab 0", "Tab 1"}
    kept = installation.rows(
        "SELECT answers->'title'->>'value' FROM applications_application WHERE id = %s",
        applicant["application"],
    )
    assert kept == [(texts["theirs"],)]
    lost = (
        "SELECT set_aside FROM applications_savereceipt WHERE application_id = %s AND set_aside <>"
        " '{}'::jsonb"
    )
    assert installation.rows(lost, applicant["application"]) == [({"title": texts["yours"]},)]


def test_two_tabs_with_different_questions_both_arrive(
    installation: Installation, applicant: dict[str, Any]
) -> None:
    fields: list[dict[str, Any]] = [{"title": "From one tab"}, {"keywords": "from, the, other"}]
    answers = at_once(
        [
            lambda given=given: Browser(installation.port, applicant).save(
                given, base=applicant["revision"]
            )
            for given in fields
        ]
    )
    assert [answer.status for answer in answers] == [200, 200]
    stand = (
        "SELECT answers->'title'->>'value', answers->'keywords'->>'value' FROM"
        " applications_application WHERE id = %s"
    )
    assert installation.rows(stand, applicant["application"]) == [
        ("From one tab", "from, the, other")
    ]


def begin(
    installation: Installation, browser: Browser, page: str, kind: str, body: bytes
) -> socket.socket:
    """Send a request up to the middle of its body and keep the line."""
    lines = [
        f"POST {browser.address(page)} HTTP/1.1",
        "Host: 127.0.0.1",
        "Connection: close",
        f"Content-Type: {kind}",
    ]
    lines += [
        f"Content-Length: {len(body)}",
        *(f"{name}: {text}" for name, text in browser.headers.items()),
    ]
    line = socket.create_connection(("127.0.0.1", installation.port), timeout=30)
    line.sendall("\r\n".join(lines).encode() + b"\r\n\r\n" + body[: len(body) // 2])
    return line


def finish(line: socket.socket, body: bytes) -> bytes:
    """Send the rest and read the answer."""
    line.sendall(body[len(body) // 2 :])
    said = b""
    while piece := line.recv(65536):
        said += piece
    line.close()
    return said


@pytest.fixture(scope="module")
def closing(installation: Installation) -> dict[str, Any]:
    """A call about to close, with applicants who are late."""
    return seed(installation, 4, str(SECONDS_OPEN))


def test_requests_that_straddle_the_deadline_are_decided_by_their_arrival(
    installation: Installation, closing: dict[str, Any]
) -> None:
    browsers = [Browser(installation.port, who) for who in closing["applicants"]]
    form = f"csrfmiddlewaretoken={CSRF}&filler={'x' * 2000}".encode()
    kind = "application/x-www-form-urlencoded"
    save = json.dumps(
        {"fields": {"title": "In time"}, "base": 1, "token": secrets.token_hex(16)}
    ).encode()
    assert time.time() < closing["closes_at"] - 2, "seeding took longer than the call was open"
    time.sleep(max(0.0, closing["closes_at"] - time.time() - 1.5))
    submitting = begin(installation, browsers[0], "submit/", kind, form)
    saving = begin(installation, browsers[1], "save/", "application/json", save)
    time.sleep(max(0.0, closing["closes_at"] - time.time() + 1.0))
    late = browsers[2].submit()
    late_save = browsers[3].save({"title": "Too late"}, base=1)
    first = finish(submitting, form)
    saved = finish(saving, save)
    assert first.startswith(b"HTTP/1.1 302")
    assert b"/receipt/" in first
    assert late.status != 302
    assert late_save.status == 403
    assert "closed" in late_save.content["reason"]
    assert late_save.content["fields"] == {"title": "Too late"}
    assert saved.startswith(b"HTTP/1.1 200"), saved[:600]
    made = [count(installation, "submission", who["application"]) for who in closing["applicants"]]
    assert made == [1, 0, 0, 0]
    [(arrived_at, closes_at)] = installation.rows(
        "SELECT s.arrived_at, c.closes_at FROM applications_submission s JOIN"
        " applications_application a ON a.id = s.application_id JOIN calls_call c ON c.id ="
        " a.call_id WHERE a.id = %s",
        closing["applicants"][0]["application"],
    )
    assert arrived_at < closes_at
