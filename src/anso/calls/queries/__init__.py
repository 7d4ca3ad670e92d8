"""Reading calls: which ones a person sees, what they promise, what they ask, when they close.
Import from here.

Not here: whether somebody may change a call (``rules``), and applications, which stand above.
"""

from __future__ import annotations

from anso.calls.queries.bodies import (
    bodies_of,
    calls_confirmed_by,
    confirming_body_of,
    is_conferred,
    is_confirming_chair_of,
    is_panel_chair_of,
    judging_body_of,
)
from anso.calls.queries.deadlines import (
    ExtensionProposal,
    extensions_of,
    get_deadline,
    is_open,
    letters_due_at,
    letters_end_at,
    letters_extended_to,
    propose_extension,
)
from anso.calls.queries.editions import (
    PROPOSALS,
    SelectedProposal,
    find_selected_proposal,
    free_round_of,
    parents_for,
    parts_of,
    rounds_beside,
    selected_proposals_of,
)
from anso.calls.queries.eligibility import PARTNER_FACTS, judge_check, judge_facts
from anso.calls.queries.hosts import hosts_of, people_of_hosts
from anso.calls.queries.parts import (
    KEPT_OUT,
    PART_SOURCES,
    Asked,
    at_mailbox,
    parts_in_call,
    parts_in_calls,
)
from anso.calls.queries.presentation import (
    PlaceRow,
    benefits_by_level,
    count_places,
    place_rows,
    timeline_of,
)
from anso.calls.queries.readiness import find_faults
from anso.calls.queries.terms import (
    NoForm,
    announced_seed,
    form_of,
    form_purposes,
    get_cancellation_reason,
    get_form,
    get_frozen_terms,
    get_rule_sets,
    get_terms,
    get_working_form,
    title_of,
)
from anso.calls.queries.visibility import (
    calls_managed_by,
    calls_on_desk_of,
    calls_visible_to,
    get_call_for,
    get_desk_call_for,
    is_kept_from,
    is_officer_of,
    is_overseer_of,
    open_calls,
)

__all__ = [
    "KEPT_OUT",
    "PARTNER_FACTS",
    "PART_SOURCES",
    "PROPOSALS",
    "Asked",
    "ExtensionProposal",
    "NoForm",
    "PlaceRow",
    "SelectedProposal",
    "announced_seed",
    "at_mailbox",
    "benefits_by_level",
    "bodies_of",
    "calls_confirmed_by",
    "calls_managed_by",
    "calls_on_desk_of",
    "calls_visible_to",
    "confirming_body_of",
    "count_places",
    "extensions_of",
    "find_faults",
    "find_selected_proposal",
    "form_of",
    "form_purposes",
    "free_round_of",
    "get_call_for",
    "get_cancellation_reason",
    "get_deadline",
    "get_desk_call_for",
    "get_form",
    "get_frozen_terms",
    "get_rule_sets",
    "get_terms",
    "get_working_form",
    "hosts_of",
    "is_conferred",
    "is_confirming_chair_of",
    "is_kept_from",
    "is_officer_of",
    "is_open",
    "is_overseer_of",
    "is_panel_chair_of",
    "judge_check",
    "judge_facts",
    "judging_body_of",
    "letters_due_at",
    "letters_end_at",
    "letters_extended_to",
    "open_calls",
    "parents_for",
    "parts_in_call",
    "parts_in_calls",
    "parts_of",
    "people_of_hosts",
    "place_rows",
    "propose_extension",
    "rounds_beside",
    "selected_proposals_of",
    "timeline_of",
    "title_of",
]
