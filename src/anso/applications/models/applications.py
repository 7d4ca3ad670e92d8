"""Applications: drafts with a receipt for every save, documents, and what exactly was
submitted.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from anso.applications.lifecycle import APPLICATION
from anso.calls.models import Call, Step
from anso.database.search import SortKeyField
from anso.directory.models import Country, Person
from anso.files.models import StoredFile
from anso.kernel.references import new_reference
from anso.questionnaires.models import FormVersion, FrozenAnswers

# The column by which names sort for readers of a language, where it is not that of most.
NAME_KEYS = {"ar": "name_key_ar"}
FACETS = ("state", "category", "first_preference", "country", "eligibility")


class Application(models.Model):
    """One person's application to one call; of a kind that takes several, one of them.

    ``answers`` maps question keys to ``{"value", "form", "revision"}`` (the form version that was
    answered and the save it came with). They are live and serve their author alone: what is judged
    is ``submission``, the latest frozen one. The columns below it repeat what that submission
    means, so that long lists stay fast; they are written by submitting and by nothing else (before
    that only the person's name is known), but for ``eligibility``, the latest check of it, and
    ``lacks``, which follows the letters too.
    A submitted application may still be changed and submitted again until its window closes.
    ``step`` is the window in which it is written, or the later step to which it was led from there.
    """

    lifecycle = APPLICATION

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    number = models.CharField(max_length=20, unique=True)
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, related_name="applications", db_index=False
    )  # every index below begins with it
    applicant = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="applications")
    step = models.ForeignKey(
        Step,
        on_delete=models.PROTECT,
        related_name="applications",
        help_text="Where it stands: the window it is written in, or where it was led to since.",
    )
    form_version = models.ForeignKey(
        FormVersion, on_delete=models.PROTECT, related_name="applications"
    )
    ordinal = models.PositiveSmallIntegerField(
        default=1,
        db_default=1,
        help_text=(
            "Which of this person's applications to the call: 1 except where a kind takes several."
        ),
    )
    state = models.CharField(max_length=12, default="draft")
    answers = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0, help_text="Counts the saves.")
    submitted_revision = models.PositiveIntegerField(default=0)
    submission = models.ForeignKey(
        "Submission",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="The latest submission: what counts. None before the first.",
    )
    subject_name = models.CharField(
        max_length=200, blank=True, help_text="Whom it is about: the applicant, or the nominee."
    )
    # By what the name sorts: for most readers, and for those whose language puts its own script
    # first.
    name_key = SortKeyField("subject_name", "en")
    name_key_ar = SortKeyField("subject_name", "ar")
    category = models.CharField(max_length=60, blank=True, help_text="A level, an award …")
    first_preference = models.CharField(max_length=60, blank=True)
    country = models.ForeignKey(
        Country, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    title = models.CharField(max_length=300, blank=True)
    eligibility = models.CharField(
        max_length=16,
        blank=True,
        help_text="The latest check of the rules: eligible, not_eligible or ask_us.",
    )
    lacks = ArrayField(
        models.CharField(max_length=80),
        default=list,
        blank=True,
        help_text="Required letters that are not there: their kind, with the host where for one.",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # its own index below holds only those that somebody looks after
        help_text="The officer of the call who looks after it.",
    )
    flags = ArrayField(
        models.CharField(max_length=16),
        default=list,
        blank=True,
        help_text="What officers keep in mind about it.",
    )
    namesake_key = models.CharField(
        max_length=100,
        blank=True,
        help_text="By what others of the call are found who may be the same person.",
    )
    search_text = models.TextField(blank=True)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    invited_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    extended_until = models.DateTimeField(
        null=True, blank=True, help_text="An officer gave this one more time than everybody has."
    )
    screened_at = models.DateTimeField(null=True, blank=True)
    screening_reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # Withdrawn ones do not count: whoever withdrew may start again.
            models.UniqueConstraint(
                fields=["call", "applicant", "ordinal"],
                condition=~Q(state="withdrawn"),
                name="applications_application_one_per_person",
            ),
            models.CheckConstraint(
                condition=Q(state__in=APPLICATION.states),
                name="applications_application_known_state",
            ),
            models.CheckConstraint(
                # A draft that was withdrawn was never submitted, so "withdrawn" says nothing about
                # that instant.
                condition=Q(state="draft", submitted_at__isnull=True)
                | Q(state="withdrawn", withdrawn_at__isnull=False)
                | Q(
                    state__in=["submitted", "eligible", "ineligible", "invited", "decided"],
                    submitted_at__isnull=False,
                    submission__isnull=False,
                ),
                name="applications_application_submitted_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["eligible", "ineligible"]) | Q(screened_at__isnull=False),
                name="applications_application_screened_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="invited") | Q(invited_at__isnull=False),
                name="applications_application_invited_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_at__isnull=False),
                name="applications_application_decided_has_instant",
            ),
        ]
        indexes = [
            models.Index(
                # Counts for chips and selects: all columns by which a list is narrowed, and none to
                # read beside.
                fields=["call", "state", "category", "first_preference", "country", "eligibility"],
                name="applications_by_facets",
            ),
            # Lists are filtered and paged inside these, without reading the rows themselves, which
            # are wide.
            models.Index(
                fields=["call", "-submitted_at", "id"],
                include=FACETS,
                name="applications_by_submission",
            ),
            models.Index(
                fields=["call", "country", "number"],
                include=("id", *FACETS[:3], FACETS[4]),
                name="applications_by_country",
            ),
            models.Index(
                fields=["call", "number"], include=("id", *FACETS), name="applications_by_number"
            ),
            models.Index(
                fields=["call", "state", "number"],
                include=("id", *FACETS[1:]),
                name="applications_by_state",
            ),
            models.Index(
                fields=["call", "name_key", "id"], include=FACETS, name="applications_by_name"
            ),
            models.Index(
                fields=["call", "name_key_ar", "id"], include=FACETS, name="applications_name_ar"
            ),
            models.Index(
                # Each submission is compared with those of people born on the same day.
                fields=["call", "namesake_key"],
                condition=~Q(namesake_key=""),
                name="applications_by_namesake",
            ),
            models.Index(
                fields=["owner", "call"],
                condition=Q(owner__isnull=False),
                name="applications_by_owner",
            ),
            # For parts of words in any order (``database.search``).
            GinIndex(
                fields=["search_text"], opclasses=["gin_trgm_ops"], name="applications_search_trgm"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SaveReceipt(models.Model):
    """Proof of one save: which answers changed, when they reached the server. Texts that could not
    be kept in the answers are kept here too.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="receipts")
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField()
    changes = models.JSONField(help_text="Question key to the value that was saved.")
    set_aside = models.JSONField(
        default=dict,
        blank=True,
        help_text="Question key to a text that came after a newer one, or that the form no longer"
        " asks in this way.",
    )
    token = models.CharField(
        max_length=64, help_text="Chosen by the browser, so that a repeated request is saved once."
    )
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # read with its application alone
        help_text="Whoever typed it beside the applicant; else empty.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # What tells a repeated request: see ``save_answers``.
                fields=["application", "token"],
                name="applications_save_receipt_once",
            )
        ]
        indexes = [models.Index(fields=["application", "-revision"], name="applications_receipts")]

    def __str__(self) -> str:
        return f"{self.application_id} r{self.revision}"


class Document(models.Model):
    """A file in a slot of the application, such as the passport. Replaced documents stay for the
    record.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="documents")
    slot = models.CharField(max_length=60)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="documents")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,  # nobody asks for what one officer put in
        help_text="The officer who put it in for the applicant, with the reason; else empty.",
    )
    because = models.TextField(blank=True)
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(added_by__isnull=True) | ~Q(because=""),
                name="applications_document_put_in_has_reason",
            )
        ]
        # Every page of the form asks what stands in its slots.
        indexes = [models.Index(fields=["application", "slot"], name="applications_document_slot")]

    def __str__(self) -> str:
        return f"{self.slot} of {self.application_id}"


class Submission(FrozenAnswers):
    """What exactly was submitted: canonical JSON, its hash, and a PDF made from it. Never changed,
    which the database holds to.

    ``body`` carries the answers, what they mean (``facts``), the documents, the letters asked for
    and the verdict of the rules. It is all that screening, conflicts, affinity, dossiers, lists,
    selection, decisions and exports read.
    """

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="submissions"
    )
    step = models.ForeignKey(
        Step,
        on_delete=models.PROTECT,
        related_name="submissions",
        help_text="The window in which it was handed in.",
    )
    version = models.PositiveSmallIntegerField(help_text="Counts on through all steps.")
    arrived_at = models.DateTimeField(
        help_text="When the request reached the server; the deadline is decided by it."
    )
    pdf = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "version"], name="applications_submission_one_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}, version {self.version}"
