"""The vocabulary of programme kinds: what one declares, and what follows from it for an edition.

Here: immutable values without a database. Not here: the kinds themselves (`catalogue`), their
rows (`models`), and the stages' working, which belongs to the apps above.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from itertools import pairwise

from anso.kernel.eligibility import RuleSet, check_rules, resolve_rule_days
from anso.kernel.faults import DesignFault, DesignPart, faults_of
from anso.kernel.periods import Deadline, edition_day
from anso.kernel.questions import Audience, Form, Question, check_form, questions_meaning
from anso.kernel.terms import (
    Benefit,
    ConflictTerms,
    Criterion,
    EntryKind,
    EntryNouns,
    Group,
    Host,
    Intake,
    LetterRule,
    Level,
    OutcomePart,
    PlaceNode,
    Publication,
    Rubric,
    Stage,
    Terms,
    check_terms,
)
from anso.kernel.wording import NO_TEXT, Message, Text, gettext_noop
from anso.programmes.methods import METHODS

APPLICATION = "application"
"""The purpose of the form that everybody fills who applies; kinds name those of further forms."""
LAST_BLOCKS = ("release", "offers", "announcement")


class ApplicantKind(StrEnum):
    """Who stands behind an application."""

    PERSON = "person"
    ORGANISATION = "organisation"
    CONSORTIUM = "consortium"


@dataclass(frozen=True)
class Window:
    """When an edition takes applications, as days relative to its year of intake, and in which
    zone.

    The closing day is open to its very end.
    """

    opens: str
    closes: str
    zone: str

    def opens_on(self, intake_year: int) -> dt.date:
        """The first day of an edition."""
        return edition_day(self.opens, intake_year)

    def closes_on(self, intake_year: int) -> dt.date:
        """The last day of an edition."""
        return edition_day(self.closes, intake_year)

    def opening(self, intake_year: int) -> dt.datetime:
        """The instant at which an edition opens: its first day's beginning, in its zone."""
        return Deadline.at_end_of(
            self.opens_on(intake_year) - dt.timedelta(days=1), self.zone
        ).closes_at

    def deadline(self, intake_year: int) -> Deadline:
        """The deadline of an edition."""
        return Deadline.at_end_of(self.closes_on(intake_year), self.zone)


@dataclass(frozen=True)
class StagePlan:
    """A stage from a tested block, `lasts` days long, starting `after` days after the closing day.

    The stage of the block "applications" with `after` left at None spans the window itself. A
    further window names the purpose of its `form`, a review the key of its `rubric` where it is not
    the kind's first.
    """

    key: str
    block: str
    label: Text
    after: int | None = None
    lasts: int = 1
    form: str = ""
    rubric: str = ""

    def on_dates(self, opens_on: dt.date, closes_on: dt.date) -> Stage:
        """The stage with its dates in an edition of this window."""
        starts_on, ends_on = opens_on, closes_on
        if self.after is not None:
            starts_on = closes_on + dt.timedelta(days=self.after)
            ends_on = starts_on + dt.timedelta(days=self.lasts - 1)
        named = {"form": self.form, "rubric": self.rubric}
        return Stage(self.key, self.block, self.label, starts_on, ends_on, **named)


@dataclass(frozen=True)
class LetterPlan:
    """Letters of one kind: the rule, and what the writers are asked."""

    rule: LetterRule
    form: Form


@dataclass(frozen=True)
class ProgrammeKind:
    """One kind of programme, complete: everything an edition needs as defaults that staff may edit.

    `bodies` names the functions that bodies have in a call (panel, jury, conferring) and, where it
    is always the same one, the code of the body. `parts_of` names the other kinds under whose calls
    and selected proposals one of this kind may be opened; under its own it always may. `sources`
    says of every number and rule where it comes from; "model" marks a value taken from a sister
    body or chosen by us.
    """

    code: str
    name: Text
    summary: Text
    plan_section: str
    division: str
    number_code: str
    applicant: ApplicantKind
    entry: EntryKind
    outcome: OutcomePart
    window: Window
    stages: tuple[StagePlan, ...]
    form: Form
    check_keys: tuple[str, ...]
    rule_sets: tuple[RuleSet, ...]
    rubric: Rubric
    letters: tuple[LetterPlan, ...] = ()
    groups: tuple[Group, ...] = ()
    figures: tuple[str, ...] = ()
    entries_each: int = 1
    nouns: EntryNouns | None = None
    parts_of: tuple[str, ...] = ()
    bodies: Mapping[str, str] = field(default_factory=lambda: {"panel": ""})
    further_forms: Mapping[str, Form] = field(default_factory=dict)
    further_rubrics: Mapping[str, Rubric] = field(default_factory=dict)
    levels: tuple[Level, ...] = ()
    hosts: tuple[Host, ...] = ()
    benefits: tuple[Benefit, ...] = ()
    offer_days: int = 21
    selection_method: str = "rank_and_fill"
    publishes: Publication = Publication.FIGURES
    appeals_days: int = 0
    conflicts: ConflictTerms = field(default_factory=ConflictTerms)
    intake: Intake = field(default_factory=Intake)
    sources: Mapping[str, str] = field(default_factory=dict)

    def terms_for(
        self, intake_year: int, *, opens_on: dt.date | None = None, closes_on: dt.date | None = None
    ) -> Terms:
        """The default terms of an edition: dates made absolute, rules resolved for that year of
        intake.
        """
        opens = opens_on or self.window.opens_on(intake_year)
        closes = closes_on or self.window.closes_on(intake_year)
        return Terms(
            levels=self.levels,
            hosts=self.hosts,
            outcome=self.outcome,
            rubric=self.rubric,
            letters=tuple(letter.rule for letter in self.letters),
            stages=tuple(stage.on_dates(opens, closes) for stage in self.stages),
            benefits=self.benefits,
            rules=tuple(
                rule_set.to_dict() for rule_set in resolve_rule_days(self.rule_sets, intake_year)
            ),
            offer_days=self.offer_days,
            selection_method=self.selection_method,
            entry=self.entry,
            entries_each=self.entries_each,
            check_keys=self.check_keys,
            rubrics=self.further_rubrics,
            groups=self.groups,
            figures=self.figures,
            nouns=self.nouns,
            publishes=self.publishes,
            appeals_days=self.appeals_days,
            conflicts=self.conflicts,
            intake=self.intake,
        )

    def forms(self) -> dict[str, Form]:
        """All forms of an edition by purpose: "application", later steps, and one per kind of
        letter.
        """
        return {APPLICATION: self.form, **self.further_forms} | {
            letter.rule.kind: replace(letter.form, label=letter.rule.words.name)
            for letter in self.letters
        }


_Labelled = Level | Host | PlaceNode | Benefit | Criterion | Group


def check_kind(kind: ProgrammeKind, intake_year: int) -> list[DesignFault]:
    """List what is wrong with a kind; one in the catalogue has no fault."""
    forms = (fault for form in kind.forms().values() for fault in check_form(form))
    return [
        *faults_of(DesignPart.QUESTIONS, forms),
        *faults_of(DesignPart.RULES, check_rules(kind.rule_sets)),
        *check_terms(kind.terms_for(intake_year)),
        *faults_of(DesignPart.RUBRIC, _check_method(kind)),
        *faults_of(DesignPart.QUESTIONS, _check_references(kind)),
        *faults_of(DesignPart.QUESTIONS, _check_readers(kind)),
        *faults_of(DesignPart.LETTERS, _check_letter_words(kind)),
        *faults_of(DesignPart.QUESTIONS, _check_groups(kind)),
        *faults_of(DesignPart.STAGES, _check_stages(kind, intake_year)),
        *faults_of(DesignPart.BENEFITS, _check_benefits(kind)),
        *faults_of(DesignPart.TEXT, _check_languages(kind)),
        *faults_of(DesignPart.TEXT, _check_nouns(kind)),
    ]


def _check_method(kind: ProgrammeKind) -> Iterator[Message]:
    if kind.selection_method not in METHODS:
        text = gettext_noop("There is no selection method “%(method)s”.")
        yield Message("unknown_method", text, {"method": kind.selection_method})


def _check_references(kind: ProgrammeKind) -> Iterator[Message]:
    asked = set(kind.form.keys())
    named = {
        "level": {level.key for level in kind.levels},
        "hosts": {host.key for host in kind.hosts},
    }
    for key, expected in named.items():
        if expected and (
            key not in asked or set(kind.form.question(key).option_values()) != expected
        ):
            text = gettext_noop(
                "The question “%(key)s” does not offer exactly what the terms name."
            )
            yield Message("other_options", text, {"key": key})
    for key in (
        *kind.check_keys,
        *(key for letter in kind.letters for key in letter.rule.asked_in),
    ):
        if key not in asked:
            yield Message("not_asked", gettext_noop("“%(key)s” is not asked."), {"key": key})
    for letter in kind.letters:
        if len(letter.rule.asked_in) < letter.rule.count:
            text = gettext_noop("Fewer writers of the letter “%(kind)s” are asked for than needed.")
            yield Message("few_writers", text, {"kind": letter.rule.kind})


def _check_readers(kind: ProgrammeKind) -> Iterator[Message]:
    if not kind.hosts and any(
        Audience.HOSTS in question.who_sees
        for form in kind.forms().values()
        for question in form.questions()
    ):
        text = gettext_noop("There are no hosts, yet hosts are among the readers of an answer.")
        yield Message("no_such_readers", text)


def _check_letter_words(kind: ProgrammeKind) -> Iterator[Message]:
    """Everything that a writer of a letter is told must be there."""
    for letter in kind.letters:
        for part in fields(letter.rule.words):
            place = {"kind": letter.rule.kind, "part": part.name}
            words: Text = getattr(letter.rule.words, part.name)
            if not words:
                text = gettext_noop("The letter “%(kind)s” has no words for “%(part)s”.")
                yield Message("no_letter_words", text, place)


def _check_groups(kind: ProgrammeKind) -> Iterator[Message]:
    for group in kind.groups:
        yield from faults_of_group(group, kind.form)


def faults_of_group(group: Group, form: Form) -> Iterator[Message]:
    """Who is in a group follows from a question that the form asks; where the answer is sensitive,
    so is the group.
    """
    asked = questions_meaning(form, group.means)
    place = {"group": group.label}
    if not asked:
        text = gettext_noop("Nothing is asked from which it follows who is in “%(group)s”.")
        yield Message("group_not_asked", text, place)
    if any(question.is_sensitive for question in asked) and not group.is_sensitive:
        text = gettext_noop("“%(group)s” follows from a sensitive answer and must say so.")
        yield Message("group_sensitive", text, place)


def _check_stages(kind: ProgrammeKind, intake_year: int) -> Iterator[Message]:
    stages = kind.terms_for(intake_year).stages
    blocks = [stage.block for stage in stages]
    if not blocks or blocks[0] != "applications" or blocks[-1] not in LAST_BLOCKS:
        text = gettext_noop(
            "The stages must begin with applications and end with release, offers or announcement."
        )
        yield Message("stages_incomplete", text)
    for earlier, later in pairwise(stages):
        if later.starts_on < earlier.starts_on:
            text = gettext_noop("%(later)s starts before %(earlier)s.")
            yield Message("order", text, {"later": later.label, "earlier": earlier.label})
    if kind.window.opening(intake_year) >= kind.window.deadline(intake_year).closes_at:
        yield Message("window_reversed", gettext_noop("The call closes before it opens."))


def _check_benefits(kind: ProgrammeKind) -> Iterator[Message]:
    for benefit in kind.benefits:
        place = {"benefit": benefit.label}
        if f"benefits.{benefit.key}" not in kind.sources:
            yield Message("no_source", gettext_noop("%(benefit)s: its source is missing."), place)


def _check_languages(kind: ProgrammeKind) -> Iterator[Message]:
    """English and Arabic are complete in everything that an applicant reads."""
    for place, text in readable_texts(kind):
        if text and {"en", "ar"} - set(text):
            words = gettext_noop("“%(text)s” (%(place)s) lacks a language.")
            yield Message("language_missing", words, {"text": text, "place": place})


def readable_texts(kind: ProgrammeKind) -> Iterator[tuple[str, Text]]:
    """Every text of a kind with the place where it stands."""
    yield from (("name", kind.name), ("summary", kind.summary))
    for stage in kind.stages:
        yield f"stage {stage.key}", stage.label
    rubrics = (kind.rubric, *kind.further_rubrics.values())
    criteria = tuple(criterion for rubric in rubrics for criterion in rubric.criteria)
    labelled: tuple[_Labelled, ...] = (
        *kind.levels,
        *kind.hosts,
        *kind.outcome.tree(),
        *kind.benefits,
        *criteria,
        *kind.groups,
    )
    yield from ((part.key, part.label) for part in labelled)
    for letter in kind.letters:
        words = letter.rule.words
        yield from (
            (f"letter {letter.rule.kind}", getattr(words, part.name)) for part in fields(words)
        )
    for purpose, form in kind.forms().items():
        yield f"form {purpose}", form.label
        yield from _texts_of_form(form)
    for rule_set in kind.rule_sets:
        yield from ((f"rules {rule_set.code}", text) for text in (rule_set.name, rule_set.intro))
        yield from ((f"rule {rule.code}", rule.sentence) for rule in rule_set.rules)
    for criterion in criteria:
        yield criterion.key, criterion.hint
        yield from ((criterion.key, words) for _, words in criterion.anchors)


def _texts_of_form(form: Form) -> Iterator[tuple[str, Text]]:
    for section in form.sections:
        yield from ((f"section {section.key}", text) for text in (section.title, section.intro))
        for question in section.questions:
            yield from ((f"question {question.key}", text) for text in _texts_of_question(question))


def _texts_of_question(question: Question) -> tuple[Text, ...]:
    options = (text for option in question.options for text in (option.label, option.hint))
    return (question.label, question.hint or NO_TEXT, question.why or NO_TEXT, *options)


def _check_nouns(kind: ProgrammeKind) -> Iterator[Message]:
    """Nouns of its own are said in every language in which the programme has a name."""
    if kind.nouns is None:
        return
    said = {name: set(text) for name, text in kind.nouns.texts().items()}
    said["counted"] = set(kind.nouns.counted.forms)
    for name, languages in said.items():
        if not set(kind.name) <= languages:
            text = gettext_noop("What comes in has no words for “%(part)s” in every language.")
            yield Message("no_noun", text, {"part": name})
