"""Who must not judge what, and of whom an officer has to look first: computed from facts, for many
pairs at once, by what the call's frozen terms say of each tie.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from anso.applications.models import Application
from anso.directory.enums import InterestKind
from anso.directory.models import Interest, Person
from anso.governance.queries import alliance_day
from anso.kernel.canonical import content_hash
from anso.kernel.sounds import are_alike
from anso.kernel.terms import ConflictTerms, Strictness
from anso.review.models import Assignment, ConflictAnswer, DeclaredName
from anso.review.queries.conflict_facts import (
    ConflictFacts,
    Judge,
    Parties,
    get_conflict_facts,
)

HARD, ASK, OFF = Strictness.HARD, Strictness.ASK, Strictness.OFF
NOBODY = Parties()
# What keeps a file from being given, and closes none that was: an officer decides. Otherwise
# whoever has files would learn whose they are by ticking one name after the other.
TO_GIVE = frozenset({"unanswered", "listed_late"})


@dataclass(frozen=True)
class Finding:
    """One tie between somebody who may judge and a file: what it is, what follows from it, and what
    was compared. ``is_answered`` says that an officer has looked, and found a conflict.
    """

    code: str
    strictness: Strictness
    matched: tuple[str, ...] = ()
    is_answered: bool = False

    @property
    def about(self) -> str:
        """Stands for what was compared: an answer is about this, and falls when it changes."""
        return content_hash([self.code, sorted(self.matched)])[:32]


def findings_between(
    person: Person, application: Application, facts: ConflictFacts
) -> list[Finding]:
    """Every tie that keeps a person from judging a file, or that an officer has to look at. What an
    officer found to be no conflict is left out.
    """
    if not _may_be_tied(person.pk, application, facts):
        return []
    found = [each for each in _ties(person, application, facts) if each.strictness is not OFF]
    given = facts.answers.get((application.pk, person.pk))
    return [each for each in (_answered(tie, given) for tie in found) if each] if given else found


def _may_be_tied(person: int, application: Application, facts: ConflictFacts) -> bool:
    """Whether anything known of the two touches. Almost no pair does, and there are hundreds of
    thousands of pairs in a large call.
    """
    pair = (application.call_id, person)
    return bool(
        application.pk in facts.touched[person]
        or pair in facts.unanswered
        or facts.parts.get(pair)
        or pair in facts.declared
    )


def _answered(finding: Finding, given: Mapping[str, bool]) -> Finding | None:
    if finding.strictness is HARD or finding.about not in given:
        return finding
    is_conflict = given[finding.about]
    return replace(finding, strictness=HARD, is_answered=True) if is_conflict else None


def conflicts_between(person: Person, application: Application, facts: ConflictFacts) -> list[str]:
    """Why a person must not judge an application, also one that they were given, as codes; empty
    when nothing is known that keeps them from it.
    """
    found = findings_between(person, application, facts)
    return [each.code for each in found if each.strictness is HARD and each.code not in TO_GIVE]


def questions_between(
    person: Person, application: Application, facts: ConflictFacts
) -> list[Finding]:
    """What an officer has to look at before a person is given a file."""
    found = findings_between(person, application, facts)
    return [each for each in found if each.strictness is ASK]


def _ties(person: Person, application: Application, facts: ConflictFacts) -> Iterator[Finding]:
    theirs = facts.parties.get(application.pk, NOBODY)
    own, terms = facts.judges[person.pk], facts.terms[application.call_id]
    closing_year = facts.closing_years[application.call_id]
    is_oneself = person.pk in theirs.people or not own.boxes.isdisjoint(theirs.boxes)
    yield from _of_parts(person, application, facts, is_oneself=is_oneself)
    if not own.boxes.isdisjoint(theirs.letter_boxes):
        yield Finding("letter", terms.named)
    if own.organisation_names:
        yield from _of_organisations(own, theirs, terms)
    if own.interests:
        yield from _of_interests(own, theirs, terms, closing_year)
    if not is_oneself:
        yield from _of_names(own, theirs, terms)
    yield from _of_countries(own, theirs, terms)
    yield from _of_the_list(person, application, facts)
    if theirs.publications and terms.joint_work is not OFF:
        yield from _of_publications(own, theirs, closing_year - terms.joint_work_years)


def _of_parts(
    person: Person, application: Application, facts: ConflictFacts, *, is_oneself: bool
) -> Iterator[Finding]:
    """What no call can switch off: another part in the call, one's own file, that of one's host."""
    if facts.parts.get((application.call_id, person.pk)):
        yield Finding("part", HARD)
    if is_oneself:
        yield Finding("self", HARD)
    if person.pk in facts.host_people.get(application.pk, ()):
        yield Finding("host", HARD)


def _of_the_list(
    person: Person, application: Application, facts: ConflictFacts
) -> Iterator[Finding]:
    """What somebody answered about the list of names; or that they have not."""
    pair = (application.call_id, person.pk)
    if pair in facts.unanswered:
        yield Finding("unanswered", HARD)
    said = facts.declared.get(pair)
    if said:
        theirs = facts.parties.get(application.pk, NOBODY).listed
        terms, year = facts.terms[application.call_id], facts.closing_years[application.call_id]
        for key in sorted(said.keys() & theirs.keys()):
            yield _of_name(said[key], theirs[key], terms, year)


def _of_name(said: DeclaredName, name: str, terms: ConflictTerms, year: int) -> Finding:
    if said.withdrawn_at is not None:
        return Finding("withdrawn", ASK, (name,))
    last_year = said.last_year or said.declared_at.year
    strictness = declared_finding(said.kind, last_year, terms, year).strictness
    return Finding("listed_late" if said.is_late else "listed", strictness, (name,))


def _of_countries(own: Judge, theirs: Parties, terms: ConflictTerms) -> Iterator[Finding]:
    shared = own.countries & theirs.countries
    if shared:
        yield Finding("country", terms.of_country(shared), tuple(sorted(shared)))


def _of_names(own: Judge, theirs: Parties, terms: ConflictTerms) -> Iterator[Finding]:
    """One name in full says more than a family's alone, so that one question is asked."""
    same = sorted(theirs.names[name] for name in own.names & theirs.names.keys())
    if same:
        yield Finding("namesake", ASK, tuple(same))
    else:
        shared = own.families & theirs.families.keys()
        if shared:
            told = sorted({theirs.families[key] for key in shared})
            yield Finding("family_name", terms.family_name, tuple(told))


def _of_organisations(own: Judge, theirs: Parties, terms: ConflictTerms) -> Iterator[Finding]:
    """By the directory first; then by names, of organisations that it does not know; then by what
    only looks alike.
    """
    if terms.organisation is OFF:
        return
    known = sorted(
        own.organisations[key] for key in own.organisations.keys() & theirs.organisations
    )
    named = own.organisation_names.keys() & theirs.unknown_organisations.keys()
    if known:
        yield Finding("organisation", terms.organisation, tuple(known))
    if named:
        told = sorted(theirs.unknown_organisations[key] for key in named)
        yield Finding("institution", terms.organisation, tuple(told))
    if known or named or own.sounds.isdisjoint(theirs.sounds):
        return
    heard = {name for sound in own.sounds & theirs.sounds.keys() for name in theirs.sounds[sound]}
    alike = {
        name
        for name in heard
        if any(are_alike(called, name) for called in own.organisation_names.values())
    }
    if alike:
        yield Finding("institution_alike", ASK, tuple(sorted(alike)))


def _of_interests(
    own: Judge, theirs: Parties, terms: ConflictTerms, closing_year: int
) -> Iterator[Finding]:
    """What somebody declared: in people, by its kind; in organisations."""
    found = {
        _declared(each, terms, closing_year)
        for each in own.interests
        if each.other_person_id in theirs.people or each.organisation_id in theirs.organisations
    }
    yield from sorted(found, key=lambda each: each.code)


def _declared(interest: Interest, terms: ConflictTerms, closing_year: int) -> Finding:
    if interest.organisation_id is not None:
        return Finding("organisation_interest", HARD)
    return declared_finding(
        interest.kind, interest.last_year or interest.declared_at.year, terms, closing_year
    )


def declared_finding(kind: str, last_year: int, terms: ConflictTerms, closing_year: int) -> Finding:
    """What follows from a tie that somebody declared of themselves."""
    if kind == InterestKind.SUPERVISION:
        return Finding("supervision", terms.supervision)
    if kind == InterestKind.JOINT_WORK:
        is_past = last_year < closing_year - terms.joint_work_years
        return Finding("joint_work", OFF if is_past else terms.joint_work)
    return Finding("person", HARD)


def _of_publications(own: Judge, theirs: Parties, since: int) -> Iterator[Finding]:
    """Whether a line that is not too old names somebody: all words of their name, or one of them
    whole with the initials of the others.
    """
    recent = [words for year, words in theirs.publications if year is None or year >= since]
    if any(_names_in(spelled, words) for words in recent for spelled in own.spelled):
        yield Finding("author", ASK)


def _names_in(spelled: tuple[str, ...], words: frozenset[str]) -> bool:
    if len(spelled) < 2:
        return False
    whole = [word for word in spelled if len(word) > 1 and word in words]
    rest = [word for word in spelled if word not in whole]
    return bool(whole) and all(word[:1] in words for word in rest)


def conflict_answers_of(application: Application) -> list[ConflictAnswer]:
    """What officers answered about ties to a file, the latest first."""
    given = application.conflict_answers.select_related("reviewer__person", "answered_by__person")
    return list(given.order_by("-answered_at", "-id"))


def assignments_without_conflict(assignments: Iterable[Assignment], now: dt.datetime) -> set[int]:
    """Which of a reviewer's assignments are free of known conflicts, in a fixed number of
    queries.
    """
    listed = list(assignments)
    people, applications = (
        [each.reviewer.person for each in listed],
        [each.application for each in listed],
    )
    facts = get_conflict_facts(people, applications, alliance_day(now))
    return {
        each.pk
        for each in listed
        if not conflicts_between(each.reviewer.person, each.application, facts)
    }
