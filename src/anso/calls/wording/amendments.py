"""What an amendment changes, in words: where, what stood there before, and what stands now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anso.calls.models import Call, CallTerms
from anso.calls.queries import get_terms
from anso.calls.queries.amendments import amendments_of
from anso.calls.wording.choices import Shelf, column_label
from anso.calls.wording.conflicts import STRICTNESS, TIES, conflict_names
from anso.calls.wording.occasion import DAYS as OCCASION_DAYS
from anso.calls.wording.occasion import LABELS as OCCASION
from anso.calls.wording.publication import PUBLISHED
from anso.calls.wording.rows import cell_at, row_line, shelves_of, value_in_words
from anso.calls.wording.stages import days_of_stage
from anso.kernel.terms.differences import Change, is_text
from anso.kernel.wording import Text
from anso.programmes.methods import METHODS
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_a_row, in_reader_language

Lists = Sequence[Shelf]
# Names of parts and columns as they are read; whatever has none is named by its key.
NAMES: dict[str, Promise] = {
    "title": _("Title"),
    "summary": _("Summary"),
    "levels": _("What people choose"),
    "hosts": _("Hosts"),
    "outcome": _("What is given"),
    "rubric": _("Rubric"),
    "rubrics": _("Rubric"),
    "letters": _("Letters"),
    "stages": _("Timeline"),
    "benefits": _("What one receives"),
    "rules": _("Rules"),
    "groups": _("Groups of people"),
    "offer_days": _("Days for an answer"),
    "appeals_days": _("Days to ask for a review of a decision"),
    "waiting_share": _("Most who come next, in percent"),
    "selection_method": _("Method of selection"),
    "entries_each": _("How many of one person"),
    "check_keys": _("Two-minute check"),
    "figures": _("Shares that are told"),
    "nodes": _("Places"),
    "awards": _("Awards"),
    "needs": _("Places"),
    "reserves": _("Kept for groups"),
    "criteria": _("Criteria"),
    "weight": _("Weight"),
    "hint": _("Hint"),
    "anchors": _("What values of the scale mean"),
    "scale_lowest": _("Lowest score"),
    "scale_highest": _("Highest score"),
    "reviews_each": _("Reviews of each file"),
    "is_blind": _("Reviewers do not learn names"),
    "label": _("Name"),
    "name": _("Name"),
    "sentence": _("Sentence"),
    "terms": _("Limits"),
    "source": _("Source"),
    "capacity": _("Number"),
    "laureates": _("Number"),
    "count": _("Number"),
    "most": _("Number"),
    "people": _("Number"),
    "batch": _("Number"),
    "places": _("Number"),
    "budget": _("Budget"),
    "most_each": _("The most for one"),
    "country_ceiling": _("The most for one country"),
    "amount": _("Amount"),
    "currency": _("Currency"),
    "payer": _("Paid by"),
    "per": _("How often"),
    "days_after_close": _("Days after the deadline"),
    "minutes": _("Minutes it takes"),
    "words": _("Words"),
    "starts_on": _("First day"),
    "ends_on": _("Last day"),
    "supervisor": _("Supervisor"),
    "publishes": _("What is published"),
    "minimum_score": _("Least mean"),
    "adjustment_most": _("Most points of an adjustment"),
    "conflicts": _("Conflicts of interest"),
    "nouns": _("What it is called"),
    "intake": _("Batch after batch"),
    "cut_offs": _("Cut-offs of every year"),
    "last_on": _("No batch has a cut-off after"),
    "by_invitation": _("By invitation only"),
    "with_others": _("Several people may fill it in"),
    "most_waiting": _("At most so many wait for a decision at a time"),
    "occasion": _("When and where"),
    **{name: label for name, label in OCCASION.items() if name not in OCCASION_DAYS},
    "noun": _("Within a sentence"),
    "heading": _("As a heading"),
    "counted": _("With a number"),
    "forms": _("Words"),
    **conflict_names(),
}
# Columns in which a code stands, by the codes: what each is called.
CODES: dict[str, Mapping[str, Any]] = {
    "publishes": {str(each): label for each, label in PUBLISHED.items()},
    "selection_method": {key: method.label for key, method in METHODS.items()},
    **{tie: {str(each): words for each, words in STRICTNESS.items()} for tie in TIES},
}


@dataclass(frozen=True)
class ChangeRow:
    """One difference as a page and a mail show it."""

    where: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.where}: {self.before} → {self.after}"


def change_rows(changes: Iterable[Change], shelves: Lists) -> list[ChangeRow]:
    """Every difference in the reader's language: a cell of one of the lists (`shelves_of`) as its
    page calls it, anything else by the way to it.
    """
    return [_change_row(change, shelves) for change in changes]


def _change_row(change: Change, shelves: Lists) -> ChangeRow:
    found = cell_at(change.path, shelves)
    if found is None or found[0].is_text:
        return ChangeRow(
            " › ".join(_named(each) for each in _way_to(change, shelves)),
            _in_words(_decoded(change.path, change.before), change.after),
            _in_words(_decoded(change.path, change.after), change.before),
        )
    column, shelf = found
    where = (gettext(shelf.table.label), row_line(shelf).name, column_label(column, shelf))
    return ChangeRow(
        " › ".join(where),
        value_in_words(column, shelf, change.before),
        value_in_words(column, shelf, change.after),
    )


def _way_to(change: Change, shelves: Lists) -> Sequence[Text | str]:
    """The way to a difference; a rubric of its own is named by the stage that judges by it."""
    if change.part != "rubrics" or not shelves:
        return change.where
    stages = shelves[0].terms.stages
    named = next((each.label for each in stages if each.rubric == change.path[1]), change.where[1])
    return (change.where[0], named, *change.where[2:])


def _decoded(path: tuple[str, ...], value: Any) -> Any:
    """What a code is called, in a column of codes; anything else as it is."""
    known = CODES.get(path[-1], {}).get(value, value) if isinstance(value, str) else value
    return known.to_dict() if isinstance(known, Text) else known


def changes_in_words(changes: Iterable[Change], shelves: Lists) -> str:
    """The same for a mail, a line each."""
    return "\n".join(str(row) for row in change_rows(changes, shelves))


def _named(where: Text | str) -> str:
    if isinstance(where, Text):
        return in_reader_language(where)
    return str(NAMES.get(where, where.replace("_", " ")))


def _in_words(value: Any, other: Any) -> str:
    if value in (None, "", [], {}):
        return "–"
    if is_text(value):
        return _text_in_words(value, other)
    if isinstance(value, Mapping):
        names = (value.get(each) for each in ("label", "sentence", "name", "noun"))
        named = next(filter(None, names), None)
        if is_text(named) and named:
            words = in_reader_language(named)
            return in_a_row((words, days_of_stage(value))) if "starts_on" in value else words
        return in_a_row(
            f"{_named(str(key))}: {_in_words(each, None)}" for key, each in value.items()
        )
    if isinstance(value, list | tuple):
        return in_a_row(_in_words(each, None) for each in value)
    return _plain_in_words(value)


def _plain_in_words(value: Any) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    try:
        return day_in_words(dt.date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def _text_in_words(value: Mapping[str, str], other: Any) -> str:
    """The text in the reader's language; where it is the same there, in the languages that
    differ.
    """
    theirs = other if isinstance(other, Mapping) else {}
    mine = in_reader_language(value)
    if not theirs or mine != in_reader_language(theirs):
        return mine
    differing = [f"{code}: {words}" for code, words in value.items() if words != theirs.get(code)]
    return " / ".join(differing) or "–"


def amendment_rows(call: Call) -> list[tuple[CallTerms, list[ChangeRow]]]:
    """The amendments that were announced, each with its differences, as everyone reads them."""
    announced = amendments_of(call)
    shelves = shelves_of(call, get_terms(call)) if announced else []
    return [(each.terms, change_rows(each.changes, shelves)) for each in announced]
