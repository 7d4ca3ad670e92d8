"""Letters: who was asked to write for an application, and what they answered."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from anso.applications.enums import LetterAnswer
from anso.applications.lifecycle import LETTER, WAITED_FOR
from anso.applications.models.applications import Application
from anso.files.models import StoredFile
from anso.kernel.references import new_reference
from anso.questionnaires.models import DraftedAnswers

COMPLETED: dict[bool | None, LetterAnswer] = {
    True: LetterAnswer.YES,
    False: LetterAnswer.NO,
    None: LetterAnswer.GIVEN,
}


# The same for the database: who gave what was asked for, and who will not.
IS_GIVEN = Q(state="completed") & ~Q(is_acceptance=False)
IS_REFUSED = Q(state="declined") | Q(state="completed", is_acceptance=False)


class Letter(DraftedAnswers):
    """A referee, supervisor, supporter or nominee was asked for a statement by a scoped link. The
    applicant sees its state, never its content.
    """

    lifecycle = LETTER

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=24, help_text="As the terms of the call name it.")
    question_key = models.CharField(
        max_length=60,
        blank=True,
        help_text="The question of the application that names the writer.",
    )
    position = models.PositiveSmallIntegerField(default=1)
    host = models.CharField(
        max_length=40, blank=True, help_text="For supervisors: the host they answer for."
    )
    full_name = models.CharField(max_length=200)
    email = models.EmailField(max_length=254)
    organisation_name = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=10, default="asked")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField()
    last_sent_at = models.DateTimeField()
    send_count = models.PositiveSmallIntegerField(
        default=1, help_text="How often the applicant had the link sent."
    )
    reminder_count = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_acceptance = models.BooleanField(
        null=True, blank=True, help_text="The answer yes or no of a supervisor or nominee."
    )

    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nobody asks for what one officer wrote down
        help_text="The officer who wrote down an answer that the writer gave by telephone or mail.",
    )
    taken_down_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=LETTER.states), name="applications_letter_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(completed_at__isnull=False),
                name="applications_letter_completed_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | Q(declined_at__isnull=False),
                name="applications_letter_declined_has_instant",
            ),
            models.UniqueConstraint(
                fields=["application", "kind", "position"],
                condition=~Q(state="replaced"),
                name="applications_letter_one_per_position",
            ),
        ]
        indexes = [
            models.Index(
                # What a writer is asked for is looked up by their confirmed addresses, however
                # these are spelled; letters that were given are most of the table and of no
                # interest.
                Lower("email"),
                condition=Q(state__in=WAITED_FOR),
                name="applications_letter_by_writer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.full_name}"

    @property
    def answer(self) -> LetterAnswer:
        """What the writer has answered: everything that depends on it asks here."""
        if self.state == "completed":
            return COMPLETED[self.is_acceptance]
        return LetterAnswer.DECLINED if self.state == "declined" else LetterAnswer.NOTHING
