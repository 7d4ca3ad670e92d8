"""What happens to accounts, in words: for the record, in the reader's language."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

VERBS: dict[str, Promise] = {
    "create_account": _("made an account"),
    "require_second_factor": _("asked for a second factor"),
    "end_other_sessions": _("ended all other sessions"),
    "change_account_settings": _("changed the settings of an account"),
}
KINDS: dict[str, Promise] = {
    "accounts.account": _("account"),
}
