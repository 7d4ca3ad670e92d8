"""A correction of a decision in words: what can be chosen, and what it does to others."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.awards.queries import Aftermath
from anso.awards.wording.passing_on import what_follows
from anso.calls.queries import get_terms
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries.correcting import results_open_to
from anso.decisions.wording import place_label, result_words
from anso.programmes.wording import CallWords

SAME = "same"


def address_of_correcting(decision: Decision) -> str:
    """Where an officer corrects a released decision."""
    return reverse("awards:correct", args=[decision.reference])


def options_of(decision: Decision) -> list[tuple[str, str]]:
    """What an officer can choose instead, each with its value in the form: what is given is named
    with the result that gives it.
    """
    terms = get_terms(decision.application.call)
    words = CallWords(terms)
    kept = _("It stays: %(result)s. Only the reason is corrected.")
    found = [(SAME, kept % {"result": result_words(decision.result, words)})]
    for result in results_open_to(decision)[1:]:
        word = result_words(result, words)
        if result != Result.SELECTED:
            found.append((result, word))
            continue
        found += [
            (f"{result}:{leaf.key}", f"{word}: {place_label(terms, leaf.key)}")
            for leaf in terms.outcome.leaves()
        ]
    return found


def consequences_of(decision: Decision, result: str, place: str, aftermath: Aftermath) -> list[str]:
    """What a correction does to its applicant, and to others."""
    offer = aftermath.offer
    told = _("%(applicant)s is told by mail, and reads it on the page of the outcome.")
    lines = [told % {"applicant": decision.application.applicant.full_name}]
    if result == Result.SELECTED:
        if aftermath.stands:
            return [*lines, _("The offer stays as it is, and so does everything for others.")]
        if result == decision.result and (offer is None or offer.state != "revoked"):
            return [*lines, _("Nothing is offered anew, and nothing changes for others.")]
        return [*lines, *_given(decision, place, aftermath)]
    if aftermath.stands:
        back = _("The offer that stands is taken back.")
        return [*lines, back, *what_follows(offer, aftermath.following)]
    if decision.result == Result.WAITING and result != decision.result:
        return [*lines, _("It leaves the waiting list: those behind it come one place earlier.")]
    return [*lines, _("Nothing changes for others.")]


def _given(decision: Decision, place: str, aftermath: Aftermath) -> list[str]:
    """What a new offer means for others."""
    facts = {
        "place": place_label(get_terms(decision.application.call), place),
        "held": aftermath.held,
        "number": aftermath.number,
    }
    lines = [
        _("“%(place)s” is offered at once, with the days that the call gives.") % facts,
        _(
            "It stands beside the %(number)s that the call gives, of which %(held)s are held:"
            " nobody loses theirs, and it is passed on to nobody."
        )
        % facts,
    ]
    if aftermath.waiting:
        text = ngettext(
            "%(count)s other waits: the list goes on as before.",
            "%(count)s others wait: the list goes on as before.",
            aftermath.waiting,
        )
        lines.append(text % {"count": aftermath.waiting})
    return lines
