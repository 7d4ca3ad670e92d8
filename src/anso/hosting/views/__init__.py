"""Pages of hosts."""

from __future__ import annotations

from django.http import HttpRequest

from anso.accounts.models import Account


class SignedInRequest(HttpRequest):
    """A request to a page that asks for sign-in: whoever sends it has an account."""

    user: Account  # narrower than the base: no anonymous visitor gets here
