"""Background work of decisions: the letters of a release."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.decisions.actions import notify_decided_applicants
from anso.decisions.models import SelectionRun
from anso.kernel.actors import WORKER


@app.task(name="decisions.notify_of_release", retry=5)
def notify_of_release(run_id: int) -> None:
    """Prepare the letters to the applicants of one released run; safe to run again."""
    notify_decided_applicants(
        actor=WORKER, run=SelectionRun.objects.get(pk=run_id), now=timezone.now()
    )
