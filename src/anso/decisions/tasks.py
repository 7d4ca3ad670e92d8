"""Background work of decisions: the letters of a release."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.decisions.actions import write_decision_letters
from anso.decisions.models import SelectionRun
from anso.kernel.actors import WORKER


@app.task(name="decisions.write_letters", retry=5)
def write_letters(run_id: int) -> None:
    """Write the letters of one released run; safe to run again."""
    write_decision_letters(
        actor=WORKER, run=SelectionRun.objects.get(pk=run_id), now=timezone.now()
    )
