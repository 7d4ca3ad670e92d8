"""Wiring of the questionnaires app."""

from __future__ import annotations

from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    """Forms of any object: versions, drafts of answers, what was submitted."""

    name = "anso.questionnaires"
    label = "questionnaires"
