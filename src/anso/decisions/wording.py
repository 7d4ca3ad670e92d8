"""What decisions say and where they lead: their verbs in words, their pages of a call."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.calls.wording import DeskPage, page_of, public_page_of

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
DESK_PAGES = {
    "decisions:ranking": DeskPage(_("Ranking"), page_of("decisions:ranking"), True),
    "decisions:decisions": DeskPage(_("Decisions"), page_of("decisions:decisions"), True),
}
CALL_LINKS = {"draws": public_page_of("decisions:public_draw")}
