"""What things and groups are called in sentences about selections."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anso.calls.wording import group_words, how_much
from anso.decisions.queries import GOES_ON
from anso.kernel.terms import PlaceNode, Terms
from anso.programmes.outcomes.model import COUNTRY
from anso.ui.countries import country_name
from anso.ui.question_fields import in_reader_language


def place_label(terms: Terms, key: str) -> str:
    """The name of a group of places in the reader's language; the key itself where the terms do not
    know it.
    """
    if key == GOES_ON:
        return _("Go on to the next step")
    node = node_of(terms, key)
    return in_reader_language(node.label) if node else key


def money_label(terms: Terms, amount: Decimal | str) -> str:
    """An amount in the currency of what the call gives."""
    return how_much(amount, terms.outcome.purse[1] if terms.outcome.purse else "")


def group_label(group: str, terms: Terms) -> str:
    """A group of people in words: a country, or a group that the programme declares."""
    if group.startswith(COUNTRY):
        return country_name(group.removeprefix(COUNTRY), get_language() or "en")
    return group_words(group, terms)


def node_of(terms: Terms, key: str) -> PlaceNode | None:
    """The part of what is given with that key."""
    return terms.outcome.node(key)


def is_same_place(node: PlaceNode | None, received: PlaceNode) -> bool:
    """Whether both are of one level at one host."""
    return node is not None and (node.level, node.host) == (received.level, received.host)
