"""The shipped demonstration tells nothing that the rules of its calls forbid."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.utils import timezone

from anso.applications.models import Application
from anso.applications.queries.required_letters import lacks_of_submitted
from anso.audit.models import Entry
from anso.calls.models import Call
from anso.decisions.models import Placement
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS

pytestmark = pytest.mark.django_db


def test_nobody_is_placed_without_what_the_call_demands(settings: pytest.FixtureRequest) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]  # the settings of the test
    call_command("load_demo", applications=50, verbosity=0)
    submitted = Application.objects.filter(state="submitted", letters__state="completed")
    kinds = submitted.values_list("call__programme__kind", "letters__kind").distinct()
    assert {("collaborative_research", "partner"), ("prize", "nominee")} <= set(kinds)
    assert not submitted.filter(call__programme__kind="prize", subject_name__contains=" in ")
    now = timezone.now()
    alive = Application.objects.filter(call__closes_at__gt=now)
    assert set(alive.values_list("call__programme__kind", flat=True)) == set(KINDS)
    sound = alive.filter(eligibility_checks__is_eligible=True)
    assert len(set(sound.values_list("call__programme__kind", flat=True))) > len(KINDS) / 2
    assert not Entry.objects.filter(at__gt=now), "nothing lies ahead of whoever looks"
    assert not Message.objects.filter(created_at__gt=now)
    placed = Placement.objects.filter(result="selected").select_related("application")
    passed_over = Placement.objects.filter(facts__has_key="lacks").exclude(result="selected")
    assert placed.count() > 5
    assert passed_over.exists(), "somebody lacks what is required, and is ranked"
    for call in Call.objects.filter(selection_runs__isnull=False).distinct():
        found = Application.objects.filter(call=call, placements__result="selected").distinct()
        hosts = {each.pk: {place.split("-")[1] for place in each.placements.values_list(
            "place", flat=True) if place} for each in found}  # fmt: skip
        for key, lacks in lacks_of_submitted(call, found).items():
            assert not any(not lack.host for lack in lacks), key
            assert not {lack.host.lower() for lack in lacks} & hosts[key], key
