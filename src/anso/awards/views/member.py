"""What became of an application, and the answer to an offer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from anso.accounts.middleware import SignedInRequest
from anso.applications.queries.participants import is_written_for_others
from anso.awards import actions, rules
from anso.awards.models import Offer
from anso.awards.queries import get_own_offer_for, letters_about, positions_today
from anso.awards.views import offer_context
from anso.awards.wording import (
    address_of_results,
    confidential_until,
    head_of_result,
    naming_done,
    naming_of,
    offer_that_counts,
    page_of_holder,
    passing_on,
    words_for_offers,
)
from anso.awards.wording.award_letters import letter_news
from anso.calls.queries import get_terms
from anso.decisions.models import Decision, Placement
from anso.decisions.queries import earlier_decisions_of, get_decision_shown_to, placements_behind
from anso.decisions.wording import words_for_decision, words_for_lists
from anso.decisions.wording.appeals import review_shown
from anso.kernel.errors import BadInput
from anso.kernel.terms import Terms
from anso.programmes.wording import CallWords
from anso.ui.question_fields import sentence


@login_required
@require_GET
def outcome(request: SignedInRequest, reference: str) -> HttpResponse:
    """The released decision with its reason, the reviewers' words, and the offer where there is
    one.
    """
    now = timezone.now()
    decision = get_decision_shown_to(request.user, reference)
    application = decision.application
    offer = offer_that_counts(decision, application.offers.order_by("-id").first())
    terms = get_terms(application.call)
    words = CallWords(terms)
    placement = placements_behind([decision]).get(application.pk)
    is_for_others = is_written_for_others(application)
    context = {
        "heading": _("What became of %(your_entry)s") % {"your_entry": words.entry.your},
        "subheading": application.number,
        "crumbs": [
            (words.entry.yours, reverse("applications:detail", args=[application.reference])),
            (_("Outcome"), ""),
        ],
        "decision": decision,
        "application": application,
        "earlier": earlier_decisions_of(decision),
        "call": application.call,
        "words": words,
        "head": head_of_result(decision, offer, terms),
        "lists": words_for_lists(positions_today(decision, placement) if not offer else {}, terms),
        "is_for_others": is_for_others,
        "offer": offer,
        "why": _why(decision, offer, placement, terms),
        "is_drawn": placement is not None and placement.facts.get("is_drawn"),
        "may_answer": rules.may_answer_offer(request.user, offer, now) if offer else None,
        "may_decline": rules.may_decline_offer(request.user, offer, now) if offer else None,
        "review": review_shown(decision, request.user, now),
        "letters": list(letters_about(application)),
        "letter_news": letter_news(offer) if offer else "",
        "naming": naming_of(offer) if offer and not is_for_others else None,
        "results_url": address_of_results(application.call, now),
        "confidential": confidential_until(application.call, now),
        "now": now,
    }
    return render(request, "awards/outcome.html", context)


def _why(decision: Decision, offer: Offer | None, placement: Placement | None, terms: Terms) -> str:
    """The reason for what was offered where something was, else the reason of the decision."""
    if offer:
        return words_for_offers([offer], terms)[0]
    return words_for_decision(decision, placement, terms, with_lists=False)


@login_required
@require_GET
def offer_page(request: SignedInRequest, reference: str) -> HttpResponse:
    """An offer to somebody for whom another person wrote."""
    now = timezone.now()
    offer = get_own_offer_for(request.user, reference)
    context = offer_context(offer, now) | {
        "may_answer": rules.may_answer_offer(request.user, offer, now),
        "may_decline": rules.may_decline_offer(request.user, offer, now),
    }
    return render(request, "awards/offer.html", context)


def consequence_of_accepting(offer: Offer, words: CallWords) -> str:
    """What follows at once, and who can read the name then."""
    named = naming_of(offer)
    return " ".join([words["accepted_stays"], *([str(named["text"])] if named else [])])


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once, then accept."""
    now = timezone.now()
    offer = get_own_offer_for(request.user, reference)
    words = CallWords(get_terms(offer.application.call))
    if request.method == "POST":
        actions.accept_offer(actor=request.user, offer=offer, now=now)
        accepted = _("You accepted.")
        messages.success(request, f"{accepted} {words.what_follows()}")
        return redirect(page_of_holder(offer))
    rules.may_answer_offer(request.user, offer, now).require()
    context = {
        "heading": _("Accept this offer?"),
        "consequence": consequence_of_accepting(offer, words),
        "button": _("Accept the offer"),
        "back_url": page_of_holder(offer),
    }
    return render(request, "ui/dialog.html", context)


@login_required
@require_POST
def naming(request: SignedInRequest, reference: str) -> HttpResponse:
    """Leave one's name out of the results that everybody reads, or put it there again."""
    offer = get_own_offer_for(request.user, reference)
    actions.choose_naming(
        actor=request.user,
        offer=offer,
        is_unnamed=request.POST.get("act") == "hide_name",
        now=timezone.now(),
    )
    messages.success(request, naming_done(offer))
    return redirect(page_of_holder(offer))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: SignedInRequest, reference: str) -> HttpResponse:
    """Ask once, then decline; the place goes on at once."""
    now = timezone.now()
    offer = get_own_offer_for(request.user, reference)
    words = CallWords(get_terms(offer.application.call))
    is_accepted, error = offer.state == "accepted", ""
    if request.method == "POST":
        try:
            actions.decline_offer(
                actor=request.user, offer=offer, reason=request.POST.get("reason", ""), now=now
            )
            done = words["gave_back"] if is_accepted else _("You declined.")
            messages.success(request, f"{done} {passing_on(offer, words, 'passes_on_thanks')}")
            return redirect(page_of_holder(offer))
        except BadInput as fault:  # nothing that was typed is lost
            error = sentence(fault.message)
    rules.may_decline_offer(request.user, offer, now).require()
    context = {
        "heading": words["give_back_question"] if is_accepted else _("Decline this offer?"),
        "consequence": passing_on(offer, words, "passes_on_for_good"),
        "button": words["give_back"] if is_accepted else _("Decline the offer"),
        "is_final": True,
        "back_url": page_of_holder(offer),
        "error": error,
        "typed": request.POST.get("reason", ""),
    }
    return render(request, "awards/decline.html", context, status=422 if error else 200)
