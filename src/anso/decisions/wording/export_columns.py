"""What an export of applications can say of a selection: rank, mean, result, what was given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.applications.wording.export_columns import NO_COLUMNS, ExportGroup, export_address
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions.models import Placement
from anso.decisions.queries import (
    get_final_run,
    mean_that_counts,
    positions_at_first,
    runs_of,
)
from anso.decisions.queries.ranking_steps import find_ranking_step
from anso.decisions.wording.placements import place_label, result_words, words_for_lists
from anso.programmes.wording import CallWords

RANKING_COLUMNS = ("number", "name", "country", "level", "rank", "score", "result", "place")


def ranking_export_url(call: Call) -> str:
    """The page on which columns are chosen, with those of a ranking ticked."""
    return export_address(call, *RANKING_COLUMNS)


def columns_of_selection(call: Call, account: Account, now: dt.datetime) -> ExportGroup:
    """Of the released selection, else of the newest one of the step that is decided next; none
    before there is one. Everybody on the desk of a call reads its ranking.
    """
    run = get_final_run(call) or runs_of(call, find_ranking_step(call, "")).first()
    if run is None:
        return NO_COLUMNS
    terms = get_terms(call)
    words = CallWords(terms)

    def cells_of(each: Placement) -> Mapping[str, Any]:
        mean = mean_that_counts(each)
        return {
            "rank": each.rank,
            "score": None if mean is None else float(mean),
            "reviews": each.review_count,
            "result_code": each.result,
            "result": result_words(each.result, words),
            "place": place_label(terms, each.place) if each.place else "",
            "waiting": " ".join(words_for_lists(positions_at_first(each), terms)),
        }

    def cells(ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
        found = run.placements.filter(application__in=ids).defer("reason")
        return {each.application_id: cells_of(each) for each in found}

    headings = {
        "rank": _("Rank"),
        "score": _("Mean that counts"),
        "reviews": _("Reviews"),
        "result_code": _("Result, code"),
        "result": _("Result"),
        "place": _("What was given"),
        "waiting": _("Number on the waiting list at the selection"),
    }
    heading = _("Selection, run %(number)s") % {"number": run.number}
    return ExportGroup(heading, headings, cells)
