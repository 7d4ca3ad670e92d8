"""What an export of applications can say of offers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.applications.wording.export_columns import NO_COLUMNS, ExportGroup
from anso.awards.models import Offer
from anso.awards.queries import offers_of_call
from anso.awards.wording.offers import offer_state
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.decisions.wording import place_label

OFFER_COLUMNS = ("number", "name", "country", "mail", "offer", "offer_state", "offered", "answered")


def columns_of_offers(call: Call, account: Account, now: dt.datetime) -> ExportGroup:
    """The latest offer to each application and what came back; none before the first is made."""
    offers = offers_of_call(call)
    if not offers.exists():
        return NO_COLUMNS
    terms = get_terms(call)

    def cells_of(each: Offer) -> Mapping[str, Any]:
        return {
            "offer": place_label(terms, each.place),
            "offer_state_code": each.state,
            "offer_state": offer_state(each.state)["word"],
            "offered": each.made_at,
            "answer_until": each.respond_by,
            "answered": each.answered_at,
        }

    def cells(ids: Sequence[int]) -> Mapping[int, Mapping[str, Any]]:
        found = offers.filter(application__in=ids).order_by("made_at", "id")
        return {each.application_id: cells_of(each) for each in found}

    headings = {
        "offer": _("What was offered"),
        "offer_state_code": _("State of the offer, code"),
        "offer_state": _("State of the offer"),
        "offered": _("Offered (UTC)"),
        "answer_until": _("Answer until (UTC)"),
        "answered": _("Answered (UTC)"),
    }
    return ExportGroup(_("Offers"), headings, cells)
