"""Work on many things in words."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anso.audit.wording import Field
from anso.bulk.models import BulkAction
from anso.bulk.queries import BULK_WORKS, bulk_actions_unseen, is_still
from anso.kernel.actors import Actor
from anso.kernel.todo import TodoItem

VERBS: dict[str, Promise] = {
    "start_bulk": gettext_lazy("asked for work on many at once"),
    "finish_bulk": gettext_lazy("finished work on many at once"),
    "stop_bulk": gettext_lazy("stopped work on many at once"),
    "resume_bulk": gettext_lazy("let work on many go on"),
}
KINDS: dict[str, Promise] = {"bulk.bulkaction": gettext_lazy("work on many at once")}
TONES = {"running": "act", "finished": "good", "stopped": "attn"}


def bulk_title(action: BulkAction) -> str:
    """What is done, as it stands on the button."""
    return BULK_WORKS[action.code].title(action.said)


def bulk_state(action: BulkAction, now: dt.datetime) -> tuple[str, str]:
    """Where it stands in a word, with its tone."""
    if is_still(action, now):
        return _("standing still"), "stop"
    words = {"running": _("running"), "finished": _("finished"), "stopped": _("stopped")}
    is_whole = action.state != "finished" or not action.refused
    return words[action.state], TONES[action.state] if is_whole else "attn"


def settled_in_words(action: BulkAction) -> str:
    """How many of how many are settled, and how many were left as they are."""
    settled, left = action.done - len(action.refused), len(action.refused)
    words = ngettext("%(n)d of %(all)d is settled.", "%(n)d of %(all)d are settled.", settled) % {
        "n": settled,
        "all": action.total,
    }
    if not left:
        return words
    more = ngettext("%(n)d was left as it is.", "%(n)d were left as they are.", left)
    return f"{words} {more % {'n': left}}"


def todo_items_for(account: Actor, now: dt.datetime) -> list[TodoItem]:
    """What ended with something left, or stands still."""
    return [
        TodoItem(
            due_at=None,
            text=_("Look at what was left: %(what)s") % {"what": bulk_title(each)},
            reason=settled_in_words(each),
            url=reverse("bulk:action", args=[each.reference]),
            tone="attn",
        )
        for each in bulk_actions_unseen(account, now)
    ]


# What the record calls the fields of work on many at once.
FIELDS: dict[str, Field] = {
    "bulk.bulkaction:state": Field(
        gettext_lazy("state"),
        codes={
            "running": gettext_lazy("running"),
            "finished": gettext_lazy("finished"),
            "stopped": gettext_lazy("stopped"),
        },
    ),
    "start_bulk:code": Field(gettext_lazy("kind of work")),
    "items": Field(gettext_lazy("how many")),
    "moved_at": Field(gettext_lazy("went on at")),
    "seen_at": Field(gettext_lazy("looked at")),
}
