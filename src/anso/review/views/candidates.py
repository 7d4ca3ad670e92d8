"""The officer's desk for finding reviewers: which fields of a call nobody covers, and who of the
directory could be asked.
"""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.middleware import SignedInRequest
from anso.calls.queries import get_desk_call_for
from anso.review import rules
from anso.review.forms import subjects_of
from anso.review.queries.candidates import MOST_SHOWN, Candidate, candidates_for
from anso.review.views.desk import desk_context
from anso.review.views.inviting import LEFT


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def candidates(request: SignedInRequest, reference: str) -> HttpResponse:
    """How each field is covered and who could be asked; those who are ticked come onto the list of
    who is asked, where the mail is read and sent.
    """
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    rules.may_invite_reviewers(request.user, call, now).require()
    covers, found = candidates_for(call, now)
    found = [each for each in found if rules.may_ask_by_mail(call, each.invitee)]
    if request.method == "POST":
        ticked = set(request.POST.getlist("person"))
        chosen = [each for each in found if each.person.reference in ticked]
        if chosen:
            lines = [_line_of(each) for each in chosen]
            request.session[LEFT.format(call.reference)] = "\n".join(lines)
            return redirect("review:invite", reference=reference)
        messages.warning(request, _("Tick whom you want to ask."))
        return redirect("review:candidates", reference=reference)
    labels = dict(subjects_of(call))
    context = desk_context(call, _("Find reviewers"), now) | {
        "covers": [(each, labels.get(each.subject, each.subject)) for each in covers],
        "candidates": [
            (each, [labels.get(subject, subject) for subject in each.subjects])
            for each in found[:MOST_SHOWN]
        ],
        "is_more": len(found) > MOST_SHOWN,
    }
    return render(request, "review/desk_candidates.html", context)


def _line_of(each: Candidate) -> str:
    return "\t".join((each.person.full_name, each.invitee.line.email))
