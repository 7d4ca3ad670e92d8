"""Leaves out the question whether a connection still lives where it has just answered.

Django asks at the first statement of every request, which is one round trip of eight when an answer
is saved. A server that was restarted is noticed all the same: nobody is answered by a connection
within a second of its end, and one that fails is closed with its request.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse

RECENT_SECONDS = 1.0
ANSWERED_AT = "anso_answered_at"


class RecentConnectionMiddleware:
    """Trusts the connection of this thread when it served a request within the last second."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if time.monotonic() - getattr(connection, ANSWERED_AT, float("-inf")) < RECENT_SECONDS:
            connection.health_check_done = True  # type: ignore[attr-defined]  # not in the stubs
        response = self.get_response(request)
        if not connection.errors_occurred:
            setattr(connection, ANSWERED_AT, time.monotonic())
        return response
