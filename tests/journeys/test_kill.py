"""Web, worker and database are killed while forty people save and submit: what was acknowledged is
there, once, with its record.
"""

from __future__ import annotations

import http.client
import json
import secrets
import socket
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.journeys.browsing import Browser
from tests.journeys.running import Installation, eventually

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("installation")]

CLIENTS = 40
ENOUGH = 4 * CLIENTS
SECONDS_BETWEEN_KILLS = 2.5
SECONDS_TO_RECOVER = 60.0
JOBS_LEFT = (
    "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing') AND task_name ="
    " ANY(%s) AND scheduled_at IS NULL"
)
WORK = ["applications.make_receipt", "notifications.deliver_message"]


@dataclass
class Client:
    """One applicant at work: saves in a loop, submits now and then, repeats every request whose
    answer did not come.
    """

    browser: Browser
    place: int
    stop: threading.Event
    saves: dict[str, dict[str, Any]] = field(default_factory=dict)
    last_value: str = ""
    submitted: list[str] = field(default_factory=list)
    repeats: int = 0
    surprises: list[str] = field(default_factory=list)

    def work(self) -> None:
        """Until told to stop; what was begun is finished."""
        revision, turn, began = self.browser.applicant["revision"], 0, time.monotonic()
        while not self.stop.is_set():
            turn += 1
            revision = self.save_once(revision, f"Text {turn} of client {self.place}")
            if time.monotonic() - began > self.due_after:
                self.submit_once()
        self.browser.close()

    @property
    def due_after(self) -> float:
        """After how many seconds to submit next: spread over the whole test; every fourth client
        submits twice.
        """
        if not self.submitted:
            return 4 * SECONDS_BETWEEN_KILLS * self.place / CLIENTS
        return (
            3 * SECONDS_BETWEEN_KILLS if self.place % 4 == 0 and len(self.submitted) == 1 else 10**6
        )

    def save_once(self, revision: int, value: str) -> int:
        """Save one text, with the same token again until it is acknowledged."""
        token = secrets.token_hex(16)
        answer = self.until_answered(
            lambda: self.browser.save({"title": value}, base=revision, token=token), {200}
        )
        self.saves[token] = answer.content
        self.last_value = value
        return int(answer.content["revision"])

    def submit_once(self) -> None:
        """Submit, again and again until the receipt is shown."""
        answer = self.until_answered(self.browser.submit, {302})
        if not answer.location.endswith("/receipt/"):
            self.surprises.append(answer.location)
        self.submitted.append(self.last_value)

    def until_answered(self, act: Any, expected: set[int]) -> Any:
        """Repeat a request while lines are cut and the server has trouble of its own; any other
        answer is a surprise.
        """
        while True:
            try:
                answer = act()
            except (OSError, http.client.HTTPException):
                self.repeats += 1
                time.sleep(0.1)
                continue
            if answer.status in expected:
                return answer
            if answer.status < 500:
                self.surprises.append(f"{answer.status} {answer.body[:300]!r}")
                raise AssertionError(self.surprises[-1])
            self.repeats += 1
            time.sleep(0.1)


@dataclass
class Aftermath:
    """What the clients were told, and the installation in which it must be found."""

    installation: Installation
    clients: list[Client]
    stuck: dict[str, Any]

    def ids(self) -> list[int]:
        """The applications of the clients."""
        return [client.browser.applicant["application"] for client in self.clients]


@pytest.fixture(scope="module")
def aftermath(installation: Installation) -> Aftermath:
    """Forty clients under load; web, worker and database killed in turn; one job killed in the
    middle of its work.
    """
    seeded = installation.ask("tests.journeys.seeding", str(CLIENTS + 1))
    stuck, *applicants = seeded["applicants"]
    stop = threading.Event()
    clients = [
        Client(Browser(installation.port, who, is_kept=True), place, stop)
        for place, who in enumerate(applicants)
    ]
    threads = [threading.Thread(target=client.work, daemon=True) for client in clients]
    with installation.connect() as held:
        held.autocommit = False
        held.execute(
            "LOCK TABLE files_storedfile IN SHARE MODE"
        )  # the receipt's PDF cannot be stored while we hold this
        assert Browser(installation.port, stuck).submit().status == 302
        doing = (
            "SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name ="
            " 'applications.make_receipt'"
        )
        assert eventually(lambda: installation.rows(doing) == [(1,)], 30)
        for thread in threads:
            thread.start()
        time.sleep(SECONDS_BETWEEN_KILLS)
        installation.kill("procrastinate worker")
        held.rollback()
    time.sleep(SECONDS_BETWEEN_KILLS)
    installation.kill("gunicorn")
    time.sleep(SECONDS_BETWEEN_KILLS)
    installation.kill("database")
    assert eventually(lambda: installation.rows("SELECT 1") == [(1,)], SECONDS_TO_RECOVER)
    time.sleep(SECONDS_BETWEEN_KILLS)
    assert eventually(
        lambda: sum(len(client.saves) for client in clients) > ENOUGH, SECONDS_TO_RECOVER
    )
    stop.set()
    for thread in threads:
        thread.join(SECONDS_TO_RECOVER)
    assert not any(thread.is_alive() for thread in threads)
    assert eventually(lambda: installation.rows(JOBS_LEFT, WORK) == [(0,)], 2 * SECONDS_TO_RECOVER)
    return Aftermath(installation, clients, stuck)


def test_every_acknowledged_save_is_there_once_with_its_receipt_and_value(
    aftermath: Aftermath,
) -> None:
    assert [client.surprises for client in aftermath.clients if client.surprises] == []
    assert sum(len(client.saves) for client in aftermath.clients) > ENOUGH
    assert sum(client.repeats for client in aftermath.clients) > 0, "nobody noticed the kills"
    found: dict[int, list[tuple[Any, ...]]] = {number: [] for number in aftermath.ids()}
    receipts = (
        "SELECT application_id, token, reference, revision, changes FROM applications_savereceipt"
        " WHERE application_id = ANY(%s) ORDER BY id"
    )
    for number, *row in aftermath.installation.rows(receipts, aftermath.ids()):
        found[number].append(tuple(row))
    for client in aftermath.clients:
        rows = found[client.browser.applicant["application"]]
        assert Counter(token for token, *_ in rows) == Counter(list(client.saves))
        assert [reference[:4] for _, reference, *_ in rows] == [
            client.saves[token]["receipt"] for token, *_ in rows
        ]
        first = client.browser.applicant["revision"]
        assert [revision for *_, revision, _ in rows] == list(
            range(first + 1, first + 1 + len(rows))
        )
        assert rows[-1][-1] == {"title": client.last_value}


def test_the_answers_are_those_saved_last(aftermath: Aftermath) -> None:
    stand = (
        "SELECT id, revision, answers->'title'->>'value', title FROM applications_application WHERE"
        " id = ANY(%s)"
    )
    found = {number: row for number, *row in aftermath.installation.rows(stand, aftermath.ids())}
    for client in aftermath.clients:
        revision = list(client.saves.values())[-1]["revision"]
        assert found[client.browser.applicant["application"]] == [
            revision,
            client.last_value,
            client.submitted[-1] if client.submitted else "",  # lists repeat what was submitted
        ]


def test_every_acknowledged_submission_is_there_once_with_its_audit_row_and_receipt_mail(
    aftermath: Aftermath,
) -> None:
    acknowledged = sum(len(client.submitted) for client in aftermath.clients)
    assert acknowledged >= CLIENTS // 2
    submissions = (
        "SELECT application_id, version, body->'answers'->>'title' FROM applications_submission"
        " WHERE application_id = ANY(%s) ORDER BY 1, 2"
    )
    entries = (
        "SELECT object_id, verb FROM audit_entry WHERE object_type = 'applications.application' AND"
        " object_id = ANY(%s) ORDER BY object_id, sequence"
    )
    mails = (
        "SELECT about_id, count(*) FROM notifications_message WHERE code = 'applications.receipt'"
        " AND about_id = ANY(%s) GROUP BY 1"
    )
    ids = aftermath.ids()
    frozen = aftermath.installation.rows(submissions, ids)
    recorded = aftermath.installation.rows(entries, ids)
    written = dict(aftermath.installation.rows(mails, ids))
    for client in aftermath.clients:
        number = client.browser.applicant["application"]
        assert [title for found, _, title in frozen if found == number] == client.submitted
        verbs = [verb for found, verb in recorded if found == number and "submit" in verb]
        assert verbs == ["submit_application", "resubmit_application"][: len(client.submitted)]
        assert written.get(number, 0) == len(client.submitted)


def test_the_record_of_every_object_is_an_unbroken_chain(aftermath: Aftermath) -> None:
    broken = """
        SELECT count(*) FROM (
            SELECT sequence, previous_hash,
                row_number() OVER chain AS place, lag(hash) OVER chain AS before
            FROM audit_entry WINDOW chain AS (PARTITION BY object_type, object_id ORDER BY sequence)
        ) AS links WHERE sequence <> place OR (before IS NOT NULL AND before <> previous_hash)
    """
    assert aftermath.installation.rows(broken) == [(0,)]


def test_every_mail_leaves_once_and_none_is_lost(aftermath: Aftermath) -> None:
    domain = "anso.example"
    # What a delivery left undone when the database went is sent by the next round of the outbox,
    # within the minute.
    idle = (
        "SELECT count(*) FROM notifications_message WHERE state = 'waiting' AND claimed_at IS NULL"
    )
    assert eventually(lambda: aftermath.installation.rows(idle) == [(0,)], 2 * SECONDS_TO_RECOVER)
    rows = aftermath.installation.rows(
        "SELECT reference, state, claimed_at IS NOT NULL FROM notifications_message"
    )
    taken = aftermath.installation.mail.times_taken()
    assert max(taken.values()) == 1
    assert {f"<{reference}@{domain}>" for reference, state, _ in rows if state == "sent"} <= set(
        taken
    )
    waiting = [(state, is_claimed) for _, state, is_claimed in rows if state != "sent"]
    # A killed worker leaves at most the one message that it was handing over; its claim lapses
    # after ten minutes.
    assert len(waiting) <= 2
    assert all(row == ("waiting", True) for row in waiting)


def test_the_job_killed_in_the_middle_is_taken_up_again_and_works_once(
    aftermath: Aftermath,
) -> None:
    number = aftermath.stuck["application"]
    [(submission,)] = aftermath.installation.rows(
        "SELECT id FROM applications_submission WHERE application_id = %s", number
    )
    job = (
        "SELECT status, attempts FROM procrastinate_jobs WHERE task_name ="
        " 'applications.make_receipt' AND (args->>'submission_id')::bigint = %s"
    )
    # A job that is tried again waits for its turn, longer after every failure.
    assert eventually(
        lambda: aftermath.installation.rows(job, submission)[0][0] == "succeeded",
        2 * SECONDS_TO_RECOVER,
    )
    [(_, attempts)] = aftermath.installation.rows(job, submission)
    assert attempts >= 2
    pdf = "SELECT pdf_id IS NOT NULL FROM applications_submission WHERE id = %s"
    assert aftermath.installation.rows(pdf, submission) == [(True,)]
    attached = (
        "SELECT count(*) FROM audit_entry WHERE object_type = 'applications.submission'"
        " AND object_id = %s AND verb = 'attach_receipt'"
    )
    assert aftermath.installation.rows(attached, submission) == [(1,)]


def test_every_submission_has_its_receipt_on_paper(aftermath: Aftermath) -> None:
    without = (
        "SELECT count(*) FROM applications_submission WHERE pdf_id IS NULL AND application_id ="
        " ANY(%s)"
    )
    assert eventually(
        lambda: aftermath.installation.rows(without, aftermath.ids()) == [(0,)],
        2 * SECONDS_TO_RECOVER,
    )
    failed = (
        "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed' AND task_name ="
        " 'applications.make_receipt'"
    )
    assert aftermath.installation.rows(failed) == [(0,)]


def test_a_save_whose_answer_was_cut_off_gives_the_same_receipt_when_repeated(
    aftermath: Aftermath,
) -> None:
    installation, token = aftermath.installation, secrets.token_hex(16)
    browser = Browser(installation.port, aftermath.stuck)
    body = json.dumps({"fields": {"title": "Cut off"}, "base": 1, "token": token}).encode()
    head = [
        f"POST {browser.address('save/')} HTTP/1.1",
        "Host: 127.0.0.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
    ]
    head += [f"{name}: {text}" for name, text in browser.headers.items()]
    with socket.create_connection(("127.0.0.1", installation.port)) as line:
        line.sendall("\r\n".join(head).encode() + b"\r\n\r\n" + body)
    receipt = "SELECT reference, revision FROM applications_savereceipt WHERE token = %s"
    assert eventually(lambda: len(installation.rows(receipt, token)) == 1, 20)
    again = browser.save({"title": "Cut off"}, base=1, token=token)
    [(reference, revision)] = installation.rows(receipt, token)
    assert (again.status, again.content["receipt"], again.content["revision"]) == (
        200,
        reference[:4],
        revision,
    )
