"""Members on a map and in a table, the governing bodies, and who served in them: open to
everyone.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from anso.directory.enums import OrganisationKind, Region
from anso.governance import queries, wording
from anso.governance.models import Membership
from anso.governance.rules import may_read_standing_reasons
from anso.ui.countries import country_name
from anso.ui.ordering import choices_in_order

REGION_NAMES = dict(Region.choices)


@require_safe
def members(request: HttpRequest) -> HttpResponse:
    """All members on the map and in a table, narrowed by the filters in the address."""
    day = queries.alliance_day(timezone.now())
    asked = {name: request.GET.get(name, "")[:80] for name in ("words", "region", "kind")}
    found = [member_row(each, day) for each in queries.find_members(day, **asked)]
    everyone = queries.members_on(day)
    regions = set(everyone.values_list("organisation__country__region", flat=True))
    context = {
        "heading": _("Members"),
        "description": _("The members of the alliance, on the map and in a table."),
        "members": found,
        "total": everyone.count(),
        "countries": len({row["country"] for row in found}),
        "caption": ngettext("%(n)d member.", "%(n)d members.", len(found)) % {"n": len(found)},
        "words": asked["words"],
        "selects": filters(asked, regions),
    }
    return render(request, "governance/members.html", context)


def filters(asked: dict[str, str], regions: set[str]) -> list[dict[str, Any]]:
    """What the members can be narrowed by, with what was asked selected."""
    return [
        {
            "name": "region",
            "label": _("Region"),
            "value": asked["region"],
            "options": [
                ("", _("All regions")),
                *choices_in_order((r, REGION_NAMES.get(r, r)) for r in regions),
            ],
        },
        {
            "name": "kind",
            "label": _("Kind"),
            "value": asked["kind"],
            "options": [("", _("All kinds")), *choices_in_order(OrganisationKind.choices)],
        },
    ]


def member_row(membership: Membership, day: dt.date) -> dict[str, Any]:
    """A membership as the table and the map show it on a day."""
    organisation = membership.organisation
    standing = queries.standing_of([membership], day).standing
    return {
        "number": membership.number,
        "label": organisation.name,
        "acronym": organisation.acronym,
        "city": organisation.city,
        "country": country_name(organisation.country_id),
        "kind": organisation.get_kind_display(),
        "since": membership.admitted_on,
        "standing": standing,
        "standing_word": wording.standing_word(standing),
        "tone": wording.TONES[standing],
        "url": reverse("governance:member", args=[organisation.reference]),
        "lat": (
            organisation.latitude
            if organisation.latitude is not None
            else organisation.country.latitude
        ),
        "lon": (
            organisation.longitude
            if organisation.longitude is not None
            else organisation.country.longitude
        ),
    }


@require_safe
def member(request: HttpRequest, reference: str) -> HttpResponse:
    """One member, past or present: where it is, where it stands and since when, which seats it
    holds or held, what was recorded about it.
    """
    now = timezone.now()
    today = queries.alliance_day(now)
    organisation = queries.get_member_for(reference)
    memberships = list(organisation.memberships.all())
    latest, standing = memberships[0], queries.standing_of(memberships, today)
    tells_reasons = bool(may_read_standing_reasons(request.user, organisation, now))
    context = {
        "heading": organisation.name,
        "subheading": organisation.acronym,
        "crumbs": [
            (_("Members"), reverse("governance:members")),
            (organisation.acronym or organisation.name, ""),
        ],
        "membership": latest,
        "organisation": organisation,
        "status": wording.standing_word(standing.standing),
        "tone": wording.TONES[standing.standing],
        "category": wording.category_word(standing.category),
        "standing_words": wording.standing_in_words(standing, tells_reasons=tells_reasons),
        "history": wording.history_in_words(memberships, tells_reasons=tells_reasons),
        "country": country_name(organisation.country_id),
        "mandates": list(queries.mandates_of_organisation(organisation)),
        "points": [member_row(latest, today)],
    }
    return render(request, "governance/member.html", context)


@require_safe
def bodies(request: HttpRequest) -> HttpResponse:
    """The governing bodies, and who sits on the Board now."""
    day = queries.alliance_day(timezone.now())
    existing = list(queries.bodies_on(day))
    board = next((body for body in existing if body.kind == "board"), None)
    context = {
        "heading": _("Governance"),
        "subheading": _(
            "Who decides, on what, and for how long. Rights in this house follow from these"
            " mandates."
        ),
        "bodies": existing,
        "board": board,
        "term": next(iter(queries.mandates_by_term(board)), None) if board else None,
    }
    return render(request, "governance/bodies.html", context)


@require_safe
def body(request: HttpRequest, code: str) -> HttpResponse:
    """One body: its purpose, and everyone who served in it, by term."""
    found = queries.get_body_for(code)
    today = queries.alliance_day(timezone.now())
    terms = [
        (starts_on, ends_on, is_current(starts_on, ends_on, today), held)
        for (starts_on, ends_on), held in queries.mandates_by_term(found)
    ]
    context = {
        "body": found,
        "terms": terms,
        "parts": list(found.parts.exclude(kind="panel").order_by("code")),
    }
    return render(request, "governance/body.html", context)


def is_current(starts_on: dt.date, ends_on: dt.date | None, today: dt.date) -> bool:
    """Whether a term is running today."""
    return starts_on <= today and (ends_on is None or today < ends_on)
