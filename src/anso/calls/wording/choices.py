"""What may be chosen in the cells of a call's lists, by the names that their columns give it, in
the reader's words: levels, hosts, questions, answers, countries.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.calls.queries.presentation import rubrics_shown
from anso.calls.queries.rows import CallList
from anso.calls.wording.presentation import how_often
from anso.calls.wording.questions import COLUMN_KINDS
from anso.directory.enums import CountryClassCode
from anso.directory.wording import country_choices
from anso.kernel.eligibility import Standard
from anso.kernel.questions import (
    AllOf,
    Answered,
    AnyOf,
    Condition,
    Equals,
    Form,
    Meaning,
    Question,
)
from anso.kernel.rows import Column, Row, RowTable, cell
from anso.kernel.terms import LetterNeed, Terms
from anso.kernel.terms.stages import OWN_RUBRIC
from anso.kernel.terms.tables import table_of_row
from anso.programmes.kinds import APPLICATION
from anso.ui.question_fields import in_reader_language, join_words

Choices = list[tuple[str, str]]
# Few enough answers that a rule or a question may depend on one of them.
MOST_ANSWERS = 20
# What takes longer than two minutes, or is no fact about whoever thinks of applying.
NOT_CHECKED = ("file", "longtext", "person", "statement", "table", "dois")
NEEDS = {
    LetterNeed.SUBMISSION: gettext_lazy("cannot be submitted"),
    LetterNeed.DAY: gettext_lazy("can be submitted, but nothing can be given to it"),
    LetterNeed.WANTED: gettext_lazy("is as good as any other"),
}
STANDARDS = {
    Standard.REQUIRED: gettext_lazy("is not eligible"),
    Standard.FAVOURED: gettext_lazy("stays eligible; meeting it only speaks for somebody"),
}
COMPARED = {
    "people": gettext_lazy("people, by their names and addresses"),
    "organisations": gettext_lazy("organisations, as the directory knows them"),
    "texts": gettext_lazy("texts, word for word"),
}
DEGREES = {
    "bachelor": gettext_lazy("bachelor’s degree"),
    "master": gettext_lazy("master’s degree"),
    "doctor": gettext_lazy("doctorate"),
}
# What is counted of an application beside its answers, and as which type it can be looked at.
COUNTED_FACTS = {
    "partner_organisations": ("count", gettext_lazy("organisations that work together")),
    "partner_countries": ("partner_countries", gettext_lazy("countries that work together")),
    "partner_members": ("count", gettext_lazy("members of the alliance that work together")),
    "applications_in_call": ("count", gettext_lazy("how many of one person in this call")),
    "applications_for_person": ("count", gettext_lazy("entries for one person in this call")),
    "applicant_addresses": ("names", gettext_lazy("mail addresses of whoever submits")),
    "applicant_names": ("names", gettext_lazy("names of whoever submits")),
    "decided_before": ("count", gettext_lazy("how many of one person an earlier batch decided")),
}
ALSO_COUNTED = {"partner_countries": ("count",)}


@dataclass(frozen=True)
class Shelf:
    """What the cells of one row are chosen from: the terms and forms of a call, the list in its
    content, and the row.
    """

    terms: Terms
    forms: Mapping[str, Form]
    within: CallList
    table: RowTable
    row: Row = field(default_factory=dict)

    def rows(self) -> list[Row]:
        """All rows of the list."""
        return self.within.table.rows(self.within.content)

    @property
    def application(self) -> Form:
        """What everybody is asked; nothing where the call has no such form."""
        return self.forms.get(APPLICATION, Form(()))

    def questions(self) -> Iterator[Question]:
        """All questions of all forms, those of the application first; each key once."""
        seen: set[str] = set()
        for form in (self.application, *self.forms.values()):
            for question in form.questions():
                if question.key not in seen:
                    seen.add(question.key)
                    yield question

    def find(self, key: str) -> Question | None:
        """The question with that key, or None."""
        return next((each for each in self.questions() if each.key == key), None)


def of_row(shelf: Shelf, row: Row) -> Shelf:
    """The same for one row, with the columns that it has."""
    return replace(shelf, table=table_of_row(shelf.table, row), row=row)


def column_label(column: Column, shelf: Shelf) -> str:
    """What a cell is called."""
    if not column.about:
        return _(column.label)
    question = shelf.find(column.about)
    return _(column.label) % {"question": label_of(question) if question else column.about}


def choices_for(column: Column, shelf: Shelf) -> Choices:
    """What may be chosen in a cell; what is chosen now and cannot be any more stands last, so that
    it is seen and goes only when somebody takes it away.
    """
    offered = list(CHOICES[column.choices](shelf, column)) if column.choices else []
    value = cell(shelf.row, column.name)
    chosen = value if isinstance(value, list | tuple) else [value] if value else []
    known = {code for code, _words in offered}
    lost = _("“%(name)s”, which is not there any more")
    return offered + [
        (str(each), lost % {"name": each}) for each in chosen if str(each) not in known
    ]


def condition_choices(questions: Collection[Question], now: Condition | None) -> Choices:
    """On what a rule or a question may depend: one answer to a question with few; what it depends
    on now is among them.
    """
    offered = [
        (condition_code(Equals(question.key, value)), f"{label_of(question)}: {words}")
        for question in questions
        for value, words in _few_answers(question)
    ]
    if now is not None and condition_code(now) not in dict(offered):
        offered.append((condition_code(now), condition_in_words(now, questions)))
    return offered


def condition_code(condition: Condition) -> str:
    """A condition as a page sends it."""
    return json.dumps(condition.to_dict(), sort_keys=True, separators=(",", ":"))


def condition_in_words(condition: Condition, questions: Collection[Question]) -> str:
    """A condition as it can be read."""
    if isinstance(condition, AllOf | AnyOf):
        parts = [condition_in_words(part, questions) for part in condition.parts]
        return join_words(parts) if isinstance(condition, AnyOf) else _(" and ").join(parts)
    question = next((each for each in questions if each.key == condition.key), None)
    label = label_of(question) if question else condition.key
    if isinstance(condition, Answered):
        text = _("%(question)s: answered") if condition.is_answered else _("%(question)s: open")
        return text % {"question": label}
    wanted = (condition.value,) if isinstance(condition, Equals) else condition.values
    words = dict(_few_answers(question)) if question else {}
    return f"{label}: {join_words(str(words.get(each, each)) for each in wanted)}"


def label_of(question: Question) -> str:
    """A question in the reader's language, without what ends it."""
    return in_reader_language(question.label).rstrip(" ?؟:.")


def fact_in_words(name: str, shelf: Shelf) -> str:
    """What a rule looks at, in words."""
    if name in COUNTED_FACTS:
        return str(COUNTED_FACTS[name][1])
    question = shelf.find(name)
    return label_of(question) if question else name


def _few_answers(question: Question) -> list[tuple[str | bool, str]]:
    if question.type == "yesno":
        return [(True, _("Yes")), (False, _("No"))]
    if question.type not in ("choice", "multichoice") or len(question.options) > MOST_ANSWERS:
        return []
    return [(each.value, in_reader_language(each.label)) for each in question.options]


def _options(question: Question | None) -> Choices:
    if question is None:
        return []
    if question.type == "country" and not question.options:
        return country_choices()
    return [(each.value, in_reader_language(each.label)) for each in question.options]


def _facts(shelf: Shelf, column: Column) -> Iterator[tuple[str, str]]:
    for question in shelf.questions():
        if question.type in column.types:
            yield question.key, label_of(question)
    for name, (kind, words) in COUNTED_FACTS.items():
        if {kind, *ALSO_COUNTED.get(name, ())} & set(column.types):
            yield name, str(words)


def _meant(shelf: Shelf, meaning: str) -> Question | None:
    found = (each for each in shelf.application.questions() if meaning in each.means)
    return next(found, None)


def _degrees(shelf: Shelf, _column: Column) -> Choices:
    asked = _options(_meant(shelf, Meaning.DEGREE))
    return [(code, words) for code, words in asked if code in DEGREES] or _words_of(DEGREES)


def _languages(shelf: Shelf, _column: Column) -> Choices:
    fact = str(cell(shelf.row, "terms.fact") or "")
    return _options(shelf.find(fact) or _meant(shelf, Meaning.LANGUAGE_PROOF))


def _meanings(shelf: Shelf, _column: Column) -> Choices:
    return [
        (str(meaning), label_of(question))
        for meaning in Meaning
        for question in [_meant(shelf, meaning)]
        if question is not None and question.type in ("country", "choice", "multichoice")
    ]


def _places(shelf: Shelf, _column: Column) -> Choices:
    """Groups of places of which another may be a part: all but itself and those below it."""
    below = {shelf.row.get("key")}
    nodes = shelf.terms.outcome.tree()
    for node in nodes:  # every node stands before those below it
        below |= {node.key} if node.parent in below else set()
    return [(node.key, in_reader_language(node.label)) for node in nodes if node.key not in below]


def rubric_choices(shelf: Shelf, _column: Column | None = None) -> Choices:
    """The rubrics beside the call's own, each by the reviews that judge by it, and one that this
    stage alone has.
    """
    own = str(shelf.row.get("key", ""))
    text = _("as “%(stage)s”")
    named = [
        (shown.key, text % {"stage": join_words(map(in_reader_language, shown.stages))})
        for shown in rubrics_shown(shelf.terms)
        if shown.key and shown.key != own
    ]
    return [*named, (own or OWN_RUBRIC, _("criteria of its own"))]


def _words_of(words: Mapping[Any, Any]) -> Choices:
    return [(str(code), str(label)) for code, label in words.items()]


def _named(rows: Any) -> Choices:
    return [(row.key, in_reader_language(row.label)) for row in rows]


CHOICES: dict[str, Callable[[Shelf, Column], Any]] = {
    "answers": lambda shelf, _column: _options(shelf.find(str(cell(shelf.row, "terms.fact")))),
    "answers_meant": lambda shelf, _column: _options(_meant(shelf, str(shelf.row.get("means")))),
    "check_questions": lambda shelf, _column: [
        (each.key, label_of(each))
        for each in shelf.application.questions()
        if each.type not in NOT_CHECKED
    ],
    "column_kinds": lambda _shelf, _column: _words_of(COLUMN_KINDS),
    "compared": lambda _shelf, _column: _words_of(COMPARED),
    "countries": lambda _shelf, _column: country_choices(),
    "country_classes": lambda _shelf, _column: [
        (each.value, str(each.label)) for each in CountryClassCode
    ],
    "degrees": _degrees,
    "facts": _facts,
    "funds": lambda shelf, _column: [
        (fund, fund) for fund in dict.fromkeys(n.fund for n in shelf.terms.outcome.tree()) if fund
    ],
    "groups": lambda shelf, _column: _named(shelf.terms.groups),
    "hosts": lambda shelf, _column: _named(shelf.terms.hosts),
    "languages_proved": _languages,
    "levels": lambda shelf, _column: _named(shelf.terms.levels),
    "meanings": _meanings,
    "needs": lambda _shelf, _column: _words_of(NEEDS),
    "periods": lambda _shelf, _column: [
        (code, how_often(code)) for code in ("once", "week", "month", "year")
    ],
    "places": _places,
    "rule_sets": lambda shelf, _column: [
        (rules["code"], in_reader_language(rules.get("name") or {}) or rules["code"])
        for rules in shelf.terms.rules
    ],
    "rubrics": rubric_choices,
    "standards": lambda _shelf, _column: _words_of(STANDARDS),
    "writers": lambda shelf, _column: [
        (each.key, label_of(each))
        for each in shelf.application.questions()
        if each.type in ("person", "partners")
    ],
}
