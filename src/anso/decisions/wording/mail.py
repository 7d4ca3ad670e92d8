"""What the mails about selections and decisions may say."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.accounts.models import Account
from anso.applications.queries.answers import applicant_name
from anso.applications.wording import application_link
from anso.calls.queries import confirming_body_of, get_terms
from anso.calls.queries.steps import step_after
from anso.calls.wording import confirming_words
from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement, SelectionRun
from anso.decisions.queries import positions_at_first
from anso.decisions.queries.appeals import REVIEWED, AppealDays
from anso.decisions.wording.appeals import appeal_in_words
from anso.decisions.wording.going_on import LED, words_of_going_on
from anso.decisions.wording.placements import words_for_decision, words_for_lists
from anso.decisions.wording.runs import short_words
from anso.kernel.terms import Terms
from anso.programmes.wording import CallWords
from anso.ui.figures import in_figures
from anso.ui.question_fields import in_reader_language


def decision_told(decision: Decision, placement: Placement | None, terms: Terms) -> dict[str, str]:
    """What the mail about a decision may say: the subject, what is decided and why."""
    application = decision.application
    return {
        "name": applicant_name(application),
        **_decision_in_short(decision, placement, terms),
        "number": application.number,
        "call": in_reader_language(application.call.title),
        "reason": words_for_decision(decision, placement, terms, with_lists=False),
        "feedback": decision.words_passed_on,
        "appeal": appeal_in_words(decision, _days_before_the_letter(decision, terms)),
        "url": application_link("result", application),
    }


def _days_before_the_letter(decision: Decision, terms: Terms) -> AppealDays | None:
    """The days count from the letter, which names the last of them when it leaves."""
    if not terms.appeals_days or decision.result not in REVIEWED:
        return None
    return AppealDays(terms.appeals_days, None)


def proposal_told(run: SelectionRun, chair: Account) -> dict[str, str]:
    """What the mail about a selection that waits for the chair may say."""
    words, body = CallWords(get_terms(run.call)), confirming_body_of(run.call)
    return {
        "name": chair.person.full_name,
        "body": in_reader_language(body.name) if body else "",
        "call": in_reader_language(run.call.title),
        "given": _given_told(run, words),
        "entries": words.count_entries(run.figures["applications"]),
        "few": _few_told(run),
        "url": reverse("decisions:ranking", args=[run.call.reference]),
    }


def _given_told(run: SelectionRun, words: CallWords) -> str:
    """What a run gives, counted; of one that only leads on, how many go on and to what."""
    filled = run.figures["filled"]
    leads_to = step_after(run.call, run.step)
    if leads_to is None:
        return words.count(filled)
    said = {"n": in_figures(filled), "step": in_reader_language(leads_to.label)}
    text = ngettext(
        "%(n)s goes on to “%(step)s”",
        "%(n)s go on to “%(step)s”",
        filled,
    )
    return text % said


def _few_told(run: SelectionRun) -> str:
    """That files have fewer reviews than the call promises, and why they are ranked all the
    same.
    """
    short = short_words(run)
    if short is None:
        return ""
    reason = _("The reason given: “%(because)s”") % {"because": short["because"]}
    return f"{short['heading']} {reason}"


def return_told(run: SelectionRun, account: Account) -> dict[str, str]:
    """What the mail about a selection that the chair returned may say."""
    return {
        "name": account.person.full_name,
        "call": in_reader_language(run.call.title),
        "chair": str(confirming_words(run.call).chair),
        "number": str(run.number),
        "because": run.returned_because,
        "url": reverse("decisions:ranking", args=[run.call.reference]),
    }


def _decision_in_short(
    decision: Decision, placement: Placement | None, terms: Terms
) -> dict[str, str]:
    """The subject, and what is decided."""
    words, application = CallWords(terms), decision.application
    facts = {
        "number": application.number,
        "call": in_reader_language(application.call.title),
    }
    if decision.result == Result.INELIGIBLE:
        return {
            "subject": _("%(entry)s %(number)s: not eligible")
            % (facts | {"entry": words.entry.heading}),
            "told": _(
                "%(your_entry)s %(number)s to %(call)s could not be considered, because it does"
                " not meet a rule of the call."
            )
            % (facts | {"your_entry": words.entry.your}),
        }
    if decision.result in LED:
        return words_of_going_on(decision, words)
    if decision.result == Result.WAITING:
        lists = words_for_lists(positions_at_first(placement), terms) if placement else ()
        told = (words.say("waiting_told", **facts), *lists, words["waiting_hope"])
        return {"subject": words.say("waiting_subject", **facts), "told": " ".join(told)}
    return {
        "subject": words.say("unplaced_subject", **facts),
        "told": words.say("unplaced_told", **facts),
    }
