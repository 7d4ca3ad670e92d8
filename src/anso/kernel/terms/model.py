"""The parts of terms as frozen values, and what can be looked up in them.

Not here: whether they are sound (``checking``) and how they are stored (``reading``).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from anso.kernel.terms.conflicts import ConflictTerms
from anso.kernel.terms.groups import Group
from anso.kernel.terms.intake import Intake
from anso.kernel.terms.nouns import EntryNouns
from anso.kernel.terms.occasion import Occasion
from anso.kernel.terms.outcome import OutcomePart
from anso.kernel.wording import Text

BLOCKS = (
    "applications",
    "letters",
    "screening",
    "interviews",
    "hosts",
    "review",
    "rebuttal",
    "panel",
    "decision",
    "release",
    "offers",
    "announcement",
)


class EntryKind(StrEnum):
    """How an application comes in: by oneself, by someone who names another, as a proposal of
    work.
    """

    APPLICATION = "application"
    NOMINATION = "nomination"
    PROPOSAL = "proposal"


class LetterNeed(StrEnum):
    """How far an application gets without a letter: not submitted, not selected, or as far as any
    other.
    """

    SUBMISSION = "submission"
    DAY = "day"
    WANTED = "wanted"


class Publication(StrEnum):
    """What everybody reads of the results, from the most to the least: names of those who accept,
    numbers of those to whom something is offered, or figures alone.
    """

    NAMES = "names"
    NUMBERS = "numbers"
    FIGURES = "figures"

    def is_wider_than(self, other: Publication) -> bool:
        """Whether it tells more of somebody."""
        order = list(Publication)
        return order.index(self) < order.index(other)


@dataclass(frozen=True)
class Level:
    """Something a person applies for within the call, such as a doctoral place; ``key`` is
    stable.
    """

    key: str
    label: Text


@dataclass(frozen=True)
class Host:
    """Who receives the people selected. Whose agreement is needed there is said by the rule of its
    letters.
    """

    key: str
    label: Text


@dataclass(frozen=True)
class Criterion:
    """One thing reviewers judge; weights of all criteria sum to one. ``anchors`` says what values
    of the scale mean.
    """

    key: str
    label: Text
    weight: Decimal
    hint: Text = field(default_factory=Text)
    anchors: tuple[tuple[int, Text], ...] = ()

    def lacking(self, languages: Iterable[str]) -> list[str]:
        """The languages in which words are missing that stand in another one."""
        texts = [text for text in (self.label, self.hint, *dict(self.anchors).values()) if text]
        return [code for code in languages if any(code not in text for text in texts)]


@dataclass(frozen=True)
class Rubric:
    """How reviewers judge: the scale, the criteria, how many reviews each application needs, and
    whether names are hidden.
    """

    criteria: tuple[Criterion, ...]
    scale_lowest: int = 1
    scale_highest: int = 6
    reviews_each: int = 3
    is_blind: bool = True

    def within_scale(self) -> Rubric:
        """The same without words for values that the scale has not."""
        scale = range(self.scale_lowest, self.scale_highest + 1)
        kept = (
            replace(each, anchors=tuple(known for known in each.anchors if known[0] in scale))
            for each in self.criteria
        )
        return replace(self, criteria=tuple(kept))


@dataclass(frozen=True)
class LetterWords:
    """How a programme speaks of one kind of letter, on its pages and in its mails.

    ``promised`` tells applicants what is needed; the rest is read by whoever is asked: what they
    are asked, what follows when they do not answer, who reads them. In these texts ``{applicant}``,
    ``{title}``, ``{call}`` and ``{host}`` stand for what they name, and ``{count}`` in
    ``promised`` for how many letters.
    """

    name: Text = field(default_factory=Text)
    promised: Text = field(default_factory=Text)
    heading: Text = field(default_factory=Text)
    request: Text = field(default_factory=Text)
    unanswered: Text = field(default_factory=Text)
    readers: Text = field(default_factory=Text)
    button: Text = field(default_factory=Text)


@dataclass(frozen=True)
class LetterRule:
    """Letters of one kind: how many, of whom, how many days after the deadline they still count,
    in which words they are asked for, and by ``need`` what becomes of an application without them.
    ``kind`` is also the purpose of the form that is filled.

    ``asked_in`` are the questions of the application that name the writers; ``hosts`` says for
    which host a question names a supervisor: then the letter is needed for that host alone. Where a
    question names a list of people, all of them are to answer, and those who refuse are left out.
    """

    kind: str
    count: int
    days_after_close: int = 14
    minutes: int = 10
    asked_in: tuple[str, ...] = ()
    hosts: Mapping[str, str] = field(default_factory=dict)
    words: LetterWords = field(default_factory=LetterWords)
    need: LetterNeed = LetterNeed.DAY

    @property
    def is_required(self) -> bool:
        """Whether nothing is given to an application that lacks it."""
        return self.need is not LetterNeed.WANTED


@dataclass(frozen=True)
class Stage:
    """A step as the terms promise it, from one of the tested blocks, with its days (the last one
    included). What stands today, also after an extension, is a row of the calls app.

    ``form`` is the purpose of the form that people fill in a window; ``rubric`` the key of the
    rubric by which they judge in a review, blank for the call's own.
    """

    key: str
    block: str
    label: Text
    starts_on: dt.date
    ends_on: dt.date
    form: str = ""
    rubric: str = ""


@dataclass(frozen=True)
class Benefit:
    """One thing a holder receives, in what amount, and who pays which part. ``amount`` is None
    where it is in kind.
    """

    key: str
    label: Text
    payer: Text
    amount: Decimal | None = None
    currency: str = ""
    per: str = ""
    levels: tuple[str, ...] = ()
    funds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """Everything a call promises. ``rules`` are eligibility rule sets as ``kernel.eligibility``
    writes them.

    ``groups`` are the groups of people that limits may name, and ``figures`` those of which the
    share among the selected is told. ``outcome`` is what the selected receive, in the columns of
    that outcome, and how many of them there are. ``rubrics`` are those of reviews that judge by
    other criteria than ``rubric``, by their keys. ``entry`` says what comes in and ``nouns`` how
    the programme calls it, ``entries_each`` how many of one person, ``check_keys`` which questions
    the two-minute check asks, in their order; ``publishes`` what everybody reads of the results,
    ``appeals_days`` how long after its letter a review of a decision may be asked for (0: not).
    ``minimum_score`` is the least mean with which something is given, ``adjustment_most`` the most
    points by which the panel may move a mean; None where there is no such term. ``conflicts`` says
    which ties keep somebody from judging. ``waiting_share`` is how many come next at most for
    each thing that is given, in percent of how many there are of it (0: nobody does). ``intake``
    says whether it closes once or takes batch after batch, ``occasion`` when and where what is
    given takes place.
    """

    levels: tuple[Level, ...] = ()
    hosts: tuple[Host, ...] = ()
    outcome: OutcomePart = field(default_factory=OutcomePart)
    rubric: Rubric = field(default_factory=lambda: Rubric(()))
    letters: tuple[LetterRule, ...] = ()
    stages: tuple[Stage, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    rules: tuple[Mapping[str, Any], ...] = ()
    offer_days: int = 21
    selection_method: str = "rank_and_fill"
    entry: EntryKind = EntryKind.APPLICATION
    entries_each: int = 1
    check_keys: tuple[str, ...] = ()
    rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    figures: tuple[str, ...] = ()
    nouns: EntryNouns | None = None
    publishes: Publication = Publication.FIGURES
    minimum_score: Decimal | None = None
    adjustment_most: Decimal | None = None
    appeals_days: int = 0
    waiting_share: int = 100
    conflicts: ConflictTerms = field(default_factory=ConflictTerms)
    intake: Intake = field(default_factory=Intake)
    occasion: Occasion = field(default_factory=Occasion)

    def group(self, key: str) -> Group | None:
        """The group with that key, or None where the programme declares none."""
        return next((group for group in self.groups if group.key == key), None)

    def host(self, key: str) -> Host:
        """The host with that key; KeyError where there is none."""
        return {host.key: host for host in self.hosts}[key]

    def letter_rule(self, kind: str) -> LetterRule | None:
        """The rule for one kind of letter, or None where none is asked."""
        return next((rule for rule in self.letters if rule.kind == kind), None)

    @property
    def window(self) -> Stage | None:
        """The stage in which the call takes applications, or None while there is none."""
        return next((stage for stage in self.stages if stage.block == "applications"), None)

    @property
    def last_rubric(self) -> Rubric:
        """By what the last review judges, from which follows who is selected."""
        named = [stage.rubric for stage in self.stages if stage.block == "review"]
        return self.rubrics.get(named[-1], self.rubric) if named else self.rubric

    def rubric_for(self, key: str) -> Rubric:
        """The rubric with that key; the call's own where the key is blank. KeyError where there is
        none.
        """
        return self.rubrics[key] if key else self.rubric

    def with_rubric(self, rubric: Rubric, key: str = "") -> Terms:
        """The same terms with another rubric under that key."""
        if not key:
            return replace(self, rubric=rubric)
        return replace(self, rubrics={**self.rubrics, key: rubric})
