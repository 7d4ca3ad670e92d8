"""An officer says whether two applications are of one person or of two."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from anso.applications import queries
from anso.applications.actions.namesakes import AnsweredMeanwhile, answer_namesake
from anso.applications.queries.namesakes import get_namesake_for
from anso.applications.rules import may_keep_case
from anso.applications.views import desk_application
from anso.kernel.errors import BadInput
from anso.ui.question_fields import sentence

ANSWERS = {"one": True, "two": False}


@login_required
@require_POST
def answer(request: HttpRequest, reference: str, pair: str) -> HttpResponse:
    """Note the answer with its reason; what was typed is kept where it cannot be."""
    now = timezone.now()
    application = queries.get_application_for(request.user, reference, now)
    if application.applicant.account_id == request.user.pk:
        raise Http404
    may_keep_case(request.user, application, now).require()
    namesake, chosen = get_namesake_for(application, pair), request.POST.get("answer", "")
    if chosen not in ANSWERS:
        raise Http404
    because = request.POST.get("because", "")
    try:
        answer_namesake(
            namesake=namesake,
            is_one_person=ANSWERS[chosen],
            because=because,
            shown=request.POST.get("shown", ""),
            actor=request.user,
            now=now,
        )
    except (BadInput, AnsweredMeanwhile) as fault:
        messages.error(request, sentence(fault.message))
        status = 409 if isinstance(fault, AnsweredMeanwhile) else 422
        return desk_application.show_application(
            request, application, now, typed_case={pair: because}, status=status
        )
    messages.success(request, _("Your answer is noted; it is not asked again."))
    return redirect(reverse("applications:desk_detail", args=[reference]) + "#namesakes")
