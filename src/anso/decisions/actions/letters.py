"""What becomes of held letters about decisions on the day on which they leave: those of decisions
that were corrected are stopped, the others name the last day on which a review may be asked for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from anso.applications.queries.answers import applicant_zone
from anso.decisions.actions.correcting import letters_overtaken
from anso.decisions.models import Decision
from anso.decisions.queries.appeals import AppealDays, appeal_days_of, last_appeal_at
from anso.decisions.wording.appeals import appeal_in_words
from anso.kernel.actors import Actor
from anso.notifications.actions import renew_letters
from anso.notifications.models import Message


def bring_up_to_date(letters: list[Message], actor: Actor, now: dt.datetime) -> dict[int, str]:
    """Those of held letters that tell what is no longer so, by key. The days to ask for a review
    count from now for whoever reads one of the others.
    """
    gone = letters_overtaken(letters, actor, now)
    leaving = [each for each in letters if each.pk not in gone]
    wanted = {each.about_id for each in leaving}
    found = Decision.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk")
    decisions = {
        each.pk: each
        for each in found.select_related(
            "application__call", "application__applicant__account", "application__submission"
        )
    }
    for each in decisions.values():
        if appeal_days_of(each) is not None:
            each.appeal_until = last_appeal_at(each.application.call, now)
    Decision.objects.bulk_update(decisions.values(), ["appeal_until"], batch_size=1000)
    zones = {each.pk: applicant_zone(decisions[each.about_id].application) for each in leaving}
    renew_letters(leaving, lambda letter: _appeal_fact(decisions[letter.about_id]), zones)
    return gone


def _appeal_fact(decision: Decision) -> Mapping[str, Any]:
    days = AppealDays(0, decision.appeal_until) if decision.appeal_until else None
    return {"appeal": appeal_in_words(decision, days)}
