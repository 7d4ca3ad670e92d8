"""Who may come in: start, among whoever was invited and within the limits of a call."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application
from anso.applications.queries.batches import undecided_in_other_batches
from anso.applications.queries.invited import is_invited
from anso.applications.queries.visibility import next_ordinal_of
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.rules import may_manage_call
from anso.calls.rules import may_start_application as may_apply_to_call
from anso.calls.wording.queues import fullness_in_words
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.ui.question_fields import in_reader_language


def may_start_application(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Anybody signed in, while the call is open; in a rolling one, nobody for whom as many as one
    person may hand in wait for their decision in other batches.
    """
    if actor.pk is None:
        return refuse("not_signed_in", _("Sign in first, so that what you start is yours."))
    return first_refusal(
        may_apply_to_call(actor, call, now),
        _is_let_in(actor, call, now),
        _is_free_of_other_batches(actor, call),
    )


def _is_let_in(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    if not get_terms(call).intake.by_invitation or is_invited(actor, call, now):
        return ALLOWED
    text = _(
        "This call is by invitation, and the address by which you signed in was not invited or its"
        " day has passed. If you have a mail from us, sign in by the address that it names."
    )
    return refuse("not_invited", text)


def _is_free_of_other_batches(actor: Actor, call: Call) -> Verdict:
    terms = get_terms(call)
    if not terms.intake.is_rolling:
        return ALLOWED
    waiting = undecided_in_other_batches(actor, call)
    if len(waiting) < terms.entries_each:
        return ALLOWED
    text = _(
        "%(number)s of “%(call)s” is not decided yet. You can start another when it is, or when you"
        " have withdrawn it."
    )
    facts = {
        "number": waiting[0].number,
        "call": in_reader_language(waiting[0].call.title),
    }
    return refuse("in_other_batch", text % facts)


def may_invite_to_start(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of a published call that is by invitation and has not closed."""
    if not get_terms(call).intake.by_invitation:  # first: every desk asks
        return refuse("open_to_all", _("This call is open to all."))
    over = ALLOWED
    if call.state != "published" or call.closes_at <= now:
        over = refuse("not_running", _("People are invited while the call is published and open."))
    return first_refusal(may_manage_call(actor, call, now), over)


def may_start_another_application(
    standing: Iterable[Application], ordinal: int, call: Call
) -> Verdict:
    """As many as the kind takes of one person, the free places in their order."""
    if ordinal == next_ordinal_of(standing, call):
        return ALLOWED
    return refuse("no_more", _("You have started as many as one person may in this call."))


def may_come_in(application: Application) -> Verdict:
    """What was never submitted comes in while its call takes more; asked under the lock of the
    call. Where the call is full, it may not.
    """
    if application.state != "draft":
        return ALLOWED
    full = fullness_in_words(application.call)
    return refuse("full", full) if full else ALLOWED
