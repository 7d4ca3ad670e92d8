"""What letters of confirmation tell, and what of it nobody has said yet."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404

from anso.awards.models import AwardDetail, Offer
from anso.awards.queries.offers import IN_FORCE
from anso.calls.models import Call, CallHost
from anso.calls.queries import get_terms
from anso.kernel.terms import Host, Terms


@dataclass(frozen=True)
class HostDetail:
    """What the letters for one host tell: the host as the terms name it (None: a call without
    hosts), and what officers have written down.
    """

    host: Host | None
    detail: AwardDetail

    @property
    def missing(self) -> list[str]:
        """The codes of what letters leave out: of the steps the languages in which they lack."""
        found = [name for name in ("starts_on", "contact") if not getattr(self.detail, name)]
        steps = self.detail.steps
        return found + [
            f"steps_{code}" for code, _name in settings.LANGUAGES if not steps.get(code)
        ]


def award_details(call: Call) -> list[HostDetail]:
    """For each host of a call, or for the whole of a call without hosts, what its letters tell."""
    hosts: list[Host | None] = [*get_terms(call).hosts] or [None]
    said = AwardDetail.objects.filter(call=call).order_by("version")
    known = {each.host: each for each in said}  # the latest stands
    keys = [host.key if host else "" for host in hosts]
    return [
        HostDetail(host, known.get(key) or AwardDetail(call=call, host=key))
        for host, key in zip(hosts, keys, strict=True)
    ]


def host_of_place(terms: Terms, place: str) -> str:
    """At which host a place is; blank where it is at none."""
    nodes = {node.key: node for node in terms.outcome.tree()}
    node = nodes.get(place)
    while node is not None and not node.host and node.parent:
        node = nodes.get(node.parent)
    return node.host if node is not None else ""


def detail_of_offer(offer: Offer) -> HostDetail | None:
    """What the letter about one offer tells beside it; None for a place at no host of a call that
    has some.
    """
    call = offer.application.call
    key = host_of_place(get_terms(call), offer.place)
    found = award_details(call)
    return next((each for each in found if (each.host.key if each.host else "") == key), None)


def version_of_letter(offer: Offer) -> int:
    """Which version of what is said beside the offer its letter tells now; 0 for nothing."""
    found = detail_of_offer(offer)
    return found.detail.version if found else 0


def holders_of_letters(call: Call, host: str) -> list[Offer]:
    """The offers in force whose holders had a letter that tells what is said for a host."""
    found = Offer.objects.filter(
        application__call=call, state__in=IN_FORCE, letter_had__isnull=False
    )
    terms = get_terms(call)
    joined = found.select_related("application__call", "application__applicant__account")
    return [each for each in joined.order_by("pk") if host_of_place(terms, each.place) == host]


def replaced_at(offer: Offer, version: int) -> dt.datetime | None:
    """When a letter of this version was replaced by another; None where it is the present one."""
    host = host_of_place(get_terms(offer.application.call), offer.place)
    later = AwardDetail.objects.filter(call=offer.application.call, host=host, version__gt=version)
    return later.order_by("version").values_list("kept_at", flat=True).first()


def organisation_of_host(call: Call, key: str) -> CallHost | None:
    """Which organisation of the directory a host is, where somebody said."""
    found = CallHost.objects.select_related("organisation__country").filter(call=call, key=key)
    return found.exclude(organisation=None).first()


def code_of_letter(offer: Offer, version: int) -> str:
    """The code on a letter: the offer and which version of it, from the first that says more than
    the offer itself.
    """
    return f"{offer.reference}-{version}" if version else offer.reference


def get_offer_of_letter(code: str) -> tuple[Offer, int]:
    """The offer that a award letter is about and the version of the letter, by the code on it;
    Http404 where there is none.
    """
    reference, _hyphen, number = code.upper().partition("-")
    found = Offer.objects.select_related("application__call").filter(reference=reference)
    offer = found.first()
    version = int(number) if number.isdecimal() else 0
    is_known = offer is not None and version <= version_of_letter(offer)
    if offer is None or not is_known or code_of_letter(offer, version) != code.upper():
        raise Http404("no such letter")
    return offer, version
