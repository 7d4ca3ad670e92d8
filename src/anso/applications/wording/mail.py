"""What the mails about an application and its letters may say; each notice declares which of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, gettext

from anso.applications.models import Application, Letter, Submission
from anso.applications.queries.answers import applicant_name, name_told_to_writers
from anso.applications.queries.letters import is_asked_yes_or_no, letter_due_at
from anso.applications.queries.required_letters import Lack
from anso.applications.queries.windows import deadline_of
from anso.applications.wording.letters import (
    lacks_in_words,
    letter_words,
    need_of,
    need_of_for_writer,
    shown_to_writers,
)
from anso.calls.queries import get_terms, title_of
from anso.calls.wording.batches import after_cut_off
from anso.calls.wording.queues import fullness_in_words
from anso.kernel.participants import NOMINEE
from anso.programmes.wording import CallWords
from anso.ui.instants import end_in_words, instant_here_and_there
from anso.ui.question_fields import in_a_row, in_reader_language


def application_told(application: Application) -> dict[str, Any]:
    """What mails to the applicant may say."""
    call = application.call
    entry = CallWords(get_terms(call)).entry
    return {
        "name": applicant_name(application),
        "number": application.number,
        "your_entry": entry.your,
        "Your_entry": entry.yours,
        "call": title_of(call),
        "step": in_reader_language(application.step.label),
        "closes": end_in_words(deadline_of(application).closes_at, call.zone),
        "url": reverse("applications:detail", args=[application.reference]),
    }


def after_close(application: Application, now: dt.datetime) -> dict[str, str]:
    """What becomes of it where it is not submitted in time, and that it cannot be now."""
    late = gettext("What reaches us later cannot be taken.")
    words = [after_cut_off(application.call, now) or late, fullness_in_words(application.call)]
    return {"after_close": " ".join(filter(None, words))}


def submission_told(
    application: Application, submission: Submission, lacks: Iterable[Lack] = ()
) -> dict[str, Any]:
    """What the receipt says."""
    return application_told(application) | {
        "submitted": instant_here_and_there(submission.arrived_at, application.call.zone),
        "sha256": submission.sha256,
        "version": submission.version,
        "still_required": _still_required(application, tuple(lacks)),
    }


def _still_required(application: Application, lacks: tuple[Lack, ...]) -> str:
    """What has to come from others yet, and what whoever submitted does about it."""
    if not lacks:
        return gettext(
            "You need not do anything now. We write to you when there is something to do, and when"
            " results are out."
        )
    text = gettext(
        "Still required from others: %(lacks)s. We have written to whoever is named; see how far"
        " they are, and ask somebody else where one does not answer: %(url)s"
    )
    # Nobody else can answer for whoever is nominated.
    if all(lack.rule.kind == NOMINEE for lack in lacks):
        text = gettext(
            "Still required from others: %(lacks)s. We have written to whoever is named; see how"
            " far they are: %(url)s"
        )
    return text % {
        "lacks": lacks_in_words(lacks, get_terms(application.call)),
        "url": settings.SITE_URL + reverse("applications:letters", args=[application.reference]),
    }


def letter_told(letter: Letter) -> dict[str, Any]:
    """What mails to the writer of a letter may say."""
    application = letter.application
    rule = get_terms(application.call).letter_rule(letter.kind)
    return {
        **letter_words(letter, get_language() or "en"),  # whose "name" is that of the letter
        "name": letter.full_name,
        "applicant": name_told_to_writers(application),
        "call": title_of(application.call),
        "due": end_in_words(letter_due_at(letter), application.call.zone),
        "minutes": rule.minutes if rule else 10,
        "need": need_of_for_writer(letter),
        "beside": beside_told(letter),
    }


def beside_told(letter: Letter) -> str:
    """What whoever is asked for yes or no can do beside answering; blank for writers of words."""
    if not is_asked_yes_or_no(letter):
        return ""
    name = {"applicant": name_told_to_writers(letter.application)}
    asking = gettext("You can also ask %(applicant)s something first, on the same page.") % name
    shown = shown_to_writers(letter.application, letter.kind)
    if not shown:
        return asking
    text = gettext("There %(applicant)s shows you, as far as it is there: %(shown)s.")
    return f"{asking} {text % (name | {'shown': in_a_row(shown)})}"


def letter_told_to_applicant(letter: Letter) -> Mapping[str, Any]:
    """What mails to the applicant about a letter may say."""
    application = letter.application
    return application_told(application) | {
        "writer": letter.full_name,
        "due": end_in_words(letter_due_at(letter), application.call.zone),
        "otherwise": _otherwise(letter),
        "need": need_of(letter),
        "url": reverse("applications:letters", args=[application.reference]),
    }


def _otherwise(letter: Letter) -> str:
    """What can be done where this one does not answer, or says no."""
    if letter.kind == NOMINEE:
        text = gettext(
            "Nobody can agree in their place; if you named a wrong contact, correct it. Answers"
            " count until %(due)s."
        )
    else:
        text = gettext("You can ask somebody else; answers count until %(due)s.")
    return text % {"due": end_in_words(letter_due_at(letter), letter.application.call.zone)}
