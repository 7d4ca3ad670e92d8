"""The lists of a call that officers edit row by row, as they stand in what officers work on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from anso.calls.models import Call
from anso.calls.queries.amendments import get_working_terms
from anso.calls.queries.terms import form_purposes, get_working_form
from anso.kernel.questions import ColumnKind, Form, Question
from anso.kernel.questions.tables import COLUMNS, OPTIONS, SECTIONS, SUMS, WITH_OPTIONS
from anso.kernel.rows import RowTable
from anso.kernel.terms import Terms, to_plain
from anso.kernel.terms.tables import OFFERED_IN, TABLES
from anso.kernel.wording import Text
from anso.programmes.outcomes import find_outcome
from anso.questionnaires.queries import form_of, versions_of

# The lists that questions have, and which of them a type has.
LISTS = {each.key: each for each in (OPTIONS, COLUMNS, SUMS)}
LISTED_IN = {**dict.fromkeys(WITH_OPTIONS, (OPTIONS,)), "table": (COLUMNS, SUMS)}
NAMED_BY_WHAT_IS_GIVEN = {"levels": "level", "hosts": "host"}


def tables_of(terms: Terms) -> dict[str, RowTable]:
    """The lists of a call by their keys: those that all have, and the one of its outcome. Levels
    and hosts are listed where there are any, or where what is given may name one.
    """
    code = terms.outcome.code
    own = find_outcome(code).rows if code else None
    named = {column.name for column in own.columns} if own else set()
    kept_back = {
        key
        for key, column in NAMED_BY_WHAT_IS_GIVEN.items()
        if column not in named and not getattr(terms, key)
    }
    shared = {key: table for key, table in TABLES.items() if key not in kept_back}
    return {**shared, **({own.key: own} if own else {})}


@dataclass(frozen=True)
class CallList:
    """One list of a call as officers work on it: its table, the content in which it stands, and
    where that is a form, for which purpose, in which question and in which of its columns.
    """

    table: RowTable
    content: Mapping[str, Any]
    purpose: str = ""
    question: str = ""
    column: str = ""


def find_list(call: Call, key: str) -> CallList | None:
    """The list with that key, or None. A list of the terms has the key of its table; those of a
    form name its purpose, the question and its column: ``sections-application``,
    ``options-application-level``, ``columns-application-costs`` or
    ``options-application-costs-kind``.
    """
    name, *places = key.split("-")
    if not places:
        found = tables_of(get_working_terms(call)).get(key)
        return CallList(found, get_working_design(call)) if found else None
    purpose, question, column, further = (*places, "", "", "", "")[:4]
    form = get_working_form(call, purpose)[1]
    if name == SECTIONS.key and form.sections and not question:
        table = replace(SECTIONS, key=key, within=f"{purpose}.sections")
        return CallList(table, form.to_dict(), purpose)
    asked = {each.key: each for each in form.questions()}.get(question)
    listed = {table.key for table in lists_of_question(asked)} if asked else set()
    if asked is None or further or (name not in listed and not column):
        return None
    within = ".".join([*places, name])
    if not column:
        table = replace(LISTS[name], key=key, within=within)
        return CallList(table, asked.to_dict(), purpose, question)
    chosen = {each.key: each for each in asked.columns if each.kind is ColumnKind.CHOICE}
    if name != OPTIONS.key or column not in chosen:
        return None
    table = replace(OPTIONS, key=key, within=within)
    return CallList(table, chosen[column].to_dict(), purpose, question, column)


def lists_of_question(question: Question) -> tuple[RowTable, ...]:
    """The lists that a question has: the answers that may be chosen, or the columns of a table and
    the rules about its amounts, where it has any.
    """
    found = LISTED_IN.get(question.type, ())
    return tuple(each for each in found if each is not SUMS or question.sums)


def offered_by(call: Call, question: str) -> str:
    """The key of the list of the terms which the options of a question follow, or blank."""
    terms = get_working_terms(call)
    return next(
        (key for key, asked in OFFERED_IN.items() if asked == question and getattr(terms, key)),
        "",
    )


def get_working_design(call: Call) -> dict[str, Any]:
    """What officers edit, as plain content; what the call promises where nothing is edited."""
    return dict(to_plain(get_working_terms(call)))


def working_forms(call: Call) -> dict[str, Form]:
    """All forms of a call as officers edit them, by their purposes."""
    return {purpose: get_working_form(call, purpose)[1] for purpose in form_purposes(call)}


def names_of_forms(call: Call) -> dict[str, Text]:
    """What each form is called, the application first: as the stage in which it is filled or the
    letter that it is, also after these were named anew; otherwise as the form itself says.
    """
    terms = get_working_terms(call)
    named = {stage.form: stage.label for stage in terms.stages if stage.form}
    named |= {rule.kind: rule.words.name for rule in terms.letters}
    return {purpose: named.get(purpose) or label for purpose, label in form_purposes(call).items()}


def forms_in_force(call: Call) -> dict[str, Form]:
    """All forms of a published call as people fill them, by their purposes."""
    found = versions_of(call).filter(published_at__isnull=False).order_by("number")
    return {version.purpose: form_of(version) for version in found}
