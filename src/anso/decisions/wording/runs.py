"""A selection run in words: what was ranked and how, what was verified on it, what was kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anso.calls.wording import entries_of
from anso.decisions.models import SelectionRun
from anso.decisions.queries import is_calibrated, steps_of
from anso.decisions.wording.beside_reviews import words_for_withheld
from anso.decisions.wording.labels import group_label, place_label
from anso.kernel.terms import Terms
from anso.programmes.methods import find_selection_method
from anso.programmes.wording import CallWords
from anso.ui.figures import in_figures, to_places
from anso.ui.question_fields import in_reader_language

HALF = 0.005
CHECKS = {
    "budget": gettext_lazy("Nothing is paid that the budget does not have."),
    "capacity": gettext_lazy("Nothing was given more often than there is of it."),
    "ceilings": gettext_lazy("No country received more than the call allows."),
    "open to": gettext_lazy("Everybody belongs to the groups that what they received is kept for."),
    "nothing wasted": gettext_lazy(
        "Nothing stayed free that somebody could take who has what the call requires."
    ),
    "wishes known": gettext_lazy("Everybody asks for something that the call gives."),
    "no justified envy": gettext_lazy(
        "Nobody lost what they wanted to somebody ranked lower by a rule that would have let them"
        " have it."
    ),
}

BESIDE_WITHHELD = {
    "nothing wasted": gettext_lazy(
        "Of what is awarded, nothing stayed free that somebody could take who has what the call"
        " requires."
    ),
}


def drawn_label(run: SelectionRun) -> str:
    """What those are called whose order was drawn."""
    return _("Cannot be separated") if is_calibrated(run) else _("Decided by the draw")


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
        if capacity or not run.figures.get("withheld")
    ]


def adjusted_words(run: SelectionRun) -> list[tuple[str, str, str]]:
    """Whom the panel moved in the run: the number, the points with their sign, and why."""
    return [
        (number, signed(float(points)), because)
        for number, points, because in run.figures.get("adjusted", ())
    ]


def withheld_words(run: SelectionRun, terms: Terms) -> list[str]:
    """What the run does not award, and why."""
    return [
        words_for_withheld(place, because, terms)
        for place, because in run.figures.get("withheld", ())
    ]


def short_words(run: SelectionRun) -> dict[str, Any] | None:
    """Which files have fewer reviews than the call promises, how many each, and why they are ranked
    all the same, once somebody said it; None where there are none.
    """
    short = run.figures.get("short", ())
    if not short:
        return None
    each = run.figures["reviews_each"]
    text = ngettext(
        "%(entries)s has fewer reviews than the call promises.",
        "%(entries)s have fewer reviews than the call promises.",
        len(short),
    )
    of = _("%(given)s of %(needed)s")
    return {
        "heading": text % {"entries": entries_of(run.call, len(short))},
        "files": [
            (number, of % {"given": in_figures(given), "needed": in_figures(each)})
            for number, given in short
        ],
        "because": run.few_because,
    }


def check_rows(run: SelectionRun) -> list[tuple[bool, str, str]]:
    """What was verified on the finished allocation: whether it holds, in the reader's words, and
    the finding where it does not.
    """
    known = CHECKS | (BESIDE_WITHHELD if run.figures.get("withheld") else {})
    return [
        (holds, str(known.get(name, finding)), "" if holds else finding)
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
            "Kept for %(group)s (%(place)s): %(wanted)s; %(held)s of the group who received nothing"
            " else could take one, so the rest was released."
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
        "beside_reviews": _("decided beside the reviews"),
        "not_awarded": _("what is not awarded"),
        "few_reviews": _("fewer reviews than promised"),
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
    return _("%(entries)s · reviews: %(reviews)s · %(method)s") % facts
