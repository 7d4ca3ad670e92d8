"""Hosts of calls as organisations of the directory, with the people who answer for them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from anso.calls.models import Call, CallHost


def hosts_of(call: Call) -> QuerySet[CallHost]:
    """The hosts of a call with their organisations and people."""
    found = CallHost.objects.filter(call_id=call.pk).select_related("organisation")
    return found.prefetch_related("people__account").order_by("id")


def people_of_hosts(call_ids: Iterable[int]) -> dict[tuple[int, str], frozenset[int]]:
    """Who answers for each host of these calls: (call, host's key) to people, by their keys."""
    found: dict[tuple[int, str], set[int]] = {}
    rows = CallHost.objects.filter(call_id__in=set(call_ids), people__isnull=False)
    for call, key, person in rows.values_list("call_id", "key", "people"):
        found.setdefault((call, key), set()).add(person)
    return {place: frozenset(people) for place, people in found.items()}
