"""Reading work on many things, and what apps do with many of theirs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404

from anso.audit.queries import type_label
from anso.bulk.models import BulkAction
from anso.kernel.actors import Actor
from anso.kernel.errors import Refusal
from anso.kernel.registers import Register
from anso.kernel.verdict import Verdict
from anso.notifications.queries import looked_after

# A part takes a second or two; after so long the worker that had it has gone.
STILL = dt.timedelta(minutes=2)


@dataclass(frozen=True)
class Part:
    """Some of the things, to be done as whoever asked would do them one by one."""

    context: Any
    items: Sequence[Any]
    said: dict[str, Any]
    actor: Any
    now: dt.datetime


@dataclass(frozen=True)
class BulkWork:
    """What an app does with many things of one context.

    ``run`` does a part and gives the refusals of what it left, by the item; ``may`` says who asks;
    ``title`` names the action from what was said, in the reader's language; ``shown`` gives name
    and address of items; ``back`` the page where it is asked for; ``undo`` what would take it back,
    None where nothing does. Items that follow one another and give the same for ``group`` are never
    parted.
    """

    may: Callable[[Actor, Any, dt.datetime], Verdict]
    run: Callable[[Part], dict[Any, Refusal]]
    title: Callable[[dict[str, Any]], str]
    shown: Callable[[Sequence[Any]], list[tuple[str, str]]]
    back: Callable[[Any], str]
    undo: Callable[[dict[str, Any]], dict[str, Any] | None] = lambda _said: None
    group: Callable[[Any], Any] = lambda item: item


# By the code of the work, "applications.screen". Apps add theirs.
BULK_WORKS: Register[BulkWork] = Register("work on many things")


def bulk_actions_visible_to(actor: Actor, now: dt.datetime) -> QuerySet[BulkAction]:
    """Work in everything that an actor looks after."""
    return BulkAction.objects.filter(looked_after(actor, now))


def get_bulk_action_for(actor: Actor, reference: str, now: dt.datetime) -> BulkAction:
    """One of these with who asked for it; 404 for anybody else's."""
    found = bulk_actions_visible_to(actor, now).select_related("asked_by")
    action = found.filter(reference=reference).first()
    if action is None:
        raise Http404
    return action


def bulk_actions_of(context: Model, actor: Actor, now: dt.datetime) -> QuerySet[BulkAction]:
    """What was done with many things of one context, latest first."""
    seen = bulk_actions_visible_to(actor, now).filter(
        context_type=type_label(context), context_id=context.pk
    )
    return seen.select_related("asked_by").order_by("-asked_at", "-id")


def is_still(action: BulkAction, now: dt.datetime) -> bool:
    """Whether it should run and nothing has moved for too long."""
    return action.state == "running" and now - action.moved_at > STILL


def bulk_actions_unseen(account: Actor, now: dt.datetime) -> list[BulkAction]:
    """What somebody asked for and has to look at: it stands still, or ended with something left."""
    key = getattr(account, "pk", None)
    own = BulkAction.objects.filter(asked_by=key, seen_at__isnull=True).exclude(
        state="finished", refused=[]
    )
    return [each for each in own.order_by("asked_at") if each.ended_at or is_still(each, now)]
