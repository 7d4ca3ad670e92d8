"""A question of one's own as officers type it: its words, its type, what may be answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.wording.questions import question_type
from anso.kernel.errors import BadInput
from anso.kernel.keys import free_key, key_stem
from anso.kernel.questions import (
    Audience,
    FileSlot,
    Form,
    Limit,
    Option,
    Question,
    TableColumn,
)
from anso.kernel.questions.tables import WITH_OPTIONS
from anso.kernel.wording import Text, both, gettext_noop
from anso.ui.question_fields import in_reader_language, label_in, readers_called

# What officers may ask by themselves; partners and orders of wishes come with a programme.
TYPES = (
    "text",
    "longtext",
    "number",
    "date",
    "yesno",
    "choice",
    "multichoice",
    "country",
    "email",
    "file",
    "statement",
    "person",
    "degrees",
    "publications",
    "orcid",
    "table",
    "dois",
    "point",
    "organisation",
)
# With what a table begins; its other columns are added on a page of their own.
FIRST_COLUMN = TableColumn("item", both("Item", "البند"), required=True)
LIMITS = {
    "text": Limit.of("characters", most=200),
    "longtext": Limit.of("words", most=300),
    "multichoice": Limit.of("choices", least=1),
    "degrees": Limit.of("entries", most=6),
    "publications": Limit.of("entries", most=10),
    "table": Limit.of("entries", most=50),
    "dois": Limit.of("entries", most=20),
}


def own_question_specs(form: Form, chair: str) -> list[dict[str, Any]]:
    """What is asked about a new question."""
    sections = [(each.key, in_reader_language(each.title) or each.key) for each in form.sections]
    readers = [
        (str(each), str(words))
        for each, words in readers_called(chair).items()
        if each != Audience.AUDITORS
    ]
    return [
        *_texts("label", _("Question"), "text", required=True),
        *_texts("hint", _("Hint"), "text", required=False),
        {
            "key": "type",
            "type": "select",
            "label": _("How it is answered"),
            "options": [(code, question_type(code)) for code in TYPES],
            "none": "–",
            "required": True,
        },
        *_texts("options", _("Answers that may be chosen, one on each line"), "longtext"),
        {
            "key": "section",
            "type": "select",
            "label": _("At the end of the section"),
            "options": sections,
            "none": "–",
            "value": sections[-1][0],
            "required": True,
        },
        {
            "key": "required",
            "type": "yesno",
            "label": _("Must be answered"),
            "value": True,
            "required": True,
        },
        {
            "key": "who_sees",
            "type": "multichoice",
            "label": _("Who sees the answer"),
            "options": readers,
            "value": [str(Audience.OFFICERS)],
            "required": True,
        },
    ]


def _texts(name: str, label: str, kind: str, *, required: bool = False) -> Iterator[dict[str, Any]]:
    for code, language in settings.LANGUAGES:
        yield {
            "key": f"{name}_{code}",
            "type": kind,
            "lines": 4,
            "label": label_in(language, label),
            "required": required and code == "en",
        }


def read_own_question(typed: Mapping[str, Any], taken: Collection[str]) -> Question:
    """The question as typed, under a key of its own; refuses one that could not be answered."""
    label = _text(typed, "label")
    if "en" not in label:
        raise BadInput(gettext_noop("This must be there in English."), field="label_en")
    kind = typed.get("type", "")
    if kind not in TYPES:
        raise BadInput(gettext_noop("Say how it is answered."), field="type")
    options = _options(typed) if kind in WITH_OPTIONS else ()
    if kind in WITH_OPTIONS and len(options) < 2:
        text = gettext_noop("Give at least two answers in English, each on a line of its own.")
        raise BadInput(text, field="options_en")
    return Question(
        own_key(label["en"], taken),
        kind,
        label,
        hint=_text(typed, "hint"),
        who_sees=tuple(each for each in Audience if each in typed.get("who_sees", ())),
        required=typed.get("required") == "yes",
        limit=LIMITS.get(kind),
        options=options,
        file=FileSlot() if kind == "file" else None,
        columns=(FIRST_COLUMN,) if kind == "table" else (),
    )


def _text(typed: Mapping[str, Any], name: str) -> Text:
    return Text({code: str(typed.get(f"{name}_{code}", "")) for code, _l in settings.LANGUAGES})


def _options(typed: Mapping[str, Any]) -> tuple[Option, ...]:
    """One for each line of English; lines of other languages belong to those in the same place."""
    lines = {
        code: [line.strip() for line in str(typed.get(f"options_{code}", "")).split("\n")]
        for code, _language in settings.LANGUAGES
    }
    found: dict[str, Option] = {}
    for place, words in enumerate(lines["en"]):
        if not words:
            continue
        beside = {code: texts[place] for code, texts in lines.items() if place < len(texts)}
        value = own_key(words, found)
        found[value] = Option(value, Text(beside))
    return tuple(found.values())


def own_key(words: str, taken: Collection[str]) -> str:
    """A key made from words that is not taken; it begins with a letter."""
    stem = key_stem(words).strip("_")
    return free_key(stem if stem[:1].isalpha() else f"own_{stem}".rstrip("_"), taken)
