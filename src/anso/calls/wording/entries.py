"""What comes into a call, in its own word: an application, a nomination, a proposal, or the nouns
that its terms bring.
"""

from __future__ import annotations

from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.programmes.wording import CallWords


def entries_of(call: Call, number: int) -> str:
    """So many of what comes into this call: "4 nominations"."""
    return CallWords(get_terms(call)).count_entries(number)


def entry_word(call: Call, name: str) -> str:
    """One word of it, by its name among `EntryWords`: ``noun``, ``heading``, ``your`` …"""
    return str(getattr(CallWords(get_terms(call)).entry, name))
