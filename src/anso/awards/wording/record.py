"""What the record calls the fields of offers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from anso.audit.wording import Field, fixed_words
from anso.awards.wording.offers import OFFER_STATES

FIELDS: dict[str, Field] = {
    "awards.offer:state": Field(
        _("state"), codes={code: words for code, (words, _tone) in OFFER_STATES.items()}
    ),
    "extend_offer:because": Field(tell=fixed_words),
    "respond_by": Field(_("answer asked by")),
    "consent": Field(_("how its being shown was agreed to")),
    "holder": Field(_("whose it is")),
    "lapsed_at": Field(_("lapsed at")),
    "revoked_at": Field(_("taken back at")),
    "revoked_because": Field(_("why it was taken back")),
    "keep_award_detail:*": Field(keys="hosts", codes={"call": _("call")}),
}
WAYS = {"awards.offer": "application__call"}
