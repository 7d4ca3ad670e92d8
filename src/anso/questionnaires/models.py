"""Forms that any object asks, and the columns that hold answers to one: as a draft, and frozen.

Not here: whose form it is and who answers it. That is known by the app that asks.
"""

from __future__ import annotations

from typing import Any

from django.db import models

from anso.kernel.drafts import Draft, Merge


class FormVersion(models.Model):
    """A form as it was asked from one moment on: immutable once published. ``migration`` says what
    happens to drafts of the version before.

    The owner is whatever asks it, such as a call. It is named by type and key, as the record names
    objects, so that an app below calls can ask a form too.
    """

    owner_type = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    purpose = models.CharField(
        max_length=24, help_text="What it is for: a key of the kind, or of the app that asks."
    )
    number = models.PositiveSmallIntegerField()
    definition = models.JSONField()
    sha256 = models.CharField(max_length=64)
    migration = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_type", "owner_id", "purpose", "number"],
                name="questionnaires_form_version_one_per_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner_type} {self.owner_id} {self.purpose} {self.number}"


class DraftedAnswers(models.Model):
    """Answers that somebody is still writing, in a row of the app that asks.

    Each answer has the revision at which it last changed, so that two tabs do not undo each other.
    """

    answers = models.JSONField(default=dict, blank=True, help_text="Question key to value.")
    revision = models.PositiveIntegerField(default=0)
    revisions = models.JSONField(
        default=dict, blank=True, help_text="Question key to the revision at which it last changed."
    )
    saved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def draft(self) -> Draft:
        """The same as changes are merged into it."""
        return Draft(self.revision, self.revisions, self.answers)

    def take_in(self, merge: Merge) -> None:
        """Set what a merge accepted; saving is the action's."""
        self.answers = {**self.answers, **merge.accepted}
        self.revision, self.revisions = merge.revision, dict(merge.revisions)


class FrozenAnswers(models.Model):
    """What exactly was submitted: canonical JSON and its hash. Never changed.

    ``body`` carries at least the answers and what they mean (``facts``).
    """

    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    submitted_at = models.DateTimeField()

    class Meta:
        abstract = True

    @property
    def answers(self) -> dict[str, Any]:
        """Question key to the answer as it was submitted, documents among them."""
        return dict(self.body["answers"])

    @property
    def facts(self) -> dict[str, Any]:
        """Meaning (``kernel.questions.Meaning``) to the answer as it was submitted."""
        return dict(self.body["facts"])
