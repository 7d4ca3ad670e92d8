"""Words and dates of a call as officers type them. A closing at 23:59 means the end of that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.actions import CallDates
from anso.calls.models import Call
from anso.calls.queries import get_deadline
from anso.calls.queries.amendments import get_working_words
from anso.kernel.periods import day_of, find_zone
from anso.kernel.terms import Terms
from anso.kernel.typed_times import read_day, read_instant
from anso.ui.drafts import Part, parts_of
from anso.ui.fields import shown_values
from anso.ui.question_fields import in_reader_language, label_in


def text_field_specs(call: Call) -> list[dict[str, Any]]:
    """Title and summary in the languages that must be complete."""
    entries: list[dict[str, Any]] = []
    kept = get_working_words(call)
    for code, language in settings.LANGUAGES:
        title, summary = (label_in(language, what) for what in (_("Title"), _("Summary")))
        entries.append(
            {
                "key": f"title_{code}",
                "type": "text",
                "label": title,
                "required": True,
                "value": kept["title"].get(code, ""),
            }
        )
        entries.append(
            {
                "key": f"summary_{code}",
                "type": "longtext",
                "lines": 3,
                "label": summary,
                "required": True,
                "value": kept["summary"].get(code, ""),
            }
        )
    return entries


def edit_parts(call: Call) -> list[Part]:
    """What the page of words and dates changes: each text, and the window as one."""
    return [*parts_of(text_field_specs(call)), window_part(call)]


def window_part(call: Call) -> Part:
    """Opening, closing and zone, which mean something only together."""
    specs = date_field_specs(call)
    names = {spec["key"]: str(spec["label"]) for spec in specs}
    return Part("window", _("Window"), shown_values(specs), names=names)


def read_text(typed: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """The titles and summaries among what was typed, by language."""
    title, summary = (
        {
            code: str(typed[f"{name}_{code}"])
            for code, _language in settings.LANGUAGES
            if f"{name}_{code}" in typed
        }
        for name in ("title", "summary")
    )
    return title, summary


def date_field_specs(call: Call) -> list[dict[str, Any]]:
    """Opening, closing and zone as they stand."""
    zone = find_zone(call.zone)
    closes = get_deadline(call).announced
    return [
        {
            "key": "opens_on",
            "type": "date",
            "label": _("Opens on"),
            "required": True,
            "value": day_of(call.opens_at, call.zone).isoformat(),
        },
        {
            "key": "opens_time",
            "type": "text",
            "label": _("at"),
            "required": True,
            "value": f"{call.opens_at.astimezone(zone):%H:%M}",
        },
        {
            "key": "closes_on",
            "type": "date",
            "label": _("Closes on"),
            "required": True,
            "value": get_deadline(call).last_day.isoformat(),
        },
        {
            "key": "closes_time",
            "type": "text",
            "label": _("at"),
            "required": True,
            "value": f"{closes:%H:%M}",
            "hint": _("23:59 means: until the end of that day."),
        },
        {
            "key": "zone",
            "type": "text",
            "label": _("In the time zone"),
            "required": True,
            "value": call.zone,
            "hint": _("As the list of zones writes it: Asia/Shanghai, Africa/Nairobi, UTC."),
        },
    ]


def read_dates(typed: Mapping[str, str]) -> CallDates:
    """The window of the call; refuses what is no day, no time or no zone, in words."""
    zone = typed["zone"].strip()
    opens_at = read_instant(typed["opens_on"], typed["opens_time"], zone)
    return CallDates(
        opens_at,
        read_instant(typed["closes_on"], typed["closes_time"], zone, is_deadline=True),
        zone,
    )


def stage_parts(terms: Terms) -> list[Part]:
    """The days of each stage but the window, which is changed with the words."""
    window = terms.window
    return [
        Part(
            f"stage-{stage.key}",
            in_reader_language(stage.label),
            {
                f"starts-{stage.key}": stage.starts_on.isoformat(),
                f"ends-{stage.key}": stage.ends_on.isoformat(),
            },
            names={
                f"starts-{stage.key}": _("First day"),
                f"ends-{stage.key}": _("Last day"),
            },
        )
        for stage in terms.stages
        if stage != window
    ]


def read_stages(terms: Terms, typed: Mapping[str, Any]) -> dict[str, tuple[dt.date, dt.date]]:
    """The typed days by stage; a day left empty stays as it was."""
    return {
        stage.key: (
            _read_day_or(typed[key], f"starts-{stage.key}", stage.starts_on),
            _read_day_or(typed[key], f"ends-{stage.key}", stage.ends_on),
        )
        for stage in terms.stages
        for key in [f"stage-{stage.key}"]
        if key in typed
    }


def _read_day_or(typed: Mapping[str, str], name: str, kept: dt.date) -> dt.date:
    return read_day(typed[name]) if typed.get(name) else kept
