"""Organisations that accepted their admission: what they said of themselves, whom the directory
knows by a similar name, and which of them wait for an officer's answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from anso.awards.models import AwardDetail, Enrolment, Offer
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.calls.queries.visibility import calls_managed_by
from anso.directory.enums import OrganisationKind
from anso.directory.models import Organisation
from anso.directory.queries import references_of
from anso.governance.queries import alliance_day
from anso.kernel.actors import Actor
from anso.kernel.likeness import Likeness, organisations_alike
from anso.kernel.questions import Meaning
from anso.programmes.outcomes import find_outcome


@dataclass(frozen=True)
class Applied:
    """An organisation as it applied."""

    name: str
    country: str
    kind: str


@dataclass(frozen=True)
class Known:
    """Whom the directory knows by that very name in that country, and who has a similar one."""

    same: Organisation | None
    alike: tuple[Organisation, ...]


def admits_organisations(call: Call) -> bool:
    """Whether organisations become members by what a call gives."""
    return find_outcome(get_terms(call).outcome.code).admits


def applied_by(offer: Offer) -> Applied:
    """What was submitted; an organisation that did not say what it is counts as one of research."""
    submission = offer.application.submission
    facts = submission.facts if submission else {}
    kind = facts.get(Meaning.ORGANISATION_KIND)
    known = kind in OrganisationKind.values
    return Applied(
        str(facts.get(Meaning.APPLICANT_ORGANISATION) or offer.application.subject_name),
        str(facts.get(Meaning.COUNTRY) or ""),
        str(kind) if known else OrganisationKind.RESEARCH_ORGANISATION,
    )


def known_as(applied: Applied) -> Known:
    """Whom the directory knows: the same name however it is spelled anywhere, a similar one in the
    same country.
    """
    spelled = references_of(applied.name)
    found = Organisation.objects.filter(Q(country=applied.country) | Q(reference__in=spelled))
    alike = tuple(
        each
        for each in found.select_related("country").order_by("name", "pk")
        if each.reference in spelled
        or organisations_alike(applied.name, each.name) is not Likeness.DIFFERENT
        or organisations_alike(applied.name, each.acronym) is not Likeness.DIFFERENT
    )
    same = (
        each for each in alike if each.name == applied.name and each.country_id == applied.country
    )
    return Known(next(same, None), alike)


def first_day_of(offer: Offer, organisation: Organisation, now: dt.datetime) -> dt.date:
    """From when it is a member: the day that letters name, or the present one; not before a former
    membership of it ended.
    """
    details = AwardDetail.objects.filter(call=offer.application.call).order_by("-version")
    named = next((each.starts_on for each in details if each.starts_on), None)
    days = [named or alliance_day(now)]
    days += [each.ended_on for each in organisation.memberships.all() if each.ended_on]
    return max(days)


def enrolments_of(call: Call) -> QuerySet[Enrolment]:
    """All of a call, what waits for an answer first."""
    found = Enrolment.objects.filter(offer__application__call=call)
    return found.select_related("offer__application", "membership__organisation").order_by(
        "entered_at", "pk"
    )


def enrolments_to_answer(account: Actor, now: dt.datetime) -> QuerySet[Enrolment]:
    """What waits for an answer in the calls that somebody works on."""
    found = Enrolment.objects.filter(
        membership__isnull=True,
        offer__state="accepted",
        offer__application__call__in=calls_managed_by(account, now).order_by(),
    )
    return found.select_related("offer__application__call").order_by("pk")
