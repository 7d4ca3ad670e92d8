"""The seals over the record, open to everybody: whoever notes a root today can prove later that
nothing before it was altered.
"""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.audit.queries import checkpoints

PAGE = 50
MOST_IN_JSON = 5000


@require_safe
def seals(request: HttpRequest) -> HttpResponse:
    """All checkpoints, newest first, with what they are good for."""
    page = Paginator(checkpoints(), PAGE).get_page(request.GET.get("page"))
    context = {
        "heading": _("Seals over the record"),
        "subheading": _(
            "Everything that officers, reviewers and applicants do here is recorded. Each minute,"
            " what is new is sealed."
        ),
        "page": page,
    }
    return render(request, "audit/seals.html", context)


@require_safe
def seals_json(request: HttpRequest) -> JsonResponse:
    """The newest checkpoints as data, or those up to ``?before=`` a number."""
    before = request.GET.get("before", "")
    found = checkpoints()
    if before.isascii() and before.isdigit() and len(before) < 10:
        found = found.filter(number__lt=int(before))
    listed = [
        {
            "number": seal.number,
            "sealed_at": seal.sealed_at.isoformat(),
            "entry_count": seal.entry_count,
            "merkle_root": seal.merkle_root,
            "previous_root": seal.previous_root,
            "root": seal.root,
        }
        for seal in found[:MOST_IN_JSON]
    ]
    return JsonResponse({"hash": "SHA-256", "tree": "RFC 6962", "checkpoints": listed})
