"""From step to step: those found good are invited to the next window or advanced to the next
review, the others end where they stand. All together, when the decisions of a step are released;
whoever releases them tells the applicants.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.db.models import F, Func, JSONField, Value

from anso.applications.models import Application
from anso.applications.rules import may_lead_applications
from anso.audit.actions import transition_many
from anso.calls.models import Step
from anso.calls.queries import get_form
from anso.kernel.actors import Actor


@transaction.atomic
def invite_applications(
    *, applications: Sequence[Application], step: Step, actor: Actor, now: dt.datetime
) -> None:
    """Lead applications to a later window, where their people may write the form of it.

    Answers carry by their keys; statements are asked anew, for they are made of what is submitted.
    Refused where the window is over, and for applications not found eligible where they stand.
    """
    may_lead_applications(actor, step, now).require()
    version, form = get_form(step.call, step.form)
    transition_many(
        applications,
        "invite_application",
        actor=actor,
        now=now,
        because=step.key,
        step_id=step.pk,
        form_version_id=version.pk,
    )
    stated = [each.key for each in form.questions() if each.type == "statement"]
    Application.objects.filter(pk__in=[each.pk for each in applications]).update(
        answers=Func(
            F("answers"),
            Value(stated),
            template="(%(expressions)s::text[])",
            arg_joiner=" - ",
            output_field=JSONField(),
        )
    )


@transaction.atomic
def advance_applications(
    *, applications: Sequence[Application], step: Step, actor: Actor, now: dt.datetime
) -> None:
    """Lead applications to a later review of what was submitted already; they stay eligible and
    nothing new is written.
    """
    may_lead_applications(actor, step, now).require()
    transition_many(
        applications,
        "advance_application",
        actor=actor,
        now=now,
        because=step.key,
        step_id=step.pk,
    )


@transaction.atomic
def reject_applications(
    *, applications: Sequence[Application], step: Step, actor: Actor, now: dt.datetime
) -> None:
    """End applications in a step that leads to another one, which they do not reach."""
    may_lead_applications(actor, step, now).require()
    transition_many(applications, "reject_application", actor=actor, now=now)
