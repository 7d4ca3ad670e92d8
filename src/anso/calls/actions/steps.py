"""Writing the steps of a call: laid out from its terms while it is drafted, moved with its deadline
afterwards.
"""

from __future__ import annotations

from django.db.models import F

from anso.calls.models import Call, Step
from anso.calls.queries.moves import MovePlan
from anso.kernel.terms.order import in_order_of_days
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


def move_steps(plan: MovePlan) -> None:
    """Give every step of a plan its new days, and all of them the order of their days. A step that
    is over before it begins would break the database's rule half-way, so each row is written with
    both of its days at once.
    """
    for each in plan.moves:
        Step.objects.filter(pk=each.step.pk).update(starts_on=each.starts_on, ends_on=each.ends_on)
    stood = list(plan.step.call.steps.order_by("order"))
    wanted = in_order_of_days(stood)
    if wanted != stood:
        # The order is part of the key that must be free, so rows first leave their places.
        plan.step.call.steps.update(order=F("order") + len(stood))
        for place, step in enumerate(wanted):
            Step.objects.filter(pk=step.pk).update(order=place)
