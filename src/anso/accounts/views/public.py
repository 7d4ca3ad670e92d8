"""What a visitor may do without an account: choose the language, and in a demonstration play one of
the cast.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone, translation
from django.views.decorators.http import require_POST

from anso.accounts.actions import change_account_settings, play_demonstration_account
from anso.accounts.queries import find_demonstration_account
from anso.kernel.actors import SystemProcess
from anso.ui.ways_back import own_path

VISITOR = SystemProcess("visitor")
YEAR = 60 * 60 * 24 * 365


@require_POST
def change_language(request: HttpRequest) -> HttpResponse:
    """Show the same page in another language, now and on later visits; whoever is signed in gets
    mail in it too.
    """
    response = redirect(own_path(request, "/"))
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        return response
    translation.activate(language)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SECURE,
    )
    if request.user.is_authenticated:
        account = request.user
        change_account_settings(
            account=account, chosen={"language": language}, actor=account, now=timezone.now()
        )
    return response


@require_POST
def play(request: HttpRequest, role: str) -> HttpResponse:
    """Sign in as a member of the demonstration cast. Does not exist on a real installation."""
    account = find_demonstration_account(role)
    if account is None:
        raise Http404
    play_demonstration_account(account=account, actor=VISITOR, now=timezone.now())
    login(request, account)
    response = redirect(own_path(request, settings.LOGIN_REDIRECT_URL))
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, account.language, samesite="Lax", secure=settings.SECURE
        )
    return response
