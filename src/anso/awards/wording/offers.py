"""Offers in sentences of the reader's language, for pages, mails and the record. What is offered
has its own words (``programmes.wording``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from django.conf import settings
from django.db.models import prefetch_related_objects
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.accounts.models import Account
from anso.applications.models import Application, Participant
from anso.applications.queries.answers import applicant_name
from anso.applications.queries.participants import beneficiaries_of, is_written_for_others
from anso.applications.wording.standing import Ending
from anso.awards.models import Offer
from anso.awards.queries import (
    IN_FORCE,
    latest_offers_of,
    offers_by_others_to,
    offers_to_answer,
)
from anso.awards.wording.passing_on import passing_on
from anso.calls.queries import get_terms
from anso.decisions.enums import Result
from anso.decisions.models import Decision
from anso.decisions.queries import latest_decisions_of, placements_behind
from anso.decisions.wording import money_label, place_label, words_for_decision
from anso.decisions.wording.going_on import LED, head_of_going_on
from anso.kernel.matters import Matter
from anso.kernel.terms import Terms
from anso.kernel.todo import TodoItem
from anso.programmes.wording import CallWords
from anso.ui.instants import end_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

VERBS: dict[str, Promise] = {
    "make_offer": gettext_lazy("made an offer"),
    "accept_offer": gettext_lazy("accepted an offer"),
    "decline_offer": gettext_lazy("declined an offer"),
    "lapse_offer": gettext_lazy("let an offer lapse"),
    "extend_offer": gettext_lazy("gave more time for an offer"),
    "revoke_offer": gettext_lazy("took an offer back"),
    "keep_award_detail": gettext_lazy("said what letters of confirmation tell"),
    "take_letter": gettext_lazy("downloaded the letter about an offer"),
    "hide_name": gettext_lazy("asked not to be named among the results"),
    "show_name": gettext_lazy("agreed to be named among the results"),
}
KINDS: dict[str, Promise] = {
    "awards.offer": gettext_lazy("offer"),
}
# The record names an offer by the key of the place too; whose it is tells it apart.
LABELS: dict[str, Callable[[str], str]] = {
    "awards.offer": lambda label: label.rpartition(" to ")[2],
}
# What the kinds of mail are called on the desk.
MAIL_KINDS: dict[str, Promise] = {
    "awards.offer": gettext_lazy("offer"),
    "awards.accepted": gettext_lazy("offer accepted"),
    "awards.reminder": gettext_lazy("reminder of an offer"),
    "awards.chosen": gettext_lazy("result told to whoever nominated"),
    "awards.answered": gettext_lazy("answer told to whoever nominated"),
    "awards.extended": gettext_lazy("more time for an offer"),
    "awards.lapsed": gettext_lazy("an offer lapsed"),
    "awards.declined_for": gettext_lazy("refusal written down for somebody"),
    "awards.revoked": gettext_lazy("offer taken back"),
    "awards.letter_changed": gettext_lazy("change of a letter of confirmation"),
}
OFFER_STATES = {
    "made": (gettext_lazy("waiting for an answer"), "act"),
    "accepted": (gettext_lazy("accepted"), "good"),
    "declined": (gettext_lazy("declined"), ""),
    "lapsed": (gettext_lazy("lapsed"), "stop"),
    "revoked": (gettext_lazy("taken back by us"), "stop"),
}
CLOSED = {
    "unknown": (
        gettext_lazy("This link does not work"),
        gettext_lazy(
            "It may have been cut off by your mail program. Open it from our mail once more, or"
            " write to us."
        ),
    ),
    "replaced": (
        gettext_lazy("This offer was answered"),
        gettext_lazy("Open the newest mail from us about this offer: its link works."),
    ),
    "moved": (
        gettext_lazy("This link is no longer yours to use"),
        gettext_lazy(
            "Somebody else, or another address, was named in your place, and we have written there."
            " If you think that this is a mistake, write to us."
        ),
    ),
    "expired": (
        gettext_lazy("This link has expired"),
        gettext_lazy("The time to answer is long over. If you have a question, write to us."),
    ),
}


def closed_words(reason: str) -> tuple[str, str]:
    """Why the link of an offer leads no further, in the reader's words."""
    title, text = CLOSED[reason]
    return str(title), str(text)


def result_of(application: Application) -> str:
    """Where an applicant reads what was decided, and answers an offer."""
    return reverse("awards:outcome", args=[application.reference])


def offer_state(state: str) -> dict[str, str]:
    """A state of an offer as staff read it: a word and the tone of its tag."""
    word, tone = OFFER_STATES[state]
    return {"word": str(word), "tone": tone}


def page_of_holder(offer: Offer) -> str:
    """Where somebody who is offered something answers: with their own application, else on a page
    of the offer alone.
    """
    if is_written_for_others(offer.application):
        return reverse("awards:offer", args=[offer.reference])
    return result_of(offer.application)


def words_for_offers(offers: Iterable[Offer], terms: Terms) -> list[str]:
    """Why each offer went to this application."""
    listed = list(offers)
    placements = placements_behind([offer.decision for offer in listed])
    return [
        offer.revoked_because
        or words_for_decision(
            offer.decision, placements.get(offer.decision.application_id), terms, given=offer.place
        )
        or offer.reason
        for offer in listed
    ]


def offer_told(offer: Offer, holder: Participant, *, by_link: bool = False) -> dict[str, str]:
    """What the mails about an offer may say to somebody to whom it is made: the offer, the
    reminder, the word of acceptance. Whoever answers by a link is sent to no page beside.
    """
    application, facts = offer.application, _named_in_mails(offer)
    words = CallWords(get_terms(application.call))
    afterwards = passing_on(offer, words, "passes_on_afterwards")
    is_own_file = not is_written_for_others(application)
    return {
        "name": applicant_name(application) if is_own_file else holder.full_name,
        "reason": _reason_of(offer),
        "page": "" if by_link else settings.SITE_URL + page_of_holder(offer),
        "offer_subject": words.say("offer_subject", **facts),
        "offer_told": words.say("offer_told", **facts),
        "unless_answered": passing_on(offer, words, "unless_answered"),
        "reminder_told": f"{words.say('reminder_told', **facts)} {afterwards}".rstrip(),
        "accepted_subject": words.say("accepted_subject", **facts),
        "accepted_told": f"{words.say('accepted_told', **facts)} {words.what_follows()}",
        "respond_by": facts["respond_by"],
        "call": facts["call"],
        "number": facts["number"],
        "place": facts["place"],
        "passes_on": passing_on(offer, words),
        "because": offer.revoked_because,
    }


def offer_told_to_applicant(offer: Offer) -> dict[str, str]:
    """What whoever wrote for somebody else is told once that one is offered something, and of the
    answer.
    """
    application, facts = offer.application, _named_in_mails(offer)
    words = CallWords(get_terms(application.call))
    return {
        "name": applicant_name(application),
        "number": application.number,
        "chosen_subject": words.say("chosen_subject", **facts),
        "chosen_told": words.say("chosen_told", **facts),
        "answer": answer_in_words(offer),
        "in_short": answer_in_words(offer).rstrip("."),
        "passes_on": "" if offer.state in IN_FORCE else passing_on(offer, words),
        "reason": _reason_of(offer),
        "feedback": offer.decision.words_passed_on,
        "url": result_of(application),
    }


def offered_label(offer: Offer, terms: Terms) -> str:
    """What is offered, with how much where a budget pays for it."""
    place = place_label(terms, offer.place)
    return place if offer.amount is None else in_a_row([place, money_label(terms, offer.amount)])


def _named_in_mails(offer: Offer) -> dict[str, str]:
    application = offer.application
    return {
        "call": in_reader_language(application.call.title),
        "number": application.number,
        "subject": application.subject_name,
        "place": offered_label(offer, get_terms(application.call)),
        "respond_by": end_in_words(offer.respond_by, application.call.zone),
    }


def _reason_of(offer: Offer) -> str:
    return words_for_offers([offer], get_terms(offer.application.call))[0]


def holders_in_words(offer: Offer) -> str:
    """To whom an offer is made, by name."""
    names = [each.full_name for each in beneficiaries_of(offer.application)]
    return in_a_row(names) or offer.application.subject_name


def answer_in_words(offer: Offer) -> str:
    """What those who are offered something answered, told to whoever wrote for them."""
    sentences = {
        "made": _("We have written to %(holder)s, who can accept or decline until %(day)s."),
        "accepted": _("%(holder)s has accepted."),
        "declined": _("%(holder)s has declined."),
        "lapsed": _("%(holder)s did not answer in time."),
        "revoked": _("We took the offer to %(holder)s back: %(because)s"),
    }
    day = end_in_words(offer.respond_by, offer.application.call.zone)
    return sentences[offer.state] % {
        "holder": holders_in_words(offer),
        "day": day,
        "because": offer.revoked_because,
    }


def _head_for_applicant(offer: Offer, terms: Terms, words: CallWords) -> dict[str, Any]:
    """What became of an application that was written for somebody else, who answers themselves."""
    told = answer_in_words(offer)
    if offer.state not in IN_FORCE:
        told = f"{told} {passing_on(offer, words)}".rstrip()
    heading = words.say("chosen_heading", place=offered_label(offer, terms))
    return {"heading": heading, "tone": "good" if offer.state in IN_FORCE else "", "text": told}


def head_of_offer(offer: Offer) -> dict[str, Any]:
    """What is offered and where that stands, as its holder reads it first."""
    terms = get_terms(offer.application.call)
    return _head_of_offer(offer, terms, CallWords(terms))


def offer_that_counts(decision: Decision, offer: Offer | None) -> Offer | None:
    """The latest offer, unless a correction of the decision took it back for good."""
    is_taken_back = offer is not None and offer.state == "revoked"
    if is_taken_back and decision.corrected_at and decision.result != Result.SELECTED:
        return None
    return offer


def head_of_result(decision: Decision, offer: Offer | None, terms: Terms) -> dict[str, Any]:
    """What became of an application, as its page says it first to whoever wrote it: a heading, its
    tone, and what that means for the reader.
    """
    words, offer = CallWords(terms), offer_that_counts(decision, offer)
    for_others = is_written_for_others(decision.application)
    if offer is not None and for_others:
        return _head_for_applicant(offer, terms, words)
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
            words.say("waiting_subject", number=decision.application.number)
            if for_others
            else words["waiting_heading"],
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
    place = offered_label(offer, terms)
    afterwards = passing_on(offer, words, "passes_on_afterwards")
    heads = {
        "made": (words.say("offer_heading", place=place), "attn", afterwards),
        "accepted": (words.say("accepted_heading", place=place), "good", words.what_follows()),
        "declined": (words["gave_up_heading"], "", passing_on(offer, words)),
        "lapsed": (_("The offer has lapsed"), "", passing_on(offer, words)),
        "revoked": (_("We took our offer back"), "stop", offer.revoked_because),
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
            url=page_of_holder(offer),
            tone="attn",
            zone=offer.application.call.zone,
        )
        for offer in offers_to_answer(account, now)
    ]


WAITING_FOR_ANSWER = gettext_lazy("your answer is asked")
NOTHING_MORE = gettext_lazy("Nothing more comes of it.")


def endings_of(applications: Sequence[Application], now: dt.datetime) -> dict[int, Ending]:
    """How decided applications ended, for those who wrote them, in a fixed number of queries."""
    prefetch_related_objects(applications, "participants")
    by_id = {each.pk: each for each in applications}
    offers = {each.application_id: each for each in latest_offers_of(applications)}
    found = {}
    for decision in latest_decisions_of(applications):
        application = decision.application = by_id[decision.application_id]
        offer, terms = offers.get(application.pk), get_terms(application.call)
        if offer is not None:
            offer.application, offer.decision = application, decision
        found[application.pk] = _ending(decision, offer, terms, now)
    return found


def _ending(decision: Decision, offer: Offer | None, terms: Terms, now: dt.datetime) -> Ending:
    offer = offer_that_counts(decision, offer)
    head = head_of_result(decision, offer, terms)
    if offer is None:
        return _ending_without_offer(decision, head, CallWords(terms))
    words, (state, tone) = CallWords(terms), OFFER_STATES[offer.state]
    if is_written_for_others(offer.application):
        afterwards = passing_on(offer, words, "passes_on_afterwards")
        follows = {"made": afterwards, "accepted": words.what_follows()}
        coming = follows.get(offer.state, str(NOTHING_MORE))
        is_open = offer.state in IN_FORCE
        return Ending(str(state), tone, head["heading"], head["text"], coming, is_open)
    if offer.state == "made":
        day = {"day": end_in_words(offer.respond_by, offer.application.call.zone)}
        if now >= offer.respond_by:
            ended = _("The time to answer ended on %(day)s.") % day
            return Ending(str(state), tone, head["heading"], ended, head["text"], True)
        asked = _("Accept or decline it by %(day)s.") % day
        return Ending(str(WAITING_FOR_ANSWER), "attn", head["heading"], asked, head["text"], True)
    if offer.state == "accepted":
        return Ending(str(state), tone, head["heading"], "", head["text"], True)
    return Ending(str(state), tone, head["heading"], head["text"], str(NOTHING_MORE), False)


def _ending_without_offer(decision: Decision, head: dict[str, Any], words: CallWords) -> Ending:
    tags = {
        Result.SELECTED: _("selected"),
        Result.WAITING: words["waiting"],
        Result.UNPLACED: words["unplaced"],
        Result.INELIGIBLE: _("not eligible"),
    }
    word = tags.get(Result(decision.result), _("does not go on"))
    if decision.result in (Result.SELECTED, Result.WAITING):
        return Ending(word, head["tone"], head["heading"], "", head["text"], True)
    return Ending(word, head["tone"], head["heading"], head["text"], str(NOTHING_MORE), False)


def matters_of(account: Account, now: dt.datetime) -> list[Matter]:
    """What was offered to somebody for whom another person wrote; their own applications say it
    themselves.
    """
    return [
        Matter(
            title=in_reader_language(offer.application.call.title),
            words=head_of_offer(offer)["heading"],
            url=page_of_holder(offer),
            status=OFFER_STATES[offer.state][0],
            tone=OFFER_STATES[offer.state][1],
            at=offer.made_at,
            call_id=offer.application.call_id,
            is_over=offer.state not in IN_FORCE,
        )
        for offer in offers_by_others_to(account)
    ]
