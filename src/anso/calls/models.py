"""A call of a programme: its design while it is drafted, its frozen terms once published, its
forms, and what moved its deadline.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from anso.calls.enums import BodyFunction
from anso.calls.lifecycle import CALL
from anso.directory.models import Organisation, Person
from anso.governance.models import Body
from anso.kernel.references import new_reference
from anso.programmes.models import Programme


class Call(models.Model):
    """One edition of a programme that people apply to.

    ``design`` is the working copy (see ``kernel.terms``); after publication only the latest
    :class:`CallTerms` counts.
    """

    lifecycle = CALL

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="calls")
    edition_year = models.PositiveSmallIntegerField()
    round = models.CharField(
        max_length=1, blank=True, help_text="The letter of a further round of the same year."
    )
    number_prefix = models.CharField(
        max_length=8, unique=True, help_text="Begins the number of every application, e.g. F27."
    )
    title = models.JSONField(help_text="Text by language.")
    summary = models.JSONField(default=dict, help_text="Text by language.")
    state = models.CharField(max_length=12, default="draft")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    design = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=0)
    revisions = models.JSONField(
        default=dict,
        help_text="Part of the design or of a form to the revision at which it last changed.",
    )
    terms_sha256 = models.CharField(
        max_length=64,
        blank=True,
        default="",
        editable=False,
        help_text="The hash of the terms that count; blank for a draft.",
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        help_text="The call of which this one is a part, such as one country's of a joint call.",
    )
    proposal = models.CharField(
        max_length=24,
        blank=True,
        help_text="The number of the selected proposal of the parent to which this call belongs.",
    )
    batch_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="batches",
        help_text="The first batch of the rolling call of which this one is a later batch.",
    )
    amending_since = models.DateTimeField(
        null=True, blank=True, help_text="An amendment of the published call is being prepared."
    )
    amendment = models.JSONField(
        default=dict,
        blank=True,
        help_text="Title and summary as they are to be; what else changes stands in the design.",
    )
    # On the row that starting an application locks anyway; a sequence of the database would leave
    # gaps, and one is needed for each call.
    last_number = models.PositiveIntegerField(
        default=0, help_text="The last application number given out."
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=CALL.states), name="calls_call_known_state"
            ),
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("opens_at")),
                name="calls_call_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=~Q(parent=models.F("id")), name="calls_call_not_its_own_part"
            ),
            models.CheckConstraint(
                condition=~Q(batch_of=models.F("id")), name="calls_call_not_its_own_batch"
            ),
            models.UniqueConstraint(
                fields=["batch_of", "opens_at"], name="calls_call_one_batch_after_another"
            ),
            models.CheckConstraint(
                condition=Q(proposal="") | Q(parent__isnull=False),
                name="calls_call_proposal_has_parent",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | Q(state__in=["published", "completed"], published_at__isnull=False)
                | Q(state="cancelled", cancelled_at__isnull=False),
                name="calls_call_state_has_facts",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(completed_at__isnull=False),
                name="calls_call_completed_has_instant",
            ),
        ]
        # Open calls, closed ones to judge, and whom to remind.
        indexes = [models.Index(fields=["state", "closes_at"], name="calls_call_open")]

    def __str__(self) -> str:
        return self.slug


class CallTerms(models.Model):
    """What was promised at publication: canonical JSON and its hash. Never changed; an amendment is
    a further version, with the reason that everyone reads and what stood before it.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="terms")
    version = models.PositiveSmallIntegerField()
    body = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField()
    because = models.TextField(blank=True)
    told_before = models.JSONField(
        default=dict, help_text="What stood before an amendment, with the days of that moment."
    )
    announced_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "version"], name="calls_call_terms_one_per_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.call} terms {self.version}"


class Step(models.Model):
    """One step of a call, from a tested block, with its days as they stand (the last one included).

    The terms keep the days that were promised; an extension moves these. What is submitted,
    redacted, judged, selected and decided hangs on the step in which that happens, so that an
    application may walk through several.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="steps")
    key = models.CharField(max_length=60)
    block = models.CharField(max_length=20)
    order = models.PositiveSmallIntegerField()
    label = models.JSONField(help_text="Text by language.")
    form = models.CharField(
        max_length=24, blank=True, help_text="The purpose of the form that is filled in it."
    )
    rubric = models.CharField(
        max_length=60,
        blank=True,
        help_text="The key of the rubric by which it judges; blank for the call's own.",
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="calls_step_one_per_key"),
            models.UniqueConstraint(fields=["call", "order"], name="calls_step_one_per_place"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=models.F("starts_on")), name="calls_step_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.key}"


class CallOfficer(models.Model):
    """A programme officer works on this call."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="officers")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calls_worked_on"
    )
    since_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "account"], name="calls_call_officer_once")
        ]

    def __str__(self) -> str:
        return f"{self.account} on {self.call}"


class CallBody(models.Model):
    """A body has a function in a call. Who acts for it follows from mandates: whoever presides."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="bodies")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="in_calls")
    function = models.CharField(max_length=12, choices=BodyFunction.choices)
    order = models.PositiveSmallIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "function"], name="calls_call_body_one_per_function"
            )
        ]

    def __str__(self) -> str:
        return f"{self.body} as {self.function} of {self.call}"


class CallHost(models.Model):
    """Which organisation of the directory a host of the call is, and who there answers for it. The
    terms keep the host as it was promised, by the same key.
    """

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="hosts")
    key = models.CharField(max_length=60)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="hosted_calls"
    )
    people = models.ManyToManyField(Person, blank=True, related_name="hosted_calls")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "key"], name="calls_call_host_one_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.call}"


class BankQuestion(models.Model):
    """A question with a stable key that many forms share, so that answers can be compared across
    years.
    """

    key = models.SlugField(max_length=60, unique=True)
    definition = models.JSONField(help_text="As kernel.questions reads it.")
    is_retired = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.key


class Extension(models.Model):
    """The end of a step of a call was moved later for everyone, why, and what moved with it."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="extensions")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="extensions")
    previous_closes_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    because = models.TextField()
    moves = models.JSONField(
        default=dict,
        help_text="Step key to its first and last day before, and its first and last day after.",
    )
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=models.F("previous_closes_at")),
                name="calls_extension_moves_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.call} until {self.closes_at:%Y-%m-%d %H:%M}"


class Outage(models.Model):
    """The service could not be reached for a while; from these rows an extension for everyone is
    proposed.
    """

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    remark = models.CharField(max_length=300)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=models.F("starts_at")), name="calls_outage_period"
            )
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M}–{self.ends_at:%H:%M}"
