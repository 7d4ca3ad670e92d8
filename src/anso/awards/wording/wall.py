"""The page that names everybody who ever held what a programme gives, in the reader's words."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.awards.models import Offer
from anso.awards.queries.wall import Held, WallYear, heading_of_wall, programmes_with_wall
from anso.calls.models import Call
from anso.programmes.models import Programme
from anso.ui.countries import country_name
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_reader_language

VERBS: dict[str, Promise] = {
    "enter_holder": gettext_lazy("entered who received something in an earlier year"),
    "take_off_holder": gettext_lazy("took an entry of an earlier year off"),
    "put_picture": gettext_lazy("gave a picture to be shown"),
    "take_picture_away": gettext_lazy("took a picture away"),
}
KINDS: dict[str, Promise] = {
    "awards.earlierholder": gettext_lazy("entry of an earlier year"),
}


@dataclass(frozen=True)
class WallRow:
    """One who received something, or why nobody did, as everybody reads it."""

    award: str
    name: str
    organisation: str
    country: str
    citation: str
    note: str
    earlier: str
    picture_url: str
    picture_shows: str


@dataclass(frozen=True)
class WallShown:
    """A year with its rows, the results of its calls, and how many asked not to be named."""

    year: int
    rows: list[WallRow]
    results: list[tuple[str, str]]
    unnamed: int


def wall_shown(years: list[WallYear]) -> list[WallShown]:
    """All years in words."""
    return [
        WallShown(
            each.year,
            [_row(held) for held in each.held],
            [
                (in_reader_language(call.title), reverse("awards:results", args=[call.slug]))
                for call in each.calls
            ],
            each.unnamed,
        )
        for each in years
    ]


def _row(held: Held) -> WallRow:
    note = ""
    if held.not_given_because:
        note = _("Given to nobody: %(why)s") % {"why": held.not_given_because}
    elif held.withdrawn_on:
        note = _("Withdrawn on %(day)s") % {"day": day_in_words(held.withdrawn_on)}
    return WallRow(
        award=in_reader_language(held.award),
        name=held.name,
        organisation=held.organisation,
        country=country_name(held.country) if held.country else "",
        citation=held.citation,
        note=note,
        earlier=held.earlier,
        picture_url=(
            reverse("awards:picture", args=[held.picture.reference]) if held.picture else ""
        ),
        picture_shows=held.picture.shows if held.picture else "",
    )


def address_of_wall(call: Call) -> str:
    """The wall of a call's programme; blank where there is none."""
    programme = call.programme
    return reverse("awards:wall", args=[programme.code]) if heading_of_wall(programme) else ""


def has_wall(offer: Offer) -> bool:
    """Whether whoever accepted it stands on a page of all who received it."""
    programme = offer.application.call.programme
    return offer.state == "accepted" and bool(heading_of_wall(programme))


def walls() -> list[tuple[str, str, str]]:
    """Every wall: its heading, its programme and its address."""
    return [
        (wall_name(each), in_reader_language(each.name), reverse("awards:wall", args=[each.code]))
        for each in programmes_with_wall()
    ]


def wall_name(programme: Programme) -> str:
    """What the wall is called in the reader's language."""
    return in_reader_language(heading_of_wall(programme))
