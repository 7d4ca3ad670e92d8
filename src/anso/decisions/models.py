"""Selections and the decisions they lead to, prepared in silence and released together."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from anso.applications.models import Application
from anso.calls.models import Call, Step
from anso.decisions.enums import Ground, Result
from anso.decisions.lifecycle import APPEAL, DECISION, SELECTION_RUN
from anso.files.models import StoredFile
from anso.kernel.references import new_reference


class SelectionRun(models.Model):
    """One computation of ranking and places in one step, with everything needed to compute it
    again. Runs are never changed, only superseded.
    """

    lifecycle = SELECTION_RUN

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="selection_runs")
    step = models.ForeignKey(
        Step,
        on_delete=models.PROTECT,
        related_name="selection_runs",
        help_text="Whose reviews it ranks by.",
    )
    number = models.PositiveSmallIntegerField(help_text="Counts the runs of its step.")
    state = models.CharField(max_length=12, default="computed")
    record = models.JSONField(
        help_text=(
            "Input, parameters, seed, versions, output and trace, as selection.record makes it."
        )
    )
    sha256 = models.CharField(max_length=64)
    figures = models.JSONField(
        default=dict, help_text="Places filled, countries, shares: for the head of the page."
    )
    computed_at = models.DateTimeField()
    proposed_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.TextField(blank=True, help_text="What the chair asks to change.")
    few_because = models.TextField(
        blank=True,
        help_text="Why it goes to the chair with fewer reviews than the call promises.",
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "step", "number"], name="decisions_selection_run_one_per_number"
            ),
            models.CheckConstraint(
                condition=Q(state__in=SELECTION_RUN.states),
                name="decisions_selection_run_known_state",
            ),
            models.UniqueConstraint(
                fields=["call", "step"],
                condition=Q(state="released"),
                name="decisions_selection_run_released_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned")
                | Q(returned_at__isnull=False) & ~Q(returned_because=""),
                name="decisions_selection_run_returned_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "released"]) | Q(confirmed_at__isnull=False),
                name="decisions_selection_run_confirmed_has_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="released") | Q(released_at__isnull=False),
                name="decisions_selection_run_released_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} run {self.number}"


class Placement(models.Model):
    """Where one application stands in a run: rank, score, result, the place that was given to it
    (the key of a node of the call's tree), and the reason in a sentence.
    """

    run = models.ForeignKey(SelectionRun, on_delete=models.CASCADE, related_name="placements")
    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="placements"
    )
    rank = models.PositiveIntegerField()
    score = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    spread = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    review_count = models.PositiveSmallIntegerField()
    result = models.CharField(max_length=12, choices=Result.choices)
    place = models.CharField(max_length=120, blank=True)
    waiting_position = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(
        help_text="The selection library's own words; readers get sentences made from the facts."
    )
    facts = models.JSONField(
        default=dict,
        help_text="What the sentences need: refusals, waiting lists, lowest and highest review.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "application"], name="decisions_placement_once_per_run"
            ),
            models.CheckConstraint(
                condition=Q(result=Result.SELECTED) & ~Q(place="") | ~Q(result=Result.SELECTED),
                name="decisions_placement_place_named",
            ),
        ]
        # A page of the ranking, read in its order.
        indexes = [models.Index(fields=["run", "rank", "id"], name="decisions_placement_by_rank")]

    def __str__(self) -> str:
        return f"{self.rank} {self.application_id}"


class Decision(models.Model):
    """What one applicant is told after one step. Invisible to the applicant until released."""

    lifecycle = DECISION

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="decisions")
    step = models.ForeignKey(Step, on_delete=models.PROTECT, related_name="decisions")
    run = models.ForeignKey(SelectionRun, on_delete=models.PROTECT, related_name="decisions")
    result = models.CharField(max_length=12, choices=Result.choices)
    place = models.CharField(max_length=120, blank=True)
    waiting_position = models.PositiveIntegerField(null=True, blank=True)
    reason = models.TextField(blank=True, help_text="An officer's own words, or the library's.")
    unmet = models.JSONField(
        default=list,
        blank=True,
        help_text="For those not eligible: the rules not met, with code and sentence by language.",
    )
    feedback = models.TextField(blank=True, help_text="What reviewers wrote for the applicant.")
    adjustment_told = models.TextField(
        blank=True,
        help_text="Why the panel moved its mean, as an officer worded it for the applicant.",
    )
    feedback_read_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="An officer read it and passed it on; before, it stays here.",
    )
    state = models.CharField(max_length=10, default="prepared")
    prepared_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    corrected_at = models.DateTimeField(
        null=True, blank=True, help_text="The result or its reason is an officer's since then."
    )
    appeal_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="Until when a review of it may be asked for, as the letter about it says.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "step"], name="decisions_decision_one_per_step"
            ),
            models.CheckConstraint(
                condition=Q(state__in=DECISION.states), name="decisions_decision_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state="prepared", released_at__isnull=True)
                | Q(state="released", released_at__isnull=False),
                name="decisions_decision_released_has_instant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.number} {self.result}"

    @property
    def words_passed_on(self) -> str:
        """What reviewers wrote for the applicant, as far as an officer has read it."""
        return self.feedback if self.feedback_read_at else ""


class NotAwarded(models.Model):
    """A part of what a call gives that its deciding body does not give in this edition, with the
    reason that those read who asked for it. It stands until it is taken back.
    """

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="not_awarded")
    place = models.CharField(max_length=120, help_text="A node of the tree, with all below it.")
    reason = models.TextField()
    decided_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["call", "place"],
                condition=Q(taken_back_at__isnull=True),
                name="decisions_not_awarded_once",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="decisions_not_awarded_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call} {self.place}"


class Adjustment(models.Model):
    """Points by which the panel moves the mean of one application in the last review, and why. It
    stands until it is taken back. The reason is the panel's own: applicants read it as an officer
    words it.
    """

    application = models.ForeignKey(
        Application, on_delete=models.PROTECT, related_name="adjustments"
    )
    points = models.DecimalField(max_digits=5, decimal_places=2)
    reason = models.TextField()
    decided_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(taken_back_at__isnull=True),
                name="decisions_adjustment_once",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(points=0), name="decisions_adjustment_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application.number} {self.points}"


class Appeal(models.Model):
    """Somebody asked for a review of a decision: on which ground, in which words, and what an
    officer answered. A decision is reviewed once; corrected since, once more.
    """

    lifecycle = APPEAL

    reference = models.CharField(max_length=16, unique=True, default=new_reference, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="appeals")
    ground = models.CharField(max_length=12, choices=Ground.choices)
    text = models.TextField()
    file = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, default="filed")
    filed_at = models.DateTimeField()
    answer = models.TextField(blank=True, help_text="What its author reads.")
    answered_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(state="filed"), name="decisions_appeal_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state__in=APPEAL.states), name="decisions_appeal_known_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["filed", "withdrawn"])
                | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="decisions_appeal_answered_has_words",
            ),
        ]

    def __str__(self) -> str:
        return self.reference
