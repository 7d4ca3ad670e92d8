"""The outbox for officers: what waits, what was sent, what failed; hold, release, cancel and send
again, one by one or together.
"""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from anso.audit.wording import kind_words
from anso.kernel.actors import Actor
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused
from anso.notifications import actions
from anso.notifications.enums import TONES, VERBS, MessageState, OutboxAct
from anso.notifications.forms import context_key, filter_pairs, read_choice, read_filter
from anso.notifications.models import Message
from anso.notifications.notices import LETTERS
from anso.notifications.queries import (
    MESSAGE_READERS,
    OutboxFilter,
    codes_in_outbox,
    context_types_in_outbox,
    get_context,
    get_message_for,
    letter_after,
    messages_chosen,
    messages_matching,
    messages_visible_to,
    state_counts,
)
from anso.notifications.rules import may_read_outbox
from anso.notifications.wording import mail_kind
from anso.ui.question_fields import in_a_row

PAGE = 50
CARRY_OUT = {
    OutboxAct.HOLD: actions.hold_message,
    OutboxAct.RELEASE: actions.release_message,
    OutboxAct.CANCEL: actions.cancel_message,
    OutboxAct.RETRY: actions.retry_message,
}


@login_required
@require_safe
def outbox(request: HttpRequest) -> HttpResponse:
    """All messages that match the filter, newest first."""
    now = timezone.now()
    may_read_outbox(request.user, now).require()
    wanted = read_filter(request.GET)
    seen = messages_visible_to(request.user, now)
    page = Paginator(messages_matching(seen, wanted), PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Outbox"),
        "subheading": _(
            "Every mail passes through here: it can be read, held until it has left, and its"
            " delivery is logged."
        ),
        "page": page,
        "rows": [
            (message, mail_kind(message.code), word_for(message), TONES[message.state])
            for message in page
        ],
        "chips": chips(seen, wanted),
        "selects": [
            {
                "name": "of",
                "label": _("Belongs to"),
                "value": context_key(wanted),
                "options": context_options(seen, request.user, wanted, now),
            },
            {
                "name": "code",
                "label": _("Kind"),
                "value": wanted.code,
                "options": code_options(seen, wanted),
            },
        ],
        "asked": filter_pairs(wanted).items(),
        "kept": [pair for pair in filter_pairs(wanted).items() if pair[0] in {"state", "mailing"}],
        "wanted": wanted,
        "acts": [{"value": act.value, "label": act.label} for act in OutboxAct],
        "query": urlencode(filter_pairs(wanted)),
    }
    return render(request, "notifications/outbox.html", context)


@login_required
@require_safe
def message(request: HttpRequest, reference: str) -> HttpResponse:
    """One message as its reader gets it, with what happened to it; a link or code stays a
    placeholder.
    """
    now = timezone.now()
    may_read_outbox(request.user, now).require()
    shown = get_message_for(request.user, reference, now)
    open_acts = [act for act in OutboxAct if Message.lifecycle.allows(VERBS[act], shown.state)]
    context = {
        "heading": shown.subject,
        "status": word_for(shown),
        "tone": TONES[shown.state],
        "crumbs": [(_("Outbox"), reverse("notifications:outbox")), (shown.subject, "")],
        "message": shown,
        "kind": mail_kind(shown.code),
        "language": get_language_info(shown.language)["name_translated"],
        "belongs_to": belongs_to(shown),
        "following": letter_after(shown),
        "can_word": shown.state == "held" and shown.mailing_id and shown.code in LETTERS,
        "deliveries": shown.deliveries.order_by("-at"),
        "acts": [{"value": act.value, "label": act.label} for act in open_acts],
    }
    return render(request, "notifications/message.html", context)


@login_required
@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Before anything happens to messages: say what will happen, and to how many."""
    now = timezone.now()
    may_read_outbox(request.user, now).require()
    act, wanted, references = act_of(request), read_filter(request.POST), read_choice(request.POST)
    chosen = changeable(request.user, act, wanted, references, now)
    back = f"{reverse('notifications:outbox')}?{urlencode(filter_pairs(wanted))}"
    if not chosen:
        flash.warning(
            request, _("None of the chosen messages can be changed in this way. Choose others.")
        )
        return redirect(back)
    hidden = [("act", act.value), *filter_pairs(wanted).items()]
    hidden += (
        [("all_rows", "1")]
        if references is None
        else [("message", found.reference) for found in chosen]
    )
    context = {
        "heading": heading_for(act, len(chosen)),
        "consequences": consequences(act, chosen),
        "button": act.label,
        "hidden": hidden,
        "action_url": reverse("notifications:carry_out"),
        "back_url": back,
        "is_final": act == OutboxAct.CANCEL,
    }
    return render(request, "ui/dialog.html", context)


@login_required
@require_POST
def carry_out(request: HttpRequest) -> HttpResponse:
    """Do it, message by message; those that moved on meanwhile are left and counted."""
    now = timezone.now()
    may_read_outbox(request.user, now).require()
    act, wanted, references = act_of(request), read_filter(request.POST), read_choice(request.POST)
    changed = left = 0
    for found in changeable(request.user, act, wanted, references, now):
        try:
            CARRY_OUT[act](message=found, actor=request.user, now=now)
            changed += 1
        except (StaleTransition, Refused):
            left += 1
    flash.success(
        request,
        ngettext("%(n)d message changed.", "%(n)d messages changed.", changed) % {"n": changed},
    )
    if left:
        flash.warning(
            request,
            ngettext("%(n)d message had moved on.", "%(n)d messages had moved on.", left)
            % {"n": left},
        )
    return redirect(f"{reverse('notifications:outbox')}?{urlencode(filter_pairs(wanted))}")


def changeable(
    actor: Actor,
    act: OutboxAct,
    wanted: OutboxFilter,
    references: list[str] | None,
    now: dt.datetime,
) -> list[Message]:
    """The chosen messages that are in a state in which this act can happen to them."""
    return [
        found
        for found in messages_chosen(messages_visible_to(actor, now), wanted, references)
        if Message.lifecycle.allows(VERBS[act], found.state)
    ]


def act_of(request: HttpRequest) -> OutboxAct:
    """What is to happen; a word that is none of ours is no page of ours."""
    try:
        return OutboxAct(request.POST.get("act", ""))
    except ValueError:
        raise Http404 from None


def word_for(shown: Message) -> str:
    """The state of a message in words."""
    return str(MessageState(shown.state).label)


def chips(seen: QuerySet[Message], wanted: OutboxFilter) -> list[dict[str, Any]]:
    """One chip per state with its count, within what is looked at."""
    counts = state_counts(seen, wanted)
    kept = {name: value for name, value in filter_pairs(wanted).items() if name != "state"}
    everything: list[dict[str, Any]] = [
        {
            "label": _("all"),
            "url": f"?{urlencode(kept)}",
            "is_current": not wanted.state,
            "count": sum(counts.values()),
        }
    ]
    return everything + [
        {
            "label": state.label,
            "url": f"?{urlencode(kept | {'state': state.value})}",
            "is_current": wanted.state == state,
            "count": counts[state],
        }
        for state in MessageState
        if counts.get(state)
    ]


def code_options(seen: QuerySet[Message], wanted: OutboxFilter) -> list[tuple[str, str]]:
    """The kinds of message to choose from."""
    return [("", _("all")), *((code, mail_kind(code)) for code in codes_in_outbox(seen, wanted))]


def context_options(
    seen: QuerySet[Message], actor: Actor, wanted: OutboxFilter, now: dt.datetime
) -> list[tuple[str, str]]:
    """What messages may belong to: the kinds of object there are, and the one object that is
    looked at.
    """
    kinds = [(kind, kind_words(kind)) for kind in context_types_in_outbox(seen)]
    readers = MESSAGE_READERS.get(wanted.context_type)
    if readers is not None and wanted.context_id is not None:
        one = readers.objects(actor, now).filter(pk=wanted.context_id).first()
        kinds += [(context_key(wanted), readers.name(one))] if one else []
    return [("", _("all")), *kinds]


def belongs_to(shown: Message) -> dict[str, str]:
    """The object that a message belongs to, by name, and where its page is; its kind alone when the
    object is gone.
    """
    readers, context = MESSAGE_READERS[shown.context_type], get_context(shown)
    kind = kind_words(shown.context_type)
    if context is None:
        return {"kind": kind}
    return {"kind": kind, "name": readers.name(context), "url": readers.address(context)}


def heading_for(act: OutboxAct, count: int) -> str:
    """The question before an act."""
    words = {
        OutboxAct.HOLD: ngettext("Hold back %(n)d message?", "Hold back %(n)d messages?", count),
        OutboxAct.RELEASE: ngettext("Release %(n)d message?", "Release %(n)d messages?", count),
        OutboxAct.CANCEL: ngettext("Cancel %(n)d message?", "Cancel %(n)d messages?", count),
        OutboxAct.RETRY: ngettext("Send %(n)d message again?", "Send %(n)d messages again?", count),
    }
    return words[act] % {"n": count}


def consequences(act: OutboxAct, chosen: list[Message]) -> list[str]:
    """What will happen, and to whom."""
    words = {
        OutboxAct.HOLD: _("They stay here until somebody releases them."),
        OutboxAct.RELEASE: _("They leave within a minute and cannot be called back."),
        OutboxAct.CANCEL: _("They are never sent. This cannot be undone."),
        OutboxAct.RETRY: _("They leave within a minute."),
    }
    readers = in_a_row(found.recipient_label or found.email for found in chosen[:5])
    rest = len(chosen) - 5
    if rest > 0:
        readers += " " + ngettext("and %(n)d more", "and %(n)d more", rest) % {"n": rest}
    return [words[act], _("To: %(readers)s") % {"readers": readers}]
