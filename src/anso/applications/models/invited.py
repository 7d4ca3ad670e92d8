"""Who may start in a call by invitation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from anso.calls.models import Call
from anso.kernel.references import new_reference


class Invited(models.Model):
    """An address whose owner may start in a call by invitation, until the end of a day. Whether
    they did follows from what they started.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="invited")
    email = models.EmailField(max_length=254)
    full_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, help_text="Of the mail, unless an account says it.")
    until_on = models.DateField(help_text="The last day on which they may start.")
    invited_at = models.DateTimeField()
    last_sent_at = models.DateTimeField()
    send_count = models.PositiveSmallIntegerField(default=1)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "call",
                Lower("email"),
                condition=Q(taken_back_at__isnull=True),
                name="applications_invited_once_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} in {self.call}"
