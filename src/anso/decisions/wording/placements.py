"""What became of applications, in sentences of the reader's language, from the facts kept beside
their placements: for applicants, chairs, officers, mails and the record.

Not here: the selection library's own English reasons, which stay in the record; the sentences that
differ by what is given, which its outcome brings (``programmes.wording``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anso.calls.wording import group_words
from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement
from anso.decisions.queries import GOES_ON, positions_at_first
from anso.decisions.wording.going_on import LED, words_for_going_on
from anso.decisions.wording.lacking import words_for_lacks
from anso.kernel.terms import PlaceNode, Terms
from anso.programmes.outcomes.model import COUNTRY
from anso.programmes.wording import CallWords
from anso.selection.allocation import Cause
from anso.ui.countries import country_name
from anso.ui.figures import in_figures, to_places
from anso.ui.question_fields import in_reader_language

LEAST_SEVERITY = 0.05


def words_for_placement(
    placement: Placement, terms: Terms, *, given: str = "", with_lists: bool = True
) -> str:
    """Rank, reviews, result, what stood in the way and, ``with_lists``, the numbers on waiting
    lists at the selection. ``given`` names a place that was offered later, from the waiting list.
    """
    is_listed = with_lists and not given and placement.result == Result.WAITING
    lists = words_for_lists(positions_at_first(placement), terms) if is_listed else ()
    return " ".join((*_standing(placement, terms), *_result(placement, terms, given), *lists))


def words_for_lists(positions: Mapping[str, int], terms: Terms) -> list[str]:
    """The number in each list, one sentence for one list: the same number may stand in several."""
    words = CallWords(terms)
    return [
        words.say("in_line", place=place_label(terms, leaf), position=position)
        for leaf, position in positions.items()
    ]


def words_for_decision(
    decision: Decision,
    placement: Placement | None,
    terms: Terms,
    *,
    given: str = "",
    with_lists: bool = True,
) -> str:
    """What the applicant reads as the reason: for those not eligible what the officer wrote, or
    else the rules that were not met; for others the placement in words.
    """
    if decision.corrected_at:
        return decision.reason
    if decision.result == Result.INELIGIBLE or placement is None:
        return decision.reason or " ".join(
            f"{rule['code']}: {in_reader_language(rule['sentence'])}" for rule in decision.unmet
        )
    return words_for_placement(placement, terms, given=given, with_lists=with_lists)


def place_label(terms: Terms, key: str) -> str:
    """The name of a group of places in the reader's language; the key itself where the terms do not
    know it.
    """
    if key == GOES_ON:
        return _("Go on to the next step")
    node = _node(terms, key)
    return in_reader_language(node.label) if node else key


def group_label(group: str, terms: Terms) -> str:
    """A group of people in words: a country, or a group that the programme declares."""
    if group.startswith(COUNTRY):
        return country_name(group.removeprefix(COUNTRY), get_language() or "en")
    return group_words(group, terms)


def _standing(placement: Placement, terms: Terms) -> Iterator[str]:
    if placement.score is None:
        yield _("No review could be used, so it stands after all that were judged.")
        return
    facts = {
        "count": placement.review_count,
        "score": to_places(placement.score, 2),
        "highest": placement.facts.get("highest", terms.rubric.scale_highest),
        "rank": placement.rank,
        "total": placement.facts.get("of", ""),
    }
    if "expected" in placement.facts:
        yield from _calibrated(placement, facts)
        return
    yield (
        ngettext(
            "%(count)s review, weighted mean %(score)s of at most %(highest)s: rank %(rank)s of"
            " %(total)s.",
            "%(count)s reviews, weighted mean %(score)s of at most %(highest)s: rank %(rank)s of"
            " %(total)s.",
            placement.review_count,
        )
        % facts
    )
    if placement.facts.get("is_drawn"):
        yield _drawn_among_equals()


def _calibrated(placement: Placement, facts: Mapping[str, Any]) -> Iterator[str]:
    """Mean, severity, expected rank, the draw if there was one, and the turn that followed."""
    yield (
        ngettext(
            "%(count)s review, weighted mean %(score)s of at most %(highest)s.",
            "%(count)s reviews, weighted mean %(score)s of at most %(highest)s.",
            placement.review_count,
        )
        % facts
    )
    yield severity_in_words(placement.facts["severity"], placement.review_count)
    yield from _evened_out(placement)
    if placement.facts.get("lot"):
        yield _draw(placement.facts["lot"])
    elif placement.facts.get("is_drawn"):
        yield _drawn_among_equals()
    yield _("So it was number %(rank)s in the order of choice.") % facts


def _evened_out(placement: Placement) -> Iterator[str]:
    """What follows from the mean step by step, each step only where it changes what is read:
    severity taken out, then drawn towards the mean of all, as few reviews say only so much; and the
    rank expected from that.
    """
    facts, score = placement.facts, float(placement.score or 0)
    severity, counted = facts["severity"], float(facts["mean"])
    without = score - severity if abs(severity) >= LEAST_SEVERITY else score
    said = {
        name: to_places(Decimal(str(value)), 2)
        for name, value in (
            ("without", without),
            ("counted", counted),
            ("overall", facts.get("overall", 0)),
        )
    }
    is_drawn_in = (without - counted) * (counted - facts.get("overall", counted)) > 0
    if said["without"] != to_places(Decimal(str(score)), 2):
        yield _("Without that the mean would be %(without)s.") % said
    if abs(without - counted) >= LEAST_SEVERITY and is_drawn_in:
        yield (
            _(
                "As so few reviews say only so much, it counts as %(counted)s, nearer to"
                " %(overall)s, the mean of all."
            )
            % said
        )
    elif said["counted"] != said["without"]:
        yield _("It counts as %(counted)s.") % said
    yield _expected_rank(facts)


def _expected_rank(facts: Mapping[str, Any]) -> str:
    """The rank that may be expected, and where it lies as likely as not. A rank is skewed, so that
    its mean may fall outside: then the range alone is told.
    """
    low, expected, high = (to_places(facts[name], -1) for name in ("from", "expected", "to"))
    said = {"from": low, "to": high, "expected": expected, "total": facts["of"]}
    if low == high:
        return _("That makes it most likely number %(from)s of %(total)s.") % said
    if not facts["from"] <= facts["expected"] <= facts["to"]:
        return _("Its rank of %(total)s is as likely as not between %(from)s and %(to)s.") % said
    return (
        _(
            "Its expected rank is %(expected)s of %(total)s, as likely as not between %(from)s and"
            " %(to)s."
        )
        % said
    )


def _drawn_among_equals() -> str:
    return _(
        "Its order among exact equals was drawn by lot; the seed was fixed when the call was"
        " published."
    )


def _draw(lot: Mapping[str, int]) -> str:
    words = ngettext(
        "It and %(others)s other could not be separated at the line, so their order was drawn by"
        " lot: it came as number %(drawn)s.",
        "It and %(others)s others could not be separated at the line, so their order was drawn by"
        " lot: it came as number %(drawn)s.",
        lot["of"] - 1,
    )
    seed = _("Anybody can repeat the draw: its seed was fixed when the call was published.")
    return f"{words % {'others': lot['of'] - 1, 'drawn': lot['place']}} {seed}"


def severity_in_words(severity: float, reviewers: int = 1) -> str:
    """How reviewers grade compared with others, told without naming them; a twentieth of a grade
    counts as nothing.
    """
    by = in_figures(abs(round(severity, 2)))
    if severity <= -LEAST_SEVERITY:
        words = ngettext(
            "Its reviewer grades lower than others, by %(by)s.",
            "Its reviewers grade lower than others, by %(by)s on average.",
            reviewers,
        )
    elif severity >= LEAST_SEVERITY:
        words = ngettext(
            "Its reviewer grades higher than others, by %(by)s.",
            "Its reviewers grade higher than others, by %(by)s on average.",
            reviewers,
        )
    else:
        words = ngettext(
            "Its reviewer grades as others do.", "Its reviewers grade as others do.", reviewers
        )
    return words % {"by": by}


def _result(placement: Placement, terms: Terms, given: str) -> Iterator[str]:
    words = CallWords(terms)
    if placement.result in LED:
        yield words_for_going_on(placement, terms)
    elif placement.result == Result.SELECTED:
        yield words.say("received", place=place_label(terms, placement.place))
        yield from _favour(placement, terms)
        yield from _obstacles(placement, terms, beside=placement.place)
    elif given:
        yield words.say("followed", place=place_label(terms, given))
    elif placement.result == Result.WAITING:
        yield from _obstacles(placement, terms)
    else:
        yield words["nothing"]
        yield from _obstacles(placement, terms)
    if placement.result not in LED and not given:
        yield from words_for_closed(placement, terms)
        yield from words_for_lacks(placement, terms)
        yield from words_for_minimum(placement)


def _favour(placement: Placement, terms: Terms) -> Iterator[str]:
    """What a favour meant for whoever received what is kept for a group first."""
    if "favour" not in placement.facts:
        return
    group, is_member = placement.facts["favour"]
    said = {"group": group_label(group, terms)}
    if is_member:
        yield _("It is kept for one group first, and this one belongs to it: %(group)s.") % said
    else:
        yield _("It is kept for one group first, and was left by it: %(group)s.") % said


def _obstacles(placement: Placement, terms: Terms, beside: str = "") -> Iterator[str]:
    """What refused the places that came first; places of the same host and level as the one
    received are no loss and stay unsaid.
    """
    refusals = placement.facts.get("refusals", ())
    received = _node(terms, beside)
    lost = [
        each
        for each in refusals
        if received is None or not _is_same_place(_node(terms, each["leaf"]), received)
    ]
    telling = [each for each in lost if each["cause"] != Cause.NOT_OPEN] or lost
    yield from dict.fromkeys(_obstacle(each, terms) for each in telling)


def _obstacle(refusal: Mapping[str, Any], terms: Terms) -> str:
    facts = {
        "place": place_label(terms, refusal["leaf"]),
        "group": group_label(refusal["group"], terms),
        "where": place_label(terms, refusal["where"]),
        "rank": refusal.get("last"),
        "limit": terms.outcome.country_ceiling,
    }
    return _obstacle_pattern(refusal, terms) % facts


def _obstacle_pattern(refusal: Mapping[str, Any], terms: Terms) -> str:
    cause = refusal["cause"]
    if cause == Cause.NOT_OPEN:
        return _("“%(place)s” is only open to one group: %(group)s.")
    if cause == Cause.RESERVED:
        return _("What was left of “%(place)s” was kept for one group: %(group)s.")
    if cause == Cause.CEILING:
        by_country = terms.outcome.country_ceiling and refusal["group"].startswith(COUNTRY)
        country = _(
            "The call selects at most %(limit)s from one country, and higher ranks from %(group)s"
            " had been selected."
        )
        return (
            country
            if by_country
            else _("The limit for %(group)s had been reached by higher ranks.")
        )
    if not refusal.get("last"):
        return _("“%(place)s” has nothing to give.")
    if refusal["where"] in ("", refusal["leaf"]):
        return _("All of “%(place)s” went to higher ranks, the last to rank %(rank)s.")
    return _(
        "“%(place)s” is shared with others in “%(where)s”; all of it went to higher ranks, the last"
        " to rank %(rank)s."
    )


def words_for_closed(placement: Placement, terms: Terms) -> Iterator[str]:
    """What was asked for and is given to nobody, and why; once where a whole part of the tree is
    not awarded. Beside a place of the same kind from another fund it is no loss and stays unsaid.
    """
    received = _node(terms, placement.place)
    lost = (
        each
        for each in placement.facts.get("closed", ())
        if received is None or not _is_same_place(_node(terms, each["leaf"]), received)
    )
    yield from dict.fromkeys(_closed(each, terms) for each in lost)


def words_for_minimum(placement: Placement) -> Iterator[str]:
    """The least mean that the call asks for, told to whoever is below it, with what counted."""
    below = placement.facts.get("below")
    if below is None:
        return
    said = {name: to_places(number, 2) for name, number in below.items() if number}
    counted = _("The call gives nothing below a mean of %(least)s, and it counts as %(counted)s.")
    none = _("The call gives nothing below a mean of %(least)s, and it has none.")
    yield (counted if below["counted"] else none) % said


def _closed(closed: Mapping[str, str], terms: Terms) -> str:
    if not closed["where"]:
        return _("“%(place)s” has nothing to give.") % {"place": place_label(terms, closed["leaf"])}
    return words_for_withheld(closed["where"], closed["because"], terms)


def words_for_withheld(place: str, because: str, terms: Terms) -> str:
    """That something is not awarded, as its outcome says it, and the reason."""
    told = CallWords(terms).say("not_awarded", place=place_label(terms, place))
    reason = _("The reason given: %(because)s") % {"because": because}
    return f"{told} {reason}"


def _node(terms: Terms, key: str) -> PlaceNode | None:
    return terms.outcome.node(key)


def _is_same_place(node: PlaceNode | None, received: PlaceNode) -> bool:
    return node is not None and (node.level, node.host) == (received.level, received.host)


def result_words(result: str, words: CallWords) -> str:
    """What a selection means for one application, in a word or two."""
    if result == Result.INELIGIBLE or result in LED:
        return str(Result(result).label)
    return words[result]
