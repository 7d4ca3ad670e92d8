"""How the sign-in library is fitted into the product: its mail goes through the outbox, and a
changed way in ends other sessions.
"""

from __future__ import annotations

import datetime as dt
from contextlib import suppress
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.core import context as current
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext

from anso.accounts.actions import ask_to_enter, end_other_sessions
from anso.accounts.models import Account
from anso.accounts.notices import SIGN_IN_METHOD_CHANGED, SIGN_IN_NOTICES, change_in_words
from anso.accounts.queries import find_account
from anso.database import Prepared, PreparedValues
from anso.kernel.actors import SystemProcess
from anso.kernel.errors import BadInput
from anso.kernel.references import new_reference
from anso.kernel.verdict import Refused
from anso.notifications.actions import notify
from anso.ui.instants import instant_here_and_there

SIGN_IN = SystemProcess("sign-in")
ENDS_OTHER_SESSIONS = (
    "password_changed",
    "password_set",
    "password_reset",
    "totp_activated",
    "totp_deactivated",
    "webauthn_added",
    "webauthn_removed",
)
# Whoever added one has just used it. Asked again for the page of spare codes, which comes next,
# they could only wait: the code of an app works once.
SHOWS_A_FACTOR = ("totp_activated", "webauthn_added")

ACCOUNT_BY_KEY = Prepared("account_by_key", lambda pk: Account.objects.filter(pk=pk), int)
SESSION_BY_KEY = PreparedValues(
    "session_by_key",
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now).values_list(
        "session_data"
    ),
    str,
    dt.datetime,
)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database, read by a prepared query."""

    def load(self) -> dict[str, Any]:
        for (data,) in SESSION_BY_KEY.rows(self.session_key, timezone.now()):
            return dict(self.decode(data))
        self._session_key = None
        return {}

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session


class AccountBackend(AuthenticationBackend):
    """allauth's ways in; the account of each request is read by a prepared query."""

    def get_user(self, user_id: int) -> Account | None:
        account = ACCOUNT_BY_KEY.first(user_id)
        return account if account and self.user_can_authenticate(account) else None


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as this product wants it."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write a code or a word of warning into the outbox; the code itself is put in only when
        the mail leaves.
        """
        if template_prefix.endswith("unknown_account"):
            self._tell_unknown(email)
            return
        account = context.get("user") or find_account(email)
        if account is None:
            return
        notice = SIGN_IN_NOTICES[template_prefix.rpartition("/")[2]]
        notify(
            notice,
            about=account,
            recipient=account,
            email=email,
            language=translation.get_language() or account.language,
            say=lambda: {"email": email},
            key=f"{account.pk}:{new_reference()}",
            link_secret=str(context.get("code") or context.get("password_reset_url") or ""),
            actor=SIGN_IN,
            now=timezone.now(),
        )

    def _tell_unknown(self, email: str) -> None:
        """Whoever asked for a new password without having an account is told so by mail, with the
        way to make one; not more often than codes are sent.
        """
        language = translation.get_language() or settings.LANGUAGE_CODE
        with suppress(Refused, BadInput):
            ask_to_enter(email=email, browser="", wanted="", language=language, now=timezone.now())

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Account,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the owner that a way into the account changed, and end all other sessions where that
        is the point of the change.
        """
        what = template_prefix.rpartition("/")[2]
        now = timezone.now()
        if what in ENDS_OTHER_SESSIONS:
            end_other_sessions(account=user, actor=user, now=now, because=what)
            self._keep_this_session(user, what)
        notify(
            SIGN_IN_METHOD_CHANGED,
            about=user,
            recipient=user,
            email=email or EmailAddress.objects.get_primary_email(user) or user.email,
            say=lambda: {
                "change": change_in_words(what),
                "at": instant_here_and_there(now, settings.ALLIANCE["ZONE"]),
            },
            zone=timezone.get_current_timezone_name(),
            key=f"{user.pk}:{new_reference()}",
            actor=SIGN_IN,
            now=now,
        )

    def post_login(self, request: HttpRequest, user: Account, **facts: Any) -> HttpResponse:
        """After signing in, pages are in the language that the account chose, unless this browser
        chose one.
        """
        response = super().post_login(request, user, **facts)
        if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax", secure=settings.SECURE
            )
        return response

    def save_user(
        self, request: HttpRequest, user: Account, form: Any, commit: bool = True
    ) -> Account:
        """A new account reads in the language in which it was made."""
        user.language = translation.get_language() or settings.LANGUAGE_CODE
        saved: Account = super().save_user(request, user, form, commit)
        return saved

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """A demonstration takes no real people in."""
        return not settings.DEMONSTRATION

    def _keep_this_session(self, user: Account, what: str) -> None:
        request = current.request
        if request is not None and request.user.is_authenticated and request.user.pk == user.pk:
            # The request holds the account as an object of its own, whose stamp is still the old
            # one.
            request.user.session_stamp = user.session_stamp
            update_session_auth_hash(request, user)
            if what in SHOWS_A_FACTOR:
                record_authentication(request, user, method="mfa", reauthenticated=True)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keys and apps, in our words."""

    def generate_authenticator_name(self, user: Account, type: str) -> str:  # noqa: A002 - the library's signature
        """The name that a new key is given unless its owner writes another."""
        return gettext("Key %(n)d") % {
            "n": Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        }


class InstituteAdapter(DefaultSocialAccountAdapter):
    """People whom ORCID or their institute vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A demonstration takes no real people in."""
        return not settings.DEMONSTRATION
