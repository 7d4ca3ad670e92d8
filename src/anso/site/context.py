"""What every page shows around its content: the latest seal, the demonstration cast, the languages."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from anso.audit.queries import get_latest_checkpoint

def surroundings(request: HttpRequest) -> dict[str, Any]:
    """Context for all templates; queries run only where the template asks."""

    return {"demonstration": settings.DEMONSTRATION, "latest_seal": get_latest_checkpoint}
