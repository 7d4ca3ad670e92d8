"""How the page of a run is laid out: facts, filters, rows, places and what was checked. The views
themselves are in ``runs``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from anso.calls.queries.steps import rubric_of
from anso.decisions.enums import Result
from anso.decisions.models import Placement, SelectionRun
from anso.decisions.queries import NO_SCORE, is_calibrated, placements_of, positions_at_first
from anso.decisions.wording import (
    drawn_label,
    group_label,
    money_label,
    place_label,
    result_words,
    words_for_lists,
)
from anso.kernel.terms import Terms
from anso.programmes.wording import CallWords
from anso.ui.figures import in_figures, in_percent, to_places
from anso.ui.question_fields import in_reader_language


@dataclass(frozen=True)
class RankingRow:
    """One line of the table: the placement, what it asked for, what it got, the picture of its
    reviews or of its rank, its place in another run, and its number in each list of those who come
    next.
    """

    place: Placement
    asked: str
    given: str
    lists: Sequence[str]
    strip: tuple[float, float, float, float] | None
    interval: tuple[float, float, float, float | None, int] | None
    earlier: Placement | None
    classes: str


def read_filters(asked: Mapping[str, str]) -> dict[str, str]:
    """What narrows the ranking, as it stands in the address; blank where left open."""
    return {name: asked.get(name, "")[:100] for name in ("level", "result", "text", "score")}


def filter_bar(run: SelectionRun, terms: Terms, filters: dict[str, str], of: str) -> dict[str, Any]:
    """What the bar above the table is drawn from; level, result and step stay as they were chosen
    while somebody searches.
    """
    kept = [(name, filters[name]) for name in ("level", "result") if filters[name]]
    return {
        "filters": filters,
        "kept": [*kept, ("of", run.step.key)],
        "chips": ranking_chips(run, terms, filters, of),
        "selects": [score_select(run, terms, filters["score"])],
    }


def ranking_facts(run: SelectionRun, words: CallWords, terms: Terms) -> list[dict[str, str]]:
    """The figures at the head of the page."""
    figures = run.figures
    filled = _("Go on") if figures.get("leads_to") else words["filled"]
    return [
        {"label": filled, "value": f"{figures['filled']} / {figures['places']}"},
        *_money_fact(figures, terms),
        {"label": drawn_label(run), "value": str(figures.get("drawn", 0))},
        *_minimum_fact(figures),
        {"label": _("Countries"), "value": str(figures["countries"])},
        *(_share_fact(group_label(key, terms), share) for key, share in figures["shares"].items()),
    ]


def _money_fact(figures: Mapping[str, Any], terms: Terms) -> Iterator[dict[str, str]]:
    if figures.get("money"):
        spent, budget = figures["money"]
        value = f"{in_figures(Decimal(spent))} / {money_label(terms, Decimal(budget))}"
        yield {"label": _("Paid from the budget"), "value": value}


def _minimum_fact(figures: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    if figures.get("minimum"):
        label = _("Below the least mean of %(least)s") % {"least": to_places(figures["minimum"], 2)}
        yield {"label": label, "value": str(figures["below"])}


def _share_fact(label: str, share: str) -> dict[str, str]:
    return {
        "label": capfirst(label),
        "value": in_percent(Decimal(share) / 100) if share else "–",
        "note": "" if share else _("not told: too few people"),
    }


def ranking_chips(
    run: SelectionRun, terms: Terms, filters: dict[str, str], of: str
) -> list[dict[str, Any]]:
    """Filters by level and by result, with how many each shows; ``of`` keeps the address with the
    step of the run.
    """
    places = placements_of(run).order_by()
    by_level = dict(places.values_list("application__category").annotate(Count("id")))
    by_result = dict(places.values_list("result").annotate(Count("id"))) | {
        "drawn": run.figures.get("drawn", 0),
        "below": run.figures.get("below", 0),
        "adjusted": run.figures.get("moved", 0),
    }
    language, words = get_language() or "en", CallWords(terms)
    named = [
        ("level", level.key, level.label.in_language(language), by_level.get(level.key, 0))
        for level in terms.levels
    ]
    named += [
        ("result", value, result_words(value, words), by_result.get(value, 0))
        for value in Result.values
    ]
    drawn = _("near the line") if is_calibrated(run) else _("decided by the draw")
    named += [
        ("result", "drawn", drawn, by_result["drawn"]),
        ("result", "below", _("below the least mean"), by_result["below"]),
        ("result", "adjusted", _("moved beside the reviews"), by_result["adjusted"]),
    ]
    chips = [
        {
            "label": label,
            "url": f"?{name}={key}{of.replace('?', '&')}",
            "count": count,
            "is_current": filters[name] == key,
        }
        for name, key, label, count in named
        if count or filters[name] == key
    ]
    return [
        {
            "label": _("All"),
            "url": of or "?",
            "count": sum(by_level.values()),
            "is_current": not any(filters.values()),
        },
        *chips,
    ]


def score_select(run: SelectionRun, terms: Terms, asked: str) -> dict[str, Any]:
    """The choice of scores: about ten spans of the rubric's scale, the outer ones open, and those
    whom nobody reviewed.
    """
    rubric = rubric_of(terms, run.step)
    lowest, highest = rubric.scale_lowest, rubric.scale_highest
    width = max(1, -(-(highest - lowest) // 10))
    starts = range(lowest, highest, width)
    options = [("", _("all"))]
    for low in reversed(starts):
        high = min(low + width, highest)
        span = f"{'' if low == lowest else low}..{'' if high == highest else high}"
        label = _("%(low)s to %(high)s") if high == highest else _("%(low)s to under %(high)s")
        options.append((span, label % {"low": to_places(low, 0), "high": to_places(high, 0)}))
    options.append((NO_SCORE, _("none")))
    label = _("Raw mean") if is_calibrated(run) else _("Score")
    return {"name": "score", "label": label, "options": options, "value": asked}


def ranking_rows(
    run: SelectionRun,
    terms: Terms,
    places: Sequence[Placement],
    filters: dict[str, str],
    other: SelectionRun | None,
) -> list[RankingRow]:
    """The lines of one page of the table, in a fixed number of queries."""
    lines = dict(
        placements_of(run)
        .filter(result=Result.SELECTED)
        .order_by()
        .values_list("application__category")
        .annotate(Min("score"))
    )
    earlier = (
        {
            each.application_id: each
            for each in other.placements.filter(application__in=[p.application_id for p in places])
        }
        if other
        else {}
    )
    border = _last_selected(run, filters)
    return [
        RankingRow(
            place=place,
            asked=_asked(terms, place),
            given=place_label(terms, place.place) if place.place else "",
            lists=(
                words_for_lists(positions_at_first(place), terms)
                if place.result == Result.WAITING
                else ()
            ),
            strip=_strip(place, lines.get(place.application.category)),
            interval=interval_of(place),
            earlier=earlier.get(place.application_id),
            classes=" ".join(
                filter(
                    None,
                    (
                        "line" if place.pk == border else "",
                        "band" if place.facts.get("is_drawn") else "",
                    ),
                )
            ),
        )
        for place in places
    ]


def columns_of(run: SelectionRun, terms: Terms) -> dict[str, Any]:
    """What the columns of the ranking turn on: how scores were made, and whether the call lets
    anybody ask for a level or a host.
    """
    return {
        "is_calibrated": is_calibrated(run),
        "scale": rubric_of(terms, run.step),
        "is_asked": bool(terms.levels or terms.hosts),
    }


def interval_of(place: Placement) -> tuple[float, float, float, float | None, int] | None:
    """The ends of the rank's interval around the expected rank, the line of the places asked for,
    and how many were ranked.
    """
    facts = place.facts
    return (
        (facts["from"], facts["expected"], facts["to"], facts["line"], facts["of"])
        if "expected" in facts
        else None
    )


def _asked(terms: Terms, place: Placement) -> str:
    labels = {level.key: in_reader_language(level.label) for level in terms.levels}
    labels |= {host.key: in_reader_language(host.label) for host in terms.hosts}
    asked = (place.application.category, place.application.first_preference)
    return " · ".join(labels.get(each, each) for each in asked if each)


def _strip(place: Placement, line: Decimal | None) -> tuple[float, float, float, float] | None:
    """Lowest review, mean, highest review, and the lowest score that was still selected for this
    level.
    """
    if place.score is None or not place.facts.get("low"):
        return None
    score = float(place.score)
    return (
        float(place.facts["low"]),
        score,
        float(place.facts["high"]),
        float(line) if line is not None else score,
    )


def _last_selected(run: SelectionRun, filters: dict[str, str]) -> int | None:
    """The last application selected, under which the line is drawn, where the list shows one level
    from first to last.
    """
    if not filters["level"] or any(filters[each] for each in ("result", "text", "score")):
        return None
    shown = placements_of(run, level=filters["level"])
    last = shown.filter(result=Result.SELECTED).order_by("-rank", "-id").first()
    return last.pk if last and shown.filter(rank__gt=last.rank).exists() else None
