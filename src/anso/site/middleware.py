"""What surrounds every request: the policy of what a page may load, text without NULs, the
browser's time zone, and a page that says why where an action was refused.

Whatever goes wrong after somebody typed, the answer shows the typed words again.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from csp.constants import HEADER
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render, resolve_url
from django.utils import timezone

from anso.kernel.errors import BadInput, ProductError, Stale
from anso.kernel.lifecycle import StaleTransition
from anso.kernel.periods import find_zone
from anso.kernel.verdict import Refused
from anso.ui.posted_text import posted_texts
from anso.ui.question_fields import sentence

Response = Callable[[HttpRequest], HttpResponse]
ZONE_COOKIE = "zone"
FOUND = 302
FORM_TYPES = ("application/x-www-form-urlencoded", "multipart/form-data")


class SecurityPolicyMiddleware:
    """Puts the one policy of the settings on every answer.

    No page changes it, so it is spelled once when the process starts and not for every answer.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        return response


class NoNullMiddleware:
    """Takes the NUL character out of everything that is typed or asked: no keyboard makes it, and
    PostgreSQL refuses it.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        """Clean the query and, where the body is a form, the form."""
        request.GET = without_nulls(request.GET)  # type: ignore[assignment]  # as immutable as before
        if request.content_type in FORM_TYPES:
            request.POST = without_nulls(request.POST)  # type: ignore[assignment]  # as above


def without_nulls(asked: QueryDict) -> QueryDict:
    """The same fields, each value without NULs; the very object where there are none."""
    if not any("\x00" in value for _name, values in asked.lists() for value in values):
        return asked
    clean = asked.copy()
    for name, values in asked.lists():
        clean.setlist(name, [value.replace("\x00", "") for value in values])
    clean._mutable = False
    return clean


class RefusalMiddleware:
    """A refused action answers 403 with its reasons, a stale one 409 and asks to look again, input
    that cannot be 422 with what is wrong.

    Somebody who was signed out while typing is not sent away with nothing: the page shows the words
    and a way to sign in.
    """

    def __init__(self, get_response: Response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if (
            request.method != "POST"
            or request.user.is_authenticated
            or not is_way_to_sign_in(response)
        ):
            return response
        typed = posted_texts(request)
        context = {"sign_in_url": response["Location"], "typed": typed}
        return render(request, "site/signed_out.html", context, status=401) if typed else response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page for the expected outcomes of an action; everything else stays an error."""
        typed = posted_texts(request)
        if isinstance(exception, Refused):
            return render(
                request,
                "site/refused.html",
                {"reasons": exception.verdict.reasons, "typed": typed},
                status=403,
            )
        if isinstance(exception, StaleTransition | Stale):
            return render(
                request, "site/stale.html", {"stale": exception, "typed": typed}, status=409
            )
        if isinstance(exception, ProductError):
            return render(
                request,
                "site/refused.html",
                {"reasons": [{"text": sentence(exception.message)}], "typed": typed},
                status=422,
            )
        return None


def is_way_to_sign_in(response: HttpResponse) -> bool:
    """Whether an answer only sends the reader to the page for signing in."""
    return response.status_code == FOUND and urlsplit(response["Location"]).path == resolve_url(
        settings.LOGIN_URL
    )


class BrowserZoneMiddleware:
    """Instants without a zone of their own are shown in the zone that the browser told, until an
    account says otherwise; else in UTC.
    """

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
