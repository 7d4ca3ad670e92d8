"""Pictures beside names: the page on which one is given or taken away, and the picture itself."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.middleware import SignedInRequest
from anso.awards import actions, rules
from anso.awards.models import HolderPicture, Offer
from anso.awards.queries import get_picture_offer_for
from anso.awards.queries.wall import find_picture
from anso.files.queries import picture_response_for
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.ui.question_fields import in_reader_language, sentence


@require_safe
def picture(request: HttpRequest, reference: str) -> FileResponse:
    """The picture, as long as the page shows it."""
    found = find_picture(reference, timezone.now())
    if found is None:
        raise Http404("no such picture")
    return picture_response_for(found.stored)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_picture(request: SignedInRequest, reference: str) -> HttpResponse:
    """Give the picture with what it shows and the consent, or take it away."""
    now = timezone.now()
    offer = get_picture_offer_for(request.user, reference, now)
    rules.may_take_picture_away(request.user, offer, now).require()
    error = ""
    if request.method == "POST":
        try:
            _changed(request, offer)
            return redirect("awards:own_picture", reference=reference)
        except BadInput as refusal:
            error = sentence(refusal.message)
    context = {
        "heading": _("The picture beside the name"),
        "subheading": offer.application.subject_name,
        "crumbs": [(in_reader_language(offer.application.call.title), ""), (_("Picture"), "")],
        "may_show": rules.may_show_picture(request.user, offer, now),
        "is_own": rules.is_made_to(request.user, offer),
        "picture": HolderPicture.objects.filter(offer=offer).first(),
        "wall_url": reverse("awards:wall", args=[offer.application.call.programme.code]),
        "error": error,
        "typed": request.POST,
    }
    return render(request, "awards/picture.html", context, status=422 if error else 200)


def _changed(request: SignedInRequest, offer: Offer) -> None:
    now = timezone.now()
    if "take_away" in request.POST:
        actions.take_picture_away(offer=offer, actor=request.user, now=now)
        messages.success(request, _("The picture is shown no more."))
        return
    rules.may_show_picture(request.user, offer, now).require()
    sent = request.FILES.get("file")
    if sent is None:
        raise BadInput(gettext_noop("Choose a picture."))
    consent = request.POST.get("consent", "")
    actions.put_picture(
        offer=offer,
        content=sent,
        shows=request.POST.get("shows", ""),
        consent=consent,
        actor=request.user,
        now=now,
    )
    messages.success(
        request, _("The picture stands beside the name, once the results are announced.")
    )
