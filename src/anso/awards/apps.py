"""Wiring of the awards app."""

from __future__ import annotations

from django.apps import AppConfig


class AwardsConfig(AppConfig):
    """Offers and what follows them."""

    name = "anso.awards"
    label = "awards"
