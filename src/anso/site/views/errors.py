"""The pages for what went wrong: no right, no such page, our own mistake."""

from __future__ import annotations

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.views.decorators.csrf import requires_csrf_token

from anso.ui.posted_text import posted_texts


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer a request that nobody may make."""
    return render(request, "403.html", {"typed": posted_texts(request)}, status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address where there is nothing, or nothing for this reader."""
    return render(request, "404.html", {"typed": posted_texts(request)}, status=404)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read at all: far too large, far too many fields, or not for this host.
    Asks nothing of the request.
    """
    return HttpResponse(
        loader.render_to_string("400.html", {"stylesheet": style_sheet()}), status=400
    )


def broken(request: HttpRequest) -> HttpResponse:
    """Answer after a mistake of the program. Asks neither database nor session, which may be what
    broke.
    """
    return HttpResponse(
        loader.render_to_string("500.html", {"stylesheet": style_sheet()}), status=500
    )


def style_sheet() -> str:
    """The address of the style sheet, also where static files were never collected."""
    try:
        return staticfiles_storage.url("ui/anso.css")
    except ValueError:
        return "/static/ui/anso.css"


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that was opened too long ago, in most cases before signing in or out in another
    tab.
    """
    return render(request, "site/too_old.html", {"typed": posted_texts(request)}, status=403)
