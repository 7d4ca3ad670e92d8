"""The way in by mail, step by step: the address, the code, and the link that works on another
device. The name is asked by the pages above.
"""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import ratelimit
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from anso.accounts import actions
from anso.accounts.actions import EntryAnswer
from anso.accounts.models import EntryCode
from anso.accounts.queries import find_entry_code
from anso.kernel.addresses import likely_slip
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.ui.fields import error_list, fields_for
from anso.ui.menus import NAMING_PAGES, frame_link
from anso.ui.question_fields import sentence
from anso.ui.ways_back import own_path

KEPT = "entry"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Ask for the address; the same page serves who has an account and who is new."""
    wanted = own_path(request, "")
    if request.method != "POST":
        return render_address(request, wanted, request.GET.get("email", ""))
    email = request.POST.get("email", "").strip()[:254]
    if not ratelimit.consume(request, action="entry"):
        return ratelimit.respond_429(request)
    kept = request.session.get(KEPT) or {}
    browser = kept.get("browser") or secrets.token_hex(8)
    request.session[KEPT] = {"email": email, "browser": browser, "wanted": wanted}
    try:
        send(request)
    except BadInput as wrong:
        del request.session[KEPT]
        return render_address(request, wanted, email, sentence(wrong.message))
    except Refused as refused:
        # The codes that were sent before still work: go on to where they are typed.
        return render_code(request, str(refused.verdict), status=429)
    return redirect("accounts:enter_code")


def send(request: HttpRequest) -> EntryCode:
    """Send a code to the address that this browser keeps."""
    kept = request.session[KEPT]
    return actions.ask_to_enter(
        email=kept["email"],
        browser=kept["browser"],
        wanted=kept["wanted"],
        language=get_language() or settings.LANGUAGE_CODE,
        now=timezone.now(),
    )


def render_address(request: HttpRequest, wanted: str, email: str, error: str = "") -> HttpResponse:
    """Draw the question for the address."""
    asked = {
        "key": "email",
        "type": "email",
        "label": _("Your mail address"),
        "required": True,
        "autocomplete": "email",
        "value": email,
        "error": error,
    }
    context = {
        "heading": _("Sign in or make an account"),
        "fields": fields_for([asked]),
        "error_list": error_list([asked]),
        "wanted": wanted,
        "other_ways": frame_link("sign_in") + (f"?{urlencode({'next': wanted})}" if wanted else ""),
    }
    return render(request, "accounts/enter.html", context, status=422 if error else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code, or send another one."""
    kept = request.session.get(KEPT)
    if not kept:
        return redirect("accounts:enter")
    if request.method != "POST":
        return render_code(request)
    if not ratelimit.consume(request, action="entry"):
        return ratelimit.respond_429(request)
    try:
        if request.POST.get("act") == "again":
            send(request)
            return render_code(request, was_sent=True)
        return take_code(request, kept)
    except Refused as refused:
        return render_code(request, str(refused.verdict), status=422)


def take_code(request: HttpRequest, kept: dict[str, str]) -> HttpResponse:
    """Let in whoever typed a code that works; draw the question again for others."""
    answer = actions.enter_by_code(
        email=kept["email"],
        browser=kept["browser"],
        code=request.POST.get("code", ""),
        language=get_language() or settings.LANGUAGE_CODE,
        now=timezone.now(),
    )
    if answer is None:
        wrong = _("This is not a code that we sent to this address, or it was used.")
        return render_code(request, wrong, status=422)
    return let_in(request, answer)


def render_code(
    request: HttpRequest, error: str = "", *, status: int = 200, was_sent: bool = False
) -> HttpResponse:
    """Draw the question for the code."""
    asked = {
        "key": "code",
        "type": "text",
        "label": _("The code from the mail"),
        "hint": _("Eight digits."),
        "required": True,
        "autocomplete": "one-time-code",
        "error": error,
    }
    kept = request.session[KEPT]
    context = {
        "heading": _("Look at your mail"),
        "fields": fields_for([asked]),
        "error_list": error_list([asked]),
        "email": kept["email"],
        "meant": likely_slip(kept["email"].strip().lower()),
        "wanted": kept["wanted"],
        "was_sent": was_sent,
    }
    return render(request, "accounts/enter_code.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enter_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail. Opening it decides nothing, since mail systems open links; a button
    does.
    """
    now = timezone.now()
    found = find_entry_code(token, now)
    answer = None
    if found is not None and request.method == "POST":
        answer = actions.enter_by_link(
            token=token, language=get_language() or settings.LANGUAGE_CODE, now=now
        )
    if answer is not None:
        return let_in(request, answer)
    context: dict[str, Any] = {"heading": _("Sign in"), "found": found}
    if found is None or request.method == "POST":
        context = {"heading": _("This link does not work any more"), "found": None}
        return render(request, "accounts/enter_by_link.html", context, status=404)
    return render(request, "accounts/enter_by_link.html", context)


def let_in(request: HttpRequest, answer: EntryAnswer) -> HttpResponse:
    """Sign in, past the second factor where there is one, and go on to where they were going."""
    request.session.pop(KEPT, None)
    account, wanted = answer.account, answer.wanted or settings.LOGIN_REDIRECT_URL
    if answer.is_new and not asks_name(wanted) and frame_link("name"):
        wanted = f"{frame_link('name')}?{urlencode({'next': wanted})}"
    record_authentication(request, account, method="code", email=account.email)
    return perform_login(request, Login(user=account, redirect_url=wanted, email=account.email))


def asks_name(path: str) -> bool:
    """Whether the page asks a newcomer for the name itself."""
    try:
        return resolve(path.partition("?")[0]).view_name in NAMING_PAGES
    except Resolver404:
        return False
