"""Offers and corrections in words, and what the app adds to registers."""

from __future__ import annotations

from anso.awards.wording.correcting import (
    address_of_correcting,
    consequences_of,
    options_of,
)
from anso.awards.wording.offers import (
    DESK_PAGES,
    KINDS,
    MAIL_KINDS,
    OFFER_STATES,
    VERBS,
    answer_in_words,
    closed_words,
    endings_of,
    head_of_offer,
    head_of_result,
    holders_in_words,
    matters_of,
    offer_state,
    offer_that_counts,
    offer_told,
    offer_told_to_applicant,
    page_of_holder,
    result_of,
    todo_items_for,
    what_follows,
    words_for_offers,
)

__all__ = [
    "DESK_PAGES",
    "KINDS",
    "MAIL_KINDS",
    "OFFER_STATES",
    "VERBS",
    "address_of_correcting",
    "answer_in_words",
    "closed_words",
    "consequences_of",
    "endings_of",
    "head_of_offer",
    "head_of_result",
    "holders_in_words",
    "matters_of",
    "offer_state",
    "offer_that_counts",
    "offer_told",
    "offer_told_to_applicant",
    "options_of",
    "page_of_holder",
    "result_of",
    "todo_items_for",
    "what_follows",
    "words_for_offers",
]
