"""What the record calls the fields of selections, decisions and requests for a review."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anso.audit.wording import Field
from anso.decisions.enums import Ground, Result

FIELDS: dict[str, Field] = {
    "decisions.selectionrun:state": Field(
        _("state"),
        codes={
            "computed": _("computed"),
            "proposed": _("proposed"),
            "returned": _("returned"),
            "confirmed": _("confirmed"),
            "released": _("released"),
            "superseded": _("replaced by a newer one"),
        },
    ),
    "decisions.decision:state": Field(
        _("state"), codes={"prepared": _("prepared"), "released": _("released")}
    ),
    "decisions.appeal:state": Field(
        _("state"),
        codes={
            "filed": _("waits for an answer"),
            "upheld": _("upheld"),
            "rejected": _("not upheld"),
            "withdrawn": _("withdrawn"),
        },
    ),
    "proposed_at": Field(_("proposed at")),
    "returned_at": Field(_("returned at")),
    "returned_because": Field(_("why it was returned")),
    "few_because": Field(_("why fewer reviews are enough")),
    "adjustment_told": Field(_("what whoever it concerns reads of it")),
    "place": Field(_("place"), keys="places"),
    "points": Field(_("points")),
    "result": Field(_("result"), codes=dict(Result.choices)),
    "waiting_position": Field(_("place on the waiting list")),
    "ground": Field(_("ground"), codes=dict(Ground.choices)),
}
WAYS = {
    "decisions.selectionrun": "call",
    "decisions.notawarded": "call",
    "decisions.decision": "run__call",
    "decisions.adjustment": "application__call",
    "decisions.appeal": "decision__run__call",
}
