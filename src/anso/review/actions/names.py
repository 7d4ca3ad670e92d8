"""Asking reviewers about a list of names before they are given files, and what they answer.

Nothing of what they tick changes what they have: an officer decides. Otherwise whoever has blind
files would learn whose they are by ticking one name after the other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.directory.enums import InterestKind
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.reasons import READ_LATER, REMARK_AT_MOST, required_reason
from anso.kernel.wording import gettext_noop
from anso.review import notices, rules
from anso.review.actions.mail import notify_reviewer
from anso.review.models import DeclaredName, ListedName, Reviewer
from anso.review.queries.names import has_files, names_beside, names_lacking

EARLIEST_YEAR = 1950


@transaction.atomic
def ask_about_names(*, actor: Actor, call: Call, now: dt.datetime) -> int:
    """Put whom the files concern on the list, among at least as many others, and write to everybody
    who has agreed to review. Returns how many names are new.

    Refused before the window has closed, and where nobody is new.
    """
    rules.may_ask_about_names(actor, call, now).require()
    # Locked, so that of two officers the second finds the names of the first on the list.
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    wanted = names_lacking(call)
    if not wanted:
        raise BadInput(gettext_noop("Everybody whom the files concern is on the list already."))
    others = names_beside(call, wanted)
    if len(others) < len(wanted):
        raise BadInput(gettext_noop("There are too few other names to hide those of the files."))
    # In the order of the keys, so that the order of the rows tells nothing either.
    made = ListedName.objects.bulk_create(
        ListedName(
            call=call, key=key, name=name, is_organisation=key.startswith("o:"), added_at=now
        )
        for key, name in sorted((wanted | others).items())
    )
    record_entry(
        call, "ask_about_names", actor=actor, now=now, changes={"names": [None, len(made)]}
    )
    reviewers = call.reviewers.filter(state="accepted").select_related("person__account", "call")
    for reviewer in reviewers.order_by("id"):
        notify_reviewer(notices.NAMES, reviewer, actor=actor, now=now, key=now.isoformat())
    return len(made)


@transaction.atomic
def tick_names(
    *,
    actor: Actor,
    reviewer: Reviewer,
    shown: Iterable[str],
    ticked: Iterable[str],
    now: dt.datetime,
) -> None:
    """Keep what was ticked on one page of the list, by the references of the names that it showed.
    What is no longer ticked goes, as long as they have not answered; afterwards it is withdrawn
    with a reason instead.
    """
    rules.may_answer_names(actor, reviewer, now).require()
    locked = _lock(reviewer)
    on_page = locked.call.listed_names.filter(reference__in=set(shown))
    chosen = on_page.filter(reference__in=set(ticked))
    is_late = has_files(locked)
    again = DeclaredName.objects.filter(
        reviewer=locked, listed__in=chosen, withdrawn_at__isnull=False
    )
    again.update(withdrawn_at=None, withdrawn_because="", declared_at=now, is_late=is_late)
    DeclaredName.objects.bulk_create(
        (
            DeclaredName(reviewer=locked, listed=each, declared_at=now, is_late=is_late)
            for each in chosen.order_by("id")
        ),
        ignore_conflicts=True,
    )
    untouched = DeclaredName.objects.filter(reviewer=locked, listed__in=on_page)
    fresh = untouched.exclude(listed__in=chosen)
    if locked.names_answered_at is not None:
        fresh = fresh.filter(declared_at__gt=locked.names_answered_at, withdrawn_at__isnull=True)
    fresh.delete()


@transaction.atomic
def answer_names(
    *,
    actor: Actor,
    reviewer: Reviewer,
    ties: Mapping[str, tuple[str, int | None]],
    now: dt.datetime,
) -> Reviewer:
    """Say that these are all the ties to people and organisations on the list, each with its kind
    and, of joint work, its last year.
    """
    rules.may_answer_names(actor, reviewer, now).require()
    locked = _lock(reviewer)
    standing = list(
        locked.declared_names.filter(withdrawn_at__isnull=True).select_related("listed")
    )
    for each in standing:
        kind, year = ties.get(each.listed.reference, (each.kind, each.last_year))
        if kind not in InterestKind.values:
            raise BadInput(gettext_noop("Choose what the conflict is."))
        if year is not None and not EARLIEST_YEAR <= year <= now.year:
            text = gettext_noop("%(name)s: a year from %(first)s to %(last)s, or nothing.")
            raise BadInput(text, name=each.listed.name, first=EARLIEST_YEAR, last=now.year)
        each.kind, each.last_year = kind, year if kind == InterestKind.JOINT_WORK else None
    DeclaredName.objects.bulk_update(standing, ["kind", "last_year"])
    locked.names_answered_at = now
    locked.save(update_fields=["names_answered_at"])
    # How many, and not who: whom somebody knows is read by officers, and where it concerns a file.
    changes = {"names": [None, len(standing)]}
    record_entry(locked, "answer_names", actor=actor, now=now, changes=changes)
    reviewer.names_answered_at = now
    return reviewer


@transaction.atomic
def withdraw_name(
    *, actor: Actor, declared: DeclaredName, because: str, now: dt.datetime
) -> DeclaredName:
    """Take back a tie that was declared, with the reason. It frees no file by itself: an officer
    looks first.
    """
    rules.may_answer_names(actor, declared.reviewer, now).require()
    reason = required_reason(because, READ_LATER, REMARK_AT_MOST)
    locked = DeclaredName.objects.select_for_update(of=("self",)).get(pk=declared.pk)
    if locked.withdrawn_at is not None:
        raise BadInput(gettext_noop("That was withdrawn already."))
    locked.withdrawn_at, locked.withdrawn_because = now, reason
    locked.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record_entry(
        declared.reviewer, "withdraw_name", actor=actor, now=now, changes={}, because=reason
    )
    return locked


def _lock(reviewer: Reviewer) -> Reviewer:
    """Locked, so that two tabs of one reviewer take turns."""
    found = Reviewer.objects.select_for_update(of=("self",)).select_related("call")
    return found.get(pk=reviewer.pk)
