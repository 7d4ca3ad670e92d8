"""What chairs and officers have to do about selections, for "What I have to do"."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.decisions.queries import (
    selections_returned,
    selections_to_confirm,
    selections_to_propose,
    selections_to_release,
)
from anso.kernel.todo import TodoItem
from anso.ui.question_fields import in_reader_language


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Selections that the chair returned, that wait for this chair to propose or to confirm them,
    and confirmed ones that wait for this officer's release.
    """
    to_propose, to_confirm = _("Propose the selection"), _("Confirm the selection")
    proposing = _("You chair the jury of %(call)s.")
    confirming = _("You preside over the body that confirms: %(call)s.")
    to_release, releasing = _("Release the decisions"), _("The chair confirmed %(call)s.")
    to_change, returned = _("Change a returned selection"), _("The chair of %(call)s returned it.")
    waiting = [
        *((run, to_change, returned, "stop") for run in selections_returned(account, now)),
        *((run, to_propose, proposing, "attn") for run in selections_to_propose(account, now)),
        *((run, to_confirm, confirming, "attn") for run in selections_to_confirm(account, now)),
        *((run, to_release, releasing, "act") for run in selections_to_release(account, now)),
    ]
    return [
        TodoItem(
            due_at=None,
            text=text,
            reason=why % {"call": in_reader_language(run.call.title)},
            url=reverse("decisions:ranking", args=[run.call.reference]),
            tone=tone,
        )
        for run, text, why, tone in waiting
    ]
