"""Wiring of the review app."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewConfig(AppConfig):
    """Reviewers, conflicts, assignments, redacted dossiers, reviews."""

    name = "anso.review"
    label = "review"
