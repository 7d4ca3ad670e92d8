"""What is somebody's own in applications: those they wrote, and the letters they answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.enums import LetterAnswer
from anso.applications.models import Application, Letter
from anso.applications.queries.answers import name_told_to_writers
from anso.applications.queries.letters import letter_due_at, letters_asked_of
from anso.applications.queries.todo import letters_answered_by
from anso.applications.queries.visibility import list_own_applications
from anso.applications.wording.collaborators import collaboration_matters
from anso.applications.wording.standing import standings_of
from anso.kernel.matters import Matter
from anso.kernel.periods import day_of
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

ANSWERED: dict[str, tuple[Promise, str]] = {
    LetterAnswer.GIVEN: (_("You sent your letter for %(name)s on %(day)s."), "good"),
    LetterAnswer.YES: (_("You agreed for %(name)s on %(day)s."), "good"),
    LetterAnswer.NO: (_("You answered No about %(name)s on %(day)s."), ""),
    LetterAnswer.DECLINED: (_("You declined to write for %(name)s on %(day)s."), ""),
}
ANSWERED_TAGS: dict[str, Promise] = {
    LetterAnswer.GIVEN: _("letter sent"),
    LetterAnswer.YES: _("agreed"),
    LetterAnswer.NO: _("answered No"),
    LetterAnswer.DECLINED: _("declined"),
}


def matters_of(account: Account, now: dt.datetime) -> list[Matter]:
    """Where each of one's own applications stands, and what became of letters one was asked for."""
    return [
        *_applications(account, now),
        *collaboration_matters(account, now),
        *_asked_back(account, now),
        *_letters(account, now),
    ]


def _applications(account: Account, now: dt.datetime) -> Iterator[Matter]:
    for application, standing in standings_of(list_own_applications(account), now):
        yield Matter(
            title=in_a_row([in_reader_language(application.call.title), application.number]),
            words=standing.words,
            url=reverse("applications:detail", args=[application.reference]),
            status=standing.word,
            tone=standing.tone,
            at=_latest(application),
            call_id=application.call_id,
            is_over=standing.is_over,
            is_entry=application.state != "withdrawn",
        )


def _latest(application: Application) -> dt.datetime:
    known = (
        application.started_at,
        application.submitted_at,
        application.invited_at,
        application.decided_at,
        application.withdrawn_at,
    )
    return max(each for each in known if each is not None)


def _letters(account: Account, now: dt.datetime) -> Iterator[Matter]:
    for letter in letters_answered_by(account):
        call, at = (
            letter.application.call,
            letter.completed_at or letter.declined_at or letter.asked_at,
        )
        text, tone = ANSWERED[letter.answer]
        facts = {
            "name": name_told_to_writers(letter.application),
            "day": day_in_words(day_of(at, call.zone)),
        }
        yield Matter(
            title=in_reader_language(call.title),
            words=str(text) % facts,
            url=_page_of(letter, now),
            status=ANSWERED_TAGS[letter.answer],
            tone=tone,
            at=at,
            call_id=call.pk,
            is_over=True,
        )


def _asked_back(account: Account, now: dt.datetime) -> Iterator[Matter]:
    """Letters of which this person asked the applicant something first."""
    for letter in letters_asked_of(account).filter(state="asking"):
        call = letter.application.call
        if letter_due_at(letter) <= now:
            continue
        text = _("You asked %(name)s something before answering. We tell you what they answer.")
        yield Matter(
            title=in_reader_language(call.title),
            words=str(text) % {"name": name_told_to_writers(letter.application)},
            url=reverse("applications:own_letter", args=[letter.reference]),
            status=str(_("question sent")),
            tone="act",
            at=letter.asked_at,
            call_id=call.pk,
            is_over=False,
        )


def _page_of(letter: Letter, now: dt.datetime) -> str:
    """Where a letter can still be changed, as long as it can; the call's page afterwards."""
    if letter.state == "completed" and now < letter_due_at(letter):
        return reverse("applications:own_letter", args=[letter.reference])
    return reverse("calls:call", args=[letter.application.call.slug])
