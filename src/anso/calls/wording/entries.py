"""What comes into a call and what it gives, in its own words: an application, a nomination, a
proposal, or the nouns that its terms bring; places or awards.
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


def outcome_word(call: Call, name: str) -> str:
    """A word of what this call gives, by its name among `OutcomeWords`: ``asked``, ``tree`` …"""
    return CallWords(get_terms(call))[name]
