"""Everybody who can see an application, from the same facts that open it to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from anso.applications.enums import Viewer
from anso.applications.models import Application
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.collaborators import shared_sections, who_fills_in
from anso.applications.queries.enquiries import questions_shown_to
from anso.applications.queries.letters import asks_yes_or_no, letter_slots
from anso.calls.queries import get_terms, is_conferred, judging_body_of, judging_function_of
from anso.kernel.questions import (
    Audience,
    Form,
    Meaning,
    Question,
    Section,
    meanings_read_by,
    readers_of,
)


@dataclass(frozen=True)
class Sees:
    """One sort of viewer: how many or who they are, and what bounds what they see."""

    viewer: Viewer
    number: int = 0
    names: tuple[str, ...] = ()
    is_whole: bool = False
    is_blind: bool = False
    is_title_told: bool = False
    is_conferred: bool = False
    reads: tuple[Question, ...] = ()
    sections: tuple[Section, ...] = ()
    judging: str = ""
    is_to_agree: bool = False


def viewers_of(application: Application) -> list[Sees]:
    """Who can see this application."""
    call, form = application.call, get_form_of(application)
    rubric = get_terms(call).rubric
    audiences = {audience for question in form.questions() for audience in readers_of(question)}
    is_all_theirs = all(Audience.OFFICERS in readers_of(each) for each in form.questions())
    found = [
        Sees(Viewer.APPLICANT),
        *_collaborators(application),
        Sees(Viewer.OFFICERS, call.officers.count(), is_whole=is_all_theirs),
        Sees(Viewer.AUDITORS),
        *_writers(application, form),
    ]
    if Audience.MATCHED in audiences:
        found.append(Sees(Viewer.MATCHED))
    if judging_body_of(call) and Audience.PANEL in audiences:
        judging = judging_function_of(call)
        found.append(Sees(Viewer.CHAIR, is_conferred=is_conferred(call), judging=judging))
    if rubric.criteria and Audience.REVIEWERS in audiences:
        found.append(Sees(Viewer.REVIEWERS, rubric.reviews_each, is_blind=rubric.is_blind))
    return found


def _collaborators(application: Application) -> Iterator[Sees]:
    """Whoever said yes to filling in parts, each with these."""
    if not get_terms(application.call).intake.with_others:
        return
    for each in who_fills_in(application):
        each.application = application
        sections = shared_sections(each)
        yield Sees(Viewer.COLLABORATOR, names=(each.full_name,), sections=sections)


def _writers(application: Application, form: Form) -> Iterator[Sees]:
    """Writers by what they read of it: some are asked for a letter alone, some whether they agree,
    and these may read more.
    """
    answers, by_kind = plain_answers(application), dict[str, list[str]]()
    for slot in letter_slots(application):
        if name := slot.person_in(answers).get("name"):
            by_kind.setdefault(slot.kind, []).append(name)
    is_told = Meaning.TITLE in meanings_read_by(form, frozenset({Audience.WRITERS}))
    groups: dict[tuple[tuple[Question, ...], bool], list[str]] = {}
    for kind, names in by_kind.items():
        reads = tuple(questions_shown_to(form, application.call, kind))
        group = reads, asks_yes_or_no(application.call, kind)
        groups.setdefault(group, []).extend(names)
    for (reads, agrees), names in groups.items():
        yield Sees(
            Viewer.WRITERS,
            names=tuple(names),
            is_title_told=is_told,
            reads=reads,
            is_to_agree=agrees,
        )
