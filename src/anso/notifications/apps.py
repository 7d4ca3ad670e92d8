"""Wiring of the notifications app."""

from __future__ import annotations

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    """The outbox: every message waits here, can be read and held, and leaves a delivery log."""

    name = "anso.notifications"
    label = "notifications"
