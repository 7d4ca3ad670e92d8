"""What the rules say of what was submitted, and what officers answer where no rule can judge."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from anso.applications.models.applications import Application


class EligibilityCheck(models.Model):
    """The rules applied to one submission at one moment; a person decides beside it."""

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="eligibility_checks"
    )
    is_eligible = models.BooleanField(null=True, help_text="Empty where a fact is missing: ask us.")
    verdict = models.JSONField()
    checked_at = models.DateTimeField()

    class Meta:
        indexes = [
            # The latest check counts; earlier ones stay to be read.
            models.Index(fields=["application", "-checked_at"], name="applications_eligibility_new")
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.is_eligible}"


class RuleAnswer(models.Model):
    """An officer's answer to a rule that could not judge: met or not, and why. It holds as long as
    the value and the limit that it is about stand; the latest counts.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="rule_answers"
    )
    rule = models.CharField(max_length=40, help_text="The code of the rule in the terms.")
    about = models.CharField(max_length=64, help_text="The hash of the value and the limit.")
    is_met = models.BooleanField()
    reason = models.TextField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="applications_rule_answer_has_reason"
            )
        ]
        indexes = [
            # Read in order, so that a later answer to the same rule takes the place of an earlier.
            models.Index(fields=["application", "answered_at"], name="applications_rule_answers")
        ]

    def __str__(self) -> str:
        return f"{self.rule} of {self.application_id}: {self.is_met}"
