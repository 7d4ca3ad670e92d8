"""The draws of a run, for anybody to repeat: on the desk for every run, in public for the released
one.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.calls.models import Call
from anso.calls.queries import get_call_for, get_terms
from anso.calls.wording import desk_crumbs
from anso.decisions.models import SelectionRun
from anso.decisions.queries import draws_of, equals_of, get_desk_run_for, get_public_run
from anso.decisions.views import read_step, run_url
from anso.programmes.wording import CallWords
from anso.ui.question_fields import in_reader_language


@login_required
@require_GET
def draw(request: SignedInRequest, reference: str, number: int) -> HttpResponse:
    """The draws of one run as officers, the chair and auditors see them, before and after the
    release.
    """
    now = timezone.now()
    call, run = get_desk_run_for(request.user, reference, number, now, read_step(request))
    if run is None:
        raise Http404("no such run")
    crumbs = desk_crumbs(
        call, _("Draw"), (_("Ranking, run %(number)s") % {"number": run.number}, run_url(run))
    )
    context = _shown(call, run) | {"base": "ui/staff_base.html", "crumbs": crumbs}
    return render(request, "decisions/draw.html", context)


@require_safe
def public_draw(request: HttpRequest, slug: str) -> HttpResponse:
    """The draws of the released run; until the release only that they will stand here."""
    now = timezone.now()
    call = get_call_for(request.user, slug, now)
    title = in_reader_language(call.title)
    crumbs = [
        (_("Calls"), reverse("calls:list")),
        (title, reverse("calls:call", args=[call.slug])),
        (_("Draw"), ""),
    ]
    context = _shown(call, get_public_run(call, now)) | {
        "base": "ui/base.html",
        "crumbs": crumbs,
        "subheading": title,
    }
    return render(request, "decisions/draw.html", context)


def _shown(call: Call, run: SelectionRun | None) -> dict[str, Any]:
    """What the page shows of a run, or of none."""
    seed, equals = equals_of(run) if run else ("", [])
    return {
        "heading": _("How the draws were made"),
        "call": call,
        "words": CallWords(get_terms(call)),
        "run": run,
        "draws": draws_of(run) if run else [],
        "equals": equals,
        "seed": seed,
    }
