"""What a call demands of others and an application has not: letters and agreements that are
required to submit or required by a day, by the rules of the call's terms.

Not here: how far one letter is (``letters``), and the words for it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from anso.applications.enums import REFUSALS, LetterAnswer
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import Application, Letter, Submission
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.letters import LetterSlot, due_by_rule, slots_shown
from anso.applications.queries.visibility import letters_of
from anso.calls.models import Call
from anso.calls.queries import form_of, get_terms
from anso.kernel.terms import LetterRule, Terms
from anso.questionnaires.models import FormVersion

GIVEN = (LetterAnswer.GIVEN, LetterAnswer.YES)
Standing = tuple[LetterSlot, Letter | None]


@dataclass(frozen=True)
class Lack:
    """A required letter that is not there: its rule, the host for which it is needed (blank where
    for all), how many are there of how many, and until when one that is asked for still counts.
    """

    rule: LetterRule
    host: str
    given: int
    needed: int
    due_at: dt.datetime | None = None

    @property
    def code(self) -> str:
        """By which lists and records name it."""
        return f"{self.rule.kind}:{self.host}" if self.host else self.rule.kind


def lacks_of_draft(application: Application, letters: Sequence[Letter] | None = None) -> list[Lack]:
    """What is required and not there by the answers so far: for the applicant, and at the moment of
    submitting. ``letters`` are those that stand, where they are at hand.
    """
    answers, terms = plain_answers(application), get_terms(application.call)
    letters = list(letters_of(application)) if letters is None else letters
    slots = slots_shown(terms, get_form_of(application), answers)
    return lacks_among(application.call, terms, _standing(slots, letters, answers))


def lacks_of_submitted(
    call: Call, applications: Iterable[Application]
) -> dict[int, tuple[Lack, ...]]:
    """The same by what was submitted, for many applications of a call by primary key, in a fixed
    number of queries; nothing is said of those never submitted.
    """
    latest = [each.submission_id for each in applications if each.submission_id is not None]
    found = Submission.objects.filter(pk__in=latest).order_by("pk")
    rows = found.values_list("application_id", "form_version_id", "body__answers")
    versions = FormVersion.objects.in_bulk(set(found.values_list("form_version_id", flat=True)))
    forms = {key: form_of(version) for key, version in versions.items()}
    letters, terms = _letters_by_application(found), get_terms(call)
    lacks = {}
    # Few at once: the answers of thousands would fill the memory.
    for key, version, answers in rows.iterator(chunk_size=500):
        slots = slots_shown(terms, forms[version], answers)
        lacks[key] = tuple(lacks_among(call, terms, _standing(slots, letters[key], answers)))
    return lacks


def _letters_by_application(submissions: QuerySet[Submission]) -> dict[int, list[Letter]]:
    letters: dict[int, list[Letter]] = defaultdict(list)
    asked = Letter.objects.filter(application__in=submissions.order_by().values("application"))
    for letter in asked.exclude(state="replaced").order_by("kind", "position", "id"):
        letters[letter.application_id].append(letter)
    return letters


def _standing(
    slots: Iterable[LetterSlot], letters: Sequence[Letter], answers: Mapping[str, Any]
) -> list[Standing]:
    return [(slot, slot.letter_among(letters, answers)) for slot in slots]


def lacks_among(call: Call, terms: Terms, standing: Iterable[Standing]) -> list[Lack]:
    """What is lacking among these writers and their letters, in the order of the rules."""
    groups: dict[tuple[str, str], list[Standing]] = defaultdict(list)
    for slot, letter in standing:
        groups[slot.kind, slot.host.key if slot.host else ""].append((slot, letter))
    lacks = (
        _lack(call, rule, host, named)
        for rule in terms.letters
        if rule.is_required
        for (kind, host), named in groups.items()
        if kind == rule.kind
    )
    return [lack for lack in lacks if lack is not None]


def _lack(call: Call, rule: LetterRule, host: str, standing: list[Standing]) -> Lack | None:
    """What is missing of one rule at one host. Of a list everybody is to answer, and who refuses is
    left out; of single questions so many as the rule says.
    """
    letters = [letter for _slot, letter in standing if letter is not None]
    given = sum(letter.answer in GIVEN for letter in letters)
    refused = sum(letter.answer in REFUSALS for letter in letters)
    is_list = any(slot.row is not None for slot, _letter in standing)
    needed = max(len(standing) - refused if is_list else 0, min(rule.count, len(standing)))
    if given >= needed:
        return None
    waited_for = [letter for letter in letters if letter.state in WAITED_FOR]
    due = [due_by_rule(letter, call, rule) for letter in waited_for]
    return Lack(rule, host, given, needed, max(due, default=None))


def letters_that_may_come(
    call: Call, letters: QuerySet[Letter], now: dt.datetime
) -> list[dt.datetime]:
    """Until when each of these letters counts that is required, asked for and still in time."""
    rules = {rule.kind: rule for rule in get_terms(call).letters if rule.is_required}
    asked = letters.filter(kind__in=rules, state__in=WAITED_FOR)
    ends = [due_by_rule(letter, call, rules[letter.kind]) for letter in asked]
    return [end for end in ends if now < end]
