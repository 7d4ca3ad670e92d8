"""Turns a refusal that no view caught into a page that says why, in place of a bare 403."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from anso.kernel.lifecycle import StaleTransition
from anso.kernel.verdict import Refused


class RefusalMiddleware:
    """A refused action answers 403 with its reasons; a stale one answers 409 and asks to look again."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
