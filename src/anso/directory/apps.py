"""Wiring of the directory app."""

from __future__ import annotations

from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    """People, organisations and countries: one record each, across all roles."""

    name = "anso.directory"
    label = "directory"
