"""What holds for every request of somebody signed in: staff need a second factor, no cache keeps
pages, times are in the reader's zone.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import tzinfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from anso.accounts.actions import note_browser_zone
from anso.accounts.models import Account
from anso.accounts.rules import may_work_signed_in
from anso.kernel.errors import BadInput
from anso.kernel.periods import find_zone

OPEN_WITHOUT_SECOND_FACTOR = (
    "/accounts/2fa/",
    "/accounts/reauthenticate/",
    "/accounts/confirm-email/",
    "/accounts/email/",
    "/accounts/logout/",
    "/accounts/password/",
    "/accounts/second-factor/",
    "/language/",
    "/static/",
)
GetResponse = Callable[[HttpRequest], HttpResponse]


class SignedInRequest(HttpRequest):
    """A request to a page that asks for sign-in: whoever sends it has an account."""

    user: Account  # narrower than the base: no anonymous visitor gets here


class SecondFactorMiddleware:
    """Somebody of the Secretariat without a second factor reaches nothing but the pages to set one
    up.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if (
            request.path.startswith(OPEN_WITHOUT_SECOND_FACTOR)
            or not request.user.is_authenticated
            or may_work_signed_in(request.user)
        ):
            return self.get_response(request)
        return redirect("accounts:second_factor")


class PrivatePagesMiddleware:
    """What somebody signed in was shown is kept by no cache, so that the next person at the same
    machine cannot go back to it.

    Views that say themselves what may be kept are left alone.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control") and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response


class ReadersZoneMiddleware:
    """Times on the page are shown in the zone that the reader chose; where the browser is, is kept
    for the mails.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        browser = timezone.get_current_timezone_name()
        if request.user.is_authenticated and browser not in ("UTC", request.user.browser_zone):
            note_browser_zone(account=request.user, zone=browser)
        with timezone.override(readers_zone(request)):
            return self.get_response(request)


def readers_zone(request: HttpRequest) -> tzinfo:
    """The zone that the reader chose; the one in force where they chose none, or one that no clock
    knows any more.
    """
    chosen = request.user.zone if request.user.is_authenticated else ""
    try:
        # Looked up by its name, which is kept in memory: to list all zones reads a folder of some
        # six hundred files, nine milliseconds for each request.
        return find_zone(chosen or _known_zone(request))
    except BadInput:
        return timezone.get_current_timezone()


def _known_zone(request: HttpRequest) -> str:
    """Where the browser says that it is; where it says nothing, where it was last."""
    now = timezone.get_current_timezone_name()
    known = request.user.browser_zone if request.user.is_authenticated else ""
    return known if known and now == "UTC" else now
