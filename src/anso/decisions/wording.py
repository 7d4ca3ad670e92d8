"""What happens to decisions, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "compute_selection": _("computed a selection"),
    "propose_selection": _("proposed a selection"),
    "return_selection": _("returned a selection"),
    "confirm_selection": _("confirmed a selection"),
    "supersede_selection": _("replaced a selection by a newer one"),
    "release_decisions": _("released the decisions"),
    "release_decision": _("released a decision"),
}
KINDS: dict[str, Promise] = {
    "decisions.selectionrun": _("selection run"),
    "decisions.decision": _("decision"),
}
