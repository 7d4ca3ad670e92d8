"""The pages for what went wrong: no right, no such page, our own mistake."""

from __future__ import annotations

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request whose form had no valid token, or that nobody may make."""
    return render(request, "403.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address where there is nothing, or nothing for this reader."""
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a mistake of the program. Asks neither database nor session, which may be what broke."""
    try:
        address = staticfiles_storage.url("ui/anso.css")
    except ValueError:
        address = "/static/ui/anso.css"
    return HttpResponse(loader.render_to_string("500.html", {"stylesheet": address}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was opened too long ago."""
    return render(request, "403.html", status=403)
