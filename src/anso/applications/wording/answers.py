"""Answers as a reader sees them, and those that a change of the form left behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import get_language, gettext

from anso.applications.models import Application
from anso.applications.queries.answers import get_form_of
from anso.applications.queries.progress import answers_set_aside
from anso.applications.wording.tables import ToldTable, table_in_words, told_table
from anso.kernel.questions import Question
from anso.ui.countries import country_name
from anso.ui.figures import point_in_words
from anso.ui.instants import part_of_date_in_words
from anso.ui.question_fields import in_a_row


def value_in_words(question: Question, value: Any, language: str = "") -> str:
    """An answer as a reader sees it: labels of options, names of countries, yes and no, one line
    per item.
    """
    chosen = language or get_language() or "en"
    if question.type == "table":
        return table_in_words(question.columns, value, chosen)
    labels = {option.value: option.label.in_language(chosen) for option in question.options}
    return spelled(question.type, value, labels, chosen)


def answer_told(question: Question, value: Any) -> dict[str, Any]:
    """A question with what was answered to it, in the reader's words, for reading."""
    language = get_language() or "en"
    return {
        "key": question.key,
        "label": question.label.in_language(language),
        "words": value_in_words(question, value, language),
        "table": answer_table(question, value, language),
        "is_long": question.type == "longtext",
    }


def answer_table(question: Question, value: Any, language: str = "") -> ToldTable | None:
    """The table that an answer is; None where it is none, or empty."""
    if question.type != "table":
        return None
    return told_table(question.columns, value, language or get_language() or "en")


def spelled(kind: str, value: Any, labels: Mapping[str, str], language: str = "") -> str:
    """The same of an answer that is kept without its question, as in a dossier: its type, and the
    labels of its options.
    """
    if value is None or value == "":
        return ""
    spell = _SPELLINGS.get(kind)
    return spell(labels, value, language or get_language() or "en") if spell else str(value)


def _countries_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    return in_a_row(country_name(str(code), language) for code in _listed(value))


def _agreed_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    """A statement that was agreed to, with its edition where it had one."""
    if isinstance(value, str):
        return gettext("Yes, version %(edition)s") % {"edition": value}
    return _yes_or_no(labels, value, language)


def _dois_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    return "\n".join(f"https://doi.org/{doi}" for doi in _listed(value))


def _yes_or_no(labels: Mapping[str, str], value: Any, language: str) -> str:
    return gettext("Yes") if value is True else (gettext("No") if value is False else str(value))


def _person_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    return in_a_row(
        str(value[part])
        for part in ("name", "position", "organisation", "email")
        if value.get(part)
    )


def _organisation_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    if not isinstance(value, Mapping):
        return str(value)
    ror = f"https://ror.org/{value['ror']}" if value.get("ror") else ""
    return in_a_row(filter(None, (value.get("name"), ror)))


def _partners_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    rows = [row for row in _listed(value) if isinstance(row, Mapping)]
    return "\n".join(_partner_in_words(row, language) for row in rows)


def _partner_in_words(row: Mapping[str, Any], language: str) -> str:
    where = country_name(str(row["country"]), language) if row.get("country") else ""
    said = (row.get("organisation"), where, row.get("name"), row.get("email"), row.get("part"))
    return in_a_row(words for words in said if words)


def _degrees_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    rows = [row for row in _listed(value) if isinstance(row, Mapping)]
    return "\n".join(_degree_in_words(row, language) for row in rows)


def _degree_in_words(row: Mapping[str, Any], language: str) -> str:
    where = country_name(str(row["country"]), language) if row.get("country") else ""
    said = [row.get("degree"), row.get("institution"), where, row.get("year")]
    if row.get("grade"):
        told = gettext("grade %(grade)s (best %(best)s, passes from %(passing)s)")
        said.append(told % {part: row.get(part, "") for part in ("grade", "best", "passing")})
    return in_a_row(words for words in said if words)


def _publications_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    rows = [row for row in _listed(value) if isinstance(row, Mapping)]
    return "\n".join(_publication_in_words(row) for row in rows)


def _publication_in_words(row: Mapping[str, Any]) -> str:
    doi = f"https://doi.org/{row['doi']}" if row.get("doi") else ""
    return in_a_row(filter(None, (str(row.get("reference") or ""), doi)))


def _orcid_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    return f"https://orcid.org/{value}"


def _files_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    return "\n".join(str(item.get("name", "")) for item in value if isinstance(item, Mapping))


def _day_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    return part_of_date_in_words(str(value))


def _options_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    return "\n".join(labels.get(str(item), str(item)) for item in _listed(value))


def _ranking_in_words(labels: Mapping[str, str], value: Any, language: str) -> str:
    words = (labels.get(str(item), str(item)) for item in _listed(value))
    return "\n".join(f"{place}. {word}" for place, word in enumerate(words, 1))


_SPELLINGS: Mapping[str, Callable[[Mapping[str, str], Any, str], str]] = {
    "choice": _options_in_words,
    "multichoice": _options_in_words,
    "ranking": _ranking_in_words,
    "country": _countries_in_words,
    "yesno": _yes_or_no,
    "statement": _agreed_in_words,
    "person": _person_in_words,
    "organisation": _organisation_in_words,
    "partners": _partners_in_words,
    "degrees": _degrees_in_words,
    "publications": _publications_in_words,
    "orcid": _orcid_in_words,
    "dois": _dois_in_words,
    "point": lambda _labels, value, _language: point_in_words(value),
    "date": _day_in_words,
    "file": _files_in_words,
}


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple) else (value,)


def words_of_earlier_form(application: Application) -> list[tuple[str, str]]:
    """What a change of the form asks again or no longer asks, and is not answered anew: label and
    the words given before.
    """
    left = answers_set_aside(application)
    if not left:
        return []
    language = get_language() or "en"
    questions = {question.key: question for question in get_form_of(application).questions()}
    return [
        (
            questions[key].label.in_language(language) if key in questions else key,
            _earlier_words(questions.get(key), value, language),
        )
        for key, value in left.items()
    ]


def _earlier_words(question: Question | None, value: Any, language: str) -> str:
    return value_in_words(question, value, language) if question else str(value)
