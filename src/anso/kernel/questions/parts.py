"""The parts of a question that people change, each compared by itself when two of them do at once.

Here: what the parts are and a question with other parts. Not here: whether a change may be written
(`kernel.drafts`) and whether the result is sound (`definition`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anso.kernel.questions.model import Question
from anso.kernel.wording import Text

TEXTS = ("label", "hint", "why")


def parts_of_question(question: Question) -> dict[str, Any]:
    """Return each text in each language as ``label_en``, and what else may be changed."""
    texts = {
        f"{name}_{code}": words
        for name in TEXTS
        for code, words in getattr(question, name).to_dict().items()
    }
    return texts | {
        "required": question.required,
        "who_sees": question.who_sees,
        "most": question.limit,
        "condition": question.condition,
    }


def with_parts(question: Question, changes: Mapping[str, Any]) -> Question:
    """Return the question with other parts, named as `parts_of_question` names them."""
    return replace(
        question,
        label=_changed_text(question.label, "label", changes),
        hint=_changed_text(question.hint, "hint", changes),
        why=_changed_text(question.why, "why", changes),
        required=changes.get("required", question.required),
        who_sees=changes.get("who_sees", question.who_sees),
        limit=changes.get("most", question.limit),
        condition=changes.get("condition", question.condition),
    )


def _changed_text(text: Text, name: str, changes: Mapping[str, Any]) -> Text:
    start = f"{name}_"
    given = {key[len(start) :]: words for key, words in changes.items() if key.startswith(start)}
    return Text(text.to_dict() | given)
