"""What a demonstration shows on every page: the bar with its cast. Nothing on a real
installation.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from anso.accounts.enums import part_label
from anso.accounts.queries import demonstration_cast


def demonstration(request: HttpRequest) -> dict[str, Any]:
    """The bar's template and, only where it is drawn, the cast."""
    if not settings.DEMONSTRATION:
        return {}
    return {"demo_template": "accounts/demo_bar.html", "cast": SimpleLazyObject(cast_links)}


def cast_links() -> list[dict[str, Any]]:
    """The cast as the bar draws it: part and its name."""
    return [
        {"part": part, "label": part_label(part), "pk": key}
        for part, key in demonstration_cast().values_list("demonstration_role", "pk")
    ]
