"""Pages of matching."""

from __future__ import annotations

from django.http import HttpResponse


def record_response(content: str, name: str) -> HttpResponse:
    """The record of a run as a file, which anybody can compute again."""
    answer = HttpResponse(content, content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return answer
