"""What the page's scripts say, as data attributes in the reader's language.

Belongs here: every sentence that a script shows. Does not: when it shows them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

TEXTS: Mapping[str, Mapping[str, str]] = {
    "upload": {
        "waiting": _("The line is down; going on by itself when it is back."),
        "going": _("Still on its way. The page goes on by itself when it has arrived."),
        "done": _("uploaded"),
        "receipt": _("receipt"),
        "failed": _("This file did not arrive. Choose it again; it goes on where it stopped."),
        "too-large": _("This file is larger than #. Choose a smaller one."),
    },
    "autosave": {
        "saved": _("saved {time} · receipt {receipt}"),
        "offline": _("The line is down. What you type is kept on this device and sent later."),
        "expired": _("You have been signed out. What you typed is kept on this device."),
        "sign-in": _("Sign in in a new tab, then come back here"),
        "both": _(
            "Somebody, perhaps you in another tab, changed the same answer. Choose below; neither"
            " text is lost."
        ),
        "two-texts": _("Two texts for the same answer: yours first, then the one on the server."),
        "mine": _("Keep mine"),
        "theirs": _("Keep the one on the server"),
        "restored": _("Restored from this device what had not reached us."),
        "reason": _("What you typed is kept on this device."),
    },
}
# What stands before a text in every language.
MARKS = {"saved": "✓ ", "reason": "{reason} "}


def script_texts(script: str) -> SafeString:
    """The texts of one script as attributes: data-waiting="…" data-going="…"."""
    return _in_language(script, get_language() or "")


@cache
def _in_language(script: str, _language: str) -> SafeString:
    # Made once in each language: a long form has them on every field for a file.
    return SafeString(
        " ".join(
            f'data-{name}="{MARKS.get(name, "")}{escape(gettext(text))}"'
            for name, text in TEXTS[script].items()
        )
    )
