"""Until when a call takes what comes in, as officers type it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.calls.actions import IntakeChanges
from anso.calls.forms.outcome import read_count
from anso.kernel.terms import Intake
from anso.kernel.typed_times import read_day

LIMITS: Mapping[str, tuple[Promise, Promise]] = {
    "most_waiting": (
        gettext_lazy("At most so many wait for a decision at a time"),
        gettext_lazy(
            "One more is refused until one of them is decided or withdrawn. 0 means: no limit."
        ),
    ),
    "most": (
        gettext_lazy("At most so many are taken in all"),
        gettext_lazy("One more is refused. Counted anew in each batch. 0 means: no limit."),
    ),
}


def intake_specs(intake: Intake) -> list[dict[str, Any]]:
    """The fields of the page with what stands in them."""
    return [
        {
            "key": "cut_offs",
            "type": "text",
            "label": _("Cut-offs of every year"),
            "hint": _(
                "Month and day of each, such as 03-31, 06-30, 09-30, 12-31. The first batch closes"
                " on the closing day of the call, each later one at the end of the next of these"
                " days. Left empty, the call closes once."
            ),
            "value": ", ".join(intake.cut_offs),
        },
        {
            "key": "last_on",
            "type": "date",
            "label": _("No batch has a cut-off after"),
            "hint": _("Left empty, the call goes on without end."),
            "value": intake.last_on.isoformat() if intake.last_on else "",
        },
        {
            "key": "by_invitation",
            "type": "statement",
            "label": _("By invitation only"),
            "hint": _("Only whoever officers invited can start."),
            "value": intake.by_invitation,
        },
        {
            "key": "with_others",
            "type": "statement",
            "label": _("Several people may fill it in"),
            "hint": _("Whoever starts may ask others to fill in the parts that they choose."),
            "value": intake.with_others,
        },
        *(
            {
                "key": key,
                "type": "number",
                "label": str(label),
                "hint": str(hint),
                "required": True,
                "value": str(getattr(intake, key)),
            }
            for key, (label, hint) in LIMITS.items()
        ),
    ]


def read_intake_changes(typed: Mapping[str, Any]) -> IntakeChanges:
    """What was typed over on the page. Refuses what is no day."""
    changes: IntakeChanges = {}
    if "cut_offs" in typed:
        said = re.split(r"[\s,،;]+", str(typed["cut_offs"]).strip())
        changes["cut_offs"] = tuple(each for each in said if each)
    if "last_on" in typed:
        changes["last_on"] = read_day(typed["last_on"]) if typed["last_on"] else None
    for key in ("by_invitation", "with_others"):
        if key in typed:
            changes[key] = typed[key] in ("yes", True)
    for key, (label, _hint) in LIMITS.items():
        if key in typed:
            changes[key] = read_count(typed[key], str(label), 0)  # type: ignore[literal-required]
    return changes
