"""The pages that offers add to the desk of a call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from anso.calls.enums import Phase
from anso.calls.rules import may_manage_call
from anso.calls.wording import DeskPage, TakenOver, page_of

DESK_PAGES = {
    "awards:offers": DeskPage(gettext_lazy("Offers"), page_of("awards:offers"), True, Phase.OFFERS),
    "awards:details": DeskPage(
        gettext_lazy("Letters of confirmation"),
        page_of("awards:details"),
        True,
        Phase.OFFERS,
        opened_by=may_manage_call,
    ),
}
TAKEN_OVER = {
    "award_details": TakenOver(
        gettext_lazy("What letters of confirmation tell of the next steps, host by host."),
        gettext_lazy(
            "When what is given begins and whom holders write to: hosts say it anew. Steps that"
            " name a year."
        ),
    ),
}
