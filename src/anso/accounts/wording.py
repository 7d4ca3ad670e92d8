"""What happens to accounts, in words, and where the frame of a page finds the reader’s own."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

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
# Links of the frame; the pages of sign-in are those of the library.
FRAME_LINKS = {
    "account": "accounts:account",
    "sign_in": "account_login",
    "enter": "accounts:enter",
    "sign_out": "account_logout",
    "language": "set_language",
}
