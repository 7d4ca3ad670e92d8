"""The parts of a question that people change, each compared by itself when two of them do at once.

Here: what the parts are and a question with other parts. Not here: whether a change may be written
(`kernel.drafts`) and whether the result is sound (`definition`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anso.kernel.questions.model import FileSlot, Limit, Question
from anso.kernel.wording import Text

TEXTS = ("label", "hint", "why")
# What the answers of a type are counted in.
COUNTED = {
    "text": "characters",
    "longtext": "words",
    "multichoice": "choices",
    "ranking": "choices",
    "number": "number",
    "partners": "entries",
    "table": "entries",
    "dois": "entries",
}


def parts_of_question(question: Question) -> dict[str, Any]:
    """Return each text in each language as ``label_en``, and what else may be changed."""
    texts = {
        f"{name}_{code}": words
        for name in TEXTS
        for code, words in getattr(question, name).to_dict().items()
    }
    limit, slot = question.limit, question.file
    parts = texts | {
        "required": question.required,
        "who_sees": question.who_sees,
        "least": limit.least if limit else None,
        "most": limit.most if limit else None,
        "earliest": question.earliest,
        "latest": question.latest,
        "condition": question.condition,
        "edition": question.edition,
    }
    return parts | (
        {"formats": slot.accepts, "bytes": slot.max_bytes, "files": slot.max_count} if slot else {}
    )


def with_parts(question: Question, changes: Mapping[str, Any]) -> Question:
    """Return the question with other parts, named as `parts_of_question` names them."""
    return replace(
        question,
        label=_changed_text(question.label, "label", changes),
        hint=_changed_text(question.hint, "hint", changes),
        why=_changed_text(question.why, "why", changes),
        required=changes.get("required", question.required),
        who_sees=changes.get("who_sees", question.who_sees),
        limit=_changed_limit(question, changes),
        file=_changed_slot(question.file, changes),
        earliest=changes.get("earliest", question.earliest),
        latest=changes.get("latest", question.latest),
        condition=changes.get("condition", question.condition),
        edition=changes.get("edition", question.edition),
    )


def _changed_limit(question: Question, changes: Mapping[str, Any]) -> Limit | None:
    """A limit without a least and a most is none."""
    if not {"least", "most"} & changes.keys():
        return question.limit
    known = question.limit or Limit(COUNTED[question.type])
    least, most = changes.get("least", known.least), changes.get("most", known.most)
    return None if least is None and most is None else Limit(known.unit, least, most)


def _changed_slot(slot: FileSlot | None, changes: Mapping[str, Any]) -> FileSlot | None:
    if slot is None:
        return None
    return FileSlot(
        tuple(changes.get("formats", slot.accepts)),
        changes.get("bytes", slot.max_bytes),
        changes.get("files", slot.max_count),
    )


def _changed_text(text: Text, name: str, changes: Mapping[str, Any]) -> Text:
    start = f"{name}_"
    given = {key[len(start) :]: words for key, words in changes.items() if key.startswith(start)}
    return Text(text.to_dict() | given)
