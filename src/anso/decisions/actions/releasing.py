"""Releasing all decisions of a call together, and writing to everybody afterwards."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app

from anso.applications.models import Application
from anso.audit.actions import transition, transition_many
from anso.decisions import notices, rules
from anso.decisions.enums import Outcome
from anso.decisions.models import Decision, SelectionRun
from anso.kernel.actors import Actor
from anso.kernel.notices import Notice
from anso.kernel.wording import Text
from anso.notifications.actions import enqueue_notice
from anso.notifications.models import Message

NOTICES: dict[str, Notice] = {
    Outcome.WAITING: notices.WAITING,
    Outcome.UNPLACED: notices.UNPLACED,
    Outcome.INELIGIBLE: notices.INELIGIBLE,
}


@transaction.atomic
def release_decisions(*, actor: Actor, run: SelectionRun, now: dt.datetime) -> SelectionRun:
    """Make every prepared decision of the run visible at the same instant. Letters follow from a job, offers from the awards."""
    rules.may_release_decisions(actor, run, now).require()
    transition(run, "release_decisions", actor=actor, now=now)
    decisions = list(run.decisions.filter(state="prepared").select_related("application").order_by("id"))
    transition_many(decisions, "release_decision", actor=actor, now=now)
    transition_many(
        [decision.application for decision in decisions if decision.application.state in {"eligible", "ineligible"}],
        "decide_application",
        actor=actor,
        now=now,
    )
    app.configure_task("decisions.write_letters").defer(run_id=run.pk)
    return run


def write_decision_letters(*, actor: Actor, run: SelectionRun, now: dt.datetime) -> int:
    """Put the letters of a released run into the outbox, those who got a seat left out (their offer tells them).

    Each letter is written once: a job that was killed half-way takes up where it stopped. Returns how many were new.
    """
    written = set(_written(run))
    waiting = run.decisions.filter(state="released").exclude(outcome=Outcome.SEAT).exclude(reference__in=written)
    count = 0
    for decision in waiting.select_related("application__applicant__account", "application__call").order_by("id").iterator(500):
        count += _write(decision, actor=actor, now=now)
    return count


def _write(decision: Decision, *, actor: Actor, now: dt.datetime) -> int:
    application: Application = decision.application
    account = application.applicant.account
    if account is None:
        return 0
    enqueue_notice(
        NOTICES[decision.outcome],
        about=decision,
        recipient=account,
        fields={
            "name": application.applicant.full_name,
            "call": Text(application.call.title).in_language(account.language),
            "number": application.number,
            "reason": decision.reason,
            "feedback": decision.feedback,
            "position": decision.waiting_position or "",
            "url": settings.SITE_URL + reverse("awards:outcome", args=[application.reference]),
            "officer_mail": settings.ALLIANCE["MAIL"],
        },
        dedupe_key=f"decisions.letter:{decision.reference}",
        actor=actor,
        now=now,
        call_id=application.call_id,
    )
    return 1


def _written(run: SelectionRun) -> list[str]:
    keys = Message.objects.filter(call_id_hint=run.call_id, dedupe_key__startswith="decisions.letter:").values_list("dedupe_key", flat=True)
    return [key.split(":", 1)[1] for key in keys]
