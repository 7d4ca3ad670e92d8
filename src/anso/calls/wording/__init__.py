"""Calls in words: what they promise, their rules explained, the pages of their desks, and what the
app adds to registers.
"""

from __future__ import annotations

from anso.calls.wording.bodies import (
    BODY_WORDS,
    BodyWords,
    chair_of,
    confirming_words,
    judging_words,
)
from anso.calls.wording.desk import (
    BODY_HINTS,
    CALL_LINKS,
    DESK,
    DESK_PAGES,
    KINDS,
    MESSAGE_READERS,
    NAVIGATION,
    OUTBOX,
    SEARCHABLES,
    VERBS,
    Address,
    DeskPage,
    call_link,
    desk_crumbs,
    desk_name,
    outbox_of,
    page_of,
    public_page_of,
    reasons_told,
)
from anso.calls.wording.editions import OWN_TAKEN_OVER, TAKEN_OVER, CallRow, TakenOver, call_rows
from anso.calls.wording.eligibility import ExplainedRule, explain
from anso.calls.wording.entries import entries_of, entry_word, outcome_word
from anso.calls.wording.letters import (
    need_in_short,
    need_told,
    need_told_after_day,
    need_told_to_writer,
    promised_letters,
)
from anso.calls.wording.people import MAIL_KINDS
from anso.calls.wording.phases import OWN_STATES, PHASE_STATES, PhaseLine, desk_phases
from anso.calls.wording.presentation import (
    group_words,
    how_much,
    how_often,
    level_words,
    moved_in_words,
    outcome_columns,
    places_by_host,
    state_in_words,
)
from anso.calls.wording.publication import (
    PUBLISHED,
    RESULT_LINES,
    ResultLine,
    appeals_in_words,
    published_in_words,
    result_lines_of,
)
from anso.calls.wording.questions import question_part, question_type
from anso.calls.wording.record import FIELDS, lists_told
from anso.calls.wording.scores import scores_in_words

__all__ = [
    "BODY_HINTS",
    "BODY_WORDS",
    "CALL_LINKS",
    "DESK",
    "DESK_PAGES",
    "FIELDS",
    "KINDS",
    "MAIL_KINDS",
    "MESSAGE_READERS",
    "NAVIGATION",
    "OUTBOX",
    "OWN_STATES",
    "OWN_TAKEN_OVER",
    "PHASE_STATES",
    "PUBLISHED",
    "RESULT_LINES",
    "SEARCHABLES",
    "TAKEN_OVER",
    "VERBS",
    "Address",
    "BodyWords",
    "CallRow",
    "DeskPage",
    "ExplainedRule",
    "PhaseLine",
    "ResultLine",
    "TakenOver",
    "appeals_in_words",
    "call_link",
    "call_rows",
    "chair_of",
    "confirming_words",
    "desk_crumbs",
    "desk_name",
    "desk_phases",
    "entries_of",
    "entry_word",
    "explain",
    "group_words",
    "how_much",
    "how_often",
    "judging_words",
    "level_words",
    "lists_told",
    "moved_in_words",
    "need_in_short",
    "need_told",
    "need_told_after_day",
    "need_told_to_writer",
    "outbox_of",
    "outcome_columns",
    "outcome_word",
    "page_of",
    "places_by_host",
    "promised_letters",
    "public_page_of",
    "published_in_words",
    "question_part",
    "question_type",
    "reasons_told",
    "result_lines_of",
    "scores_in_words",
    "state_in_words",
]
