"""Offers in sentences of the reader's language, for pages, mails and the record. What is offered
has its own words (``programmes.wording``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.answers import applicant_name
from anso.awards.models import Offer
from anso.awards.queries import offers_to_answer
from anso.calls.queries import get_terms
from anso.calls.wording import DeskPage, page_of
from anso.decisions.models import Decision
from anso.decisions.queries import placements_behind
from anso.decisions.wording import place_label, words_for_decision
from anso.decisions.wording.going_on import LED, head_of_going_on
from anso.kernel.terms import Terms
from anso.kernel.todo import TodoItem
from anso.programmes.wording import CallWords
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_reader_language

VERBS: dict[str, Promise] = {
    "make_offer": gettext_lazy("made an offer"),
    "accept_offer": gettext_lazy("accepted an offer"),
    "decline_offer": gettext_lazy("declined an offer"),
    "lapse_offer": gettext_lazy("let an offer lapse"),
}
KINDS: dict[str, Promise] = {
    "awards.offer": gettext_lazy("offer"),
}
OFFER_STATES = {
    "made": (gettext_lazy("waiting for an answer"), "act"),
    "accepted": (gettext_lazy("accepted"), "good"),
    "declined": (gettext_lazy("declined"), ""),
    "lapsed": (gettext_lazy("lapsed"), "stop"),
}
DESK_PAGES = {"awards:offers": DeskPage(gettext_lazy("Offers"), page_of("awards:offers"), True)}


def result_of(application: Application) -> str:
    """Where an applicant reads what was decided, and answers an offer."""
    return reverse("awards:outcome", args=[application.reference])


def offer_state(state: str) -> dict[str, str]:
    """A state of an offer as staff read it: a word and the tone of its tag."""
    word, tone = OFFER_STATES[state]
    return {"word": str(word), "tone": tone}


def words_for_offers(offers: Iterable[Offer], terms: Terms) -> list[str]:
    """Why each offer went to this application."""
    listed = list(offers)
    placements = placements_behind([offer.decision for offer in listed])
    return [
        words_for_decision(
            offer.decision, placements.get(offer.decision.application_id), terms, given=offer.place
        )
        or offer.reason
        for offer in listed
    ]


def offer_told(offer: Offer) -> dict[str, str]:
    """What the mails about an offer may say: the offer, the reminder, the word of acceptance."""
    application = offer.application
    terms = get_terms(application.call)
    words = CallWords(terms)
    facts = {
        "call": in_reader_language(application.call.title),
        "number": application.number,
        "subject": application.subject_name,
        "place": place_label(terms, offer.place),
        "respond_by": end_in_words(offer.respond_by, application.call.zone),
    }
    return {
        "name": applicant_name(application),
        "reason": words_for_offers([offer], terms)[0],
        "url": result_of(application),
        "offer_subject": words.say("offer_subject", **facts),
        "offer_told": words.say("offer_told", **facts),
        "unless_answered": words["unless_answered"],
        "reminder_told": words.say("reminder_told", **facts),
        "accepted_subject": words.say("accepted_subject", **facts),
        "accepted_told": f"{words.say('accepted_told', **facts)} {words.what_follows()}",
        "respond_by": facts["respond_by"],
    }


def head_of_result(decision: Decision, offer: Offer | None, terms: Terms) -> dict[str, Any]:
    """What became of an application, as its page says it first: a heading, its tone, and what that
    means for the reader.
    """
    words = CallWords(terms)
    if offer is not None:
        return _head_of_offer(offer, terms, words)
    if decision.result in LED:
        return head_of_going_on(decision, words)
    heads = {
        "selected": (
            words["selected_heading"],
            "good",
            _("The offer is being written; it arrives here and by mail within minutes."),
        ),
        "waiting": (
            words.say("waiting_heading", position=decision.waiting_position),
            "",
            words["waiting_hope"],
        ),
        "unplaced": (words["unplaced_heading"], "", ""),
        "ineligible": (
            _("%(your_entry)s was not eligible") % {"your_entry": words.entry.yours},
            "stop",
            "",
        ),
    }
    heading, tone, text = heads[decision.result]
    return {"heading": heading, "tone": tone, "text": text}


def _head_of_offer(offer: Offer, terms: Terms, words: CallWords) -> dict[str, Any]:
    place = place_label(terms, offer.place)
    heads = {
        "made": (words.say("offer_heading", place=place), "attn", words["passes_on_afterwards"]),
        "accepted": (words.say("accepted_heading", place=place), "good", words.what_follows()),
        "declined": (words["gave_up_heading"], "", words["passes_on"]),
        "lapsed": (_("The offer has lapsed"), "", words["passes_on"]),
    }
    heading, tone, text = heads[offer.state]
    return {"heading": heading, "tone": tone, "text": text}


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Offers that this person has to answer."""
    return [
        TodoItem(
            due_at=offer.respond_by,
            text=_("Accept or decline your offer"),
            reason=in_reader_language(offer.application.call.title),
            url=result_of(offer.application),
            tone="attn",
            zone=offer.application.call.zone,
        )
        for offer in offers_to_answer(account, now)
    ]
