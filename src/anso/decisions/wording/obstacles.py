"""What stood in the way of what somebody asked for, told truly to whom it stood in the way: to whom
it went, for whom it was kept, and where equals were drawn before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from anso.decisions.models import Placement
from anso.decisions.wording.labels import (
    group_label,
    is_same_place,
    money_label,
    node_of,
    place_label,
)
from anso.kernel.terms import Terms
from anso.programmes.outcomes.model import COUNTRY
from anso.selection.allocation import Cause
from anso.ui.figures import in_figures


def words_for_obstacles(placement: Placement, terms: Terms, beside: str = "") -> Iterator[str]:
    """What refused the places that came first; places of the same host and level as the one
    received are no loss and stay unsaid.
    """
    refusals = placement.facts.get("refusals", ())
    received = node_of(terms, beside)
    lost = [
        each
        for each in refusals
        if received is None or not is_same_place(node_of(terms, each["leaf"]), received)
    ]
    telling = [each for each in lost if each["cause"] != Cause.NOT_OPEN] or lost
    yield from dict.fromkeys(
        _obstacle(each, terms, _money(each, placement, terms)) for each in telling
    )


def _money(refusal: Mapping[str, Any], placement: Placement, terms: Terms) -> dict[str, str]:
    if refusal["cause"] != Cause.BUDGET:
        return {}
    return {
        "left": money_label(terms, refusal["left"]),
        "asked": money_label(terms, placement.facts["cost"]),
    }


def words_for_ended(placement: Placement, terms: Terms) -> Iterator[str]:
    """That it does not come next either, told to whoever receives nothing and is on no list."""
    for leaf, length in placement.facts.get("ended", ()):
        facts = {"place": place_label(terms, leaf), "number": in_figures(length)}
        if length:
            text = _("The list of those who come next for “%(place)s” ends at number %(number)s.")
        else:
            text = _("Nobody comes next for “%(place)s”: what is not taken up stays free.")
        yield text % facts


def _obstacle(refusal: Mapping[str, Any], terms: Terms, money: Mapping[str, str]) -> str:
    facts = {
        "place": place_label(terms, refusal["leaf"]),
        "group": group_label(refusal["group"], terms),
        "where": place_label(terms, refusal["where"]),
        "kept_in": place_label(terms, refusal["kept_in"]),
        "rank": refusal["last"],
        "limit": terms.outcome.country_ceiling,
        **money,
    }
    patterns = {
        Cause.NOT_OPEN: _not_open,
        Cause.RESERVED: _kept,
        Cause.CEILING: _ceiling,
        Cause.FULL: _full,
        Cause.BUDGET: _unpaid,
    }
    return patterns.get(Cause(refusal["cause"]), _full)(refusal, terms) % facts


def _not_open(_refusal: Mapping[str, Any], _terms: Terms) -> str:
    return _("“%(place)s” is only open to one group: %(group)s.")


def _kept(refusal: Mapping[str, Any], _terms: Terms) -> str:
    """For whom what was left was kept; and where, if in a part that this one did not ask for."""
    if refusal["kept_in"]:
        return _(
            "“%(place)s” is shared with others in “%(where)s”; what was left of that was kept in"
            " “%(kept_in)s” for one group: %(group)s."
        )
    if refusal["where"] == refusal["leaf"]:
        return _("What was left of “%(place)s” was kept for one group: %(group)s.")
    if refusal["where"]:
        return _(
            "“%(place)s” is shared with others in “%(where)s”; what was left of that was kept for"
            " one group: %(group)s."
        )
    return _("“%(place)s”: what was left of all that is given was kept for one group: %(group)s.")


def _ceiling(refusal: Mapping[str, Any], terms: Terms) -> str:
    if not (terms.outcome.country_ceiling and refusal["group"].startswith(COUNTRY)):
        return _("The limit for %(group)s had been reached before its turn came.")
    if refusal["is_equal"]:
        return _(
            "The call selects at most %(limit)s from one country, and so many from %(group)s had"
            " been selected, the last of them an equal of it that was drawn before it."
        )
    return _(
        "The call selects at most %(limit)s from one country, and higher ranks from %(group)s"
        " had been selected."
    )


def _unpaid(_refusal: Mapping[str, Any], _terms: Terms) -> str:
    return _(
        "It asks for %(asked)s. When its turn came, %(left)s was left of the budget of “%(place)s”."
    )


def _full(refusal: Mapping[str, Any], _terms: Terms) -> str:
    is_leaf = refusal["where"] in ("", refusal["leaf"])
    if not refusal["last"]:
        return _("“%(place)s” has nothing to give.")
    if refusal["is_equal"] and is_leaf:
        return _(
            "All of “%(place)s” was given before its turn came, the last to an equal of it at rank"
            " %(rank)s that was drawn before it."
        )
    if refusal["is_equal"]:
        return _(
            "“%(place)s” is shared with others in “%(where)s”; all of it was given before its turn"
            " came, the last to an equal of it at rank %(rank)s that was drawn before it."
        )
    if is_leaf:
        return _("All of “%(place)s” went to higher ranks, the last to rank %(rank)s.")
    return _(
        "“%(place)s” is shared with others in “%(where)s”; all of it went to higher ranks, the last"
        " to rank %(rank)s."
    )
