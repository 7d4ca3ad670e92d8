"""When and where what a call gives takes place, in words."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.kernel.terms.occasion import Occasion
from anso.ui.countries import country_name
from anso.ui.instants import day_in_words

DAYS = ("starts_on", "ends_on")
LABELS: dict[str, Promise] = {
    "host": _("Who holds it"),
    "country": _("Country where it takes place"),
    "city": _("City where it takes place"),
    "starts_on": _("Its first day"),
    "ends_on": _("Its last day"),
    "language": _("Language spoken there"),
    "contact": _("Whom to ask about it"),
    "project": _("Number of the project it belongs to"),
}


def occasion_rows(occasion: Occasion) -> list[tuple[Promise, str]]:
    """What is said of it, each with its label; nothing of what is left blank."""
    said = {name: getattr(occasion, name) for name in LABELS}
    words = {
        name: day_in_words(value)
        if name in DAYS
        else country_name(value)
        if name == "country"
        else value
        for name, value in said.items()
        if value
    }
    return [(LABELS[name], text) for name, text in words.items()]
