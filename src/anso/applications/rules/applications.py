"""Who may do what with an application, a letter or a screening, with the reason where they may
not.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from anso.applications.enums import LetterAnswer
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Letter
from anso.applications.queries.batches import (
    goes_on,
    has_one_there,
)
from anso.applications.queries.letters import letter_due_at
from anso.applications.queries.participants import parts_of
from anso.applications.queries.windows import (
    EDITABLE,
    deadline_of,
    is_at_first_step,
    is_writable,
    opens_at,
)
from anso.calls.models import Call, Step
from anso.calls.queries import is_open, parts_in_call
from anso.calls.queries.steps import window_deadline
from anso.calls.rules import may_combine, may_manage_call
from anso.directory.queries import people_at
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.participants import ASKED_THEMSELVES
from anso.kernel.verdict import ALLOWED, Verdict, first_refusal, refuse
from anso.ui.instants import end_in_words, instant_here_and_there
from anso.ui.question_fields import in_reader_language

SENDS_AT_MOST = 5
REPLACED_AT_MOST = 4
SENDS_APART = dt.timedelta(minutes=10)


def may_carry_on(actor: Actor, application: Application, batch: Call, now: dt.datetime) -> Verdict:
    """The clock, or the applicant by submitting: a draft that missed the cut-off of its batch, into
    the one that is open, unless the person has begun another there.
    """
    verdict = ALLOWED
    if application.state != "draft" or is_writable(application, now):
        verdict = refuse("not_missed", _("It did not miss the cut-off of its batch."))
    elif batch.pk == application.call_id:
        verdict = refuse("no_batch", _("No later batch is open."))
    elif has_one_there(application, now):
        verdict = refuse("one_there", _("Another one was begun in the batch that is open."))
    return first_refusal(is_applicant(actor, application), verdict)


def may_change_application(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Only the applicant, while the window of its step is open; after submission too, as long as
    screening has not begun.
    """
    return first_refusal(
        is_applicant(actor, application),
        is_state_open(application.state),
        is_window_open(application, now),
    )


def may_submit_application(
    actor: Actor, application: Application, arrived_at: dt.datetime
) -> Verdict:
    """Only the applicant, and only what reached the server before the deadline. Whether all is
    there is told by what is missing.
    """
    return may_change_application(actor, application, arrived_at)


def may_withdraw_application(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """The applicant, until decisions are released. Being found not eligible changes nothing before:
    a refusal would tell it early.
    """
    if application.state == "withdrawn":
        return is_applicant(actor, application) & refuse(
            "withdrawn", _("You have already withdrawn it.")
        )
    if application.state == "decided":
        released = refuse(
            "decided",
            _(
                "You cannot withdraw any more: the selection is over. If you receive an offer, you"
                " can decline it."
            ),
        )
        return first_refusal(is_applicant(actor, application), released)
    return is_applicant(actor, application)


def may_ask_letters(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """The applicant, from the draft on and after submission, as long as the application runs."""
    over = ALLOWED
    if application.state in ("withdrawn", "decided"):
        over = refuse("over", _("Letters are no longer asked for here."))
    if application.state == "draft" and not is_open(application.call, now):
        over = refuse("call_closed", _("This call has closed and nothing was submitted."))
    return first_refusal(is_applicant(actor, application), over)


def may_resend_letter(actor: Actor, letter: Letter, now: dt.datetime) -> Verdict:
    """The applicant, for a letter not yet written and still due; at most five times, ten minutes
    apart, so that nobody is pestered.
    """
    if letter.state not in WAITED_FOR:
        return refuse("not_open", _("This letter is no longer waited for."))
    if now >= letter_due_at(letter):
        return refuse("late", _("It is too late for this letter."))
    if letter.send_count >= SENDS_AT_MOST:
        return refuse(
            "too_often",
            _(
                "The link was sent five times already. Name somebody else, or write to the"
                " programme officer."
            ),
        )
    if now < letter.last_sent_at + SENDS_APART:
        return refuse(
            "too_soon",
            _("The link was sent a moment ago. Wait ten minutes before sending it again."),
        )
    return may_ask_letters(actor, letter.application, now)


def may_replace_letter(actor: Actor, letter: Letter, now: dt.datetime) -> Verdict:
    """The applicant, as long as what was asked for has not been given: also after a No. At most
    four times for each letter, so that we are no sender of mass mail.
    """
    if letter.answer in (LetterAnswer.GIVEN, LetterAnswer.YES):
        return refuse("written", _("This letter has already been written."))
    asked = Letter.objects.filter(
        application_id=letter.application_id, question_key=letter.question_key
    )
    earlier = asked.filter(state="replaced").count()
    standing = asked.exclude(state="replaced").count()  # a list of partners asks for several
    if earlier >= REPLACED_AT_MOST * standing:
        return refuse(
            "too_often",
            _("Five people were asked for this letter already. Write to the programme officer."),
        )
    return may_ask_letters(actor, letter.application, now)


def may_revive_letter(letter: Letter) -> Verdict:
    """Whoever is named again is written to again, five times in all."""
    if letter.send_count >= SENDS_AT_MOST:
        return refuse(
            "too_often",
            _("%(name)s was written to five times already. Name somebody else.")
            % {"name": letter.full_name},
        )
    return ALLOWED


def may_write_letter(letter: Letter, now: dt.datetime) -> Verdict:
    """Whoever holds the link, until the letter is due; a letter given may be given anew until
    then.
    """
    if letter.state == "replaced":
        return refuse("replaced", _("This letter is no longer needed. Thank you."))
    if letter.state == "declined":
        return refuse(
            "declined",
            _("You declined to write. If you changed your mind, take that back first."),
        )
    return _is_wanted(letter, now)


def may_write_after_all(letter: Letter, now: dt.datetime) -> Verdict:
    """Whoever declined, as long as nobody else was named and the letter is not due."""
    if letter.state == "replaced":
        return refuse("replaced", _("This letter is no longer needed. Thank you."))
    if letter.state != "declined":
        return refuse("not_declined", _("Nobody declined to write this letter."))
    return _is_wanted(letter, now)


def _is_wanted(letter: Letter, now: dt.datetime) -> Verdict:
    if letter.application.state == "withdrawn":
        return refuse(
            "withdrawn",
            _("What it was for was withdrawn, so no letter is needed. Thank you."),
        )
    if now >= letter_due_at(letter):
        return refuse("late", _("The time for this letter is over, so it can no longer be given."))
    return ALLOWED


def may_give_letter(letter: Letter, now: dt.datetime) -> Verdict:
    """Whoever may write it, unless the letter would give them a part in the call that does not go
    with one they have: whoever agrees to be nominated or to be a partner takes part from then on.
    """
    part = "party" if letter.kind in ASKED_THEMSELVES else "writer"
    held: set[str] = set()
    people, day = people_at(letter.email), alliance_day(now)
    for parts in parts_in_call(letter.application.call, people, day, beside=part).values():
        held |= parts
    is_no = letter.answers.get("is_acceptance") is False
    return first_refusal(
        may_write_letter(letter, now),
        ALLOWED if is_no else may_combine(letter.application.call, part, held),
    )


def may_screen_applications(actor: Actor, call: Call, now: dt.datetime) -> Verdict:
    """Officers of the call, after it has closed."""
    early = refuse(
        "call_open",
        _(
            "The call is still open. Eligibility is confirmed after it has closed, when nothing"
            " changes any more."
        ),
    )
    return first_refusal(
        may_manage_call(actor, call, now), early if is_open(call, now) else ALLOWED
    )


def may_screen_application(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Officers, for what was submitted and not yet decided; nobody for an application in which they
    take part.
    """
    return may_screen_each(actor, [application], now)[application.pk]


def may_screen_each(
    actor: Actor, applications: Sequence[Application], now: dt.datetime
) -> dict[int, Verdict]:
    """The same for many applications at once, by their keys, in a fixed number of statements for
    each call.
    """
    own = set(
        parts_of(actor).filter(application__in=applications).values_list("application", flat=True)
    )
    calls = {each.call_id: each.call for each in applications}
    may = {key: may_screen_applications(actor, call, now) for key, call in calls.items()}
    return {
        each.pk: first_refusal(may[each.call_id], _is_screened(each, now), _is_not_own(own, each))
        for each in applications
    }


def _is_not_own(own: set[int], application: Application) -> Verdict:
    if application.pk not in own:
        return ALLOWED
    return refuse("own", _("You take part in it; somebody else must screen it."))


def _is_screened(application: Application, now: dt.datetime) -> Verdict:
    """Whether an application waits for screening or was screened, and nothing changes any more."""
    if application.state not in ("submitted", "eligible", "ineligible"):
        return refuse(
            "not_submitted",
            _("%(number)s is not waiting for screening.") % {"number": application.number},
        )
    if is_writable(application, now):
        return refuse(
            "window_open",
            _("%(number)s can still be changed and submitted again by whoever wrote it.")
            % {"number": application.number},
        )
    return ALLOWED


def may_lead_applications(actor: Actor, step: Step, now: dt.datetime) -> Verdict:
    """Officers of the call, to a review or to a window that is not over yet."""
    over = ALLOWED
    if step.block == "applications" and now >= window_deadline(step.call, step).closes_at:
        facts = {
            "step": in_reader_language(step.label),
            "closes": end_in_words(window_deadline(step.call, step).closes_at, step.call.zone),
        }
        text = _("“%(step)s” closed on %(closes)s. Move its deadline before you invite anybody.")
        over = refuse("window_over", text % facts)
    return first_refusal(may_manage_call(actor, step.call, now), over)


def may_check_eligibility(actor: Actor, application: Application, now: dt.datetime) -> Verdict:
    """Officers at any time, and the system itself."""
    return may_manage_call(actor, application.call, now)


def is_applicant(actor: Actor, application: Application) -> Verdict:
    """Whoever hands it in, and the clock."""
    if isinstance(actor, SystemProcess) or (
        actor.pk is not None and application.applicant.account_id == actor.pk
    ):
        return ALLOWED
    return refuse("not_yours", _("Only whoever wrote it may do this."))


def is_state_open(state: str) -> Verdict:
    """Whether an application in this state still takes changes; asked again under the lock of each
    save.
    """
    if state in EDITABLE:
        return ALLOWED
    if state == "withdrawn":
        return refuse("withdrawn", _("It was withdrawn and cannot be changed."))
    return refuse("being_judged", _("It is being judged and cannot be changed any more."))


def is_window_open(application: Application, now: dt.datetime) -> Verdict:
    """Whether the window of its step is open, with why it is not."""
    if is_writable(application, now):
        return ALLOWED
    if application.call.state == "cancelled":
        return refuse("call_cancelled", _("This call was cancelled."))
    if now < opens_at(application):
        opens = instant_here_and_there(opens_at(application), application.call.zone)
        return refuse("not_open_yet", _("This can be filled in from %(opens)s.") % {"opens": opens})
    if goes_on(application, now):
        passed = _(
            "The cut-off passed on %(closes)s. Nothing is lost: in a few minutes your draft stands"
            " in the next batch, where you can go on."
        )
        closes_at = deadline_of(application).closes_at
        facts = {"closes": end_in_words(closes_at, application.call.zone)}
        return refuse("cut_off_passed", passed % facts, closes_at=closes_at)
    closed = _(
        "The call closed on %(closes)s, so nothing can be changed any more. If our service failed"
        " you, write to the programme officer."
    )
    if not is_at_first_step(application):
        closed = _(
            "“%(step)s” closed on %(closes)s, so nothing can be changed any more. If our service"
            " failed you, write to the programme officer."
        )
    closes_at = deadline_of(application).closes_at
    facts = {
        "closes": end_in_words(closes_at, application.call.zone),
        "step": in_reader_language(application.step.label),
    }
    return refuse("call_closed", closed % facts, closes_at=closes_at)
