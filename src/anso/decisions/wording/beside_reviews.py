"""What was decided beside the reviews, as those read it whom it concerns: what is not awarded, the
least mean, and that the panel moved a mean. Never as if reviewers had said it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from anso.calls.enums import BodyFunction
from anso.calls.wording.bodies import BODY_WORDS
from anso.decisions.models import Placement
from anso.decisions.wording.labels import is_same_place, node_of, place_label
from anso.kernel.terms import Terms
from anso.programmes.wording import CallWords
from anso.ui.figures import to_places


def words_for_closed(placement: Placement, terms: Terms) -> Iterator[str]:
    """What was asked for and is given to nobody, and why; once where a whole part of the tree is
    not awarded. Beside a place of the same kind from another fund it is no loss and stays unsaid.
    """
    received = node_of(terms, placement.place)
    lost = (
        each
        for each in placement.facts.get("closed", ())
        if received is None or not is_same_place(node_of(terms, each["leaf"]), received)
    )
    yield from dict.fromkeys(_closed(each, terms) for each in lost)


def _closed(closed: Mapping[str, str], terms: Terms) -> str:
    if not closed["where"]:
        return _("“%(place)s” has nothing to give.") % {"place": place_label(terms, closed["leaf"])}
    return words_for_withheld(closed["where"], closed["because"], terms)


def words_for_withheld(place: str, because: str, terms: Terms) -> str:
    """That something is not awarded, as its outcome says it, and the reason."""
    told = CallWords(terms).say("not_awarded", place=place_label(terms, place))
    reason = _("The reason given: “%(because)s”") % {"because": because}
    return f"{told} {reason}"


def words_for_minimum(placement: Placement) -> Iterator[str]:
    """The least mean that the call asks for, told to whoever is below it, with what counted."""
    below = placement.facts.get("below")
    if below is None:
        return
    said = {name: to_places(number, 2) for name, number in below.items() if number}
    counted = _("The call gives nothing below a mean of %(least)s, and it counts as %(counted)s.")
    none = _("The call gives nothing below a mean of %(least)s, and it has none.")
    yield (counted if below["counted"] else none) % said


def reason_for_move(placement: Placement) -> str:
    """Why the panel moved its mean, in the panel's own words, which only the desk reads."""
    rows = placement.run.figures.get("adjusted", ()) if "adjusted" in placement.facts else ()
    known = {number: because for number, _points, because in rows}
    return known.get(placement.application.number, "")


def words_for_move(placement: Placement, because: str) -> Iterator[str]:
    """That the body that judges moved its mean, and no reviewer; and why, as far as this reader is
    told.
    """
    adjusted = placement.facts.get("adjusted")
    if adjusted is None:
        return
    said = {name: to_places(adjusted[name], 2) for name in ("before", "after")}
    said["body"] = str(BODY_WORDS[BodyFunction(adjusted["by"])].body)
    yield (
        _("It was %(body)s, and no reviewer, that moved this mean from %(before)s to %(after)s.")
        % said
    )
    if because:
        yield _("The reason given: “%(because)s”") % {"because": because}
