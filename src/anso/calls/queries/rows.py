"""The lists of a call that officers edit row by row, as they stand in what officers work on."""

from __future__ import annotations

from typing import Any

from anso.calls.models import Call
from anso.calls.queries.amendments import get_working_terms
from anso.calls.queries.terms import form_purposes, get_working_form
from anso.kernel.questions import Form
from anso.kernel.rows import RowTable
from anso.kernel.terms import Terms, to_plain
from anso.kernel.terms.tables import TABLES
from anso.programmes.outcomes import find_outcome


def tables_of(terms: Terms) -> dict[str, RowTable]:
    """The lists of a call by their keys: those that all have, and the one of its outcome."""
    code = terms.outcome.code
    own = find_outcome(code).rows if code else None
    return {**TABLES, **({own.key: own} if own else {})}


def get_working_design(call: Call) -> dict[str, Any]:
    """What officers edit, as plain content; what the call promises where nothing is edited."""
    return dict(to_plain(get_working_terms(call)))


def working_forms(call: Call) -> dict[str, Form]:
    """All forms of a call as officers edit them, by their purposes."""
    return {purpose: get_working_form(call, purpose)[1] for purpose in form_purposes(call)}
