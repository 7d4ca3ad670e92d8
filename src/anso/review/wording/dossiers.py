"""A dossier as reviewers read it: its frozen answers in words of the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language

from anso.applications.wording.answers import spelled
from anso.applications.wording.tables import table_in_words, told_table
from anso.kernel.questions import TableColumn
from anso.review.models import Dossier
from anso.ui.question_fields import in_reader_language


def told_sections(dossier: Dossier) -> list[dict[str, Any]]:
    """The sections of a dossier, every answer with its ``words`` beside what was frozen."""
    return [
        section | {"answers": [told_part(part) for part in section["answers"]]}
        for section in dossier.body["sections"]
    ]


def told_part(part: Mapping[str, Any]) -> dict[str, Any]:
    """One answer with its words: names of options and countries, a line for each row; a table
    also as one.
    """
    labels = {value: in_reader_language(label) for value, label in part["options"].items()}
    if part["type"] == "table":
        columns = tuple(map(TableColumn.from_dict, part["columns"]))
        language = get_language() or "en"
        words = table_in_words(columns, part["value"], language)
        return {**part, "words": words, "table": told_table(columns, part["value"], language)}
    return {**part, "words": spelled(part["type"], part["value"], labels)}
