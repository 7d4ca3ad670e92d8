"""An officer answers a rule that could not judge: a name that only looks alike, a birth of which
only the year is known.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.screening import note_eligibility
from anso.applications.models import Application, RuleAnswer
from anso.applications.queries.eligibility import judge_submission
from anso.applications.rules import may_screen_application
from anso.audit.actions import record_entry
from anso.kernel.eligibility import OPEN
from anso.kernel.errors import BadInput, Stale
from anso.kernel.reasons import READ_LATER, fitting, required_reason
from anso.kernel.wording import gettext_noop as _


class AskedAnew(Stale):
    """What the rule saw has changed since the page was opened."""

    code = "asked_anew"

    def __init__(self) -> None:
        super().__init__(
            _(
                "What this rule saw has changed, or it was answered, after you opened the page."
                " Nothing was done. What stands now is shown, and what you wrote is kept below."
            )
        )


@transaction.atomic
def answer_rule(
    *,
    application: Application,
    rule: str,
    about: str,
    is_met: bool,
    because: str,
    actor: Account,
    now: dt.datetime,
) -> RuleAnswer:
    """Say of a rule that could not judge that it is met or not, with the reason, which stays in
    the record; then judge anew.

    ``about`` is what the page showed. Refused without a reason, and where the rule sees something
    else by now or can judge by itself.
    """
    may_screen_application(actor, application, now).require()
    reason = required_reason(because, READ_LATER)
    # Two officers who answer at once take turns; the second is shown what the first said.
    locked = locking.lock_application(application)
    judged = {each.rule.code: each for each in judge_submission(locked).judged_rules}.get(rule)
    if judged is None or judged.result not in OPEN or judged.about != about:
        raise AskedAnew
    answer = RuleAnswer.objects.create(
        application=locked,
        rule=rule,
        about=about,
        is_met=is_met,
        reason=reason,
        answered_by=actor,
        answered_at=now,
    )
    note_eligibility(locked, judge_submission(locked).to_dict(), now)
    changes = {"rule": [None, rule], "is_met": [None, is_met]}
    record_entry(locked, "answer_rule", actor=actor, now=now, changes=changes, because=reason)
    application.eligibility = locked.eligibility
    return answer


@transaction.atomic
def take_back_rule_answers(
    *, application: Application, rule: str, because: str, actor: Account, now: dt.datetime
) -> None:
    """Forget what officers answered to a rule, so that it is a question again; with the reason."""
    may_screen_application(actor, application, now).require()
    if not because.strip():
        raise BadInput(_("Say why; whoever looks at this later reads it."), code="no_reason")
    locked = locking.lock_application(application)
    given = RuleAnswer.objects.filter(application=locked, rule=rule)
    if not given.delete()[0]:
        raise AskedAnew
    note_eligibility(locked, judge_submission(locked).to_dict(), now)
    record_entry(
        locked,
        "take_back_rule_answer",
        actor=actor,
        now=now,
        changes={"rule": [rule, None]},
        because=fitting(because),
    )
    application.eligibility = locked.eligibility
