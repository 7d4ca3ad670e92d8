"""Reviews of decisions in words: what letters say of them, and where a request stands. The sentence
of a letter and that of the page come from here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anso.accounts.models import Account
from anso.applications.queries.answers import applicant_name
from anso.applications.wording import application_link
from anso.calls.models import Call
from anso.decisions.enums import Ground
from anso.decisions.models import Appeal, Decision
from anso.decisions.queries.appeals import (
    AppealDays,
    appeal_days_of,
    appeals_to_work_on,
    latest_appeal_of,
)
from anso.decisions.rules import may_appeal
from anso.kernel.todo import TodoItem
from anso.kernel.verdict import Verdict
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_reader_language

APPEAL_STATES: dict[str, tuple[Promise, str]] = {
    "filed": (gettext_lazy("waits for an answer"), "attn"),
    "upheld": (gettext_lazy("upheld"), "good"),
    "rejected": (gettext_lazy("not upheld"), ""),
    "withdrawn": (gettext_lazy("withdrawn"), ""),
}


def appeal_in_words(decision: Decision, days: AppealDays | None) -> str:
    """Until when a review of a decision may be asked for, and of what; blank where none is."""
    if days is None:
        return ""
    what = _(
        "if the procedure was not kept, somebody had a conflict of interest, or a fact is wrong"
    )
    if days.ends_at is None:
        text = ngettext(
            "You may ask for a review of this decision, %(what)s: on its page, within %(days)s day"
            " after the letter about it.",
            "You may ask for a review of this decision, %(what)s: on its page, within %(days)s days"
            " after the letter about it.",
            days.days,
        )
        return text % {"what": what, "days": days.days}
    return _("You may ask for a review of this decision, %(what)s: on its page, until %(day)s.") % {
        "what": what,
        "day": end_in_words(days.ends_at, decision.application.call.zone),
    }


@dataclass(frozen=True)
class ReviewShown:
    """What the page of an outcome shows of a review: the sentence of the letter, the request that
    there is, and whether one may be made now.
    """

    words: str
    appeal: Appeal | None
    state: str
    tone: str
    may: Verdict
    url: str


def review_shown(decision: Decision, account: Account, now: dt.datetime) -> ReviewShown | None:
    """The same; None where nobody asked and nobody can: not even too late."""
    days, latest = appeal_days_of(decision), latest_appeal_of(decision)
    may = may_appeal(account, decision, now)
    is_late = any(reason.code == "late" for reason in may.reasons)
    if latest is None and not may and not is_late:
        return None
    state, tone = appeal_state(latest.state) if latest else ("", "")
    return ReviewShown(
        words=appeal_in_words(decision, days),
        appeal=latest,
        state=state,
        tone=tone,
        may=may,
        url=reverse("decisions:ask_review", args=[decision.application.reference]),
    )


def appeal_told(appeal: Appeal) -> dict[str, Any]:
    """What mails about a request may say to its author."""
    application = appeal.decision.application
    return {
        "name": applicant_name(application),
        "number": application.number,
        "call": in_reader_language(application.call.title),
        "ground": Ground(appeal.ground).label,
        "text": appeal.text,
        "told": answer_in_short(appeal),
        "answer": appeal.answer,
        "url": application_link("result", application),
    }


def answer_in_short(appeal: Appeal) -> str:
    """What was found, and what comes of it."""
    if appeal.state == "upheld":
        return _(
            "Your request was upheld: the decision is corrected, and you read what is decided"
            " instead in a letter of its own."
        )
    if appeal.state == "rejected":
        return _("Your request was not upheld: the decision stands.")
    return ""


def appeal_state(state: str) -> tuple[str, str]:
    """Where a request stands: a word, and the tone of its tag."""
    word, tone = APPEAL_STATES[state]
    return str(word), tone


def appeal_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Requests for a review that this officer answers, and decisions to correct after one."""
    found = []
    for call, waiting, upheld in appeals_to_work_on(account, now):
        if waiting:
            words = ngettext(
                "Answer %(n)d request for a review", "Answer %(n)d requests for a review", waiting
            )
            found.append(_item(call, words % {"n": waiting}))
        if upheld:
            words = ngettext(
                "Correct %(n)d decision whose review was upheld",
                "Correct %(n)d decisions whose review was upheld",
                upheld,
            )
            found.append(_item(call, words % {"n": upheld}))
    return found


def _item(call: Call, text: str) -> TodoItem:
    return TodoItem(
        due_at=None,
        text=text,
        reason=in_reader_language(call.title),
        url=reverse("decisions:appeals", args=[call.reference]),
        tone="attn",
    )
