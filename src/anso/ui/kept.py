"""What somebody typed into a small form that was refused, kept for the page that comes next: a page
that answers with another one loses nothing.
"""

from __future__ import annotations

from django.http import HttpRequest

KEPT = "typed_and_refused"


def keep_typed(request: HttpRequest) -> None:
    """Remember what was sent, until the next page that asks."""
    request.session[KEPT] = {name: str(value) for name, value in request.POST.items()}


def take_typed(request: HttpRequest) -> dict[str, str]:
    """What was sent and refused just before; nothing otherwise."""
    return dict(request.session.pop(KEPT, {})) if KEPT in request.session else {}
