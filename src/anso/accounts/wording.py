"""What happens to accounts, in words, and where the frame of a page finds the reader’s own."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anso.audit.wording import Field, fixed_words

VERBS: dict[str, Promise] = {
    "create_account": _("made an account"),
    "confirm_address": _("confirmed a mail address"),
    "require_second_factor": _("asked for a second factor"),
    "end_other_sessions": _("ended all other sessions"),
    "change_account_settings": _("changed the settings of an account"),
}
KINDS: dict[str, Promise] = {
    "accounts.account": _("account"),
    "accounts.entrycode": _("way in by mail"),
}
# What the kinds of mail are called on the desk.
MAIL_KINDS: dict[str, Promise] = {
    "accounts.confirm_address": _("confirm an address"),
    "accounts.new_password_code": _("code for a new password"),
    "accounts.new_password_link": _("link for a new password"),
    "accounts.enter_known": _("code to enter"),
    "accounts.enter_new": _("code to make an account"),
    "accounts.sign_in_method_changed": _("way to sign in changed"),
}
# Links of the frame; the pages of sign-in are those of the library.
FRAME_LINKS = {
    "account": "accounts:account",
    "sign_in": "account_login",
    "enter": "accounts:enter",
    "sign_out": "account_logout",
    "language": "set_language",
}


# What the record calls their fields.
FIELDS: dict[str, Field] = {
    "is_staff": Field(_("works for the office")),
    "language": Field(_("language")),
    "accounts.account:zone": Field(_("time zone")),
    "reminders": Field(_("reminders by mail")),
    "end_other_sessions:because": Field(tell=fixed_words),
}
