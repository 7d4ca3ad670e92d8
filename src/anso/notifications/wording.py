"""What happens to messages, in words: for the record, in the reader's language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from anso.audit.queries import type_label
from anso.audit.wording import Field, fixed_words
from anso.kernel.actors import Actor
from anso.kernel.finding import MOST_FOUND, Found, Searchable
from anso.kernel.registers import Register
from anso.kernel.todo import TodoItem
from anso.notifications.enums import MessageState
from anso.notifications.models import Mailing
from anso.notifications.queries import (
    OutboxFilter,
    context_name,
    mailings_held,
    messages_matching,
    messages_visible_to,
)
from anso.notifications.queries.audiences import AUDIENCES, CLOSED, NO_ADDRESS, RETURNED, TWICE

VERBS: dict[str, Promise] = {
    "hold_message": _("held a message back"),
    "release_message": _("released a message"),
    "cancel_message": _("cancelled a message"),
    "send_message": _("sent a message"),
    "fail_message": _("could not send a message"),
    "retry_message": _("sent a message again"),
    "bounce_message": _("got a message back"),
    "prepare_mailing": _("prepared letters"),
    "change_letter_text": _("worded letters"),
    "choose_readers": _("fixed to whom letters go"),
    "word_one_letter": _("worded one person's letter"),
    "note_answer": _("noted an answer of the mail system"),
}
KINDS: dict[str, Promise] = {
    "notifications.message": _("message"),
    "notifications.mailing": _("letters to people"),
}
# By the code of a message: what its kind is called on the desk. Each app names its own.
MAIL_KINDS: Register[Promise] = Register("kinds of mail in words")

OWN_KINDS: dict[str, Promise] = {"notifications.test": _("Test of a letter")}


def mail_kind(code: str) -> str:
    """What a kind of mail is called; one that no app names any more, names itself."""
    return str(MAIL_KINDS.get(code, code))


def message_in_words(label: str) -> str:
    """A message as the record names it: what kind of mail, and to whom."""
    code, _to, reader = label.partition(" to ")
    return gettext("%(mail)s, to %(reader)s") % {"mail": mail_kind(code), "reader": reader}


def mailing_in_words(label: str) -> str:
    """Letters as the record names them: for what they are, or as an officer named them."""
    return str(MAILINGS.get(label.partition(":")[0], label))


LABELS: dict[str, Callable[[str], str]] = {
    "notifications.message": message_in_words,
    "notifications.mailing": mailing_in_words,
}


def find_messages(account: Actor, text: str, now: dt.datetime) -> list[Found]:
    """The messages that somebody reads on the desk in whose reader, address or subject all words
    of a text occur.
    """
    seen = messages_visible_to(account, now)
    return [
        Found(
            each.subject,
            each.recipient_label or each.email,
            reverse("notifications:message", args=[each.reference]),
        )
        for each in messages_matching(seen, OutboxFilter(text=text))[:MOST_FOUND]
    ]


SEARCHABLES = {"messages": Searchable(_("Messages"), find_messages)}


# By the code of a mailing: of what its letters tell. Each app names its own.
MAILINGS: Register[Promise] = Register("mailings in words")


def mailing_name(mailing: Mailing) -> str:
    """What a mailing is called: as its officer named it, or by what it tells of."""
    return mailing.name or str(MAILINGS.get(mailing.code, mailing.code))


def write_url(code: str, context: Model, asked: Mapping[str, str]) -> str:
    """Where an officer writes to those of a set whom the filter of an address finds."""
    kept = {name: asked.get(name, "") for name in AUDIENCES[code].names if name != "sort"}
    pairs = {"of": f"{type_label(context)}:{context.pk}", **kept}
    query = urlencode([(name, value) for name, value in pairs.items() if value])
    return f"{reverse('notifications:write', args=[code])}?{query}"


WHY_LEFT_OUT: dict[str, Promise] = {
    NO_ADDRESS: _("no address is known"),
    CLOSED: _("the account is closed"),
    RETURNED: _("the last mail to this address came back"),
    TWICE: _("the same person is written to already"),
}


def todo_items_for(account: Actor, now: dt.datetime) -> list[TodoItem]:
    """Letters that nobody gets before this person has read and released them."""
    return [
        TodoItem(
            due_at=None,
            text=ngettext(
                "Read and release %(n)d letter",
                "Read and release %(n)d letters",
                count,
            )
            % {"n": count},
            reason=_("%(what)s: %(where)s. Nobody is written to before you release them.")
            % {
                "what": mailing_name(mailing),
                "where": context_name(mailing),
            },
            url=reverse("notifications:mailing", args=[mailing.reference]),
        )
        for mailing, count in mailings_held(account, now)
    ]


# What the record calls the fields of messages and of letters to people.
FIELDS: dict[str, Field] = {
    "notifications.message:state": Field(_("state"), codes=dict(MessageState.choices)),
    "hold_message:because": Field(tell=fixed_words),
    "cancel_message:because": Field(tell=fixed_words),
    "change_letter_text:because": Field(tell=mail_kind),
    "send_after": Field(_("leaves after")),
    "claimed_at": Field(_("taken up by the sender at")),
    "attempts": Field(_("attempts")),
    "bounced_at": Field(_("came back at")),
    "failed_at": Field(_("failed at")),
    "held_at": Field(_("held back at")),
    "sent_at": Field(_("sent at")),
    "readers": Field(_("readers")),
    "left_out": Field(_("left out")),
    "subject": Field(_("subject of the mail")),
    "word_one_letter:body": Field(_("text of the mail")),
    "change_letter_text:*": Field(
        codes={
            f"{code}.{part}": format_lazy("{} ({})", words, name)
            for code, name in settings.LANGUAGES
            for part, words in (
                ("subject", _("subject of the mail")),
                ("body", _("text of the mail")),
            )
        }
    ),
}
