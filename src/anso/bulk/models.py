"""Work on many things: which, how far it is, and what was left as it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from anso.bulk.lifecycle import BULK
from anso.kernel.references import new_reference


class BulkAction(models.Model):
    """One verb on many things of one context. Which they are is fixed when it is asked for; they
    are gone through in their order, a part at a time, each part whole or not at all.
    """

    lifecycle = BULK

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.CharField(max_length=60, help_text="Which work, e.g. applications.screen.")
    key = models.CharField(max_length=120, unique=True, help_text="One press, one action.")
    context_type = models.CharField(max_length=60)
    context_id = models.BigIntegerField()
    said = models.JSONField(default=dict, help_text="What was asked: the verb, the reason, a day.")
    items = models.JSONField(help_text="The keys of the things, in order.")
    refused = models.JSONField(
        default=list,
        blank=True,
        help_text="What was left: places in items, and why, by language.",
    )
    done = models.PositiveIntegerField(default=0, help_text="How many it has gone through.")
    state = models.CharField(max_length=10, default="running")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bulk_actions"
    )
    asked_at = models.DateTimeField()
    moved_at = models.DateTimeField(help_text="When the latest part was done.")
    ended_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When whoever asked looked at how it ended."
    )

    class Meta:
        indexes = [
            # What was done in one call, latest first.
            models.Index(
                fields=["context_type", "context_id", "-asked_at"], name="bulk_action_context"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", ended_at__isnull=True)
                | (Q(state__in=["finished", "stopped"]) & Q(ended_at__isnull=False)),
                name="bulk_action_ended_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.reference}"

    @property
    def total(self) -> int:
        """How many things there are."""
        return len(self.items)

    @property
    def settled(self) -> list[object]:
        """What was done so far, without what was left as it is."""
        left = {place for place, _why in self.refused}
        return [item for place, item in enumerate(self.items[: self.done]) if place not in left]
