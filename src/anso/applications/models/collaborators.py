"""Who fills in parts of an application beside the person who hands it in, and who is where."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from anso.applications.models.applications import Application
from anso.kernel.references import new_reference


class Collaborator(models.Model):
    """Somebody who was asked to fill in sections of an application, by the address at which they
    sign in. They read and write these sections and nothing else.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="collaborators"
    )
    email = models.EmailField(max_length=254)
    full_name = models.CharField(max_length=200)
    sections = ArrayField(models.CharField(max_length=60))
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Of whoever said yes; empty until then.",
    )
    asked_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    lead_offered_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when they are asked to take the whole over."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "application",
                Lower("email"),
                condition=Q(declined_at__isnull=True, ended_at__isnull=True),
                name="applications_collaborator_once",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(account__isnull=False),
                name="applications_collaborator_accepted_has_account",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True),
                name="applications_collaborator_one_answer",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(lead_offered_at__isnull=False),
                name="applications_collaborator_one_successor",
            ),
        ]
        indexes = [
            # Whoever signs in finds what they were asked by their addresses.
            models.Index(Lower("email"), name="applications_collaborator_mail")
        ]

    def __str__(self) -> str:
        return f"{self.full_name} in {self.application}"


class Presence(models.Model):
    """Where somebody was last in an application that several people fill in."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="presences")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    section = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "account"], name="applications_presence_one_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id} in {self.section}"
