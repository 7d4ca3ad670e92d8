"""What applicants, writers of letters and officers have to do, for "What I have to do"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.accounts.models import Account
from anso.applications.enums import LetterAnswer
from anso.applications.models import Application
from anso.applications.queries.answers import name_told_to_writers
from anso.applications.queries.left_out import left_out
from anso.applications.queries.namesakes import namesake_questions
from anso.applications.queries.todo import (
    applications_to_finish,
    letters_in_need,
    letters_to_write,
    own_applications_running,
    screenings_waiting,
)
from anso.applications.queries.windows import deadline_of
from anso.applications.wording.casework import own_files_late
from anso.applications.wording.collaborators import collaboration_items
from anso.applications.wording.enquiries import enquiry_items, writers_ask_items
from anso.applications.wording.left_out import rules_without
from anso.calls.models import Call
from anso.calls.queries.steps import step_closes_at
from anso.calls.wording import entries_of, entry_word
from anso.kernel.todo import TodoItem, tone_until
from anso.ui.question_fields import in_a_row, in_reader_language

DAY = dt.timedelta(days=1)


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Drafts to submit, changes to submit again, letters that only the applicant can help on,
    letters to write, questions to answer; for officers, applications to screen.
    """
    applications = own_applications_running(account)
    return [
        *_own_items(applications, now),
        *_letter_items(applications, now),
        *collaboration_items(account, now),
        *_writer_items(account, now),
        *_screening_items(account, now),
        *_namesake_items(account, now),
        *own_files_late(account, now),
        *writers_ask_items(account, now),
        *enquiry_items(account, now),
    ]


def _own_items(applications: list[Application], now: dt.datetime) -> Iterator[TodoItem]:
    for application in applications_to_finish(applications, now):
        call, closes_at = application.call, deadline_of(application).closes_at
        step = {"step": in_reader_language(application.step.label)}
        texts = {
            "draft": _("Finish and submit %(your_entry)s")
            % {"your_entry": entry_word(call, "your")},
            "invited": _("You are invited: write and submit “%(step)s”") % step,
            "submitted": _("Submit again: you changed something after submitting"),
        }
        title = in_a_row([in_reader_language(call.title), application.number])
        url = reverse("applications:detail", args=[application.reference])
        tone = _tone_of(closes_at - now)
        yield TodoItem(closes_at, texts[application.state], title, url, tone, call.zone)


def _tone_of(left: dt.timedelta) -> str:
    """How urgent it is when so much time is left: the last two days, the last week, or later."""
    return "stop" if left < 2 * DAY else ("attn" if left < 7 * DAY else "")


def _letter_items(applications: list[Application], now: dt.datetime) -> Iterator[TodoItem]:
    for letter in letters_in_need(applications, now):
        application, found = letter.application, left_out(letter)
        if found is not None and not found.harms:
            continue  # they are not counted, and nobody need take their place
        if letter.answer is LetterAnswer.NO:
            text, why = _("Name somebody else"), _("%(name)s answered No.")
        elif letter.answer is LetterAnswer.DECLINED:
            text, why = _("Name somebody else for a letter"), _("%(name)s declined.")
        else:
            text, why = _("Correct an address"), _("The mail to %(name)s came back.")
        why = why % {"name": letter.full_name}
        if found is not None:
            why = f"{why} {rules_without(found)}"
        url = reverse("applications:letters", args=[application.reference])
        yield TodoItem(letter.due_at, text, why, url, "attn", application.call.zone)


def _writer_items(account: Account, now: dt.datetime) -> Iterator[TodoItem]:
    for letter, due_at in letters_to_write(account, now):
        application = letter.application
        text = _("Answer %(name)s, who asks you for a letter")
        yield TodoItem(
            due_at,
            text % {"name": name_told_to_writers(application)},
            in_reader_language(application.call.title),
            reverse("applications:own_letter", args=[letter.reference]),
            "act",
            application.call.zone,
        )


def _screening_items(account: Account, now: dt.datetime) -> Iterator[TodoItem]:
    for call, waiting, step in screenings_waiting(account, now):
        url = reverse("applications:screening", args=[call.reference])
        title = in_reader_language(call.title)
        due_at = step_closes_at(step) if step else None
        tone = tone_until(due_at, now)
        yield TodoItem(due_at, screening_in_words(call, waiting), title, url, tone, call.zone)


def _namesake_items(account: Account, now: dt.datetime) -> Iterator[TodoItem]:
    for call, waiting in namesake_questions(account, now):
        asked = urlencode({"state": "", "alike": "asked"})
        url = f"{reverse('applications:table', args=[call.reference])}?{asked}"
        text = ngettext(
            "Say whether %(n)d pair of files is of one person or of two",
            "Say of %(n)d pairs of files whether they are of one person or of two",
            waiting,
        )
        yield TodoItem(None, text % {"n": waiting}, in_reader_language(call.title), url, "act")


def screening_in_words(call: Call, waiting: int) -> str:
    """What an officer has to do when so many applications wait for their screening."""
    return _("Check the eligibility of %(entries)s") % {"entries": entries_of(call, waiting)}
