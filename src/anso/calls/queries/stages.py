"""The stages of a call as officers compose it: what belongs to each, what would go with a stage or
a section, and what the whole lacks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from anso.calls.models import Call
from anso.calls.queries.deadlines import get_deadline
from anso.calls.queries.rows import working_forms
from anso.kernel.eligibility import Rule, RuleSet
from anso.kernel.faults import DesignFault, DesignPart
from anso.kernel.questions import Question, meaning_fact
from anso.kernel.terms import Criterion, Stage, Terms
from anso.kernel.wording import Message
from anso.kernel.wording import gettext_noop as _
from anso.programmes.kinds import APPLICATION


@dataclass(frozen=True)
class Departure:
    """What goes with a stage or a section that is taken away, and what still reads it."""

    questions: tuple[Question, ...]
    criteria: tuple[Criterion, ...] = ()
    readers: tuple[Message, ...] = ()


def own_form_of(terms: Terms, stage: Stage) -> str:
    """The purpose of the form that is filled in this stage and nowhere else; blank for none."""
    elsewhere = {each.form for each in terms.stages if each.key != stage.key}
    elsewhere |= {rule.kind for rule in terms.letters} | {APPLICATION}
    return stage.form if stage.form not in elsewhere else ""


def departure_of_stage(call: Call, terms: Terms, stage: Stage) -> Departure:
    """What goes with a stage: its form and its rubric, where nothing else uses them."""
    forms = working_forms(call)
    form = forms.pop(own_form_of(terms, stage), None)
    shared = {each.rubric for each in terms.stages if each.key != stage.key}
    is_own = bool(stage.rubric) and stage.rubric not in shared
    criteria = terms.rubric_for(stage.rubric).criteria if is_own else ()
    questions = tuple(form.questions()) if form else ()
    kept = [question for each in forms.values() for question in each.questions()]
    readers = [*_letters_told(call, terms, stage), *_rules_reading(terms, questions, kept)]
    return Departure(questions, criteria, tuple(readers))


def _letters_told(call: Call, terms: Terms, stage: Stage) -> Iterator[Message]:
    """The letters whose last day no timeline would tell any more."""
    elsewhere = (each for each in terms.stages if each.block == "letters" and each != stage)
    if stage.block != "letters" or any(elsewhere):
        return
    for rule in terms.letters:
        due_on = get_deadline(call).days_later(rule.days_after_close).last_day
        text = _("%(letter)s: it still counts until %(day)s, and the timeline does not say so.")
        facts = {"letter": rule.words.name or rule.kind, "day": due_on}
        yield Message("letter_told_nowhere", text, facts)


def departure_of_section(call: Call, terms: Terms, purpose: str, key: str) -> Departure:
    """What goes with a section: its questions."""
    forms = working_forms(call)
    within = forms.pop(purpose)
    gone = within.section(key).questions
    here = [each for each in within.questions() if each not in gone]
    kept = here + [question for form in forms.values() for question in form.questions()]
    readers = [*_rules_reading(terms, gone, kept)]
    if purpose == APPLICATION:
        readers += _others_reading(terms, gone)
    return Departure(gone, readers=tuple(readers))


def _rules_reading(
    terms: Terms, gone: Iterable[Question], kept: Iterable[Question]
) -> Iterator[Message]:
    """The rules that look at an answer which nobody is asked any more."""
    known = {name for question in kept for name in _names_of(question)}
    lost = {name: each for each in gone for name in _names_of(each) if name not in known}
    for rule_set in (RuleSet.from_dict(rules) for rules in terms.rules):
        for rule in rule_set.rules:
            for question in {lost[name].key: lost[name] for name in _read_by(rule, lost)}.values():
                text = _("Rule %(rule)s looks at “%(question)s”.")
                facts = {"rule": rule.code, "question": question.label}
                yield Message("rule_reads", text, facts)


def _others_reading(terms: Terms, gone: Iterable[Question]) -> Iterator[Message]:
    for question in gone:
        for letter in terms.letters:
            if question.key in letter.asked_in:
                text = _("%(letter)s: “%(question)s” names who writes it.")
                facts = {"letter": letter.words.name or letter.kind, "question": question.label}
                yield Message("letter_reads", text, facts)
        if question.key in terms.check_keys:
            text = _("The two-minute check asks “%(question)s”.")
            yield Message("check_reads", text, {"question": question.label})


def _names_of(question: Question) -> tuple[str, ...]:
    """By which names rules look at an answer."""
    return (question.key, *(meaning_fact(each) for each in question.means))


def _read_by(rule: Rule, names: Iterable[str]) -> list[str]:
    values = [each for value in rule.terms.values() for each in _each_of(value)]
    asked = {str(each) for each in values} | (set(rule.when.keys()) if rule.when else set())
    return [name for name in names if name in asked]


def _each_of(value: object) -> Iterable[object]:
    return value if isinstance(value, list | tuple) else (value,)


def faults_of_composition(terms: Terms) -> Iterator[DesignFault]:
    """What a call made of its stages lacks to be walked to its end."""
    stages = terms.stages
    if not stages or stages[0].block != "applications":
        yield _fault("no_window", _("The first stage is not a window in which people submit."))
    if not any(stage.block == "release" for stage in stages):
        yield _fault("no_release", _("No stage says when everybody hears of the results."))
    for place, stage in enumerate(stages):
        before = {each.block for each in stages[:place]}
        after = [each.block for each in stages[place + 1 :]]
        if stage.block == "applications" and place:
            yield from _faults_of_window(stage, before, after)
        if stage.block == "rebuttal" and "review" not in before:
            text = _("“%(stage)s”: no review stands before it that could be answered.")
            yield _fault("nothing_to_answer", text, stage)
    yield from _faults_of_rubrics(terms)
    yield from _faults_of_names(stages)


def _faults_of_window(stage: Stage, before: set[str], after: list[str]) -> Iterator[DesignFault]:
    """Nobody is invited without a review, and what is written must be looked at and judged."""
    if "review" not in before:
        text = _("“%(stage)s”: no review stands before it, so that nobody is invited.")
        yield _fault("nobody_invited", text, stage)
    if "review" not in after:
        text = _("“%(stage)s”: no review after it judges what is written in it.")
        yield _fault("not_judged", text, stage)
    elif "screening" not in after[: after.index("review")]:
        text = _("“%(stage)s”: no days are set to check what comes in before it is reviewed.")
        yield _fault("not_checked", text, stage, is_blocking=False)


def _faults_of_rubrics(terms: Terms) -> Iterator[DesignFault]:
    reviews = [stage for stage in terms.stages if stage.block == "review"]
    if not reviews:
        text = _("Nobody reviews: there are no scores by which people could be ranked.")
        yield _fault("no_review", text, is_blocking=False)
    for stage in reviews:
        if stage.rubric and stage.rubric not in terms.rubrics:
            continue  # said by the terms themselves
        if not terms.rubric_for(stage.rubric).criteria:
            text = _("“%(stage)s”: its rubric has no criteria.")
            message = Message("no_criteria", text, {"stage": stage.label})
            at = (stage.rubric,) if stage.rubric else ()
            yield DesignFault(DesignPart.RUBRIC, message, at=at)


def _faults_of_names(stages: Iterable[Stage]) -> Iterator[DesignFault]:
    """People are told a stage by its name alone."""
    seen: set[str] = set()
    for stage in stages:
        name = str(stage.label).strip().casefold()
        if name in seen:
            text = _("Two stages are called “%(stage)s”: nobody can tell them apart.")
            message = Message("same_name", text, {"stage": stage.label})
            yield DesignFault(DesignPart.NAMES_OF_STAGES, message, is_blocking=False)
        seen.add(name)


def _fault(
    code: str, text: str, stage: Stage | None = None, *, is_blocking: bool = True
) -> DesignFault:
    facts = {"stage": stage.label} if stage else {}
    return DesignFault(DesignPart.NAMES_OF_STAGES, Message(code, text, facts), is_blocking)
