"""What I have to do: the page on which signed-in people land."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.accounts.models import Account
from anso.calls.queries import calls_on_desk_of
from anso.kernel.matters import matters_of
from anso.site.wording import todo_items_for


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
