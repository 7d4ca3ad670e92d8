"""How the queue of background jobs is kept: jobs of a killed worker are taken up again, finished
ones are forgotten.

Belongs here: care for the queue itself. Does not belong here: any job of the product; those stand
in the ``tasks`` of their apps.
"""

from __future__ import annotations

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Status

SECONDS_UNTIL_DEAD = 15.0
HOURS_KEPT = 24 * 7
log = logging.getLogger(__name__)


@app.periodic(cron="* * * * * */15")
@app.task(name="config.take_up_jobs", queueing_lock="config.take_up_jobs", pass_context=True)
async def take_up_jobs(context: JobContext, timestamp: int) -> None:
    """Put back into the queue what a worker was doing when it was killed: a job whose worker gave
    no sign of life for a quarter minute.

    A periodic job that waits again already is not queued twice; its abandoned turn is closed.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(seconds_since_heartbeat=SECONDS_UNTIL_DEAD):
        # This very job, whose worker may be late with its sign of life.
        if job.id == context.job.id:
            continue
        log.warning("Taking up job %s (%s), whose worker has gone.", job.id, job.task_name)
        try:
            await jobs.retry_job(job)
        except ConnectorException:
            await jobs.finish_job(job, status=Status.ABORTED, delete_job=False)


@app.periodic(cron="41 3 * * *")
@app.task(name="config.forget_jobs", queueing_lock="config.forget_jobs", pass_context=True)
async def forget_jobs(context: JobContext, timestamp: int) -> None:
    """Remove jobs that ended well a week ago; failed ones stay until an operator has looked at
    them.
    """
    await context.app.job_manager.delete_old_jobs(nb_hours=HOURS_KEPT, include_aborted=True)
