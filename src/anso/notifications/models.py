"""The outbox and its delivery log. A message is written in the transaction that causes it and
leaves later, once.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from anso.database.search import SearchTextField
from anso.kernel.references import new_reference
from anso.notifications.lifecycle import MESSAGE


class Mailing(models.Model):
    """Letters to people that were prepared together: each is held until an officer has read them,
    worded them, tried them and let them go, all or some at a time.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.CharField(max_length=60, help_text="Of what it tells, e.g. decisions.outcomes.")
    name = models.CharField(max_length=200, blank=True, help_text="Where an officer named it.")
    key = models.CharField(max_length=120, unique=True, help_text="One mailing for one occasion.")
    context_type = models.CharField(max_length=60)
    context_id = models.BigIntegerField()
    texts = models.JSONField(
        default=dict,
        help_text="Own words, by code of the letter and language: a subject and a text.",
    )
    chosen = models.JSONField(
        default=dict,
        blank=True,
        help_text="A set of people that an officer wrote to: who they are and how they were found.",
    )
    prepared_at = models.DateTimeField()

    class Meta:
        indexes = [
            # What was prepared for a call, latest first.
            models.Index(
                fields=["context_type", "context_id", "-prepared_at"],
                name="notifications_mailing_context",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.key


class Message(models.Model):
    """One mail to one reader, rendered in the reader's language; secrets such as scoped links are
    kept out of its log.
    """

    lifecycle = MESSAGE

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    code = models.CharField(
        max_length=60, help_text="Which notice this is, e.g. applications.receipt."
    )
    state = models.CharField(max_length=10, default="waiting")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    email = models.EmailField(max_length=254)
    recipient_label = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10)
    second_language = models.CharField(
        max_length=10,
        blank=True,
        help_text="In which it says the same once more, below: of readers without an account.",
    )
    subject = models.CharField(max_length=300)
    body = models.TextField()
    search_text = SearchTextField("recipient_label", "email", "subject")
    secret = models.CharField(
        max_length=300,
        blank=True,
        help_text="The scoped link, put in place of {link} at sending; never shown in the log.",
    )
    calendar = models.TextField(
        blank=True, help_text="A calendar file that goes with it, as every calendar program reads."
    )
    mailing = models.ForeignKey(
        Mailing, null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    facts = models.JSONField(
        default=dict,
        help_text="What a letter of a mailing may say of its reader, to word it anew.",
    )
    second_facts = models.JSONField(
        default=dict, blank=True, help_text="The same in the second language."
    )
    own_text = models.JSONField(
        default=dict,
        blank=True,
        help_text="An officer's words for this reader alone: a subject and a text.",
    )
    about_type = models.CharField(max_length=60)
    about_id = models.BigIntegerField()
    context_type = models.CharField(
        max_length=60,
        help_text="The kind of object it belongs to: who looks after that object reads it.",
    )
    context_id = models.BigIntegerField()
    dedupe_key = models.CharField(
        max_length=120,
        unique=True,
        help_text="The same notice about the same thing is written once.",
    )
    created_at = models.DateTimeField()
    send_after = models.DateTimeField()
    held_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(
        null=True, blank=True, help_text="A worker is handing it over since then."
    )
    attempts = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MESSAGE.states),
                name="notifications_message_known_state",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="sent") | models.Q(sent_at__isnull=False),
                name="notifications_message_sent_has_instant",
            ),
            models.CheckConstraint(
                condition=models.Q(state="held", held_at__isnull=False) | (~models.Q(state="held")),
                name="notifications_message_held_has_instant",
            ),
        ]
        indexes = [
            # What the drain of each minute asks for.
            models.Index(fields=["state", "send_after"], name="notifications_message_due"),
            # Who was told already, and what was written about an application.
            models.Index(fields=["about_type", "about_id"], name="notifications_message_about"),
            models.Index(
                fields=["context_type", "context_id", "-created_at"],
                name="notifications_message_context",
            ),
            models.Index(fields=["email", "-created_at"], name="notifications_message_to"),
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], name="notifications_search_trgm"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} to {self.email}"


class Delivery(models.Model):
    """One attempt to hand a message to the mail system, and what it said."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    at = models.DateTimeField()
    is_accepted = models.BooleanField()
    answer = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.message_id} at {self.at:%Y-%m-%d %H:%M}"


class Preference(models.Model):
    """How one account wants to be written to: at once, as a daily digest, or only what must be
    sent.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notification_preference"
    )
    reminders = models.BooleanField(default=True)

    def __str__(self) -> str:
        return str(self.account)
