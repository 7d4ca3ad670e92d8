"""A new stage of a call as officers type it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.actions.stages import NewStage
from anso.calls.wording.choices import Shelf, rubric_choices
from anso.kernel.errors import BadInput, ProductError
from anso.kernel.terms.stages import OWN_RUBRIC, STAGE_KINDS
from anso.kernel.typed_times import read_day
from anso.kernel.wording import Text
from anso.ui.question_fields import label_in


def new_stage_specs(code: str, shelf: Shelf) -> list[dict[str, Any]]:
    """What is asked about a new stage of a kind."""
    kind = STAGE_KINDS[code]
    names: list[dict[str, Any]] = [
        {
            "key": f"label_{language}",
            "type": "text",
            "label": label_in(name, _("Name")),
            "value": kind.name.to_dict().get(language, ""),
            "required": language == "en",
        }
        for language, name in settings.LANGUAGES
    ]
    days = [
        {"key": "starts_on", "type": "date", "label": _("First day"), "required": True},
        {
            "key": "ends_on",
            "type": "date",
            "label": _("Last day"),
            "required": True,
            "hint": _("It is included."),
        },
    ]
    rubric = {
        "key": "rubric",
        "type": "select",
        "label": _("By what it judges"),
        "options": rubric_choices(shelf),
        "none": _("the criteria of the call"),
        "value": OWN_RUBRIC,
    }
    return [*names, *days, *([rubric] if kind.is_judged else [])]


def read_new_stage(code: str, typed: Mapping[str, Any]) -> NewStage:
    """The stage as typed; refuses what is no day, naming the field."""
    words = {
        language: str(typed.get(f"label_{language}", "")).strip()
        for language, _name in settings.LANGUAGES
    }
    starts_on, ends_on = (_day(typed, name) for name in ("starts_on", "ends_on"))
    return NewStage(code, Text(words), starts_on, ends_on, str(typed.get("rubric", "")))


def _day(typed: Mapping[str, Any], name: str) -> Any:
    try:
        return read_day(str(typed.get(name, "")))
    except ProductError as fault:
        raise BadInput(fault.message.text, **fault.message.facts, field=name) from fault
