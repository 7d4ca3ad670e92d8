"""What governance says and where it leads: its verbs in words, its pages in the navigation."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "admit_member": _("admitted a member"),
    "set_up_body": _("set up a body"),
    "give_mandate": _("gave a mandate"),
    "end_mandate": _("ended a mandate"),
}
KINDS: dict[str, Promise] = {
    "governance.body": _("body"),
    "governance.mandate": _("mandate"),
    "governance.membership": _("membership"),
}
NAVIGATION = {"governance:members": _("Members"), "governance:bodies": _("Governance")}
