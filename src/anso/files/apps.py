"""Wiring of the files app."""

from __future__ import annotations

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Uploads: checked, scanned, content-addressed."""

    name = "anso.files"
    label = "files"
