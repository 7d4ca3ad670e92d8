"""What a host said about one candidate, as it stands; what stood before is in the record."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anso.applications.models import Application
from anso.calls.models import CallHost
from anso.hosting.enums import HostSays

WORDS_LIMIT = 2000
HEARD_LIMIT = 300


class HostAnswer(models.Model):
    """One host's answer about one application that named it. A condition and a refusal have words;
    ``heard`` says how an officer who took it down had heard of it.
    """

    host = models.ForeignKey(CallHost, on_delete=models.PROTECT, related_name="answers")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="host_answers"
    )
    says = models.CharField(max_length=10, choices=HostSays.choices)
    words = models.CharField(max_length=WORDS_LIMIT, blank=True)
    heard = models.CharField(
        max_length=HEARD_LIMIT, blank=True, help_text="How an officer heard of it; blank otherwise."
    )
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["host", "application"], name="hosting_answer_one_per_candidate"
            ),
            models.CheckConstraint(
                condition=Q(says__in=HostSays.values), name="hosting_answer_is_known"
            ),
            models.CheckConstraint(
                condition=Q(says=HostSays.ADMITS) | ~Q(words=""), name="hosting_answer_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.host} {self.says} {self.application}"
