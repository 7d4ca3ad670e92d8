"""What a draft lost or left out: languages in which words are missing, and questions that were
removed while letters, groups of people or the pipeline still read their answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.conf import settings

from anso.calls.queries.rows import tables_of
from anso.kernel.faults import DesignFault, DesignPart
from anso.kernel.questions import Form, Question
from anso.kernel.rows import RowTable, cell, missing_languages
from anso.kernel.terms import Terms, to_plain
from anso.kernel.terms.nouns import lacking_in_nouns
from anso.kernel.terms.tables import table_of_row
from anso.kernel.wording import Message, Text
from anso.kernel.wording import gettext_noop as _
from anso.programmes.kinds import APPLICATION, ProgrammeKind, faults_of_group

# As many are told one by one; more of one list are told together.
TOLD_APART = 3
APPLICATION_FORM = Message("application_form", _("Form"))


def faults_of_languages(terms: Terms, forms: Mapping[str, Form]) -> Iterator[DesignFault]:
    """Words that some readers cannot read: in lists of the terms, in criteria, in forms. They do
    not prevent publication: readers are shown another language.
    """
    design = to_plain(terms)
    for table in tables_of(terms).values():
        yield from _told(
            table.part, Message("list", table.label), (), list(_rows_lacking(table, design))
        )
    lacking = lacking_in_nouns(terms.nouns, dict(settings.LANGUAGES)) if terms.nouns else ()
    if terms.nouns and lacking:
        yield _lacks(DesignPart.NOUNS, terms.nouns.noun, lacking, ())
    for key, rubric in {"": terms.rubric, **terms.rubrics}.items():
        for criterion in rubric.criteria:
            if codes := tuple(criterion.lacking(dict(settings.LANGUAGES))):
                yield _lacks(DesignPart.RUBRIC, criterion.label, codes, (key,) if key else ())
    for purpose, form in forms.items():
        name: Any = form.label or (APPLICATION_FORM if purpose == APPLICATION else purpose)
        found = [
            (question.key, question.label, codes)
            for question in form.questions()
            if (codes := _question_lacks(question))
        ]
        yield from _told(DesignPart.QUESTIONS, name, (purpose,), found)
        sections = [
            (section.key, section.title, codes)
            for section in form.sections
            if (codes := _lacking((section.title, section.intro)))
        ]
        yield from _told(DesignPart.SECTIONS, name, (purpose,), sections)


Lacking = tuple[str, Any, tuple[str, ...]]


def _rows_lacking(table: RowTable, design: Mapping[str, Any]) -> Iterator[Lacking]:
    for row in table.rows(design):
        columns = table_of_row(table, row).columns
        codes = missing_languages(columns, row, dict(settings.LANGUAGES))
        if codes:
            yield table.key_of(row), Text(cell(row, table.name) or {}), codes


def _question_lacks(question: Question) -> tuple[str, ...]:
    options = (text for option in question.options for text in (option.label, option.hint))
    return _lacking((question.label, question.hint, question.why, *options))


def _lacking(texts: Iterable[Text]) -> tuple[str, ...]:
    """The languages in which one of the texts that there are is missing."""
    written = [text for text in texts if text]
    return tuple(
        code for code in dict(settings.LANGUAGES) if any(code not in text for text in written)
    )


def _told(
    part: DesignPart, place: Any, above: tuple[str, ...], found: list[Lacking]
) -> Iterator[DesignFault]:
    """Few by their names, each with the way to it; many as a number, with the way to their list."""
    if len(found) <= TOLD_APART:
        for key, name, codes in found:
            yield _lacks(part, name, codes, (*above, key))
        return
    facts = {
        "place": place,
        "count": len(found),
        "languages": _names(tuple(dict.fromkeys(code for _, _, each in found for code in each))),
    }
    text = _("%(place)s: words of %(count)s entries are missing in %(languages)s.")
    yield DesignFault(part, Message("words_missing", text, facts), is_blocking=False, at=above)


def _lacks(part: DesignPart, name: Any, codes: tuple[str, ...], at: tuple[str, ...]) -> DesignFault:
    text = _("“%(name)s”: words are missing in %(languages)s.")
    message = Message("words_missing", text, {"name": name, "languages": _names(codes)})
    return DesignFault(part, message, is_blocking=False, at=at)


def _names(codes: tuple[str, ...]) -> tuple[str, ...]:
    """Languages as they call themselves."""
    return tuple(str(dict(settings.LANGUAGES)[code]) for code in codes)


def faults_of_lost_questions(
    kind: ProgrammeKind, terms: Terms, forms: Mapping[str, Form]
) -> Iterator[DesignFault]:
    """What is read from answers that the application form no longer asks for."""
    form = forms.get(APPLICATION)
    if form is None:
        return
    for group in terms.groups:
        for message in faults_of_group(group, form):
            yield DesignFault(DesignPart.GROUPS, message, at=(group.key,))
    yield from _faults_of_writers(terms, form)
    meant = {meaning for question in form.questions() for meaning in question.means}
    for question in kind.form.questions():
        if question.means and not meant & set(question.means):
            text = _(
                "“%(question)s” is not asked any more: lists, screening and review do without it."
            )
            message = Message("meaning_lost", text, {"question": question.label})
            yield DesignFault(DesignPart.QUESTIONS, message, is_blocking=False, at=(APPLICATION,))


def _faults_of_writers(terms: Terms, form: Form) -> Iterator[DesignFault]:
    """Each letter is asked of somebody whom the application names."""
    asked = {question.key: question for question in form.questions()}
    for rule in terms.letters:
        place = {"letter": rule.words.name or rule.kind}
        for key in rule.asked_in:
            if key not in asked:
                text = _("%(letter)s: the question “%(key)s”, which names who writes it, is gone.")
                message = Message("no_writer", text, place | {"key": key})
                yield DesignFault(DesignPart.LETTERS, message, at=(rule.kind,))
        named = [asked[key] for key in rule.asked_in if key in asked]
        lists = any(question.type == "partners" for question in named)
        if len(named) < rule.count and not lists:
            text = _("%(letter)s: %(count)s are asked for, and %(named)s questions name a writer.")
            facts = place | {"count": rule.count, "named": len(named)}
            message = Message("few_writers", text, facts)
            yield DesignFault(DesignPart.LETTERS, message, at=(rule.kind,))
