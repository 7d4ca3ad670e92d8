"""What is said after a step that leads to another one: who goes on, by when, and who does not."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from anso.applications.models import Application
from anso.applications.queries.windows import deadline_of, opens_at
from anso.applications.wording import lacks_in_words
from anso.calls.queries.steps import step_after
from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement
from anso.decisions.wording.lacking import bars_everything, lacks_of
from anso.kernel.terms import Terms
from anso.programmes.wording import CallWords
from anso.ui.instants import end_in_words, instant_here_and_there
from anso.ui.question_fields import in_reader_language

LED = frozenset({Result.INVITED, Result.ADVANCED, Result.REJECTED})


def words_for_going_on(placement: Placement, terms: Terms) -> str:
    """What a rank means where nothing is given yet."""
    if placement.result == Result.INVITED:
        return _("It is invited to the next step.")
    if placement.result == Result.ADVANCED:
        return _("It goes on to the next step.")
    if bars_everything(placement, terms):
        text = _(
            "It does not go on to the next step, because the call requires what was not there:"
            " %(lacks)s."
        )
        return text % {"lacks": lacks_in_words(lacks_of(placement, terms), terms)}
    last = placement.facts.get("last")
    if not last:
        return _("Nothing goes on to the next step.")
    return _("It does not go on to the next step; the last that does has rank %(rank)s.") % {
        "rank": last
    }


def words_of_going_on(decision: Decision, words: CallWords) -> dict[str, str]:
    """What a mail says before the reason: the subject, and what is decided."""
    application = decision.application
    facts = {
        "entry": words.entry.heading,
        "your_entry": words.entry.your,
        "number": application.number,
        "call": in_reader_language(application.call.title),
    }
    if decision.result == Result.INVITED:
        told = _("%(your_entry)s %(number)s to %(call)s was found good.") % facts
        return {
            "subject": _("%(entry)s %(number)s: you are invited to the next step") % facts,
            "told": f"{told} {invited_until(application)}",
        }
    if decision.result == Result.ADVANCED:
        told = _("%(your_entry)s %(number)s to %(call)s was found good and goes on to %(next)s.")
        facts["next"] = next_in_words(decision)
        return {
            "subject": _("%(entry)s %(number)s: it goes on to the next step") % facts,
            "told": f"{told % facts} {_whether_to_come()}",
        }
    told = _(
        "thank you for %(your_entry)s %(number)s to %(call)s. It does not go on to the next step,"
        " so it ends here."
    )
    return {
        "subject": _("%(entry)s %(number)s: it does not go on") % facts,
        "told": told % facts,
    }


def head_of_going_on(decision: Decision, words: CallWords) -> dict[str, str]:
    """What became of an application in a step that leads to another one, as its page says it first:
    a heading, its tone, and what that means for the reader.
    """
    if decision.result == Result.INVITED:
        is_ahead = decision.application.state == "invited"
        text = invited_until(decision.application) if is_ahead else ""
        return {"heading": _("You are invited to the next step"), "tone": "good", "text": text}
    if decision.result == Result.ADVANCED:
        text = _("It goes on to %(next)s.") % {"next": next_in_words(decision)}
        text = f"{text} {_whether_to_come()}"
        return {"heading": _("It goes on to the next step"), "tone": "good", "text": text}
    heading = _("%(your_entry)s does not go on") % {"your_entry": words.entry.yours}
    return {"heading": heading, "tone": "", "text": _("It ends with this step.")}


def next_in_words(decision: Decision) -> str:
    """The step after that of the decision, and its days: a further review, or interviews."""
    after = step_after(decision.application.call, decision.step)
    if after is None:
        return _("the next step")
    days = [date_format(day, "j F Y") for day in (after.starts_on, after.ends_on)]
    facts = {"step": in_reader_language(after.label), "first": days[0], "last": days[1]}
    if after.starts_on == after.ends_on:
        return _("“%(step)s”, on %(first)s") % facts
    return _("“%(step)s”, from %(first)s to %(last)s") % facts


def _whether_to_come() -> str:
    """The house knows the days and not what is asked of whom: an interview is arranged by
    letter.
    """
    return _("If anything is asked of you in it, we write to you about it.")


def invited_until(application: Application) -> str:
    """Between which instants an invited application is written, in the call's zone."""
    zone = application.call.zone
    text = _("You are invited to “%(step)s”: submit it between %(opens)s and %(closes)s.")
    return text % {
        "step": in_reader_language(application.step.label),
        "opens": instant_here_and_there(opens_at(application), zone),
        "closes": end_in_words(deadline_of(application).closes_at, zone),
    }
