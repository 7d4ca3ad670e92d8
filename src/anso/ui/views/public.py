"""The living style guide, open to everyone, and the alliance's own colours as a style sheet."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language_bidi, gettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from anso.ui import examples
from anso.ui.context import alliance_setting

TOKEN = re.compile(r"[a-z0-9-]+")
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}")


@require_safe
@cache_control(public=True, max_age=3600)
def colours(request: HttpRequest) -> HttpResponse:
    """Return the colours that this alliance changed, as tokens; anything that is not a plain colour
    is left out.
    """
    chosen = alliance_setting("COLOURS").items()
    tokens = "".join(
        f"--{name}:{value};"
        for name, value in chosen
        if TOKEN.fullmatch(name) and COLOUR.fullmatch(value)
    )
    return HttpResponse(f":root:root{{{tokens}}}", content_type="text/css")


def variant(request: HttpRequest) -> dict[str, Any]:
    """Read in which light and direction the guide is to be shown."""
    theme = request.GET.get("theme", "")
    direction = request.GET.get("dir", "rtl" if get_language_bidi() else "ltr")
    return {
        "theme": theme if theme in {"light", "dark"} else "",
        "dir": direction if direction in {"ltr", "rtl"} else "ltr",
    }


@require_safe
def guide(request: HttpRequest) -> HttpResponse:
    """Show all components with a line on when to use each."""
    context = {
        "heading": gettext("Style guide"),
        "components": examples.COMPONENTS,
        **variant(request),
    }
    return render(request, "ui/style/index.html", context)


@require_safe
def component(request: HttpRequest, name: str) -> HttpResponse:
    """Show every state of one component, with invented content."""
    if name not in examples.COMPONENTS:
        raise Http404
    shown = examples.COMPONENTS[name]
    context = {
        "heading": shown.title,
        "subheading": shown.purpose,
        "crumbs": [(gettext("Style guide"), reverse("ui:guide")), (shown.title, "")],
        "example": f"ui/style/{name}.html",
        **examples.content_for(name),
        **variant(request),
    }
    return render(
        request,
        "ui/style/staff.html" if shown.is_staff else "ui/style/component.html",
        context,
    )
