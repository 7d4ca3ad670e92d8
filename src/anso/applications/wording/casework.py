"""Whose file an application is, its flags and its notes, in words; what is late in one's own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.applications.enums import Flag, LetterAnswer
from anso.applications.models import Application, Submission
from anso.applications.queries.casework import LateFile, late_files_of, officers_of
from anso.calls.models import Call
from anso.calls.wording import entries_of
from anso.kernel.actors import name_of_account
from anso.kernel.todo import TodoItem
from anso.ui.question_fields import in_reader_language, set_apart

NAMED_AT_MOST = 3


def flags_in_words(application: Application) -> list[str]:
    """The flags of an application, in their order."""
    return [str(Flag(flag).label) for flag in application.flags]


def owner_choices(call: Call, reader: Account) -> list[tuple[str, str]]:
    """The officers of a call by their references; the reader is told which is theirs."""
    mine = _("%(name)s (you)")
    return [
        (
            each.reference,
            mine % {"name": name_of_account(each)}
            if each.pk == reader.pk
            else name_of_account(each),
        )
        for each in officers_of(call)
        for name in [name_of_account(each)]
    ]


def owner_in_words(call: Call, owner: str) -> str:
    """Whose files a list shows."""
    names = {each.reference: name_of_account(each) for each in officers_of(call)} if owner else {}
    return names.get(owner, _("nobody") if owner == "none" else owner)


def own_files_late(account: Account, now: dt.datetime) -> Iterator[TodoItem]:
    """One line for each call in which something of one's own files is late."""
    by_call: dict[int, list[LateFile]] = {}
    for late in late_files_of(account, now):
        by_call.setdefault(late.application.call_id, []).append(late)
    for files in by_call.values():
        yield _late_item(account, files)


def _late_item(account: Account, files: list[LateFile]) -> TodoItem:
    call, count = files[0].application.call, len(files)
    text = _("Something is late in %(entries)s that you look after")
    days = [each.letter_due_at for each in files if each.letter_due_at]
    told = [late_in_words(each) for each in files[:NAMED_AT_MOST]]
    if count > NAMED_AT_MOST:
        told.append(_("and %(n)s more") % {"n": count - NAMED_AT_MOST})
    title = in_reader_language(call.title)
    url = reverse("applications:desk_detail", args=[files[0].application.reference])
    if count > 1:
        mine = urlencode({"owner": account.reference})
        url = f"{reverse('applications:table', args=[call.reference])}?{mine}"
    due_at = min(days, default=None)
    late = text % {"entries": entries_of(call, count)}
    return TodoItem(due_at, late, f"{title}: {set_apart(told)}", url, "attn", call.zone)


def late_in_words(late: LateFile) -> str:
    """What is late in a file."""
    facts: dict[str, Any] = {"number": late.application.number}
    if late.waits_for_screening and late.letter_due_at:
        return _("%(number)s waits for screening and for a letter whose day has passed") % facts
    if late.waits_for_screening:
        return _("%(number)s waits for screening") % facts
    return _("%(number)s lacks a letter whose day has passed") % facts


def by_officer_in_words(submission: Submission) -> str:
    """What an officer did to a version of what was submitted, and why; blank where the applicant
    submitted it.
    """
    told = submission.body.get("by_officer")
    if not told:
        return ""
    if told["what"] == "file":
        return _("%(name)s put a file in for its writer: %(because)s") % told
    text = _("%(name)s handed it in for its writer: %(because)s (asked for by: %(asked)s)")
    return text % told


def taken_down_in_words(answer: LetterAnswer) -> str:
    """What an officer wrote down of a writer, as the writer reads it."""
    texts = {
        LetterAnswer.YES: _("Yes"),
        LetterAnswer.NO: _("No"),
        LetterAnswer.DECLINED: _("you decline to write"),
    }
    return texts[answer]
