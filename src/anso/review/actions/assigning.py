"""Giving applications to reviewers, and the reviewers' answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import override

from anso.applications.models import Application
from anso.audit.actions import record_event, transition
from anso.calls.models import Call
from anso.directory.enums import InterestKind
from anso.directory.models import Interest
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.notices import Notice
from anso.kernel.wording import Text, gettext_noop
from anso.notifications.actions import enqueue_notice
from anso.review import notices, rules
from anso.review.actions.dossiers import make_dossier
from anso.review.models import Assignment, Reviewer
from anso.review.queries import CONFLICT_TEXTS, ConflictFacts, conflicts_between, get_conflict_facts


@transaction.atomic
def assign_reviewer(
    *, actor: Actor, application: Application, reviewer: Reviewer, due_at: dt.datetime, now: dt.datetime, facts: ConflictFacts | None = None
) -> Assignment:
    """Give one application to one reviewer and write to them. Refused on a known conflict, and for applications not found eligible."""
    rules.may_assign_reviewers(actor, application.call, now).require()
    if application.state != "eligible":
        raise BadInput(
            gettext_noop("%(number)s was not found eligible; only eligible applications are reviewed."), number=application.number
        )
    if reviewer.state != "accepted" or reviewer.call_id != application.call_id:
        raise BadInput(gettext_noop("%(name)s has not agreed to review in this call."), name=reviewer.person.full_name)
    known = facts or get_conflict_facts([reviewer.person], [application], now.date())
    conflicts = conflicts_between(reviewer.person, application, known)
    if conflicts:
        because = ", ".join(str(CONFLICT_TEXTS[code]) for code in conflicts)
        raise BadInput(
            gettext_noop("%(name)s cannot judge this application: %(because)s."), name=reviewer.person.full_name, because=because
        )
    make_dossier(actor=actor, application=application, now=now)
    assignment, is_new = Assignment.objects.get_or_create(
        application=application, reviewer=reviewer, defaults={"due_at": due_at, "assigned_at": now}
    )
    if is_new:
        record_event(assignment, "assign_reviewer", actor=actor, now=now, changes={"due_at": [None, due_at]})
        _write(notices.ASSIGNMENT, assignment, actor=actor, now=now, key=f"{now:%Y-%m-%d %H:%M}")
    return assignment


@transaction.atomic
def assign_reviewers_evenly(
    *, actor: Actor, call: Call, pairs: Sequence[tuple[Application, Reviewer]], due_at: dt.datetime, now: dt.datetime
) -> list[Assignment]:
    """Carry out a proposal that the officer has looked at: all pairs or none."""
    rules.may_assign_reviewers(actor, call, now).require()
    facts = get_conflict_facts([reviewer.person for _, reviewer in pairs], [application for application, _ in pairs], now.date())
    return [
        assign_reviewer(actor=actor, application=application, reviewer=reviewer, due_at=due_at, now=now, facts=facts)
        for application, reviewer in pairs
    ]


@transaction.atomic
def accept_assignment(*, actor: Actor, assignment: Assignment, now: dt.datetime) -> Assignment:
    """Agree to judge, and say with it that there is no conflict of interest. Opens the dossier."""
    rules.may_answer_assignment(actor, assignment, now).require()
    return transition(assignment, "accept_assignment", actor=actor, now=now, because="declared: no conflict of interest")


@transaction.atomic
def decline_assignment(*, actor: Actor, assignment: Assignment, reason: str, now: dt.datetime) -> Assignment:
    """Give the assignment back, with a reason so that the next reviewer suits better."""
    rules.may_answer_assignment(actor, assignment, now).require()
    if not reason.strip():
        raise BadInput(gettext_noop("Say in a few words why, so that we choose the next reviewer better."))
    return transition(assignment, "decline_assignment", actor=actor, now=now, remark=reason.strip()[:300])


@transaction.atomic
def declare_conflict(*, actor: Actor, assignment: Assignment, kind: str, remark: str, now: dt.datetime) -> Assignment:
    """Declare a conflict of interest; it is kept, so that this reviewer is not asked about this applicant again."""
    rules.may_answer_assignment(actor, assignment, now).require()
    if kind not in InterestKind.values:
        raise BadInput(gettext_noop("Choose what the conflict is."))
    Interest.objects.create(
        person=assignment.reviewer.person,
        other_person=assignment.application.applicant,
        kind=kind,
        remark=remark.strip()[:300],
        declared_at=now,
    )
    return transition(assignment, "declare_conflict", actor=actor, now=now, remark=kind)


@transaction.atomic
def cancel_assignment(*, actor: Actor, assignment: Assignment, now: dt.datetime) -> Assignment:
    """Take an assignment back and tell the reviewer. Submitted reviews cannot be taken back."""
    rules.may_assign_reviewers(actor, assignment.application.call, now).require()
    transition(assignment, "cancel_assignment", actor=actor, now=now)
    _write(notices.CANCELLED, assignment, actor=actor, now=now, key="")
    return assignment


@transaction.atomic
def remind_reviewer(*, actor: Actor, assignment: Assignment, now: dt.datetime) -> Assignment:
    """Chase one review that is not in yet; at most once a day."""
    rules.may_assign_reviewers(actor, assignment.application.call, now).require()
    if assignment.state not in {"assigned", "accepted"}:
        raise BadInput(gettext_noop("There is nothing to remind of: the review is in or was given back."))
    _write(notices.REMINDER, assignment, actor=actor, now=now, key=f"{now:%Y-%m-%d}")
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    locked.reminder_count += 1
    locked.save(update_fields=["reminder_count"])
    record_event(locked, "remind_reviewer", actor=actor, now=now)
    return locked


def _write(notice: Notice, assignment: Assignment, *, actor: Actor, now: dt.datetime, key: str) -> None:
    """One mail about an assignment. Several assignments made at the same moment are announced in one mail."""
    person, call = assignment.reviewer.person, assignment.application.call
    if person.account is None:
        return
    is_bundle = notice is notices.ASSIGNMENT
    page = reverse("review:assignments") if is_bundle else reverse("review:assignment", args=[assignment.reference])
    with override(person.account.language):
        due = date_format(assignment.due_at, "j F Y, H:i e")
    fields = {
        "name": person.full_name,
        "call": Text(call.title).in_language(person.account.language),
        "due": due,
        "number": assignment.application.number,
        "count": assignment.reviewer.assignments.filter(state="assigned").count(),
        "url": settings.SITE_URL + page,
        "officer_mail": settings.ALLIANCE["MAIL"],
    }
    enqueue_notice(
        notice,
        about=assignment.reviewer if is_bundle else assignment,
        recipient=person.account,
        fields={name: fields[name] for name in notice.fields},
        dedupe_key=f"{notice.code}:{assignment.reviewer.reference if is_bundle else assignment.reference}:{key}",
        actor=actor,
        now=now,
        call_id=call.pk,
    )
