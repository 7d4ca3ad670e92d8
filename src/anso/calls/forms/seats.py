"""Seats and rubric as officers type them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from anso.calls.actions import SeatRules
from anso.calls.queries import group_words
from anso.directory.enums import CountryClassCode
from anso.kernel.errors import BadInput
from anso.kernel.terms import Criterion, Rubric, SeatNode, SeatReserve, Terms
from anso.kernel.wording import Text, gettext_noop

RESERVED_GROUPS = ("women", *CountryClassCode.values)
KEY = re.compile(r"[^a-z0-9]+")


def read_seat_rules(terms: Terms, posted: Mapping[str, str]) -> SeatRules:
    """Everything of the page of seats as typed; what was not on the page stays as it was."""
    ceiling, days = read_ceiling(posted)
    method = posted.get("selection_method", terms.selection_method)
    return SeatRules(read_seats(terms, posted), ceiling, read_reserves(terms, posted), days, method)


def read_reserves(terms: Terms, posted: Mapping[str, str]) -> tuple[SeatReserve, ...]:
    """The reserves as typed; one without a number is removed, the last row adds one."""
    rows = [
        _read_reserve(terms, posted, place)
        for place in (*map(str, range(len(terms.reserves))), "new")
    ]
    return tuple(row for row in rows if row is not None)


def _read_reserve(terms: Terms, posted: Mapping[str, str], place: str) -> SeatReserve | None:
    typed = posted.get(f"reserve-seats-{place}", "").strip()
    if not typed or typed == "0":
        return None
    group, node = posted.get(f"reserve-group-{place}", ""), posted.get(f"reserve-node-{place}", "")
    if group not in RESERVED_GROUPS or node not in {"", *(each.key for each in terms.seats)}:
        raise BadInput(gettext_noop("Choose for whom seats are kept, and where."))
    return SeatReserve(group, read_count(typed, group_words(group)), node)


def reserve_rows(terms: Terms, posted: Mapping[str, str]) -> list[dict[str, str]]:
    """The reserves as rows of inputs, with what was typed where it could not be saved; one empty
    row for a new one.
    """
    known = [
        (str(place), {"group": each.group, "seats": str(each.seats), "node": each.node})
        for place, each in enumerate(terms.reserves)
    ]
    rows = [*known, ("new", {"group": "", "seats": "", "node": ""})]
    return [
        {"place": place}
        | {name: posted.get(f"reserve-{name}-{place}", value) for name, value in row.items()}
        for place, row in rows
    ]


def read_seats(terms: Terms, posted: Mapping[str, str]) -> tuple[SeatNode, ...]:
    """The quota tree with the numbers typed beside its nodes; a number left empty stays as it
    was.
    """
    return tuple(
        replace(
            node,
            capacity=read_count(
                posted.get(f"seat-{node.key}", ""), str(node.label), default=node.capacity
            ),
        )
        for node in terms.seats
    )


def read_count(typed: str, label: str, default: int | None = None) -> int:
    """A whole number of at least zero; refuses anything else, naming the place."""
    if not typed.strip() and default is not None:
        return default
    if not typed.strip().isascii() or not typed.strip().isdigit() or len(typed.strip()) > 6:
        raise BadInput(
            gettext_noop("%(label)s: “%(typed)s” is not a whole number."),
            label=label,
            typed=typed[:20],
        )
    return int(typed)


def read_ceiling(posted: Mapping[str, str]) -> tuple[int | None, int]:
    """The most seats for one country (none when empty), and for how many days an offer stands."""
    ceiling = posted.get("country_ceiling", "").strip()
    days = read_count(posted.get("offer_days", ""), _("Days for an answer"), default=21)
    return (read_count(ceiling, _("Most seats for one country")) if ceiling else None), days


def read_rubric(rubric: Rubric, posted: Mapping[str, str]) -> Rubric:
    """The rubric with the typed words and weights. A criterion without a label is removed; a new
    one is added at the end.
    """
    rows = [
        _read_criterion(posted, str(place), known) for place, known in enumerate(rubric.criteria)
    ]
    rows.append(_read_criterion(posted, "new", None))
    return replace(
        rubric,
        criteria=tuple(row for row in rows if row is not None),
        scale_lowest=read_count(
            posted.get("scale_lowest", ""), _("Lowest score"), rubric.scale_lowest
        ),
        scale_highest=read_count(
            posted.get("scale_highest", ""), _("Highest score"), rubric.scale_highest
        ),
        reviews_each=read_count(
            posted.get("reviews_each", ""), _("Reviews of each application"), rubric.reviews_each
        ),
        is_blind=posted.get("is_blind") == "yes",
    )


def _read_criterion(
    posted: Mapping[str, str], place: str, known: Criterion | None
) -> Criterion | None:
    label = posted.get(f"label-{place}", "").strip()[:200]
    if not label:
        return None
    weight = _read_weight(posted.get(f"weight-{place}", ""), label)
    hint = posted.get(f"hint-{place}", "").strip()[:1000]
    if known is None:
        return Criterion(
            KEY.sub("_", label.lower()).strip("_")[:40] or "criterion",
            Text(label),
            weight,
            Text(hint),
        )
    return replace(
        known,
        label=_with_english(known.label, label),
        weight=weight,
        hint=_with_english(known.hint, hint),
    )


def _read_weight(typed: str, label: str) -> Decimal:
    try:
        weight = Decimal(typed.strip().replace(",", ".").removesuffix("%").strip())
    except InvalidOperation:
        raise BadInput(
            gettext_noop("%(label)s: “%(typed)s” is not a percentage."),
            label=label,
            typed=typed[:20],
        ) from None
    if not Decimal(0) < weight <= Decimal(100):
        raise BadInput(
            gettext_noop("%(label)s: the weight must lie between 0 and 100 percent."), label=label
        )
    return (weight / 100).normalize()


def _with_english(text: Text, words: str) -> Text:
    return Text({**text.to_dict(), "en": words})
