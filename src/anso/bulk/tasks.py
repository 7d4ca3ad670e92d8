"""Background work on many things."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from anso.bulk.actions import run_part
from anso.bulk.models import BulkAction


@app.task(name="bulk.run", retry=5, pass_context=False)
def run(action_id: int) -> None:
    """Do what is left, a part at a time, until it is done or stopped."""
    action = BulkAction.objects.get(pk=action_id)
    while run_part(action=action, now=timezone.now()):
        pass
