"""What stands against an amendment that takes a stage away: it has begun, or something was made in
it, in whichever app.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import cast

from django.db.models import Model

from anso.audit.wording import kind_words
from anso.calls.models import Call, Step
from anso.calls.queries.amendments import Changes, Watcher, is_gone_stage
from anso.calls.queries.steps import steps_of
from anso.kernel.periods import day_of
from anso.kernel.wording import Message, Text
from anso.kernel.wording import gettext_noop as _

# What is made in a step and is no object of the record.
MADE_IN = {"calls.extension": _("days that were moved")}


def reasons_against(call: Call, changes: Changes, now: dt.datetime) -> Iterator[Message]:
    """What people act by, or what was made in it, is not taken from under them."""
    today, rows = day_of(now, call.zone), {step.key: step for step in steps_of(call)}
    for row in (rows[change.path[1]] for change in changes if is_gone_stage(change)):
        if row.starts_on <= today:
            text = _("“%(name)s” has begun, so that it is not taken away.")
            yield Message("stage_begun", text, {"name": Text(row.label)})
        for hanging in hanging_on(row):
            text = _("“%(name)s” is not taken away, since something hangs on it: %(what)s.")
            yield Message("stage_used", text, {"name": Text(row.label), "what": hanging})


def hanging_on(step: Step) -> Iterator[Message]:
    """What was made in a step, by its kind: whatever points to it."""
    for relation in Step._meta.related_objects:
        made = cast("type[Model]", relation.related_model)
        label = made._meta.label_lower
        if made._base_manager.filter(**{relation.field.name: step}).exists():
            yield Message("kind", MADE_IN.get(label) or kind_words(label))


WATCHER = Watcher(reasons_against, lambda _call, _changes, _now: ())
