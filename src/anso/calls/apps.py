"""Wiring of the calls app."""

from __future__ import annotations

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Calls, frozen terms, form versions, question bank, timeline."""

    name = "anso.calls"
    label = "calls"
