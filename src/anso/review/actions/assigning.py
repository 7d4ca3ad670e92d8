"""Giving applications to reviewers, and the reviewers' answers."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from anso.applications.models import Application
from anso.applications.queries.participants import participants_of
from anso.audit.actions import record_entries, transition, transition_many
from anso.calls.models import Call, Step
from anso.calls.queries.steps import entry_of, step_closes_at
from anso.directory.enums import InterestKind
from anso.directory.models import Interest
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.participants import parties
from anso.kernel.reasons import REMARK_AT_MOST, fitting
from anso.kernel.terms import Strictness
from anso.kernel.wording import Text, gettext_noop
from anso.review import notices, rules
from anso.review.actions.conflicts import answer_conflict
from anso.review.actions.dossiers import make_dossiers
from anso.review.actions.mail import notify_reviewer, tell_taken_back
from anso.review.models import Assignment, Reviewer
from anso.review.queries import (
    findings_between,
    get_conflict_facts,
    get_review_step,
    in_force_counts_of,
)
from anso.review.queries.reading import assignment_closes_at
from anso.review.wording.ties import tie_words
from anso.ui.question_fields import in_a_row

Pairs = Sequence[tuple[Application, Reviewer]]


@transaction.atomic
def assign_reviewer(
    *,
    actor: Actor,
    application: Application,
    reviewer: Reviewer,
    due_at: dt.datetime,
    now: dt.datetime,
    because: str = "",
) -> Assignment:
    """Give one application to one reviewer and write to them. Where a tie is to be looked at,
    ``because`` says why it is no conflict. Refused as :func:`assign_reviewers` says.
    """
    if because.strip():
        answer_conflict(
            actor=actor,
            application=application,
            reviewer=reviewer,
            is_conflict=False,
            because=because,
            now=now,
        )
    (assignment,) = assign_reviewers(
        actor=actor, call=application.call, pairs=[(application, reviewer)], due_at=due_at, now=now
    )
    return assignment


@transaction.atomic
def assign_reviewers(
    *, actor: Actor, call: Call, pairs: Pairs, due_at: dt.datetime, now: dt.datetime
) -> list[Assignment]:
    """Give applications to reviewers, all pairs or none; each reviewer gets one mail however many
    there are.

    Refused for applications not found eligible, reviewers who have not agreed or would get more
    than they offered, known conflicts, ties that no officer has looked at, pairs of which the
    reviewer gave the application back, and dates after the reviews close. Pairs that stand already
    stay as they are.
    """
    rules.may_assign_reviewers(actor, call, now).require()
    step = _require_step(call, due_at, now)
    held = _lock_assignments(step, pairs)
    fresh = [pair for pair in pairs if not _stands(held.get(_key(*pair)))]
    _require_able(step, fresh, held, now)
    _require_no_conflict(fresh, now)
    # Before the assignments: nobody is given something that cannot be read.
    make_dossiers(
        actor=actor, applications=[application for application, _ in fresh], step=step, now=now
    )
    again = {_key(*pair) for pair in fresh if _key(*pair) in held}
    given_again = [held[key] for key in sorted(again)]
    transition_many(given_again, "assign_again", actor=actor, now=now, due_at=due_at, remark="")
    new = [pair for pair in fresh if _key(*pair) not in again]
    made = Assignment.objects.bulk_create(
        [
            Assignment(
                application=application,
                step=step,
                reviewer=reviewer,
                due_at=due_at,
                assigned_at=now,
            )
            for application, reviewer in new
        ]
    )
    record_entries(
        made, "assign_reviewer", actor=actor, now=now, changes={"due_at": [None, due_at]}
    )
    held |= {(each.application_id, each.reviewer_id): each for each in made}
    facts: dict[str, Any] = {"key": now.isoformat(), "due_at": due_at, "step": step}
    for reviewer in {reviewer.pk: reviewer for _, reviewer in fresh}.values():
        notify_reviewer(notices.ASSIGNMENT, reviewer, actor=actor, now=now, **facts)
    return [held[_key(*pair)] for pair in pairs]


@transaction.atomic
def accept_assignment(*, actor: Actor, assignment: Assignment, now: dt.datetime) -> Assignment:
    """Agree to judge, and say with it that there is no conflict of interest. Opens the dossier.
    Refused when a conflict is known.
    """
    rules.may_accept_assignment(actor, assignment, now).require()
    return transition(
        assignment,
        "accept_assignment",
        actor=actor,
        now=now,
        because=gettext_noop("declared: no conflict of interest"),
    )


@transaction.atomic
def decline_assignment(
    *, actor: Actor, assignment: Assignment, reason: str, now: dt.datetime
) -> Assignment:
    """Give the assignment back, with a reason so that the next reviewer suits better."""
    rules.may_answer_assignment(actor, assignment, now).require()
    if not reason.strip():
        raise BadInput(
            gettext_noop("Say in a few words why, so that we choose the next reviewer better.")
        )
    return transition(
        assignment,
        "decline_assignment",
        actor=actor,
        now=now,
        remark=fitting(reason, REMARK_AT_MOST),
    )


@transaction.atomic
def declare_conflict(
    *, actor: Actor, assignment: Assignment, kind: str, remark: str, now: dt.datetime
) -> Assignment:
    """Declare a conflict of interest; it is kept, so that this reviewer is not asked again about
    anybody who is a party to this application.
    """
    rules.may_answer_assignment(actor, assignment, now).require()
    if kind not in InterestKind.values:
        raise BadInput(gettext_noop("Choose what the conflict is."))
    told = fitting(remark, REMARK_AT_MOST)
    transition(assignment, "declare_conflict", actor=actor, now=now, remark=kind)
    concerned = participants_of(assignment.application).filter(
        role__in=parties(), person__isnull=False
    )
    Interest.objects.bulk_create(
        Interest(
            person=assignment.reviewer.person,
            other_person_id=person,
            kind=kind,
            remark=told,
            last_year=now.year if kind == InterestKind.JOINT_WORK else None,
            declared_at=now,
        )
        for person in {row.person_id for row in concerned}
    )
    return assignment


@transaction.atomic
def cancel_assignment(*, actor: Actor, assignment: Assignment, now: dt.datetime) -> Assignment:
    """Take an assignment back and tell the reviewer. Submitted reviews cannot be taken back."""
    rules.may_take_back(actor, assignment, now).require()
    transition(assignment, "cancel_assignment", actor=actor, now=now)
    tell_taken_back(assignment, actor, now)
    return assignment


@transaction.atomic
def remind_reviewers(
    *, actor: Actor, call: Call, assignments: Iterable[Assignment], now: dt.datetime
) -> int:
    """Chase reviews that are not in yet and can still be given: one mail per reviewer, at most once
    a day. Returns how many reviewers were written to.
    """
    rules.may_remind_reviewers(actor, call, now).require()
    chosen = Assignment.objects.filter(
        pk__in=[each.pk for each in assignments],
        application__call=call,
        state__in=["assigned", "accepted"],
    )
    # Locked, and by key: of two officers who remind at once the second finds who was reminded, and
    # neither waits for the other in a circle.
    locked = [
        each
        for each in chosen.select_for_update(of=("self",))
        .select_related("reviewer__person__account", "step__call")
        .order_by("id")
        if now < assignment_closes_at(each)
    ]
    if not locked:
        raise BadInput(
            gettext_noop(
                "There is nothing to remind of: the review is in, was given back, or its days are"
                " over."
            )
        )
    count = 0
    for reviewer in {each.reviewer_id: each.reviewer for each in locked}.values():
        own = [each for each in locked if each.reviewer_id == reviewer.pk]
        first = min(own, key=lambda each: each.due_at)
        if not notify_reviewer(
            notices.REMINDER,
            reviewer,
            actor=actor,
            now=now,
            key=f"{now:%Y-%m-%d}",
            due_at=first.due_at,
            step=first.step,
            count=len(own),
        ):
            continue
        count += 1
        for each in own:
            each.reminder_count += 1
            each.last_reminded_at = now
        Assignment.objects.bulk_update(own, ["reminder_count", "last_reminded_at"])
        record_entries(own, "remind_reviewer", actor=actor, now=now)
    return count


def _key(application: Application, reviewer: Reviewer) -> tuple[int, int]:
    return application.pk, reviewer.pk


def _require_step(call: Call, due_at: dt.datetime, now: dt.datetime) -> Step:
    """The step in which applications are judged now, if the date lies within it."""
    step = get_review_step(call, now)
    if step is None:
        raise BadInput(gettext_noop("This call has no step of reviews."))
    if due_at <= now or due_at > step_closes_at(step):
        raise BadInput(
            gettext_noop(
                "The date for the reviews must lie between today and the day on which reviews"
                " close."
            )
        )
    return step


def _stands(assignment: Assignment | None) -> bool:
    return assignment is not None and assignment.state in {"assigned", "accepted", "submitted"}


def _lock_assignments(step: Step, pairs: Pairs) -> dict[tuple[int, int], Assignment]:
    """What was assigned before of these pairs in this step. The reviewers are locked, so that two
    officers cannot overload one together.
    """
    reviewers = sorted({reviewer.pk for _, reviewer in pairs})
    list(
        # Asked for its locks alone. By key, so that two officers with the same reviewers never wait
        # for each other in a circle.
        Reviewer.objects.select_for_update(of=("self",))
        .filter(pk__in=reviewers)
        .order_by("pk")
        .values_list("pk")
    )
    found = (
        Assignment.objects.filter(step=step, reviewer_id__in=reviewers)
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    return {(each.application_id, each.reviewer_id): each for each in found}


def _require_able(
    step: Step, pairs: Pairs, held: dict[tuple[int, int], Assignment], now: dt.datetime
) -> None:
    call, entry = step.call, entry_of(step.call, step)
    loads = Counter(in_force_counts_of(call, now))
    for application, reviewer in pairs:
        name, number = reviewer.person.full_name, application.number
        earlier = held.get(_key(application, reviewer))
        if application.state != "eligible" or application.call_id != call.pk:
            raise BadInput(
                gettext_noop(
                    "%(number)s was not found eligible; only what is eligible is reviewed."
                ),
                number=number,
            )
        if application.step_id != entry.pk:
            raise BadInput(
                gettext_noop("%(number)s is not among those that are judged in “%(step)s”."),
                number=number,
                step=Text(step.label),
            )
        if reviewer.state != "accepted" or reviewer.call_id != call.pk:
            raise BadInput(
                gettext_noop("%(name)s has not agreed to review in this call."), name=name
            )
        if earlier is not None and earlier.state != "cancelled":
            raise BadInput(
                gettext_noop("%(name)s was asked about %(number)s and gave it back."),
                name=name,
                number=number,
            )
        loads[reviewer.pk] += 1
        if loads[reviewer.pk] > reviewer.capacity:
            text = gettext_noop(
                "%(name)s has as many already as they offered to take: %(capacity)s."
            )
            raise BadInput(text, name=name, capacity=reviewer.capacity)


def _require_no_conflict(pairs: Pairs, now: dt.datetime) -> None:
    facts = get_conflict_facts(
        [reviewer.person for _, reviewer in pairs],
        [application for application, _ in pairs],
        alliance_day(now),
    )
    for application, reviewer in pairs:
        found = findings_between(reviewer.person, application, facts)
        hard = [each for each in found if each.strictness is Strictness.HARD]
        if not found:
            continue
        text = gettext_noop("%(name)s cannot judge %(number)s: %(because)s.")
        if not hard:
            text = gettext_noop(
                "%(name)s %(because)s. Say why that is no conflict before %(number)s is given to"
                " them."
            )
        raise BadInput(
            text,
            name=reviewer.person.full_name,
            number=application.number,
            because=in_a_row(tie_words(each) for each in hard or found),
        )
