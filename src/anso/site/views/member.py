"""What I have to do: the page on which signed-in people land."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.models import Account
from anso.calls.queries import calls_on_desk_of
from anso.directory.actions import name_person
from anso.directory.queries import get_person_of
from anso.directory.wording import name_question
from anso.kernel.errors import BadInput
from anso.kernel.matters import matters_of
from anso.site.wording import todo_items_for
from anso.ui.fields import error_list, fields_for
from anso.ui.question_fields import sentence
from anso.ui.ways_back import own_path


@require_safe
@login_required
def todo(request: HttpRequest) -> HttpResponse:
    """Everything that waits for this person, the most pressing first, one line each with the
    reason.
    """
    now = timezone.now()
    matters = matters_of(request.user, now)
    context = {
        "heading": _("What I have to do"),
        "now": now,
        "items": [
            (item, item.is_overdue(now))
            for item in todo_items_for(cast("Account", request.user), now)
        ],
        "under_way": [each for each in matters if not each.is_over],
        "over": [each for each in matters if each.is_over],
        "has_desk": calls_on_desk_of(request.user, now).exists(),
    }
    return render(request, "site/todo.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def name(request: HttpRequest) -> HttpResponse:
    """How somebody is called: the last step of making an account, and the place to correct it."""
    account = cast("Account", request.user)
    person = get_person_of(account)
    asked = name_question(person.full_name if person else "")
    wanted = own_path(request, settings.LOGIN_REDIRECT_URL)
    if request.method == "POST":
        asked["value"] = request.POST.get("full_name", "")
        try:
            name_person(account=account, full_name=asked["value"], now=timezone.now())
        except BadInput as wrong:
            asked["error"] = sentence(wrong.message)
        else:
            return redirect(wanted)
    context = {
        "heading": _("What are you called?"),
        "fields": fields_for([asked]),
        "error_list": error_list([asked]),
        "wanted": wanted,
    }
    return render(request, "site/name.html", context, status=422 if asked.get("error") else 200)
