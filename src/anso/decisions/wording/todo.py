"""What chairs and officers have to do about selections, for "What I have to do"."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.calls.wording import confirming_words, judging_words
from anso.decisions.models import SelectionRun
from anso.decisions.queries import (
    selections_before_chairs,
    selections_returned,
    selections_to_confirm,
    selections_to_propose,
    selections_to_release,
)
from anso.decisions.rules import can_go_on, may_speak_for_confirmers, may_speak_for_judges
from anso.kernel.todo import TodoItem
from anso.ui.question_fields import in_reader_language


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Selections that the chair returned, those that wait for this chair to propose or to confirm
    them, confirmed ones that wait for this officer's release, and those that wait for nobody
    because no chair can act.
    """
    returned = _("The chair of %(call)s returned it.")
    waiting = [
        *(
            _item(run, _("Change a returned selection"), _said(returned, run), "stop")
            for run in selections_returned(account, now)
        ),
        *(
            _item(run, _("Propose the selection"), _said(judging_words(run.call).presiding, run))
            for run in selections_to_propose(account, now)
            if may_speak_for_judges(account, run, now)
        ),
        *(
            _item(run, _("Confirm the selection"), _said(confirming_words(run.call).presiding, run))
            for run in selections_to_confirm(account, now)
            if may_speak_for_confirmers(account, run, now)
        ),
        *(_releasing(run) for run in selections_to_release(account, now)),
    ]
    for run in selections_before_chairs(account, now):
        verdict = can_go_on(run, now)
        if not verdict:
            title = in_reader_language(run.call.title)
            waiting.append(_item(run, _("Nobody can decide: %(call)s") % {"call": title}, verdict))
    return waiting


def _said(words: object, run: SelectionRun) -> str:
    return str(words) % {"call": in_reader_language(run.call.title)}


def _releasing(run: SelectionRun) -> TodoItem:
    words = _("%(chair)s confirmed %(call)s.")
    facts = {"chair": confirming_words(run.call).Chair, "call": in_reader_language(run.call.title)}
    return _item(run, _("Release the decisions"), words % facts, "act")


def _item(run: SelectionRun, text: str, reason: object, tone: str = "attn") -> TodoItem:
    url = reverse("decisions:ranking", args=[run.call.reference])
    return TodoItem(due_at=None, text=text, reason=str(reason), url=url, tone=tone)
