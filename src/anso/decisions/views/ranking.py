"""How the page of a run is laid out: facts, filters, rows, places and what was checked. The views
themselves are in ``runs``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from anso.decisions.enums import Result
from anso.decisions.models import Placement, SelectionRun
from anso.decisions.queries import placements_of, steps_of
from anso.decisions.wording import group_label, place_label, result_words
from anso.kernel.terms import Terms
from anso.programmes.methods import find_selection_method
from anso.programmes.wording import CallWords
from anso.ui.figures import in_percent, to_places
from anso.ui.question_fields import in_reader_language

HALF = 0.005
CHECKS = {
    "capacity": gettext_lazy("Nothing was given more often than there is of it."),
    "ceilings": gettext_lazy("No country received more than the call allows."),
    "open to": gettext_lazy("Everybody belongs to the groups that what they received is kept for."),
    "nothing wasted": gettext_lazy("Nothing stayed free that somebody could take."),
    "no justified envy": gettext_lazy(
        "Nobody lost what they wanted to somebody ranked lower by a rule that would have let them"
        " have it."
    ),
}


@dataclass(frozen=True)
class RankingRow:
    """One line of the table: the placement, what it asked for, what it got, the picture of its
    reviews or of its rank, and its place in another run.
    """

    place: Placement
    asked: str
    given: str
    strip: tuple[float, float, float, float] | None
    interval: tuple[float, float, float, float | None, int] | None
    earlier: Placement | None
    classes: str


def is_calibrated(run: SelectionRun) -> bool:
    """Whether the run was calibrated; one whose reviews were too few was not."""
    return bool(run.figures.get("method") == "calibrated" and not run.figures.get("is_too_thin"))


def ranking_facts(run: SelectionRun, words: CallWords, terms: Terms) -> list[dict[str, str]]:
    """The figures at the head of the page."""
    figures = run.figures
    return [
        {"label": words["filled"], "value": f"{figures['filled']} / {figures['places']}"},
        {"label": drawn_label(run), "value": str(figures.get("drawn", 0))},
        {"label": _("Countries"), "value": str(figures["countries"])},
        *(_share_fact(group_label(key, terms), share) for key, share in figures["shares"].items()),
    ]


def _share_fact(label: str, share: str) -> dict[str, str]:
    return {
        "label": capfirst(label),
        "value": in_percent(Decimal(share) / 100) if share else "–",
        "note": "" if share else _("not told: too few people"),
    }


def drawn_label(run: SelectionRun) -> str:
    """What those are called whose order was drawn."""
    return _("Cannot be separated") if is_calibrated(run) else _("Decided by the draw")


def ranking_chips(
    run: SelectionRun, terms: Terms, filters: dict[str, str], of: str
) -> list[dict[str, Any]]:
    """Filters by level and by result, with how many each shows; ``of`` keeps the address with the
    step of the run.
    """
    places = placements_of(run).order_by()
    by_level = dict(places.values_list("application__category").annotate(Count("id")))
    by_result = dict(places.values_list("result").annotate(Count("id"))) | {
        "drawn": run.figures.get("drawn", 0)
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
    named.append(
        (
            "result",
            "drawn",
            _("near the line") if is_calibrated(run) else _("decided by the draw"),
            by_result["drawn"],
        )
    )
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


def signed(number: float | None) -> str:
    """A difference with its sign, to two places."""
    if number is None:
        return "–"
    size = to_places(abs(number), 2)
    return f"{'−' if number <= -HALF else '+' if number >= HALF else ''}{size}"


def place_rows(run: SelectionRun, terms: Terms) -> list[tuple[str, int, int]]:
    """Filled and capacity of every group of places that people are placed in."""
    return [
        (place_label(terms, key), filled, capacity)
        for key, (filled, capacity) in run.figures["leaves"].items()
    ]


def check_rows(run: SelectionRun) -> list[tuple[bool, str, str]]:
    """What was verified on the finished allocation: whether it holds, in the reader's words, and
    the finding where it does not.
    """
    return [
        (holds, str(CHECKS.get(name, finding)), "" if holds else finding)
        for name, holds, finding in run.figures["checks"]
    ]


def reserve_rows(run: SelectionRun, terms: Terms) -> list[tuple[bool, str]]:
    """Every reserve: whether it was filled, and how many of its places the group holds. A shortfall
    is told; it breaks no rule.
    """
    found = []
    for group, node, wanted, held in run.figures.get("reserves", ()):
        facts = {
            "group": group_label(group, terms),
            "place": place_label(terms, node) if node else _("everywhere"),
            "wanted": wanted,
            "held": held,
        }
        full = _("Kept for %(group)s (%(place)s): %(wanted)s, and the group received as many.")
        short = _(
            "Kept for %(group)s (%(place)s): %(wanted)s; %(held)s of the group could take one, so"
            " the rest was released."
        )
        found.append((held >= wanted, (full if held >= wanted else short) % facts))
    return found


def step_links(run: SelectionRun) -> list[tuple[str, str]]:
    """The records of the run that can be downloaded: the step and its name."""
    names = {
        "ranking": _("ranking"),
        "calibration": _("calibration"),
        "provisional": _("selection before the draw"),
        "places": _("selection"),
    }
    return [
        (step, names.get(step) or _("draw %(number)s") % {"number": step.removeprefix("draw_")})
        for step in steps_of(run)
    ]


def subheading_of(run: SelectionRun, words: CallWords) -> str:
    """How much was ranked and by which method, in one line under the heading."""
    method = (
        "rank_and_fill"
        if run.figures.get("is_too_thin")
        else run.figures.get("method", "rank_and_fill")
    )
    label = in_reader_language(find_selection_method(method).label)
    facts = {
        "entries": words.count_entries(run.figures["applications"]),
        "reviews": run.figures["reviews"],
        "method": label.lower(),
    }
    return _("%(entries)s · %(reviews)s reviews · %(method)s") % facts


def _asked(terms: Terms, place: Placement) -> str:
    labels = {level.key: in_reader_language(level.label) for level in terms.levels}
    level, host = place.application.category, place.application.first_preference
    return " · ".join(filter(None, (labels.get(level, level), host)))


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
    if not filters["level"] or filters["result"] or filters["text"]:
        return None
    shown = placements_of(run, level=filters["level"])
    last = shown.filter(result=Result.SELECTED).order_by("-rank", "-id").first()
    return last.pk if last and shown.filter(rank__gt=last.rank).exists() else None
