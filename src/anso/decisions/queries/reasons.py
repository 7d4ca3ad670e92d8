"""Why an application stands where it stands, in sentences of the reader's language, from the facts
kept beside its placement.

Here: sentences for applicants, chairs and officers. Not here: the selection library's own English
reasons, which stay in the record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from anso.calls.queries import group_words
from anso.decisions.enums import Result
from anso.decisions.models import Decision, Placement
from anso.directory.queries import country_name
from anso.kernel.terms import PlaceNode, Terms
from anso.selection.allocation import Cause
from anso.ui.question_fields import in_reader_language

COUNTRY = "country:"
LEAST_SEVERITY = 0.05


def words_for_placement(place: Placement, terms: Terms, *, given: str = "") -> str:
    """Rank, reviews, result and what stood in the way. ``given`` names a place that was offered
    later, from the waiting list.
    """
    return " ".join((*_standing(place, terms), *_result(place, terms, given)))


def words_for_decision(
    decision: Decision, place: Placement | None, terms: Terms, *, given: str = ""
) -> str:
    """What the applicant reads as the reason: for those not eligible what the screening said, for
    others the placement in words.
    """
    if decision.result == Result.INELIGIBLE or place is None:
        return decision.reason
    return words_for_placement(place, terms, given=given)


def placements_behind(decisions: Iterable[Decision]) -> dict[int, Placement]:
    """The placement that each decision rests on, by application, in one query."""
    pairs = [(decision.run_id, decision.application_id) for decision in decisions]
    found = Placement.objects.filter(
        run_id__in={run for run, _ in pairs},
        application_id__in=[application for _, application in pairs],
    )
    return {place.application_id: place for place in found}


def place_label(terms: Terms, key: str) -> str:
    """The name of a group of places in the reader's language; the key itself where the terms do not
    know it.
    """
    node = _node(terms, key)
    return in_reader_language(node.label) if node else key


def group_label(group: str) -> str:
    """A group of people in words: a country, a class of countries, women."""
    if group.startswith(COUNTRY):
        return country_name(group.removeprefix(COUNTRY), get_language() or "en")
    return group_words(group)


def _standing(place: Placement, terms: Terms) -> Iterator[str]:
    if place.score is None:
        yield _("No review could be used, so the application stands after all that were judged.")
        return
    facts = {
        "count": place.review_count,
        "score": number_format(place.score.quantize(Decimal("0.01"))),
        "highest": terms.rubric.scale_highest,
        "rank": place.rank,
        "total": place.facts.get("of", ""),
    }
    if "expected" in place.facts:
        yield from _calibrated(place, facts)
        return
    yield (
        ngettext(
            "%(count)s review, weighted mean %(score)s of at most %(highest)s: rank %(rank)s of"
            " %(total)s.",
            "%(count)s reviews, weighted mean %(score)s of at most %(highest)s: rank %(rank)s of"
            " %(total)s.",
            place.review_count,
        )
        % facts
    )
    if place.facts.get("is_drawn"):
        yield _drawn_among_equals()


def _calibrated(place: Placement, facts: Mapping[str, Any]) -> Iterator[str]:
    """Mean, severity, expected rank, the draw if there was one, and the turn that followed."""
    yield (
        ngettext(
            "%(count)s review, weighted mean %(score)s of at most %(highest)s.",
            "%(count)s reviews, weighted mean %(score)s of at most %(highest)s.",
            place.review_count,
        )
        % facts
    )
    yield severity_in_words(place.facts["severity"], place.review_count)
    yield _evened_out(place)
    if place.facts.get("lot"):
        yield _draw(place.facts["lot"])
    elif place.facts.get("is_drawn"):
        yield _drawn_among_equals()
    yield _("Its turn to choose was number %(rank)s.") % facts


def _evened_out(place: Placement) -> str:
    """The mean without the severity of its reviewers, and the rank expected from it."""
    found = {
        name: number_format(f"{place.facts[name]:.1f}".removesuffix(".0"))
        for name in ("expected", "from", "to")
    }
    found |= {
        "mean": number_format(Decimal(place.facts["mean"]).quantize(Decimal("0.01"))),
        "total": place.facts["of"],
    }
    words = _(
        "Evened out, the mean is %(mean)s and the expected rank %(expected)s of %(total)s, as"
        " likely as not between %(from)s and %(to)s."
    )
    return words % found


def _drawn_among_equals() -> str:
    return _(
        "Its place among exact equals was drawn by lot; the seed was fixed when the call was"
        " published."
    )


def _draw(lot: Mapping[str, int]) -> str:
    words = ngettext(
        "It and %(others)s other application could not be separated at the last seat, so their"
        " order was drawn by lot: it came as number %(place)s.",
        "It and %(others)s other applications could not be separated at the last seat, so their"
        " order was drawn by lot: it came as number %(place)s.",
        lot["of"] - 1,
    )
    seed = _("Anybody can repeat the draw: its seed was fixed when the call was published.")
    return f"{words % {'others': lot['of'] - 1, 'place': lot['place']}} {seed}"


def severity_in_words(severity: float, reviewers: int = 1) -> str:
    """How reviewers grade compared with others, told without naming them; a twentieth of a grade
    counts as nothing.
    """
    by = number_format(abs(round(severity, 2)))
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


def _result(place: Placement, terms: Terms, given: str) -> Iterator[str]:
    if place.result == Result.SELECTED:
        yield _("It received a seat in “%(seat)s”.") % {"seat": place_label(terms, place.place)}
        yield from _obstacles(place, terms, beside=place.place)
    elif given:
        yield _("It was on the waiting list. A seat in “%(seat)s” became free and it was next.") % {
            "seat": place_label(terms, given)
        }
    elif place.result == Result.WAITING:
        yield from _obstacles(place, terms)
        for entry in place.facts.get("lists", ()):
            label = place_label(terms, entry["leaf"])
            yield _("Number %(position)s on the waiting list of “%(seat)s”.") % {
                "position": entry["position"],
                "seat": label,
            }
    else:
        yield _("It received no seat.")
        yield from _obstacles(place, terms)


def _obstacles(place: Placement, terms: Terms, beside: str = "") -> Iterator[str]:
    """What refused the places that came first; places of the same host and level as the one
    received are no loss and stay unsaid.
    """
    refusals = place.facts.get("refusals", ())
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
        "seat": place_label(terms, refusal["leaf"]),
        "group": group_label(refusal["group"]),
        "where": place_label(terms, refusal["where"]),
        "rank": refusal.get("last"),
        "limit": terms.outcome.country_ceiling,
    }
    return _obstacle_pattern(refusal, terms) % facts


def _obstacle_pattern(refusal: Mapping[str, Any], terms: Terms) -> str:
    cause = refusal["cause"]
    if cause in (Cause.NOT_OPEN, Cause.RESERVED):
        kept = _("The last seats in “%(seat)s” were kept for one group: %(group)s.")
        return (
            _("“%(seat)s” is only open to one group: %(group)s.")
            if cause == Cause.NOT_OPEN
            else kept
        )
    if cause == Cause.CEILING:
        by_country = terms.outcome.country_ceiling and refusal["group"].startswith(COUNTRY)
        country = _(
            "The call gives at most %(limit)s seats to one country, and higher ranks from %(group)s"
            " had taken them."
        )
        return (
            country
            if by_country
            else _("The limit for %(group)s had been reached by higher ranks.")
        )
    if not refusal.get("last"):
        return _("“%(seat)s” has no seats.")
    if refusal["where"] in ("", refusal["leaf"]):
        return _("All seats in “%(seat)s” went to higher ranks, the last to rank %(rank)s.")
    return _(
        "“%(seat)s” shares its seats with others in “%(where)s”; all went to higher ranks, the last"
        " to rank %(rank)s."
    )


def _node(terms: Terms, key: str) -> PlaceNode | None:
    return terms.outcome.node(key)


def _is_same_place(node: PlaceNode | None, received: PlaceNode) -> bool:
    return node is not None and (node.level, node.host) == (received.level, received.host)
