"""What officers may do for one applicant, or keep beside one application for themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, CaseNote, Letter, Namesake
from anso.applications.queries.letters import is_asked_yes_or_no
from anso.applications.queries.participants import parts_of
from anso.applications.queries.people import people_worked_with
from anso.applications.queries.windows import EDITABLE, WRITTEN, is_writable
from anso.applications.rules.applications import (
    may_give_letter,
    may_write_after_all,
    may_write_letter,
)
from anso.calls.rules import may_manage_call
from anso.directory.models import Person
from anso.kernel.actors import Actor
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse


def may_help_applicant(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Officers of the call help one applicant beyond what everybody may, while decisions on what
    was handed in with it are not released; nobody where they take part.
    """
    over = ALLOWED
    if parts_of(actor).filter(application_id=application.pk).exists():
        over = refuse("own", _("You take part in it; somebody else must help here."))
    elif application.call.state != "published":
        over = refuse("not_running", _("This call is not running."))
    else:
        decided = Application.objects.filter(step_id=application.step_id, state="decided")
        if decided.exists():
            over = refuse("released", _("The decisions were released already."))
    return first_refusal(may_manage_call(actor, application.call, now), over)


def may_hand_in_for(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Who may help, for what is still being written, while its window is open to it."""
    return first_refusal(
        may_help_applicant(actor, application, now),
        ALLOWED if application.state in WRITTEN else _is_not_written(application),
        _is_window_open_to_it(application, now),
    )


def may_put_file_in(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Who may help, for what was submitted and is not screened, or for what is still being written
    while its window is open to it.
    """
    is_written = application.state in WRITTEN
    return first_refusal(
        may_help_applicant(actor, application, now),
        ALLOWED if application.state in EDITABLE else _is_not_written(application),
        _is_window_open_to_it(application, now) if is_written else ALLOWED,
    )


def _is_not_written(application: Application) -> Verdict:
    """Why nothing is handed in or put in for an application in this state."""
    facts = {"number": application.number}
    texts = {
        "submitted": _("%(number)s was submitted already."),
        "withdrawn": _("%(number)s is withdrawn: take the withdrawal back first."),
    }
    other = _("%(number)s is being judged: take the result of its screening back first.")
    return refuse("not_written", texts.get(application.state, other) % facts)


def _is_window_open_to_it(application: Application, now: dt.datetime) -> Verdict:
    if is_writable(application, now):
        return ALLOWED
    text = _("%(number)s was not submitted, and its time is over: give it more time first.")
    return refuse("window_closed", text % {"number": application.number})


def may_keep_case(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Officers of the call keep notes, flags and whose file it is, also when all is decided."""
    return may_manage_call(actor, application.call, now)


def may_answer_namesake(actor: Actor, namesake: Namesake, now: dt.datetime) -> Verdict:
    """Officers of the call say whether two applications are of one person; nobody who takes part in
    either.
    """
    both, own = (namesake.first_id, namesake.second_id), ALLOWED
    if parts_of(actor).filter(application__in=both).exists():
        own = refuse("own", _("You take part in it; somebody else must help here."))
    return first_refusal(may_keep_case(actor, namesake.first, now), own)


def may_merge_people(actor: Actor, people: Collection[Person], now: dt.datetime) -> Verdict:
    """Officers who work on calls in which each of these takes part; never their own records."""
    keys = {each.pk for each in people}
    worked_on = people_worked_with(actor, now).filter(pk__in=keys)
    if any(each.account_id == actor.pk for each in people):
        return refuse("own", _("This is you; somebody else must do it."))
    text = _("Only who works on calls in which each of these people takes part makes them one.")
    return ALLOWED if worked_on.count() == len(keys) else refuse("not_theirs", text)


def may_remove_note(actor: Actor, note: CaseNote, now: dt.datetime) -> Verdict:
    """Only who wrote it, as long as they work on the call."""
    theirs = refuse("not_your_note", _("Only who wrote a note takes it away."))
    own = ALLOWED if note.written_by_id == actor.pk else theirs
    return first_refusal(may_keep_case(actor, note.application, now), own)


def may_put_letter_in(actor: Actor, letter: Letter, now: dt.datetime) -> Verdict:
    """Who may help puts in a letter that its writer mailed to the office; not where yes or no is
    asked, which is written down, and not beside what the writer has begun to type.
    """
    waited = ALLOWED
    if letter.state == "declined":
        waited = refuse("declined", _("They declined: take that back first."))
    elif letter.state not in WAITED_FOR:
        waited = refuse("not_open", _("This letter is no longer waited for."))
    elif is_asked_yes_or_no(letter):
        text = _("This writer is asked for yes or no: write their answer down instead.")
        waited = refuse("yes_or_no", text)
    elif letter.answers:
        waited = refuse("begun", _begun(letter))
    return first_refusal(
        may_help_applicant(actor, letter.application, now), waited, may_give_letter(letter, now)
    )


def may_take_back_decline(actor: Actor, letter: Letter, now: dt.datetime) -> Verdict:
    """Who may help, for what can be written after all."""
    return first_refusal(
        may_help_applicant(actor, letter.application, now), may_write_after_all(letter, now)
    )


def may_take_down_answer(actor: Actor, letter: Letter, answer: str, now: dt.datetime) -> Verdict:
    """Who may help writes down what a writer said by telephone or mail: that they decline, and yes
    or no where that is what they were asked; never the words of a letter. What a writer has begun
    to type is theirs to send.
    """
    waited = ALLOWED
    if letter.state not in WAITED_FOR:
        waited = refuse("not_open", _("This letter is no longer waited for."))
    elif answer != "declined" and not is_asked_yes_or_no(letter):
        text = _("This writer is asked for words, not for yes or no: they write them themselves.")
        waited = refuse("asked_for_words", text)
    elif answer != "declined" and letter.answers:
        waited = refuse("begun", _begun(letter))
    may_be_written = may_give_letter if answer == "yes" else may_write_letter
    return first_refusal(
        may_help_applicant(actor, letter.application, now), waited, may_be_written(letter, now)
    )


def _begun(letter: Letter) -> str:
    text = _("%(name)s has begun to answer on their own page: ask them to send it.")
    return text % {"name": letter.full_name}
