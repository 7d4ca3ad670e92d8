"""What every page shows around its content: the latest seal and, on staff pages about a call, the
way to its other pages.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from anso.audit.queries import get_latest_checkpoint
from anso.ui.menus import url_or_blank


def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; queries run only where the template asks."""
    return {
        "demonstration": settings.DEMONSTRATION,
        "seal": SimpleLazyObject(latest_seal),
        "subnav_template": "calls/desk_nav_here.html",
    }


def latest_seal() -> dict[str, Any]:
    """The newest seal over the record with its root, short enough to be compared by eye; empty
    before the first.
    """
    checkpoint = get_latest_checkpoint()
    if checkpoint is None:
        return {}
    root = f"{checkpoint.root[:4]}…{checkpoint.root[-2:]}"
    return {
        "sealed_at": checkpoint.sealed_at,
        "root": root,
        "url": url_or_blank("audit:checkpoints"),
    }
