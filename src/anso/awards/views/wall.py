"""The page that names everybody who ever held what a programme gives, and where officers enter the
years before its calls were kept here.
"""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from anso.awards import actions, rules
from anso.awards.models import EarlierHolder
from anso.awards.queries.wall import programmes_with_wall, wall_of
from anso.awards.wording.wall import wall_name, wall_shown
from anso.directory.queries import country_codes
from anso.kernel.errors import BadInput
from anso.kernel.holders_lists import COLUMNS, read_holders
from anso.programmes.models import Programme
from anso.ui.imports import text_of_upload
from anso.ui.question_fields import in_reader_language, sentence


@require_safe
def wall(request: HttpRequest, code: str) -> HttpResponse:
    """Everybody who received it, year by year, with the results of each call."""
    now = timezone.now()
    programme = _programme(code)
    may_keep = request.user.is_authenticated and rules.may_keep_wall(request.user, now)
    context = _context(programme) | {
        "description": _("Who received it, for what, and the years in which nobody did."),
        "crumbs": [(_("Calls"), reverse("calls:list")), (wall_name(programme), "")],
        "years": wall_shown(wall_of(programme, now)),
        "keep_url": reverse("awards:keep_wall", args=[code]) if may_keep else "",
    }
    return render(request, "awards/wall.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep_wall(request: HttpRequest, code: str) -> HttpResponse:
    """Enter earlier years as a list, typed or from a file; what is wrong is told line by line, and
    then nothing is entered. Take off what was wrong.
    """
    now = timezone.now()
    programme = _programme(code)
    rules.may_keep_wall(request.user, now).require()
    faults: list[str] = []
    if request.method == "POST":
        try:
            if "take_off" in request.POST:
                _take_off(request, programme)
                return redirect("awards:keep_wall", code=code)
            faults = _enter(request, programme)
        except BadInput as refusal:
            faults = [sentence(refusal.message)]
        if not faults:
            return redirect("awards:wall", code=code)
    address = reverse("awards:wall", args=[code])
    context = _context(programme) | {
        "crumbs": [(wall_name(programme), address), (_("Earlier years"), "")],
        "heading": _("Earlier years"),
        "columns": ",".join(COLUMNS),
        "typed": request.POST.get("lines", ""),
        "faults": faults,
        "entries": programme.earlier_holders.filter(taken_off_at__isnull=True).order_by(
            "-year", "pk"
        ),
    }
    return render(request, "awards/keep_wall.html", context, status=422 if faults else 200)


def _enter(request: HttpRequest, programme: Programme) -> list[str]:
    """Enter what was typed or sent; return what is wrong with it, in words."""
    now, sent = timezone.now(), request.FILES.get("file")
    text = text_of_upload(sent) if sent else request.POST.get("lines", "")
    lines, faults = read_holders(text, country_codes(), now.year)
    if faults:
        return [sentence(each) for each in faults]
    made = actions.enter_earlier_holders(
        programme=programme, lines=lines, actor=request.user, now=now
    )
    told = ngettext("One line was entered.", "%(n)s lines were entered.", len(made))
    messages.success(request, told % {"n": len(made)})
    return []


def _take_off(request: HttpRequest, programme: Programme) -> None:
    reference = request.POST["take_off"]
    holder = get_object_or_404(EarlierHolder, programme=programme, reference=reference)
    because = request.POST.get("because", "")
    actions.take_off_holder(holder=holder, because=because, actor=request.user, now=timezone.now())
    messages.success(request, _("Taken off. The reason stands in the record."))


def _programme(code: str) -> Programme:
    found = programmes_with_wall().filter(code=code).first()
    if found is None:
        raise Http404("no such wall")
    return found


def _context(programme: Programme) -> dict[str, Any]:
    return {
        "programme": programme,
        "heading": wall_name(programme),
        "subheading": in_reader_language(programme.name),
    }
