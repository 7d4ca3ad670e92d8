"""What surrounds every request: the reader's time zone, and a page that says why where an action was refused."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
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


class ReaderZoneMiddleware:
    """Instants without a zone of their own are shown in the reader's: that of the account, of the browser's cookie, or UTC."""

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        timezone.activate(reader_zone(request))
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()


def reader_zone(request: HttpRequest) -> ZoneInfo:
    """The zone that the reader has chosen or whose browser told it; UTC where neither is known or the name is none."""
    is_known_visitor = settings.SESSION_COOKIE_NAME in request.COOKIES
    chosen = (getattr(request.user, "zone", "") if is_known_visitor else "") or request.COOKIES.get(ZONE_COOKIE, "")
    try:
        return find_zone(chosen) if chosen else ZoneInfo("UTC")
    except BadInput:
        return ZoneInfo("UTC")
