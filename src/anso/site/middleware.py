"""What surrounds every request: the browser's time zone, and a page that says why where an action was refused."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from anso.kernel.errors import BadInput
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.periods import find_zone
from anso.kernel.verdict import Refused

Response = Callable[[HttpRequest], HttpResponse]
ZONE_COOKIE = "zone"


class RefusalMiddleware:
    """A refused action answers 403 with its reasons; a stale one answers 409 and asks to look again."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for the two expected outcomes of an action; everything else stays an error."""
        if isinstance(exception, Refused):
            return render(request, "site/refused.html", {"reasons": exception.verdict.reasons}, status=403)
        if isinstance(exception, StaleTransition):
            return render(request, "site/stale.html", {"stale": exception}, status=409)
        return None


class BrowserZoneMiddleware:
    """Instants without a zone of their own are shown in the zone that the browser told, until an account says otherwise; else in UTC."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(browser_zone(request)):
            return self.get_response(request)


def browser_zone(request: HttpRequest) -> ZoneInfo:
    """The zone in the browser's cookie; UTC where there is none or its name is none."""
    try:
        return find_zone(unquote(request.COOKIES.get(ZONE_COOKIE, "")) or "UTC")
    except BadInput:
        return ZoneInfo("UTC")
