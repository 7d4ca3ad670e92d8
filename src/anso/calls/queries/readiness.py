"""The dry run before publication: what a draft call still lacks, in words for the officer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from anso.calls.enums import FormPurpose
from anso.calls.models import Call
from anso.calls.queries.deadlines import get_deadline
from anso.calls.queries.terms import form_of
from anso.governance.enums import MandateRole
from anso.governance.queries import alliance_day, mandates_on
from anso.kernel.eligibility import RuleSet, check_rules
from anso.kernel.questions import Form, check_form
from anso.kernel.terms import Terms, check_terms
from anso.programmes.outcomes import read_terms


@dataclass(frozen=True)
class Gap:
    """Something missing or doubtful: where to mend it (text, dates, outcome, rubric, questions,
    people), and whether it prevents publication.
    """

    place: str
    text: str
    is_blocking: bool = True


def find_gaps(call: Call, now: dt.datetime) -> list[Gap]:
    """Everything a draft still lacks, blocking gaps first; nothing when it can be published as it
    is.
    """
    terms = read_terms(call.design)
    forms = {version.purpose: form_of(version) for version in call.form_versions.order_by("number")}
    found = [
        *_gaps_of_text(call),
        *_gaps_of_dates(call, terms, now),
        *_gaps_of_terms(terms),
        *_gaps_of_forms(forms, terms),
        *_gaps_of_people(call, now),
    ]
    return sorted(found, key=lambda gap: not gap.is_blocking)


def _gaps_of_text(call: Call) -> Iterator[Gap]:
    if not call.title.get("en"):
        yield Gap("text", _("The call has no English title."))
    if not call.summary.get("en"):
        yield Gap("text", _("The call has no English summary."))
    for language, _name in settings.LANGUAGES:
        if not call.title.get(language) or not call.summary.get(language):
            yield Gap(
                "text",
                _("Title or summary is missing in the language “%(code)s”.") % {"code": language},
                is_blocking=False,
            )


def _gaps_of_dates(call: Call, terms: Terms, now: dt.datetime) -> Iterator[Gap]:
    if call.closes_at <= now:
        yield Gap("dates", _("The closing lies in the past."))
    elif call.closes_at - max(now, call.opens_at) < dt.timedelta(days=28):
        yield Gap(
            "dates",
            _(
                "Applicants have less than four weeks from today, or from the opening, until the"
                " closing."
            ),
            is_blocking=False,
        )
    closes_on = get_deadline(call).last_day
    for stage in terms.stages:
        if stage.block in ("review", "decision", "release", "offers") and stage.ends_on < closes_on:
            yield Gap("dates", _("%(stage)s ends before the call closes.") % {"stage": stage.label})


def _gaps_of_terms(terms: Terms) -> Iterator[Gap]:
    for fault in check_terms(terms):
        place = (
            "rubric"
            if "score" in fault or "criteria" in fault
            else "dates"
            if "stage" in fault or "ends before" in fault
            else "outcome"
        )
        yield Gap(place, fault)
    yield from (
        Gap("rules", str(fault))
        for fault in check_rules(RuleSet.from_dict(rules) for rules in terms.rules)
    )
    if not terms.rubric.criteria:
        yield Gap("rubric", _("The rubric has no criteria."))
    if terms.outcome.tree() and not sum(node.capacity for node in terms.outcome.leaves()):
        yield Gap("outcome", _("There is nothing to give."))


def _gaps_of_forms(forms: dict[str, Form], terms: Terms) -> Iterator[Gap]:
    if FormPurpose.APPLICATION not in forms:
        yield Gap("questions", _("Nothing is asked: the application form is missing."))
    for form in forms.values():
        yield from (Gap("questions", str(fault)) for fault in check_form(form))
    for rule in terms.letters:
        if rule.kind not in forms:
            yield Gap(
                "questions",
                _("Letters of the kind “%(kind)s” are asked for, but their form is missing.")
                % {"kind": rule.kind},
            )
    application = forms.get(FormPurpose.APPLICATION)
    if application is not None:
        yield from _gaps_of_options(application, terms)
        asked = set(application.keys())
        for key in (key for rule in terms.letters for key in rule.asked_in if key not in asked):
            yield Gap(
                "questions",
                _("The question “%(key)s” is missing: it names who writes a letter.")
                % {"key": key},
            )
        for key in (key for key in terms.check_keys if key not in asked):
            yield Gap(
                "questions",
                _("The question “%(key)s” is missing: the two-minute check asks it.")
                % {"key": key},
                is_blocking=False,
            )


def _gaps_of_options(form: Form, terms: Terms) -> Iterator[Gap]:
    offered = {
        "level": {level.key for level in terms.levels},
        "hosts": {host.key for host in terms.hosts},
    }
    asked = set(form.keys())
    for key, expected in offered.items():
        if expected and key not in asked:
            yield Gap(
                "questions",
                _("The question “%(key)s” is missing: what is given depends on its answer.")
                % {"key": key},
            )
        elif expected and set(form.question(key).option_values()) != expected:
            yield Gap(
                "questions",
                _("The question “%(key)s” does not offer exactly what the terms name.")
                % {"key": key},
            )


def _gaps_of_people(call: Call, now: dt.datetime) -> Iterator[Gap]:
    if not call.officers.exists():
        yield Gap("people", _("Nobody works on this call."))
    if call.panel is None:
        yield Gap(
            "people", _("No panel is named: nobody could confirm the selection."), is_blocking=False
        )
    elif (
        not mandates_on(alliance_day(now))
        .filter(body=call.panel, role=MandateRole.CHAIR, person__isnull=False)
        .exists()
    ):
        yield Gap("people", _("The panel has no chair today."), is_blocking=False)
