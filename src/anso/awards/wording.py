"""What offers say and where they lead: their verbs in words, their page on a call’s desk."""

from __future__ import annotations

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.applications.models import Application
from anso.calls.wording import DeskPage, page_of

VERBS: dict[str, Promise] = {
    "make_offer": _("made an offer"),
    "accept_offer": _("accepted an offer"),
    "decline_offer": _("declined an offer"),
    "lapse_offer": _("let an offer lapse"),
}
KINDS: dict[str, Promise] = {
    "awards.offer": _("offer"),
}
DESK_PAGES = {"awards:offers": DeskPage(_("Offers"), page_of("awards:offers"), True)}


def result_of(application: Application) -> str:
    """Where an applicant reads what was decided, and answers an offer."""
    return reverse("awards:outcome", args=[application.reference])
