"""The page of one's own account."""

from __future__ import annotations

import zoneinfo
from collections.abc import Mapping
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from anso.accounts.actions import change_account_settings, end_other_sessions
from anso.accounts.models import Account
from anso.accounts.queries import settings_of
from anso.accounts.rules import may_work_signed_in
from anso.kernel.drafts import Disputed, TwoTexts
from anso.ui.drafts import (
    PostedDraft,
    draft_base,
    parts_of,
    read_draft,
    read_marks,
    two_texts_of,
)
from anso.ui.fields import error_list, fields_for, read_values
from anso.ui.ordering import choices_in_order


def settings_form(account: Account, typed: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The questions of the account page, with what is set or was typed."""
    values = settings_of(account) | (typed or {})
    known = ((name, name.replace("_", " ")) for name in zoneinfo.available_timezones())
    zones = [("", _("Where my browser is")), *choices_in_order(known)]
    entries: list[dict[str, Any]] = [
        {
            "key": "language",
            "type": "choice",
            "label": _("Language of pages and mails"),
            "options": settings.LANGUAGES,
            "required": True,
        },
        {
            "key": "zone",
            "type": "text",
            "label": _("Time zone"),
            "hint": _("As in Africa/Nairobi. Blank means where your browser is."),
        },
        {
            "key": "reminders",
            "type": "statement",
            "label": _("Remind me by mail when something is due"),
        },
    ]
    for entry in entries:
        entry["value"] = values[entry["key"]]
    if typed is not None:
        if values["language"] not in dict(settings.LANGUAGES):
            entries[0]["error"] = _("Choose one of the languages.")
        if values["zone"] not in dict(zones):
            entries[1]["error"] = _(
                "We do not know this zone. Write it as continent and city, for instance"
                " Asia/Kathmandu."
            )
    return entries


@login_required
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """Language, zone and reminders, and the ways in."""
    owner: Account = request.user  # type: ignore[assignment]  # the decorator lets nobody else in
    if request.method == "POST":
        posted = read_posted(owner, request)
        entries = settings_form(owner, posted.changes)
        if error_list(entries):
            return show_account(request, entries, posted, status=422)
        try:
            return save_settings(request, owner, posted.changes)
        except Disputed as refusal:
            owner.refresh_from_db()
            kept = {key: value for key, value in posted.changes.items() if key not in refusal.parts}
            entries = settings_form(owner, kept)
            return show_account(request, entries, posted, refusal.parts, status=409)
    return show_account(request, settings_form(owner))


def read_posted(owner: Account, request: HttpRequest) -> PostedDraft:
    """What was changed on the page; what came back as it was shown undoes nobody's choice."""
    typed = read_values(settings_form(owner), request.POST)
    return read_draft(typed | {"reminders": bool(typed["reminders"])}, request.POST, 0)


def show_account(
    request: HttpRequest,
    entries: list[dict[str, Any]],
    posted: PostedDraft | None = None,
    disputed: Mapping[str, TwoTexts] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Draw the page, with both texts where another tab changed the same meanwhile."""
    owner: Account = request.user  # type: ignore[assignment]  # the decorator lets nobody else in
    parts = parts_of(entries)
    context = {
        "heading": _("Your account"),
        "subheading": owner.email,
        "fields": fields_for(entries),
        "error_list": error_list(entries),
        "draft": draft_base(0, settings_of(owner)),
        "two_texts": two_texts_of(parts, disputed or {}, posted.values if posted else {}),
        "sign_in_methods": sign_in_methods(owner),
    }
    return render(request, "accounts/account.html", context, status=status)


def save_settings(request: HttpRequest, owner: Account, chosen: dict[str, Any]) -> HttpResponse:
    """Keep what was chosen and say so."""
    marks = read_marks(request.POST)
    change_account_settings(
        account=owner, chosen=chosen, actor=owner, now=timezone.now(), marks=marks
    )
    messages.success(request, _("Your settings are saved."))
    response = redirect("accounts:account")
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        owner.language,
        max_age=31536000,
        samesite="Lax",
        secure=settings.SECURE,
    )
    return response


def sign_in_methods(owner: Account) -> dict[str, Any]:
    """What the account can be opened with today."""
    kinds = list(Authenticator.objects.filter(user_id=owner.pk).values_list("type", flat=True))
    return {
        "has_password": owner.has_usable_password(),
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "has_app": Authenticator.Type.TOTP in kinds,
        "has_codes": Authenticator.Type.RECOVERY_CODES in kinds,
        "institutes": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }


@login_required
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    owner: Account = request.user  # type: ignore[assignment]  # as above
    end_other_sessions(
        account=owner,
        actor=owner,
        now=timezone.now(),
        because=gettext_noop("asked for by the owner"),
    )
    update_session_auth_hash(request, owner)
    messages.success(request, _("You are signed out everywhere but here."))
    return redirect("accounts:account")


@login_required
@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where staff land until they have a second factor: why, and the two ways to get one."""
    if may_work_signed_in(request.user):
        return redirect("mfa_index")
    return render(
        request,
        "accounts/second_factor.html",
        {"heading": _("Set up a second factor"), "crumbs": []},
    )
