"""The sign-in library's forms where they need our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


class AddPasskeyForm(AddWebAuthnForm):
    """Register a passkey; unless its owner says no, it opens the account by itself."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["name"].label = _("A name for it")
        self.fields["name"].help_text = _(
            "So that you know it again: my phone, the key on my ring."
        )
        passwordless = self.fields["passwordless"]
        passwordless.label = _("It may sign me in by itself")
        passwordless.help_text = _(
            "Your device then asks for your fingerprint, face or PIN. Without this it is a second"
            " step after a code or password."
        )
        passwordless.initial = True
