"""Applications of one call that may be of one person: finding them, and an officer's answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.db import transaction
from django.db.models import Q

from anso.accounts.models import Account
from anso.applications.models import Application, Namesake
from anso.applications.queries.namesakes import about_hash, compared_with, same_in
from anso.applications.rules import may_answer_namesake
from anso.audit.actions import record_entries
from anso.kernel.errors import Stale
from anso.kernel.reasons import READ_LATER, required_reason
from anso.kernel.wording import gettext_noop as _

NAMESAKES_TASK = "applications.find_namesakes"


class AnsweredMeanwhile(Stale):
    """Another officer answered, or what was compared changed, since the page was opened."""

    code = "answered_meanwhile"

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else answered this, or the names changed, after you opened the page."
                " Nothing was done. What stands now is shown, and what you wrote is kept below."
            )
        )


@transaction.atomic
def find_namesakes(*, application: Application, now: dt.datetime) -> list[Namesake]:
    """Compare what was submitted with the others of its call and keep what may be one person.

    Run after the submission is committed: of two that came at once, the later run sees both. What
    officers answered stays as long as it is about the same names and birth dates.
    """
    own = Application.objects.select_related("applicant").get(pk=application.pk)
    found = {
        other.pk: (same, about_hash(own, other))
        for other in (compared_with(own) if own.namesake_key else ())
        if (same := same_in(own, other))
    }
    kept = _keep_what_stands(own, {key: about for key, (_same, about) in found.items()})
    new = [
        Namesake(
            first_id=min(own.pk, key),
            second_id=max(own.pk, key),
            same=same,
            about=about,
            found_at=now,
        )
        for key, (same, about) in found.items()
        if key not in kept
    ]
    Namesake.objects.bulk_create(new, ignore_conflicts=True)  # the other's run may be as far
    return new


def _keep_what_stands(own: Application, found: Mapping[int, str]) -> set[int]:
    """Take away what is no longer so; returns of whom it still is. Who was withdrawn since may come
    back.
    """
    either, kept = Q(first=own) | Q(second=own), set()
    rows = Namesake.objects.select_for_update(of=("self",)).select_related("first", "second")
    for row in rows.filter(either).order_by("pk"):
        other = row.second if row.first_id == own.pk else row.first
        if found.get(other.pk) == row.about or other.state == "withdrawn":
            kept.add(other.pk)
        else:
            row.delete()
    return kept


@transaction.atomic
def answer_namesake(
    *,
    namesake: Namesake,
    is_one_person: bool,
    because: str,
    shown: str,
    actor: Account,
    now: dt.datetime,
) -> Namesake:
    """Say whether two applications are of two people or of one, with the reason, which stays in the
    record of both. Changes nothing else: what follows is done by its own verb.

    ``shown`` is the mark that the page showed (`namesake_mark`). Refused without a reason.
    """
    may_answer_namesake(actor, namesake, now).require()
    reason = required_reason(because, READ_LATER)
    # Two officers who answer at once take turns; the second is shown what the first said.
    locked = Namesake.objects.select_for_update().filter(pk=namesake.pk).first()
    if locked is None or namesake_mark(locked) != shown:
        raise AnsweredMeanwhile
    before = locked.is_one_person
    locked.is_one_person, locked.reason = is_one_person, reason
    locked.answered_by, locked.answered_at = actor, now
    locked.save()
    record_entries(
        [namesake.first, namesake.second],
        "answer_namesake",
        actor=actor,
        now=now,
        changes={
            "namesakes": [None, [namesake.first.number, namesake.second.number]],
            "is_one_person": [before, is_one_person],
        },
        because=reason,
    )
    return locked


def namesake_mark(namesake: Namesake) -> str:
    """By which a page remembers what was compared and what was answered when it was shown."""
    answered = namesake.answered_at.isoformat() if namesake.answered_at else ""
    return f"{namesake.about[:16]}:{answered}"
