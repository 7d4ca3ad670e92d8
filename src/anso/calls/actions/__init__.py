"""Everything that can be done to a call, one function each. Import from here."""

from __future__ import annotations

from anso.calls.actions.creation import (
    Edition,
    add_officer,
    create_call,
    load_programmes,
    remove_officer,
    set_panel,
)
from anso.calls.actions.deadlines import extend_call, record_outage
from anso.calls.actions.design import (
    CallDates,
    OutcomeRules,
    change_call_dates,
    change_call_text,
    change_outcome,
    change_rubric,
    change_stages,
)
from anso.calls.actions.publication import cancel_call, complete_call, compose_terms, publish_call
from anso.calls.actions.questions import (
    change_questions,
    discard_questions,
    fill_question_bank,
    publish_questions,
)

__all__ = [
    "CallDates",
    "Edition",
    "OutcomeRules",
    "add_officer",
    "cancel_call",
    "change_call_dates",
    "change_call_text",
    "change_outcome",
    "change_questions",
    "change_rubric",
    "change_stages",
    "complete_call",
    "compose_terms",
    "create_call",
    "discard_questions",
    "extend_call",
    "fill_question_bank",
    "load_programmes",
    "publish_call",
    "publish_questions",
    "record_outage",
    "remove_officer",
    "set_panel",
]
