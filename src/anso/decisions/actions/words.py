"""Passing on what reviewers wrote for applicants, once an officer has read it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.audit.actions import record_entries
from anso.calls.models import Call
from anso.decisions import rules
from anso.decisions.models import Decision
from anso.decisions.queries import unread_words
from anso.kernel.actors import Actor
from anso.notifications.actions import renew_letter
from anso.notifications.models import Message


@transaction.atomic
def pass_words_on(
    *, actor: Actor, call: Call, references: list[str] | None, now: dt.datetime
) -> list[Decision]:
    """An officer has read the words of reviewers in these decisions, or in all where None is given:
    their applicants read them from the release on. Letters that are still held get them too.
    """
    rules.may_pass_words_on(actor, call, now).require()
    found = unread_words(call).select_for_update(of=("self",)).order_by("id")
    if references is not None:
        found = found.filter(reference__in=references)
    decisions = list(found)
    for each in decisions:
        each.feedback_read_at = now
    Decision.objects.bulk_update(decisions, ["feedback_read_at"], batch_size=1000)
    record_entries(decisions, "pass_words_on", actor=actor, now=now)
    _put_into_letters(decisions)
    return decisions


def _put_into_letters(decisions: list[Decision]) -> None:
    known = {each.pk: each for each in decisions}
    letters = Message.objects.filter(
        about_type=Decision._meta.label_lower,
        about_id__in=known,
        state="held",
        mailing__isnull=False,
    )
    for letter in letters.select_related("mailing", "recipient").order_by("id"):
        words = known[letter.about_id].words_passed_on
        renew_letter(letter, say=lambda: {"feedback": words})  # noqa: B023 - said at once
