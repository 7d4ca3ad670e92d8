"""Offers and corrections in words, and what the app adds to registers."""

from __future__ import annotations

from anso.awards.wording.correcting import (
    address_of_correcting,
    consequences_of,
    options_of,
)
from anso.awards.wording.desk import DESK_PAGES, TAKEN_OVER
from anso.awards.wording.offers import (
    KINDS,
    LABELS,
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
    offered_label,
    page_of_holder,
    result_of,
    todo_items_for,
    words_for_offers,
)
from anso.awards.wording.passing_on import passing_on, what_follows
from anso.awards.wording.results import (
    address_of_results,
    count_tables,
    decided_in_words,
    holder_rows,
    naming_done,
    naming_of,
    result_line,
    result_lines,
    total_rows,
)
from anso.awards.wording.results_files import HEADINGS, results_plain, results_table

CALL_LINKS = {"results": address_of_results}

__all__ = [
    "CALL_LINKS",
    "DESK_PAGES",
    "HEADINGS",
    "KINDS",
    "LABELS",
    "MAIL_KINDS",
    "OFFER_STATES",
    "TAKEN_OVER",
    "VERBS",
    "address_of_correcting",
    "address_of_results",
    "answer_in_words",
    "closed_words",
    "consequences_of",
    "count_tables",
    "decided_in_words",
    "endings_of",
    "head_of_offer",
    "head_of_result",
    "holder_rows",
    "holders_in_words",
    "matters_of",
    "naming_done",
    "naming_of",
    "offer_state",
    "offer_that_counts",
    "offer_told",
    "offer_told_to_applicant",
    "offered_label",
    "options_of",
    "page_of_holder",
    "passing_on",
    "result_line",
    "result_lines",
    "result_of",
    "results_plain",
    "results_table",
    "todo_items_for",
    "total_rows",
    "what_follows",
    "words_for_offers",
]
