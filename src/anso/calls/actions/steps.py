"""Writing the steps of a call: laid out from its terms while it is drafted, moved with its deadline
afterwards.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from anso.calls.models import Call, Step
from anso.kernel.periods import Deadline
from anso.programmes.kinds import APPLICATION
from anso.programmes.outcomes import read_terms

# What is filled in a step of a block unless its stage names another form.
FORMS: dict[str, str] = {"applications": APPLICATION}


def lay_out_steps(call: Call) -> None:
    """Make the rows agree with the terms of a call that is being drafted; a step keeps its row as
    long as its key stands in the terms.
    """
    stages = read_terms(call.design).stages
    call.steps.exclude(key__in=[stage.key for stage in stages]).delete()
    # The order is part of the key that must be free, so rows first leave their places.
    call.steps.update(order=F("order") + len(stages) + call.steps.count())
    Step.objects.bulk_create(
        (
            Step(
                call=call,
                key=stage.key,
                block=stage.block,
                order=order,
                label=stage.label.to_dict(),
                form=stage.form or FORMS.get(stage.block, ""),
                rubric=stage.rubric,
                starts_on=stage.starts_on,
                ends_on=stage.ends_on,
            )
            for order, stage in enumerate(stages)
        ),
        update_conflicts=True,
        unique_fields=["call", "key"],
        update_fields=["block", "order", "label", "form", "rubric", "starts_on", "ends_on"],
    )


def move_steps(call: Call, previous_closes_at: dt.datetime) -> None:
    """After the deadline moved: the window ends on the new last day, and letters, which count for
    so many days after it, move along. Everything else keeps its days.
    """
    last_day = Deadline(call.closes_at, call.zone).last_day
    days = last_day - Deadline(previous_closes_at, call.zone).last_day
    call.steps.filter(block="applications", order=0).update(ends_on=last_day)
    call.steps.filter(block="letters").update(
        starts_on=F("starts_on") + days, ends_on=F("ends_on") + days
    )
