"""Pages of selections and decisions."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from anso.calls.models import Call
from anso.calls.queries.steps import step_after
from anso.decisions.models import SelectionRun
from anso.decisions.queries import find_ranking_step, get_ranking_step, ranking_steps


def read_step(request: HttpRequest) -> str:
    """Of which step the page is: its key as the address or the form says it; blank for the one that
    is decided next.
    """
    return (request.POST.get("of") or request.GET.get("of", ""))[:60]


def step_query(call: Call, run: SelectionRun | None) -> str:
    """What the address of a page about a run needs beside the run's number: the key of its step,
    where the call ranks in several; blank otherwise.
    """
    is_needed = run is not None and len(ranking_steps(call)) > 1
    return f"?of={run.step.key}" if run is not None and is_needed else ""


def run_url(run: SelectionRun) -> str:
    """The page of one run."""
    page = reverse("decisions:run", args=[run.call.reference, run.number])
    return f"{page}{step_query(run.call, run)}"


def step_context(call: Call, key: str) -> dict[str, Any]:
    """The step that the page is of, where it leads, and the other steps in which the call ranks."""
    step, steps = find_ranking_step(call, key), ranking_steps(call)
    return {
        "step": step,
        "ranking_steps": steps if len(steps) > 1 else [],
        "leads_to": step_after(call, step) if step else None,
        "is_next": step is not None and step == get_ranking_step(call),
    }
