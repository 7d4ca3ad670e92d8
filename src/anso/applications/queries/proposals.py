"""What a proposal says, for the calls that are opened under it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.applications.models import Submission
from anso.calls.models import Call


def facts_of_number(call: Call, number: str) -> Mapping[str, Any]:
    """What the answers mean that were submitted last under a number; empty where none were."""
    found = Submission.objects.filter(application__call=call, application__number=number)
    latest = found.order_by("-version").first()
    return latest.facts if latest else {}
