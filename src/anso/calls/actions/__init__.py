"""Everything that can be done to a call, one function each. Import from here."""

from __future__ import annotations

from anso.calls.actions.amendments import (
    amended_body,
    announce_amendment,
    begin_amendment,
    discard_amendment,
)
from anso.calls.actions.appointing import (
    Appointment,
    appoint_to_body,
    end_in_body,
    stand_in_for_chair,
)
from anso.calls.actions.batches import open_next_batch
from anso.calls.actions.bodies import name_body, set_up_panel
from anso.calls.actions.conflicts import ConflictChanges, change_conflicts
from anso.calls.actions.creation import (
    Edition,
    add_officer,
    create_call,
    hand_over_call,
    load_programmes,
    remove_officer,
)
from anso.calls.actions.deadlines import Move, extend_call, extend_step, record_outage
from anso.calls.actions.design import (
    CallDates,
    OutcomeChanges,
    RubricChanges,
    change_call_dates,
    change_call_text,
    change_outcome,
    change_rubric,
    change_stages,
)
from anso.calls.actions.editions import Parent, change_parent
from anso.calls.actions.hosts import add_host_person, name_host, remove_host_person
from anso.calls.actions.intake import IntakeChanges, change_intake
from anso.calls.actions.letters import add_letter
from anso.calls.actions.nouns import change_nouns
from anso.calls.actions.occasion import change_occasion
from anso.calls.actions.publication import cancel_call, complete_call, compose_terms, publish_call
from anso.calls.actions.questions import (
    add_question,
    change_question,
    discard_questions,
    fill_question_bank,
    move_question,
    publish_questions,
    remove_question,
)
from anso.calls.actions.rows import add_row, change_row, move_row, remove_row
from anso.calls.actions.stages import NewStage, add_stage, remove_stage
from anso.calls.actions.telling import preview_amendment, preview_cancellation, preview_move

__all__ = [
    "Appointment",
    "CallDates",
    "ConflictChanges",
    "Edition",
    "IntakeChanges",
    "Move",
    "NewStage",
    "OutcomeChanges",
    "Parent",
    "RubricChanges",
    "add_host_person",
    "add_letter",
    "add_officer",
    "add_question",
    "add_row",
    "add_stage",
    "amended_body",
    "announce_amendment",
    "appoint_to_body",
    "begin_amendment",
    "cancel_call",
    "change_call_dates",
    "change_call_text",
    "change_conflicts",
    "change_intake",
    "change_nouns",
    "change_occasion",
    "change_outcome",
    "change_parent",
    "change_question",
    "change_row",
    "change_rubric",
    "change_stages",
    "complete_call",
    "compose_terms",
    "create_call",
    "discard_amendment",
    "discard_questions",
    "end_in_body",
    "extend_call",
    "extend_step",
    "fill_question_bank",
    "hand_over_call",
    "load_programmes",
    "move_question",
    "move_row",
    "name_body",
    "name_host",
    "open_next_batch",
    "preview_amendment",
    "preview_cancellation",
    "preview_move",
    "publish_call",
    "publish_questions",
    "record_outage",
    "remove_host_person",
    "remove_officer",
    "remove_question",
    "remove_row",
    "remove_stage",
    "set_up_panel",
    "stand_in_for_chair",
]
