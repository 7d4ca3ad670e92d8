"""One question of a form as officers type it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.forms.outcome import read_count
from anso.kernel.questions import Limit, Question, readers_of, readers_that_may_be_named
from anso.kernel.wording import Text
from anso.ui.question_fields import READERS

COUNTED = {"text": "characters", "longtext": "words", "multichoice": "choices", "number": "number"}
PARTS = ("label", "hint", "why")


def question_field_specs(question: Question) -> list[dict[str, Any]]:
    """Words in all languages, whether an answer is required, who sees it, and the most that may be
    written.
    """
    return [
        *_word_field_specs(question),
        {
            "key": "required",
            "type": "yesno",
            "label": _("Must be answered"),
            "value": question.required,
            "required": True,
        },
        {
            "key": "who_sees",
            "type": "multichoice",
            "label": _("Who sees the answer"),
            "options": tuple(
                (str(each), str(READERS[each])) for each in readers_that_may_be_named(question)
            ),
            "value": [str(each) for each in readers_of(question)],
            "required": True,
        },
        *([_most_field_spec(question)] if question.type in COUNTED else []),
    ]


def _word_field_specs(question: Question) -> list[dict[str, Any]]:
    """One line for each text of the question in each language; only the English question must be
    there.
    """
    names = {"label": _("Question"), "hint": _("Hint"), "why": _("Why we ask")}
    return [
        {
            "key": f"{part}_{code}",
            "type": "text",
            "label": _("%(what)s in %(language)s") % {"what": names[part], "language": language},
            "value": getattr(question, part).to_dict().get(code, ""),
            "required": part == "label" and code == "en",
        }
        for part in PARTS
        for code, language in settings.LANGUAGES
    ]


def _most_field_spec(question: Question) -> dict[str, Any]:
    """The most that may be written, chosen or counted, with its unit."""
    units = {
        "characters": _("characters"),
        "words": _("words"),
        "choices": _("choices"),
        "number": _("as a number"),
    }
    most = question.limit.most if question.limit else None
    return {
        "key": "most",
        "type": "text",
        "label": _("At most (%(unit)s)") % {"unit": units[COUNTED[question.type]]},
        "value": "" if most is None else f"{most:f}",
    }


def read_question(question: Question, typed: Mapping[str, Any]) -> Question:
    """The question with the typed words and limits; its key and type never change."""
    label, hint, why = (_words(getattr(question, part), part, typed) for part in PARTS)
    offered = readers_that_may_be_named(question)
    chosen = tuple(each for each in offered if each in typed["who_sees"])
    kept = tuple(each for each in question.who_sees if each not in offered)
    return replace(
        question,
        label=label,
        hint=hint,
        why=why,
        required=typed["required"] == "yes",
        who_sees=(*chosen, *kept),
        limit=_limit(question, typed),
    )


def _words(before: Text, part: str, typed: Mapping[str, Any]) -> Text:
    return Text(
        {
            **before.to_dict(),
            **{code: typed[f"{part}_{code}"] for code, _language in settings.LANGUAGES},
        }
    )


def _limit(question: Question, typed: Mapping[str, Any]) -> Limit | None:
    if question.type not in COUNTED:
        return question.limit
    least = question.limit.least if question.limit else None
    unit = question.limit.unit if question.limit else COUNTED[question.type]
    most = str(typed.get("most", "")).strip()
    if not most:
        return Limit(unit, least) if least is not None else None
    return Limit(unit, least, Decimal(read_count(most, _("At most"))))
