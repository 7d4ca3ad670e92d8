"""Who judges what: reviewers of a call, their assignments, the redacted dossier they read, their
reviews, and what applicants answer to them.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from anso.applications.models import Application
from anso.calls.models import Call, Step
from anso.directory.enums import InterestKind
from anso.directory.models import Country, Person
from anso.kernel.references import new_reference
from anso.questionnaires.models import DraftedAnswers, FormVersion
from anso.review.enums import DeclineKind
from anso.review.lifecycle import ASSIGNMENT, INVITATION, REBUTTAL, REVIEWER


class Reviewer(models.Model):
    """A person asked to judge applications of one call, with the load they offered."""

    lifecycle = REVIEWER

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="reviewers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviewer_roles")
    state = models.CharField(max_length=10, default="invited")
    capacity = models.PositiveSmallIntegerField(default=12)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=300, blank=True)
    names_answered_at = models.DateTimeField(
        null=True, blank=True, help_text="When they last answered about the list of names."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "person"], name="review_reviewer_once_per_call"
            ),
            models.CheckConstraint(
                condition=Q(state__in=REVIEWER.states), name="review_reviewer_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="review_reviewer_answered_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"reviewer {self.reference}"


class Invitation(models.Model):
    """Somebody was asked by mail to review in a call. They need no account and are no reviewer
    before they accept; the link in the mail is the way in of that address and of no other.
    """

    lifecycle = INVITATION

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="review_invitations")
    state = models.CharField(max_length=10, default="asked")
    email = models.EmailField(max_length=254)
    full_name = models.CharField(max_length=200)
    organisation = models.CharField(max_length=200, blank=True)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    expertise = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=10, help_text="Of the mail, unless an account says it.")
    capacity = models.PositiveSmallIntegerField()
    invited_at = models.DateTimeField()
    answer_by = models.DateField(help_text="The day until which an answer is asked for.")
    last_sent_at = models.DateTimeField()
    send_count = models.PositiveSmallIntegerField(default=1)
    reminder_count = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    decline_kind = models.CharField(max_length=12, choices=DeclineKind.choices, blank=True)
    decline_reason = models.CharField(max_length=300, blank=True)
    suggestion = models.CharField(
        max_length=300, blank=True, help_text="Whom they would ask instead, as they typed it."
    )
    reviewer = models.ForeignKey(
        Reviewer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "call",
                Lower("email"),
                condition=~Q(state="cancelled"),
                name="review_invitation_once_per_address",
            ),
            models.CheckConstraint(
                condition=Q(state__in=INVITATION.states), name="review_invitation_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined"]) | Q(answered_at__isnull=False),
                name="review_invitation_answered_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(reviewer__isnull=False),
                name="review_invitation_accepted_has_reviewer",
            ),
        ]

    def __str__(self) -> str:
        return f"invitation {self.reference}"


class Dossier(models.Model):
    """What reviewers read in one step: a frozen, redacted copy of what was submitted for it. It
    holds no name that the call blinds.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="dossiers")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="dossiers")
    submission_sha256 = models.CharField(max_length=64)
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "step"], name="review_dossier_one_per_step"
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Assignment(models.Model):
    """One reviewer is to judge one application, in one step of the call, by a date."""

    lifecycle = ASSIGNMENT

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="assignments"
    )
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(Reviewer, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(max_length=12, default="assigned")
    due_at = models.DateTimeField()
    assigned_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    reminder_count = models.PositiveSmallIntegerField(default=0)
    last_reminded_at = models.DateTimeField(null=True, blank=True)
    remark = models.CharField(
        max_length=300, blank=True, help_text="Why declined, or which conflict."
    )
    draft = models.JSONField(
        default=dict, blank=True, help_text="The review while it is being written."
    )
    draft_revision = models.PositiveIntegerField(default=0)
    draft_revisions = models.JSONField(
        default=dict, blank=True, help_text="Entry to the revision at which it last changed."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "step", "reviewer"], name="review_assignment_once"
            ),
            models.CheckConstraint(
                condition=Q(state__in=ASSIGNMENT.states), name="review_assignment_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="review_assignment_submitted_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "declined", "conflicted"])
                | Q(answered_at__isnull=False),
                name="review_assignment_answered_has_instant",
            ),
        ]
        indexes = [
            # A reviewer's list, the most urgent first.
            models.Index(fields=["reviewer", "state", "due_at"], name="review_assignment_todo")
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def remark_told(self) -> str:
        """The remark as it is read: a declared conflict is kept as its kind, which every reader
        is told in their own language.
        """
        if self.state == "conflicted" and self.remark in InterestKind.values:
            return str(InterestKind(self.remark).label)
        return self.remark


class ConflictAnswer(models.Model):
    """An officer looked at a tie between a reviewer and a file: a conflict or none, and why. It
    holds as long as what was compared stands; the latest counts.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="conflict_answers"
    )
    reviewer = models.ForeignKey(
        Reviewer, on_delete=models.CASCADE, related_name="conflict_answers"
    )
    code = models.CharField(max_length=30, help_text="Which tie.")
    about = models.CharField(max_length=32, help_text="The hash of what was compared.")
    is_conflict = models.BooleanField()
    reason = models.CharField(max_length=300)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nobody asks what one officer answered
    )
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""), name="review_conflict_answer_has_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} of {self.application_id}: {self.is_conflict}"


class ListedName(models.Model):
    """A person or an organisation on the list about which the reviewers of a call are asked.
    Whether it has to do with the call no row says: at least half have not.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="listed_names")
    is_organisation = models.BooleanField(default=False)
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=210, help_text="By what it is compared with files.")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="review_listed_name_once")
        ]

    def __str__(self) -> str:
        return self.name


class DeclaredName(models.Model):
    """A reviewer has a tie to somebody on the list. It stays when it is withdrawn, for an officer
    to look at. ``is_late``: the reviewer had files already; an officer decides what follows.
    """

    reviewer = models.ForeignKey(Reviewer, on_delete=models.CASCADE, related_name="declared_names")
    listed = models.ForeignKey(ListedName, on_delete=models.CASCADE, related_name="declared_by")
    kind = models.CharField(max_length=20, choices=InterestKind.choices, default=InterestKind.OTHER)
    last_year = models.PositiveSmallIntegerField(null=True, blank=True)
    declared_at = models.DateTimeField()
    is_late = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reviewer", "listed"], name="review_declared_name_once"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="review_declared_name_withdrawn_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.reviewer_id}"


class Review(models.Model):
    """A submitted judgement: comments for the panel and for the applicant. Revised until the
    reviews close; every revision is recorded.
    """

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="review")
    revision = models.PositiveSmallIntegerField(default=1)
    comment_for_panel = models.TextField(blank=True)
    comment_for_applicant = models.TextField(blank=True)
    submitted_at = models.DateTimeField()
    words_passed = models.TextField(
        blank=True, help_text="What the applicant answers to: as an officer read it, or worded it."
    )
    words_read_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"review {self.assignment_id}"

    @property
    def is_read(self) -> bool:
        """Whether an officer has read its words as they stand; revised since, they are new."""
        return self.words_read_at is not None and self.words_read_at >= self.submitted_at


class Score(models.Model):
    """One criterion of one review: a value, or none with the reason why it cannot be judged. Never
    zero in disguise.
    """

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=60)
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    cannot_judge_because = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["review", "criterion"], name="review_score_one_per_criterion"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, cannot_judge_because="")
                | (Q(value__isnull=True) & ~Q(cannot_judge_because="")),
                name="review_score_value_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.criterion} {self.value}"


class Rebuttal(DraftedAnswers):
    """What reviewers wrote for one applicant, as an officer released it, and the applicant's answer
    to it. Revised until its step is over; every answer that was sent is frozen under its hash.
    """

    lifecycle = REBUTTAL

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="rebuttals")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="rebuttals")
    form_version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, default="asked")
    words = models.JSONField(help_text="What each reviewer wrote for the applicant, frozen.")
    body = models.JSONField(default=dict, blank=True, help_text="The answer as it was sent.")
    sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "step"], name="review_rebuttal_one_per_step"
            ),
            models.CheckConstraint(
                condition=Q(state__in=REBUTTAL.states), name="review_rebuttal_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state="asked", answered_at__isnull=True, sha256="")
                | (Q(state="answered", answered_at__isnull=False) & ~Q(sha256="")),
                name="review_rebuttal_answered_has_facts",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
