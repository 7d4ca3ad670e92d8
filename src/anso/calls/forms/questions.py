"""One question of a form as officers type it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import takewhile
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.forms.limits import limit_specs, read_limits
from anso.calls.wording.choices import Choices, condition_choices, condition_code
from anso.kernel.errors import BadInput
from anso.kernel.questions import (
    Condition,
    Form,
    Question,
    read_condition,
    readers_of,
    readers_that_may_be_named,
)
from anso.kernel.questions.parts import TEXTS
from anso.kernel.reasons import uncut
from anso.kernel.wording import gettext_noop
from anso.ui.question_fields import in_reader_language, label_in, readers_called

LONGEST_EDITION = 20


def question_field_specs(question: Question, form: Form, chair: str) -> list[dict[str, Any]]:
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
                (str(each), str(readers_called(chair)[each]))
                for each in readers_that_may_be_named(question)
            ),
            "value": [str(each) for each in readers_of(question)],
            "required": True,
        },
        *limit_specs(question),
        *_edition_specs(question),
        {
            "key": "section",
            "type": "select",
            "label": _("Section"),
            "options": [
                (each.key, in_reader_language(each.title) or each.key) for each in form.sections
            ],
            "value": form.section_of(question.key).key,
            "required": True,
            "hint": _("In another section it stands at the end."),
        },
        {
            "key": "condition",
            "type": "select",
            "label": _("Who is asked"),
            "options": _conditions(question, form),
            "none": _("everybody"),
            "value": condition_code(question.condition) if question.condition else "",
        },
    ]


def _edition_specs(question: Question) -> list[dict[str, Any]]:
    """Of a statement, by which version of its words those who agree are remembered."""
    if question.type != "statement":
        return []
    return [
        {
            "key": "edition",
            "type": "text",
            "label": _("Version of these words"),
            "hint": _("Such as 2. Whoever agreed to another version is asked again."),
            "value": question.edition,
        }
    ]


def _conditions(question: Question, form: Form) -> Choices:
    """On which answers it may depend: those to questions that are asked before it."""
    earlier = takewhile(lambda each: each.key != question.key, form.questions())
    return condition_choices(list(earlier), question.condition)


def _word_field_specs(question: Question) -> list[dict[str, Any]]:
    """One line for each text of the question in each language; only the English question must be
    there.
    """
    names = {"label": _("Question"), "hint": _("Hint"), "why": _("Why we ask")}
    return [
        {
            "key": f"{part}_{code}",
            "type": "text",
            "label": label_in(language, names[part]),
            "value": getattr(question, part).to_dict().get(code, ""),
            "required": part == "label" and code == "en",
        }
        for part in TEXTS
        for code, language in settings.LANGUAGES
    ]


def read_question_changes(
    question: Question, form: Form, typed: Mapping[str, Any]
) -> dict[str, Any]:
    """What was typed over, by the parts of a question; its key and type never change."""
    changes: dict[str, Any] = {
        key: words for key, words in typed.items() if key.partition("_")[0] in TEXTS
    }
    if "section" in typed:
        if typed["section"] not in {each.key for each in form.sections}:
            raise BadInput(gettext_noop("Choose one of the answers in the list."))
        changes["section"] = typed["section"]
    if "required" in typed:
        changes["required"] = typed["required"] == "yes"
    if "who_sees" in typed:
        offered = readers_that_may_be_named(question)
        chosen = (each for each in offered if each in typed["who_sees"])
        kept = (each for each in question.who_sees if each not in offered)
        changes["who_sees"] = (*chosen, *kept)
    if "edition" in typed:
        changes["edition"] = uncut(typed["edition"], LONGEST_EDITION)
    if "condition" in typed:
        changes["condition"] = _condition(question, form, typed["condition"])
    return changes | read_limits(question, typed)


def _condition(question: Question, form: Form, typed: str) -> Condition | None:
    if typed and typed not in dict(_conditions(question, form)):
        raise BadInput(gettext_noop("Choose one of the answers in the list."))
    return read_condition(json.loads(typed)) if typed else None
