"""What the record calls the fields of calls. What a call promises is told as an amendment tells it:
where, what stood there, what stands there now.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anso.audit.wording import Field
from anso.calls.enums import BodyFunction
from anso.calls.wording.amendments import NAMES, change_rows
from anso.kernel.terms.differences import Change, find_changes
from anso.kernel.wording import Text


def terms_told(because: str) -> str:
    """Which terms a call was published with."""
    return gettext("terms with the fingerprint %(sha256)s") % {
        "sha256": because.removeprefix("terms ")
    }


FIELDS: dict[str, Field] = {
    "calls.call:state": Field(
        _("state"),
        codes={
            "draft": _("draft"),
            "published": _("published"),
            "completed": _("completed"),
            "cancelled": _("cancelled"),
        },
    ),
    "publish_call:because": Field(tell=terms_told),
    **{f"calls.call:{name}": Field(label) for name, label in NAMES.items()},
    "name_body:*": Field(codes=dict(BodyFunction.choices)),
    "change_questions:*": Field(keys="forms"),
    "publish_questions:*": Field(keys="forms"),
    "discard_questions:*": Field(keys="forms"),
    "name_host:*": Field(keys="hosts"),
    "add_host_person:*": Field(keys="hosts"),
    "remove_host_person:*": Field(keys="hosts"),
    "programme": Field(_("programme")),
    "year": Field(_("year")),
    "round": Field(_("round")),
    "parent": Field(_("part of")),
    "like": Field(_("begun from the call")),
    "like_terms": Field(_("begun from the terms with the fingerprint")),
    "officer": Field(_("officer")),
    "after": Field(_("follows the batch")),
    "opens_at": Field(_("opens at")),
    "closes_at": Field(_("closes at")),
    "ends_at": Field(_("until")),
    "zone": Field(_("time zone")),
    "calls.call:title": Field(_("Title")),
    "extend_call:step": Field(_("step"), keys="steps"),
}


def lists_told(name: str, before: Any, after: Any) -> list[tuple[str, str, str]]:
    """What differs between two versions of one part of a call."""
    path = tuple(name.split("."))
    found = find_changes({path[-1]: before}, {path[-1]: after})
    rows = change_rows([_under(path[:-1], each) for each in found], ())
    return [(each.where, each.before, each.after) for each in rows]


def _under(above: tuple[Text | str, ...], change: Change) -> Change:
    return Change(
        (*map(str, above), *change.path), (*above, *change.where), change.before, change.after
    )
