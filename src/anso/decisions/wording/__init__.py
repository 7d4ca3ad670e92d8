"""Selections and decisions in words: placements and their reasons, runs, mails, to-dos; and what
the app adds to registers.
"""

from __future__ import annotations

from anso.decisions.wording.beside_reviews import reason_for_move, words_for_withheld
from anso.decisions.wording.labels import group_label, money_label, place_label
from anso.decisions.wording.mail import decision_told, proposal_told, return_told
from anso.decisions.wording.placements import (
    result_words,
    severity_in_words,
    words_for_decision,
    words_for_lists,
    words_for_placement,
)
from anso.decisions.wording.record import FIELDS, WAYS
from anso.decisions.wording.registered import (
    BEFORE_RELEASE,
    CALL_LINKS,
    DECISION_LINKS,
    DESK_PAGES,
    KINDS,
    LABELS,
    MAIL_KINDS,
    MAILINGS,
    VERBS,
    decision_link,
    told_before_release,
)
from anso.decisions.wording.runs import (
    adjusted_words,
    check_rows,
    drawn_label,
    place_rows,
    reserve_rows,
    short_words,
    signed,
    step_links,
    subheading_of,
    withheld_words,
)
from anso.decisions.wording.todo import todo_items_for

__all__ = [
    "BEFORE_RELEASE",
    "CALL_LINKS",
    "DECISION_LINKS",
    "DESK_PAGES",
    "FIELDS",
    "KINDS",
    "LABELS",
    "MAILINGS",
    "MAIL_KINDS",
    "VERBS",
    "WAYS",
    "adjusted_words",
    "check_rows",
    "decision_link",
    "decision_told",
    "drawn_label",
    "group_label",
    "money_label",
    "place_label",
    "place_rows",
    "proposal_told",
    "reason_for_move",
    "reserve_rows",
    "result_words",
    "return_told",
    "severity_in_words",
    "short_words",
    "signed",
    "step_links",
    "subheading_of",
    "todo_items_for",
    "told_before_release",
    "withheld_words",
    "words_for_decision",
    "words_for_lists",
    "words_for_placement",
    "words_for_withheld",
]
