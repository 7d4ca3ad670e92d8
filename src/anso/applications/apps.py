"""Wiring of the applications app."""

from __future__ import annotations

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """Drafts, answers, documents, letters, submission submissions, eligibility."""

    name = "anso.applications"
    label = "applications"
