"""An officer answers a rule that could not judge, or makes it a question again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anso.applications import actions, queries
from anso.applications.views import desk_application
from anso.kernel.errors import BadInput
from anso.ui.question_fields import sentence


@login_required
@require_POST
def answer_rule(request: HttpRequest, reference: str, code: str) -> HttpResponse:
    """Say of a rule that could not judge whether it is met, or make it a question again."""
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    answer, because = request.POST.get("answer", ""), request.POST.get("because", "")
    given: dict[str, Any] = {"rule": code, "because": because, "actor": request.user, "now": now}
    try:
        if answer == "ask_again":
            actions.take_back_rule_answers(application=application, **given)
            messages.success(request, _("%(rule)s is a question again.") % {"rule": code})
        elif answer in ("met", "not_met"):
            about, is_met = request.POST.get("about", ""), answer == "met"
            actions.answer_rule(application=application, about=about, is_met=is_met, **given)
            messages.success(request, _("Your answer to %(rule)s is noted.") % {"rule": code})
        else:
            raise Http404
    except (BadInput, actions.AskedAnew) as fault:
        messages.error(request, sentence(fault.message))
        status = 409 if isinstance(fault, actions.AskedAnew) else 422
        fresh = queries.get_application_for(request.user, reference, now)
        return desk_application.show_application(
            request, fresh, now, typed_rules={code: because}, status=status
        )
    return redirect("applications:desk_detail", reference=reference)
