"""When and where it takes place, as officers type it, beside what the proposal says under which the
call was opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from anso.calls.wording.occasion import DAYS, LABELS, occasion_rows
from anso.directory.wording import country_choices
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.reasons import uncut
from anso.kernel.terms.occasion import Occasion
from anso.kernel.typed_times import read_day
from anso.kernel.wording import gettext_noop

LONGEST = 200


def occasion_specs(kept: Occasion, proposed: Occasion, number: str) -> list[dict[str, Any]]:
    """The fields of the page with what stands in them, each with what the proposal says."""
    said = dict(occasion_rows(proposed))
    return [
        _spec(name, getattr(kept, name), said.get(label), number) for name, label in LABELS.items()
    ]


def _spec(name: str, kept: Any, said: str | None, number: str) -> dict[str, Any]:
    hint = ""
    if said:
        hint = _("Taken from the proposal %(number)s: %(said)s") % {"number": number, "said": said}
    types = {"country": "country"} | dict.fromkeys(DAYS, "date")
    chosen = (
        {"options": tuple(country_choices()), "none": _("not said")} if name == "country" else {}
    )
    return chosen | {
        "key": name,
        "type": types.get(name, "text"),
        "label": str(LABELS[name]),
        "hint": hint,
        "value": kept.isoformat() if name in DAYS and kept else kept or "",
    }


def read_occasion_changes(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed over on the page. Refuses what is no day and what is too long."""
    changes: dict[str, Any] = {}
    for name, label in LABELS.items():
        if name not in typed:
            continue
        written = clean_line(uncut(str(typed[name]).strip(), LONGEST, str(label), field=name))
        changes[name] = written
        if name in DAYS:
            changes[name] = read_day(written) if written else None
        elif name == "country" and written and written not in dict(country_choices()):
            text = gettext_noop("Choose one of the answers in the list.")
            raise BadInput(text, field=name)
    return changes
