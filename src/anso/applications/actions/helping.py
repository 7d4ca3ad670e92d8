"""Help for one applicant beyond what everybody may do: more time, or a withdrawal taken back. Each
with a reason that the applicant reads.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.applications.actions import locking
from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.letters import ask_outstanding_letters
from anso.applications.models import Application
from anso.applications.notices import EXTENDED_FOR_ONE, RESTORED
from anso.applications.queries.windows import EDITABLE, deadline_of
from anso.applications.rules import may_help_applicant
from anso.audit.actions import record_entry, transition
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.periods import require_zone
from anso.kernel.reasons import READ_BY_APPLICANT, required_reason
from anso.kernel.wording import gettext_noop


@transaction.atomic
def extend_for_one(
    *, application: Application, until: dt.datetime, because: str, actor: Actor, now: dt.datetime
) -> Application:
    """Let one applicant write and submit longer than everybody, also after the close, and say so to
    them with the reason.

    Refuses an end that is not later, a reason that is missing, and an application that is screened,
    withdrawn or decided: its result is taken back first.
    """
    locked = locking.lock_application(application)
    may_help_applicant(actor, locked, now).require()
    reason = required_reason(because, READ_BY_APPLICANT)
    if locked.state not in EDITABLE:
        text = gettext_noop("%(number)s is not being written: take its result back first.")
        raise BadInput(text, number=locked.number)
    before = deadline_of(locked).closes_at
    if require_zone(until) <= max(before, now):
        text = gettext_noop(
            "An extension must end later than the present deadline, and in the future."
        )
        raise BadInput(text)
    locked.extended_until = until
    locked.save(update_fields=["extended_until"])
    changes = {"extended_until": [before, until]}
    record_entry(locked, "extend_for_one", actor=actor, now=now, changes=changes, because=reason)
    notify_applicant(
        EXTENDED_FOR_ONE,
        locked,
        key=f"{locked.reference}:{until.isoformat()}",
        actor=actor,
        now=now,
        say=lambda: {"reason": reason},
    )
    application.extended_until = until
    return locked


@transaction.atomic
def undo_withdrawal(
    *, application: Application, because: str, actor: Actor, now: dt.datetime
) -> Application:
    """Take a withdrawal back: what was submitted counts again and waits for screening, a draft is a
    draft again. Letters that were called off are asked for anew.

    Refuses one that is not withdrawn, or whose person has begun another in its place.
    """
    locked = locking.lock_application(application)
    may_help_applicant(actor, locked, now).require()
    reason = required_reason(because, READ_BY_APPLICANT)
    if locked.state != "withdrawn":
        raise BadInput(gettext_noop("%(number)s is not withdrawn."), number=locked.number)
    others = Application.objects.filter(
        call=locked.call, applicant=locked.applicant, ordinal=locked.ordinal
    )
    if others.exclude(pk=locked.pk).exclude(state="withdrawn").exists():
        raise BadInput(gettext_noop("This person has begun another in its place."))
    is_submitted = locked.submission_id is not None
    verb = "restore_application" if is_submitted else "restore_draft"
    transition(locked, verb, actor=actor, now=now, because=reason)
    if is_submitted:
        ask_outstanding_letters(application=locked, actor=actor, now=now)
    notify_applicant(
        RESTORED,
        locked,
        key=f"{locked.reference}:{now.isoformat()}",
        actor=actor,
        now=now,
        say=lambda: {"reason": reason},
    )
    application.refresh_from_db(fields=["state", "withdrawn_at"])
    return locked
