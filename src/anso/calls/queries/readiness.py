"""The dry run before publication: what a draft call still lacks, each as a fault of the part of its
design that mends it. Words are made at the page.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings

from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.queries.bodies import bodies_of, presiding_on
from anso.calls.queries.completeness import faults_of_languages, faults_of_lost_questions
from anso.calls.queries.deadlines import get_deadline
from anso.calls.queries.editions import find_call_beside, find_selected_proposal
from anso.calls.queries.eligibility import facts_beyond_forms, partner_domains
from anso.calls.queries.last_year import faults_of_last_year
from anso.calls.queries.stages import faults_of_composition
from anso.calls.queries.terms import form_of, forms_to_come
from anso.directory.enums import CountryClassCode
from anso.directory.queries import get_country_classes
from anso.governance.queries import alliance_day
from anso.kernel.eligibility import (
    Domains,
    RuleSet,
    check_reach,
    check_rules,
    domains_of,
    resolve_call_days,
)
from anso.kernel.faults import DesignFault, DesignPart, faults_of
from anso.kernel.periods import day_of
from anso.kernel.questions import EMPTY_SECTION, Form, check_form
from anso.kernel.terms import Stage, Terms, check_terms
from anso.kernel.terms.tables import FURTHER_RULES
from anso.kernel.wording import Message, Text
from anso.kernel.wording import gettext_noop as _
from anso.programmes.catalogue import find_kind
from anso.programmes.kinds import APPLICATION
from anso.programmes.outcomes import read_terms
from anso.questionnaires.queries import versions_of

UNNAMED: dict[str, str] = {
    BodyFunction.PANEL: _("No panel is named: nobody could confirm the selection."),
    BodyFunction.JURY: _("No jury is named: nobody could propose the selection."),
    BodyFunction.CONFERRING: _("No body that confers is named: nobody could confirm."),
}
WITHOUT_CHAIR: dict[str, str] = {
    BodyFunction.PANEL: _("The panel has no chair today."),
    BodyFunction.JURY: _("The jury has no chair today."),
    BodyFunction.CONFERRING: _("The body that confers has no chair today."),
}
LATE_BLOCKS = ("review", "decision", "release", "offers")


def find_faults(call: Call, now: dt.datetime) -> list[DesignFault]:
    """Everything a draft still lacks, what prevents publication first; nothing when it can be
    published as it is.
    """
    terms = read_terms(call.design)
    forms = {version.purpose: form_of(version) for version in versions_of(call).order_by("number")}
    found = [
        *_faults_of_text(call),
        *_faults_of_dates(call, now),
        *_faults_of_stages(call, terms),
        *_faults_of_terms(terms),
        *_at_rules(_faults_of_rules(call, forms, terms)),
        *_check_forms(forms, terms),
        *faults_of_lost_questions(find_kind(call.programme.kind), terms, forms),
        *_faults_of_due_days(call, terms),
        *_faults_of_check(forms, terms),
        *_faults_of_people(call, now),
        *faults_of_languages(terms, forms),
        *_faults_of_edition(call),
        *faults_of_last_year(call, terms, forms),
    ]
    return sorted(found, key=lambda fault: not fault.is_blocking)


def faults_of_amendment(call: Call) -> list[DesignFault]:
    """What the working copy of an amendment contradicts itself in, by the forms in force and those
    that come with it.
    """
    terms = read_terms(call.design)
    in_force = versions_of(call).filter(published_at__isnull=False)
    published = (in_force | forms_to_come(call)).order_by("number")
    forms = {version.purpose: form_of(version) for version in published}
    return [
        *_faults_of_terms(terms),
        *_check_forms(forms, terms),
    ]


def _faults_of_text(call: Call) -> Iterator[DesignFault]:
    if not call.title.get("en"):
        yield DesignFault(DesignPart.TEXT, Message("no_title", _("The call has no English title.")))
    if not call.summary.get("en"):
        yield DesignFault(
            DesignPart.TEXT, Message("no_summary", _("The call has no English summary."))
        )
    for code, language in settings.LANGUAGES:
        if not call.title.get(code) or not call.summary.get(code):
            text = _("Title or summary is missing in %(language)s.")
            message = Message("language_missing", text, {"language": language})
            yield DesignFault(DesignPart.TEXT, message, is_blocking=False)


def _faults_of_dates(call: Call, now: dt.datetime) -> Iterator[DesignFault]:
    if call.closes_at <= now:
        yield DesignFault(
            DesignPart.DATES, Message("closing_past", _("The closing lies in the past."))
        )
    elif call.closes_at - max(now, call.opens_at) < dt.timedelta(days=28):
        text = _(
            "There are less than four weeks from today, or from the opening, until the closing."
        )
        yield DesignFault(DesignPart.DATES, Message("short_window", text), is_blocking=False)


def _faults_of_stages(call: Call, terms: Terms) -> Iterator[DesignFault]:
    closes_on = get_deadline(call).last_day
    for stage in terms.stages:
        if stage.block in LATE_BLOCKS and stage.ends_on < closes_on:
            text = _("%(stage)s ends before the call closes.")
            message = Message("ends_before_closing", text, {"stage": stage.label})
            yield DesignFault(DesignPart.STAGES, message)


def _faults_of_terms(terms: Terms) -> Iterator[DesignFault]:
    yield from check_terms(terms)
    yield from _at_rules(check_rules(RuleSet.from_dict(rules) for rules in terms.rules))
    yield from faults_of_composition(terms)
    if terms.outcome.tree() and not sum(node.capacity for node in terms.outcome.leaves()):
        yield DesignFault(DesignPart.OUTCOME, Message("nothing", _("There is nothing to give.")))


def _at_rules(messages: Iterable[Message]) -> Iterator[DesignFault]:
    """Faults of rules, each at the rule that it names."""
    for message in messages:
        yield DesignFault(DesignPart.RULES, message, at=(str(message.facts["rule"]),))


def _faults_of_due_days(call: Call, terms: Terms) -> Iterator[DesignFault]:
    """A letter that still counts when the panel meets is read by nobody who decides; and what the
    timeline says of letters is what counts.
    """
    told = next((stage for stage in terms.stages if stage.block == "letters"), None)
    for rule in terms.letters:
        due_on = get_deadline(call).days_later(rule.days_after_close).last_day
        if told and told.ends_on < due_on:
            text = _("%(letter)s: it counts until %(day)s, when “%(stage)s” is over already.")
            name = rule.words.name or rule.kind
            message = Message("letter_untold", text, _told_late(name, due_on, told))
            yield DesignFault(DesignPart.LETTERS, message, is_blocking=False, at=(rule.kind,))
        for stage in terms.stages:
            if stage.block in ("panel", "decision", "release") and stage.starts_on <= due_on:
                text = _("%(letter)s: it counts until %(day)s, when “%(stage)s” has begun.")
                name = rule.words.name or rule.kind
                message = Message("letter_late", text, _told_late(name, due_on, stage))
                yield DesignFault(DesignPart.LETTERS, message, at=(rule.kind,))
                break


def _told_late(letter: object, due_on: dt.date, stage: Stage) -> dict[str, object]:
    return {"letter": letter, "day": due_on, "stage": stage.label}


def _faults_of_rules(call: Call, forms: dict[str, Form], terms: Terms) -> Iterator[Message]:
    """Rules that say one thing and decide another: read against what the forms of the call let
    people answer, those of its letters too.
    """
    if APPLICATION not in forms:
        return
    asked = domains_of(forms.values())
    known = asked | partner_domains(asked) | facts_beyond_forms(terms)
    closing = get_deadline(call).last_day
    domains = Domains(known, closing, get_country_classes())
    opening = day_of(call.opens_at, call.zone)
    read = (RuleSet.from_dict(rules) for rules in terms.rules)
    rule_sets = resolve_call_days(read, opening=opening, closing=closing)
    yield from check_reach(rule_sets, domains)
    for rule in (rule for rule_set in rule_sets for rule in rule_set.rules):
        if "class" in rule.terms and rule.terms["class"] not in CountryClassCode.values:
            text = _("Rule %(rule)s names “%(class)s”, which is no class of countries.")
            yield Message("no_class", text, {"rule": rule.code, "class": rule.terms["class"]})


def _check_forms(forms: dict[str, Form], terms: Terms) -> Iterator[DesignFault]:
    for purpose, form in forms.items():
        asked = set(form.keys())
        for message in check_form(form):
            if message.code == EMPTY_SECTION:
                yield DesignFault(DesignPart.SECTIONS, message, at=(purpose,))
                continue
            key = str(message.facts.get("key", ""))
            at = (purpose, key) if key in asked else (purpose,)
            yield DesignFault(DesignPart.QUESTIONS, message, at=at)
    yield from faults_of(DesignPart.QUESTIONS, _check_asked(forms, terms))


def _check_asked(forms: dict[str, Form], terms: Terms) -> Iterator[Message]:
    for rule in terms.letters:
        if rule.kind not in forms:
            yield Message(
                "no_letter_form",
                _("Letters of the kind “%(kind)s” are asked for, but their form is missing."),
                {"kind": rule.words.name or rule.kind},
            )
    for stage in terms.stages:
        if stage.form and stage.form not in forms:
            text = _("%(stage)s: its form “%(form)s” is missing.")
            yield Message("no_step_form", text, {"stage": stage.label, "form": stage.form})
    application = forms.get(APPLICATION)
    if application is None:
        yield Message("no_form", _("Nothing is asked: the form is missing."))
        return
    yield from _check_options(application, terms)


def _check_options(form: Form, terms: Terms) -> Iterator[Message]:
    offered = {
        "level": {level.key for level in terms.levels},
        "hosts": {host.key for host in terms.hosts},
    }
    asked = set(form.keys())
    for key, expected in offered.items():
        if expected and key not in asked:
            text = _("The question “%(key)s” is missing: what is given depends on its answer.")
            yield Message("not_asked", text, {"key": key})
        elif expected and set(form.question(key).option_values()) != expected:
            text = _("The question “%(key)s” does not offer exactly what the terms name.")
            yield Message("other_options", text, {"key": key})


def _faults_of_check(forms: dict[str, Form], terms: Terms) -> Iterator[DesignFault]:
    asked = set(forms[APPLICATION].keys() if APPLICATION in forms else ())
    for key in (key for key in terms.check_keys if asked and key not in asked):
        text = _("The question “%(key)s” is missing: the two-minute check asks it.")
        message = Message("check_asks", text, {"key": key})
        at = (FURTHER_RULES.key,)
        yield DesignFault(DesignPart.FURTHER_RULES, message, is_blocking=False, at=at)


def _faults_of_people(call: Call, now: dt.datetime) -> Iterator[DesignFault]:
    if not call.officers.exists():
        yield DesignFault(DesignPart.PEOPLE, Message("no_officer", _("Nobody works on this call.")))
    bodies = bodies_of(call)
    presided = set(
        presiding_on(alliance_day(now))
        .filter(body__in=bodies.values())
        .values_list("body_id", flat=True)
    )
    for function in find_kind(call.programme.kind).bodies:
        body = bodies.get(function)
        if body is None:
            message = Message(f"no_{function}", UNNAMED[function])
            yield DesignFault(DesignPart.PEOPLE, message, is_blocking=False)
        elif body.pk not in presided:
            message = Message("no_chair", WITHOUT_CHAIR[function])
            yield DesignFault(DesignPart.PEOPLE, message, is_blocking=False)


def _faults_of_edition(call: Call) -> Iterator[DesignFault]:
    other = find_call_beside(call)
    if other is not None:
        facts = {"number": other.number_prefix, "title": Text(other.title)}
        text = _("%(number)s is called “%(title)s” already. Name this call apart.")
        yield DesignFault(DesignPart.TEXT, Message("same_title", text, facts))
    parent = call.parent
    if parent is None:
        return
    facts = {"parent": parent.number_prefix, "proposal": call.proposal}
    if parent.state == "draft":
        text = _("%(parent)s, the call above it, is not published yet.")
        yield DesignFault(DesignPart.EDITION, Message("parent_draft", text, facts))
    elif parent.state == "cancelled":
        text = _("%(parent)s, the call above it, was cancelled.")
        yield DesignFault(DesignPart.EDITION, Message("parent_cancelled", text, facts))
    elif call.proposal and find_selected_proposal(parent, call.proposal) is None:
        text = _("%(proposal)s, the proposal above it, is no longer selected.")
        yield DesignFault(DesignPart.EDITION, Message("not_selected", text, facts))
