"""Jobs of a killed worker are taken up again, once; what a kill does to a whole installation stands
in journeys/test_kill.py.
"""

from __future__ import annotations

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

from anso.config import jobs

pytestmark = pytest.mark.django_db(transaction=True)


def add_job(status: str, *, queueing_lock: str | None = None, is_worker_alive: bool = False) -> int:
    """A row of the queue; its worker beats still, or is gone."""
    with connection.cursor() as cursor:
        worker = None
        if is_worker_alive:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
            worker = cursor.fetchone()[0]
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, queueing_lock,"
            " worker_id) VALUES ('mail', 'notifications.drain_outbox', %s, %s, %s) RETURNING id",
            [status, queueing_lock, worker],
        )
        return int(cursor.fetchone()[0])


def status_of(number: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [number])
        return str(cursor.fetchone()[0])


def take_up() -> None:
    """One round of the care for the queue, as the worker runs it."""
    job = Job(
        id=0,
        status="doing",
        queue="default",
        lock=None,
        queueing_lock=None,
        task_name="config.take_up_jobs",
    )

    async def run() -> None:
        worker_app = app.with_connector(app.connector.get_worker_connector())
        async with worker_app.open_async():
            await jobs.take_up_jobs.func(
                JobContext(start_timestamp=0, app=worker_app, job=job, abort_reason=lambda: None),
                timestamp=0,
            )

    async_to_sync(run)()


def test_a_job_whose_worker_has_gone_waits_again() -> None:
    number = add_job("doing")
    take_up()
    assert status_of(number) == "todo"


def test_a_job_whose_worker_lives_is_left_to_it() -> None:
    number = add_job("doing", is_worker_alive=True)
    take_up()
    assert status_of(number) == "doing"


def test_a_round_that_waits_again_already_is_not_queued_twice() -> None:
    left, waiting = (
        add_job("doing", queueing_lock="notifications.drain"),
        add_job("todo", queueing_lock="notifications.drain"),
    )
    take_up()
    assert (status_of(left), status_of(waiting)) == ("aborted", "todo")
