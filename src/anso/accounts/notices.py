"""The messages of sign-in: codes, and word of every change to a way in. The link or code is never
among the fields.
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.kernel.notices import Notice


def _notice(name: str, *fields: str) -> Notice:
    return Notice(
        code=f"accounts.{name}",
        audience="owner of the account",
        template=f"accounts/mail/{name}.txt",
        fields=fields,
    )


_CONFIRM = _notice("confirm_address", "email")
SIGN_IN_NOTICES: dict[str, Notice] = {
    "email_confirmation": _CONFIRM,
    "email_confirmation_signup": _CONFIRM,
    "password_reset_code": _notice("new_password_code"),
    "password_reset_key": _notice("new_password_link"),
}
ENTER_KNOWN = _notice("enter_known", "email")
ENTER_NEW = _notice("enter_new", "email")
SIGN_IN_METHOD_CHANGED = _notice("sign_in_method_changed", "change", "at")
CHANGES: dict[str, Promise] = {
    "password_changed": _("Your password was changed."),
    "password_set": _("A password was set for your account."),
    "password_reset": _("Your password was replaced by a new one."),
    "email_changed": _("The mail address of your account was changed."),
    "email_confirm": _("A mail address was confirmed for your account."),
    "email_deleted": _("A mail address was removed from your account."),
    "totp_activated": _("An authenticator app was added to your account."),
    "totp_deactivated": _("The authenticator app was removed from your account."),
    "recovery_codes_generated": _(
        "New recovery codes were made for your account; the old ones no longer work."
    ),
    "webauthn_added": _("A passkey or security key was added to your account."),
    "webauthn_removed": _("A passkey or security key was removed from your account."),
    "account_connected": _("Your account was connected with an institute’s sign-in."),
    "account_disconnected": _("Your account is no longer connected with an institute’s sign-in."),
}


def change_in_words(what: str) -> Promise | str:
    """A sentence for one kind of change; a general one for a kind that is not on the list."""
    return CHANGES.get(what, _("A way to sign in to your account was changed."))
