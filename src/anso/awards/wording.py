"""What happens to offers, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "make_offer": _("made an offer"),
    "accept_offer": _("accepted an offer"),
    "decline_offer": _("declined an offer"),
    "lapse_offer": _("let an offer lapse"),
}
KINDS: dict[str, Promise] = {
    "awards.offer": _("offer"),
}
