"""The lists of a call in words: what stands in a cell, what a rule computes, which languages a row
lacks, and what can be added to a list.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from anso.calls.models import Call
from anso.calls.queries.amendments import get_working_terms
from anso.calls.queries.rows import CallList, forms_in_force, tables_of
from anso.calls.wording.choices import (
    Choices,
    Shelf,
    choices_for,
    condition_in_words,
    fact_in_words,
    of_row,
)
from anso.calls.wording.stages import stage_facts
from anso.kernel.eligibility import RULE_KINDS
from anso.kernel.periods import CALL_DAY
from anso.kernel.questions import read_condition
from anso.kernel.questions.tables import SECTIONS, SUMS
from anso.kernel.rows import Column, ColumnKind, cell, missing_languages, with_cell
from anso.kernel.terms import Terms, to_plain
from anso.kernel.terms.tables import BENEFITS, LETTERS, RULE_SETS, RULES, STAGES
from anso.programmes.catalogue import KINDS
from anso.programmes.kinds import LetterPlan
from anso.ui.figures import in_figures
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_reader_language

WITH_KINDS = (RULES.key, LETTERS.key)
# What stands in a new row before anybody has chosen.
DEFAULTS: dict[str, dict[str, Any]] = {
    RULES.key: {"standard": "required", "source": ""},
    RULE_SETS.key: {"rules": []},
    BENEFITS.key: {"per": "once"},
}


# Lists that stand beside each other, and the pages on which the rest of the same is changed.
FAMILIES = (
    ("calls:edit", "calls:nouns"),
    ("rules", "rule_sets", "further_rules"),
    ("letters",),
    ("benefits",),
    ("calls:outcome", "places", "levels", "hosts", "groups"),
    ("calls:timeline", "stages"),
)
PAGES = {
    "calls:edit": gettext_lazy("Words and dates"),
    "calls:nouns": gettext_lazy("What it is called"),
    "calls:outcome": gettext_lazy("Numbers"),
    "calls:timeline": gettext_lazy("Days"),
}


def family_of(here: str) -> tuple[str, ...]:
    """The lists and pages that stand beside one, itself among them."""
    return next(family for family in FAMILIES if here in family)


@dataclass(frozen=True)
class RowLine:
    """One row as a list shows it."""

    key: str
    name: str
    facts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


def row_line(shelf: Shelf) -> RowLine:
    """A row in the reader's language: its name, what is told of it, which languages it lacks."""
    table, row = shelf.table, shelf.row
    told = [each for each in table.columns if each.is_listed or each.name.startswith("terms.")]
    facts = [(_(each.label), cell_in_words(each, shelf)) for each in told]
    name = in_reader_language(cell(row, table.name) or {}) or table.key_of(row)
    name = _(table.one) if table.is_single else name
    if table.key == STAGES.key:
        facts = [*stage_facts(row), *facts]
    if table.key == RULES.key and row.get("kind") in RULE_KINDS:
        facts = [
            (_("Rule"), row["code"]),
            (_("Kind"), _(RULE_KINDS[row["kind"]].label)),
            *facts,
        ]
    return RowLine(
        table.key_of(row),
        name,
        tuple((label, words) for label, words in facts if words),
        languages_in_words(missing_in(shelf)),
    )


def missing_in(shelf: Shelf) -> tuple[str, ...]:
    """The languages of the alliance in which a text of the row is missing."""
    codes = [code for code, _language in settings.LANGUAGES]
    return missing_languages(shelf.table.columns, shelf.row, codes)


def languages_in_words(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Languages by their own names."""
    return tuple(str(dict(settings.LANGUAGES)[code]) for code in codes)


def shelves_of(call: Call, terms: Terms) -> list[Shelf]:
    """All lists in some terms of a call, beside the forms that people fill."""
    forms, design = forms_in_force(call), to_plain(terms)
    return [
        Shelf(terms, forms, CallList(table, design), table) for table in tables_of(terms).values()
    ]


def cell_at(path: tuple[str, ...], shelves: Iterable[Shelf]) -> tuple[Column, Shelf] | None:
    """The cell of a list to which a path in the terms leads, and its row; None for anything else,
    and where the row is gone.
    """
    for shelf in shelves:
        found = shelf.table.split(path)
        row = shelf.table.row(shelf.within.content, found[0]) if found else None
        if found and row is not None:
            here = of_row(shelf, row)
            column = here.table.column(found[1])
            return (column, here) if column else None
    return None


def value_in_words(column: Column, shelf: Shelf, value: Any) -> str:
    """What stood or stands in the cell of a row, as it can be read."""
    row = with_cell(shelf.row, column.name, value)
    return cell_in_words(column, replace(shelf, row=row)) or "–"


def cell_in_words(column: Column, shelf: Shelf) -> str:
    """What stands in a cell, as it can be read; blank for nothing."""
    value = cell(shelf.row, column.name)
    if value in (None, "", [], {}):
        return ""
    return WORDS.get(column.kind, lambda _column, _shelf, given: str(given))(column, shelf, value)


def day_of_call_in_words(code: str) -> str:
    """ "closing+2" as it can be read."""
    found = CALL_DAY.fullmatch(code)
    count, is_opening = int(found[2] or 0) if found else 0, code.startswith("opening")
    if not count:
        return _("the opening day") if is_opening else _("the closing day")
    return _years_in_words(abs(count), is_opening=is_opening, is_after=count > 0)


def _years_in_words(count: int, *, is_opening: bool, is_after: bool) -> str:
    facts = {"count": count}
    if is_opening and is_after:
        text = ngettext(
            "%(count)s year after the opening day", "%(count)s years after the opening day", count
        )
    elif is_opening:
        text = ngettext(
            "%(count)s year before the opening day", "%(count)s years before the opening day", count
        )
    elif is_after:
        text = ngettext(
            "%(count)s year after the closing day", "%(count)s years after the closing day", count
        )
    else:
        text = ngettext(
            "%(count)s year before the closing day", "%(count)s years before the closing day", count
        )
    return text % facts


def _choice_in_words(column: Column, shelf: Shelf, value: Any) -> str:
    if column.choices == "facts":
        names = value if isinstance(value, list | tuple) else [value]
        return _(", ").join(fact_in_words(str(name), shelf) for name in names)
    words = dict(choices_for(column, shelf))
    chosen = value if isinstance(value, list | tuple) else [value]
    return _(", ").join(words.get(str(each), str(each)) for each in chosen)


def _day_in_words(_column: Column, _shelf: Shelf, value: Any) -> str:
    if CALL_DAY.fullmatch(str(value)):
        return day_of_call_in_words(str(value))
    return day_in_words(dt.date.fromisoformat(str(value)))


WORDS: dict[ColumnKind, Callable[[Column, Shelf, Any], str]] = {
    ColumnKind.WORDS: lambda _column, _shelf, value: in_reader_language(value),
    ColumnKind.LINES: lambda _column, _shelf, value: in_reader_language(value),
    ColumnKind.WHOLE: lambda _column, _shelf, value: in_figures(int(value)),
    ColumnKind.AMOUNT: lambda _column, _shelf, value: in_figures(str(value)),
    ColumnKind.YES_NO: lambda _column, _shelf, value: _("Yes") if value else _("No"),
    ColumnKind.ONE: _choice_in_words,
    ColumnKind.SEVERAL: _choice_in_words,
    ColumnKind.DAY: _day_in_words,
    ColumnKind.CONDITION: lambda _column, shelf, value: condition_in_words(
        read_condition(value), list(shelf.questions())
    ),
}


def kinds_of_rows(shelf: Shelf) -> Choices:
    """What can be added to a list, where rows have kinds: rules of the register, with the question
    that they look at, and letters that some programme asks for.
    """
    if shelf.table.key == RULES.key:
        return [choice for code in RULE_KINDS for choice in _rules_of_kind(code, shelf)]
    if shelf.table.key == LETTERS.key:
        asked = {rule.kind for rule in shelf.terms.letters}
        return [
            (f"{code}:{plan.rule.kind}", _letter_in_words(code, plan))
            for code, kind in KINDS.items()
            for plan in kind.letters
            if plan.rule.kind not in asked
        ]
    return []


def _rules_of_kind(code: str, shelf: Shelf) -> Choices:
    kind = RULE_KINDS[code]
    fact = next((each for each in kind.asks if each.name == "terms.fact"), None)
    if fact is None or fact.kind is not ColumnKind.ONE:
        return [(code, _(kind.label))]
    text = _("%(rule)s: “%(question)s”")
    return [
        (f"{code}:{name}", text % {"rule": _(kind.label), "question": words})
        for name, words in choices_for(fact, shelf)
    ]


def _letter_in_words(code: str, plan: LetterPlan) -> str:
    facts = {"letter": in_reader_language(plan.rule.words.name)}
    facts["programme"] = in_reader_language(KINDS[code].name)
    return _("%(letter)s, as in “%(programme)s”") % facts


def of_new_row(shelf: Shelf, kind: str) -> Shelf:
    """The row that is to be added, as far as its kind settles it, with the cells that are still to
    be filled in; of a letter none, since it comes with all its words.
    """
    if shelf.table.key == LETTERS.key:
        return replace(shelf, table=replace(shelf.table, columns=()))
    row = dict(DEFAULTS.get(shelf.table.key, {}))
    if shelf.table.key == RULES.key:
        code, _sign, fact = kind.partition(":")
        row |= {"kind": code, "terms": {"fact": fact} if fact else {}}
        row["of"] = shelf.terms.rules[0]["code"] if shelf.terms.rules else ""
    if shelf.within.purpose and not shelf.within.question:
        row |= {"questions": []}
    new = of_row(shelf, row)
    columns = tuple(
        each for each in new.table.columns if each.name != "terms.fact" or not cell(row, each.name)
    )
    return replace(new, table=replace(new.table, columns=columns))


def find_plan(choice: str) -> LetterPlan | None:
    """The letter that was chosen, or None."""
    code, _sign, letter = choice.partition(":")
    kind = KINDS.get(code)
    plans = kind.letters if kind else ()
    return next((plan for plan in plans if plan.rule.kind == letter), None)


def list_name(shelf: Shelf) -> str:
    """What a list is called; the options of a question by the question."""
    question = shelf.within.question
    asked = shelf.forms[shelf.within.purpose].question(question) if question else None
    if asked is None:
        return _(shelf.table.label)
    facts = {"question": in_reader_language(asked.label)}
    if asked.type != "table":
        return _("Answers to “%(question)s”") % facts
    column = next((each for each in asked.columns if each.key == shelf.within.column), None)
    if column is None:
        if shelf.table.key.startswith(f"{SUMS.key}-"):
            return _("Rules about amounts of “%(question)s”") % facts
        return _("Columns of “%(question)s”") % facts
    return _("Answers to “%(question)s”") % {"question": in_reader_language(column.label)}


def lists_beside(call: Call, here: str) -> list[tuple[str, str, bool]]:
    """The lists and pages that belong together with one, as label, address and whether it is this
    one; nothing where it stands alone.
    """
    name, _sign, rest = here.partition("-")
    if rest:
        purpose = rest.partition("-")[0]
        page = reverse("calls:questions_of", args=[call.reference, purpose])
        sections = f"{SECTIONS.key}-{purpose}"
        address = reverse("calls:rows", args=[call.reference, sections])
        return [
            (_("Questions"), page, name == "questions"),
            (_(SECTIONS.label), address, here == sections),
        ]
    tables = tables_of(get_working_terms(call))
    found = []
    for each in family_of(here):
        if each in PAGES:
            found.append((str(PAGES[each]), reverse(each, args=[call.reference]), each == here))
        elif each in tables:
            address = reverse("calls:rows", args=[call.reference, each])
            found.append((_(tables[each].label), address, each == here))
    return found if len(found) > 1 else []
