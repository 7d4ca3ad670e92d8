"""What became of applications, in sentences of the reader's language, from the facts kept beside
their placements: for applicants, chairs, officers, mails and the record.

Not here: the selection library's own English reasons, which stay in the record; the sentences that
differ by what is given, which its outcome brings (``programmes.wording``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement
from anso.decisions.queries import positions_at_first
from anso.decisions.wording.beside_reviews import (
    words_for_closed,
    words_for_minimum,
    words_for_move,
)
from anso.decisions.wording.going_on import LED, words_for_going_on
from anso.decisions.wording.hosts import words_for_hosts
from anso.decisions.wording.labels import group_label, money_label, place_label
from anso.decisions.wording.lacking import words_for_lacks
from anso.decisions.wording.obstacles import words_for_ended, words_for_obstacles
from anso.kernel.terms import Terms
from anso.programmes.wording import CallWords
from anso.ui.figures import in_figures, to_places
from anso.ui.question_fields import in_reader_language

LEAST_SEVERITY = 0.05


def words_for_placement(
    placement: Placement,
    terms: Terms,
    *,
    given: str = "",
    with_lists: bool = True,
    moved_because: str = "",
) -> str:
    """Rank, reviews, result, what stood in the way and, ``with_lists``, the numbers on waiting
    lists at the selection. ``given`` names a place that was offered later, from the waiting list;
    ``moved_because`` is why the panel moved its mean, in the words for this reader.
    """
    is_listed = with_lists and not given and placement.result == Result.WAITING
    lists = words_for_lists(positions_at_first(placement), terms) if is_listed else ()
    standing = _standing(placement, terms, moved_because)
    return " ".join((*standing, *_result(placement, terms, given), *lists))


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
    return words_for_placement(
        placement,
        terms,
        given=given,
        with_lists=with_lists,
        moved_because=decision.adjustment_told,
    )


def _standing(placement: Placement, terms: Terms, moved_because: str) -> Iterator[str]:
    if placement.score is None:
        yield _("No review could be used, so it stands after all that were judged.")
        if placement.facts.get("is_drawn"):
            yield _drawn_among_equals()
        return
    facts = {
        "count": placement.review_count,
        "score": to_places(placement.score, 2),
        "highest": placement.facts.get("highest", terms.rubric.scale_highest),
        "rank": placement.rank,
        "total": placement.facts.get("of", ""),
    }
    if "expected" in placement.facts:
        yield from _calibrated(placement, facts, moved_because)
        return
    if "adjusted" in placement.facts:
        yield _mean_of_reviews(facts)
        yield from words_for_move(placement, moved_because)
        yield _("That makes it rank %(rank)s of %(total)s.") % facts
    else:
        yield _mean_and_rank(facts)
    yield from _equals(placement)
    if placement.facts.get("is_drawn"):
        yield _drawn_among_equals()


def _mean_and_rank(facts: Mapping[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s review, weighted mean %(score)s of at most %(highest)s: rank %(rank)s of"
            " %(total)s.",
            "%(count)s reviews, weighted mean %(score)s of at most %(highest)s: rank %(rank)s of"
            " %(total)s.",
            facts["count"],
        )
        % facts
    )


def _mean_of_reviews(facts: Mapping[str, Any]) -> str:
    return (
        ngettext(
            "%(count)s review, weighted mean %(score)s of at most %(highest)s.",
            "%(count)s reviews, weighted mean %(score)s of at most %(highest)s.",
            facts["count"],
        )
        % facts
    )


def _calibrated(
    placement: Placement, facts: Mapping[str, Any], moved_because: str
) -> Iterator[str]:
    """Mean, severity, expected rank, where the panel moved it, the draw if there was one, and the
    turn that followed.
    """
    yield _mean_of_reviews(facts)
    yield severity_in_words(placement.facts["severity"], placement.review_count)
    yield from _evened_out(placement)
    yield from words_for_move(placement, moved_because)
    if placement.facts.get("lot"):
        yield _draw(placement.facts["lot"])
    elif placement.facts.get("is_drawn"):
        yield _drawn_among_equals()
    yield _("So it was number %(rank)s in the order of choice.") % facts
    yield from _equals(placement)


def _equals(placement: Placement) -> Iterator[str]:
    """That others have the same rank: one number in several mails is told as what it is."""
    others = placement.facts.get("equals", 0)
    if others:
        text = ngettext(
            "It shares that rank with %(others)s other.",
            "It shares that rank with %(others)s others.",
            others,
        )
        yield text % {"others": in_figures(others)}


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
        yield from _paid(placement, terms)
        yield from _favour(placement, terms)
        yield from words_for_obstacles(placement, terms, beside=placement.place)
    elif given:
        yield words.say("followed", place=place_label(terms, given))
        yield from _paid(placement, terms)
    elif placement.result == Result.WAITING:
        yield from words_for_obstacles(placement, terms)
    else:
        yield words["nothing"]
        yield from words_for_obstacles(placement, terms)
        yield from words_for_ended(placement, terms)
    yield from words_for_hosts(placement, terms)
    if placement.result not in LED and not given:
        yield from words_for_closed(placement, terms)
        yield from words_for_lacks(placement, terms)
        yield from words_for_minimum(placement)


def _paid(placement: Placement, terms: Terms) -> Iterator[str]:
    """How much it is paid, where money is counted."""
    if "cost" in placement.facts:
        amount = money_label(terms, placement.facts["cost"])
        yield _("It is paid what it asked for: %(amount)s.") % {"amount": amount}


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


def result_words(result: str, words: CallWords) -> str:
    """What a selection means for one application, in a word or two."""
    if result == Result.INELIGIBLE or result in LED:
        return str(Result(result).label)
    return words[result]
