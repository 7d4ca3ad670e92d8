"""The record: one row per change a person or process caused, chained per object and sealed by
public checkpoints.

Rows are never changed or removed: a database trigger refuses it. Page views and autosaves do not
belong here.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models

from anso.database.search import SearchTextField


class Entry(models.Model):
    """What happened to one object: who, on whose behalf, by which mandate, the verb, the changed
    fields, the reason.

    ``sequence`` counts the entries of one object from 1; ``hash`` covers the row and
    ``previous_hash``.
    """

    object_type = models.CharField(max_length=60)
    # No foreign key: the record names things of apps above it, and keeps what happened to those
    # that are gone.
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=200)
    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Beside the account, which may be renamed; and for processes and writers who have none.
    actor_label = models.CharField(max_length=200)
    on_behalf_of = models.CharField(max_length=200, blank=True)
    mandate = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    changes = models.JSONField(default=dict)
    because = models.TextField(blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    # Repeat the labels for the search and follow from them, so the hash leaves them out.
    object_search = SearchTextField("object_label")
    actor_search = SearchTextField("actor_label")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["object_type", "object_id", "sequence"], name="audit_entry_one_per_sequence"
            ),
            models.CheckConstraint(
                condition=models.Q(sequence__gte=1), name="audit_entry_sequence_from_one"
            ),
        ]
        # What auditors narrow the record by; without them a word that matches nothing would read
        # all of it.
        indexes = [
            models.Index(fields=["at"], name="audit_entry_at"),
            models.Index(fields=["verb"], name="audit_entry_verb"),
            # What begins like this: a plain index, which costs a writer less than one of trigrams.
            models.Index(
                OpClass("object_search", name="text_pattern_ops"), name="audit_entry_object"
            ),
            models.Index(
                OpClass("actor_search", name="text_pattern_ops"), name="audit_entry_actor"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_label}: {self.verb} by {self.actor_label}"


class UnsealedEntry(models.Model):
    """An entry that no seal covers yet. A trigger of the database writes one with every entry, in
    the same transaction; only sealing removes it.

    Keys are given before a transaction commits, so an entry may appear after younger ones were
    sealed: "all above the last sealed one" would miss it for ever, and "all without a seal" reads
    the whole record to find one. This table holds just what the next seal will cover.
    """

    # No constraint: it would be checked at every entry, and the trigger can only name one that is.
    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="wait", db_constraint=False
    )

    def __str__(self) -> str:
        return str(self.entry_id)


class Checkpoint(models.Model):
    """A seal over all entries that were new at one moment; its root covers the root of the seal
    before it.
    """

    number = models.PositiveIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    entry_count = models.PositiveIntegerField()
    merkle_root = models.CharField(max_length=64)
    previous_root = models.CharField(max_length=64)
    root = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"Checkpoint {self.number}"


class SealedEntry(models.Model):
    """The place of one entry under one checkpoint: leaves stand in the order of ``position``."""

    entry = models.OneToOneField(
        Entry, primary_key=True, on_delete=models.PROTECT, related_name="seal"
    )
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, related_name="leaves")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["checkpoint", "position"], name="audit_sealed_entry_one_per_position"
            )
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id}/{self.position}"
