"""Wiring of the accounts app."""

from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Sign-in and accounts."""

    name = "anso.accounts"
    label = "accounts"
