"""Correcting what was decided, after everybody knows it. What it does to offers is the awards'."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.queries.answers import applicant_zone
from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions import notices, rules
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries.appeals import last_appeal_at
from anso.decisions.queries.correcting import results_open_to
from anso.decisions.wording.correcting import correction_told
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import READ_BY_APPLICANT, required_reason
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify
from anso.notifications.models import Message

CORRECTED_SINCE = gettext_noop("The decision was corrected before its letter left.")


@transaction.atomic
def correct_decision(
    *,
    actor: Account,
    decision: Decision,
    result: str,
    place: str,
    because: str,
    now: dt.datetime,
) -> Decision:
    """Put another result, or the same with another reason, in the place of what was released. The
    applicant reads the reason; what stood before stays in the record.

    Refuses a result that this decision cannot have, one that gives without saying what, and a
    correction without a reason.
    """
    Call.objects.select_for_update(of=("self",)).get(pk=decision.application.call_id)
    found = Decision.objects.select_for_update(of=("self",)).select_related(
        "application__call", "application__applicant__account", "step", "run"
    )
    locked = found.get(pk=decision.pk)
    rules.may_correct_decision(actor, locked, now).require()
    reason = required_reason(because, READ_BY_APPLICANT)
    if result not in results_open_to(locked):
        raise BadInput(gettext_noop("Choose what is decided instead."))
    new = {"result": result, "place": _place_for(locked, result, place), "reason": reason}
    if result != locked.result:
        new["waiting_position"] = None  # type: ignore[assignment]  # nobody waits after a correction
    changes = {key: [getattr(locked, key), value] for key, value in new.items()}
    for key, value in new.items():
        setattr(locked, key, value)
    locked.corrected_at = now
    # What is decided instead is told now, so its days begin now.
    locked.appeal_until = last_appeal_at(locked.application.call, now)
    locked.save(update_fields=[*new, "corrected_at", "appeal_until"])
    record_entry(locked, "correct_decision", actor=actor, now=now, changes=changes, because=reason)
    _tell(locked, actor=actor, now=now)
    return locked


def _place_for(decision: Decision, result: str, place: str) -> str:
    if result != Result.SELECTED:
        return ""
    if decision.result == Result.SELECTED:
        return decision.place
    if place not in {leaf.key for leaf in get_terms(decision.application.call).outcome.leaves()}:
        raise BadInput(gettext_noop("Choose what is given."))
    return place


def _tell(decision: Decision, *, actor: Account, now: dt.datetime) -> None:
    application = decision.application
    notify(
        notices.CORRECTED,
        about=decision,
        recipient=application.applicant.account,
        zone=applicant_zone(application),
        say=lambda: correction_told(decision),
        key=f"{decision.reference}:{decision.result}:{now.isoformat()}",
        context=application.call,
        actor=actor,
        now=now,
    )


def letters_overtaken(letters: list[Message], _actor: Actor, _now: dt.datetime) -> dict[int, str]:
    """Of held letters about decisions those whose decision was corrected since, by key: its
    applicant was told of the correction.
    """
    wanted = {each.about_id for each in letters}
    corrected = Decision.objects.filter(pk__in=wanted, corrected_at__isnull=False)
    gone = set(corrected.values_list("pk", flat=True))
    return {each.pk: CORRECTED_SINCE for each in letters if each.about_id in gone}
