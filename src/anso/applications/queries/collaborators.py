"""Who fills in an application beside whoever hands it in: which sections, for whom, and who is
there now.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application, Collaborator, Document, Presence
from anso.applications.queries.answers import get_form_of
from anso.applications.queries.invited import boxes_of
from anso.applications.queries.letters import writer_keys
from anso.applications.queries.progress import names_only_writers
from anso.applications.queries.visibility import (
    JOINED,
    get_document_for,
    get_own_application_for,
)
from anso.calls.queries import get_terms
from anso.calls.queries.parts import at_mailbox
from anso.kernel.actors import Actor, SystemProcess, name_of_account
from anso.kernel.questions import Section

# How long somebody counts as being where they were seen last.
IS_HERE = dt.timedelta(minutes=5)
STANDING = Q(declined_at__isnull=True, ended_at__isnull=True)


@dataclass(frozen=True)
class Seen:
    """Somebody who is, or was a moment ago, in a section of an application."""

    name: str
    section: str
    at: dt.datetime


def collaborators_of(application: Application) -> QuerySet[Collaborator]:
    """Everybody who is asked, in the order in which they were, without who declined or left."""
    return application.collaborators.filter(STANDING).order_by("asked_at", "id")


def who_fills_in(application: Application) -> QuerySet[Collaborator]:
    """Those of them who said yes."""
    return collaborators_of(application).filter(accepted_at__isnull=False)


def collaborations_of(account: Account) -> list[Collaborator]:
    """What somebody was asked to fill in beside others, newest first: at any of the addresses by
    which they sign in.
    """
    found = _asked_of(account).filter(STANDING).exclude(application__state="withdrawn")
    joined = (f"application__{each}" for each in (*JOINED, "applicant__account"))
    return list(found.select_related(*joined).order_by("-asked_at", "-id"))


def get_collaboration_for(account: Account, reference: str) -> Collaborator:
    """One of them; 404 for everybody else's."""
    found = (each for each in collaborations_of(account) if each.reference == reference)
    collaborator = next(found, None)
    if collaborator is None:
        raise Http404
    return collaborator


def collaboration_in(actor: Actor, application: Application) -> Collaborator | None:
    """By what somebody who said yes fills in parts of an application."""
    found = collaborators_of(application).filter(_is_theirs(actor))
    return found.first() if actor.pk is not None else None


def is_asked(actor: Actor, asked: Collaborator) -> bool:
    """Whether somebody is whom this asks: by one of their addresses, or by having said yes."""
    return _asked_of(actor).filter(pk=asked.pk).exists()


def get_application_to_fill_in(account: Account, reference: str) -> Application:
    """One's own application, or one of which one fills in parts; else 404."""
    try:
        return get_own_application_for(account, reference)
    except Http404:
        accepted = (each.application for each in collaborations_of(account) if each.accepted_at)
        found = next((each for each in accepted if each.reference == reference), None)
        if found is None:
            raise
        return found


def get_document_to_fill_in(account: Account, reference: str, now: dt.datetime) -> Document:
    """A document that somebody may see anyway, or that stands in a part that they fill in; else
    404.
    """
    try:
        return get_document_for(account, reference, now)
    except Http404:
        found = Document.objects.select_related("file", "application__form_version")
        document = found.filter(reference=reference).first()
        if document is None or document.slot not in keys_shared_with(account, document.application):
            raise
        return document


def helper_of(actor: Actor, application: Application) -> int | None:
    """The key of the account that types beside the applicant; None where it is the applicant."""
    own = isinstance(actor, SystemProcess) or application.applicant.account_id == actor.pk
    return None if own else actor.pk


def may_be_shared(application: Application) -> tuple[Section, ...]:
    """The sections that others can be asked to fill in. Writers of letters are named, and
    declarations made, by whoever hands in.
    """
    form = get_form_of(application)
    writers = writer_keys(form, application.call)
    return tuple(
        each
        for each in form.sections
        if each.questions
        and not names_only_writers(each, writers)
        and all(question.type != "statement" for question in each.questions)
    )


def shared_sections(collaborator: Collaborator) -> tuple[Section, ...]:
    """Of these, the ones that somebody was asked for, in the order of the form."""
    return tuple(
        each
        for each in may_be_shared(collaborator.application)
        if each.key in collaborator.sections
    )


def keys_shared_with(actor: Actor, application: Application) -> Collection[str]:
    """The questions that somebody beside the applicant may answer."""
    collaborator = collaboration_in(actor, application)
    if collaborator is None:
        return ()
    return {
        question.key
        for section in get_form_of(application).sections
        if section.key in collaborator.sections
        for question in section.questions
    }


def is_shared(application: Application) -> bool:
    """Whether anybody fills in parts of it beside the applicant; asks nothing where the call does
    not foresee it.
    """
    return get_terms(application.call).intake.with_others and who_fills_in(application).exists()


def others_here(application: Application, account: Account, now: dt.datetime) -> list[Seen]:
    """Who else was in an application in the last minutes, and where, latest first."""
    found = Presence.objects.filter(application=application, at__gt=now - IS_HERE)
    rows = found.exclude(account=account).select_related("account__person").order_by("-at")
    return [Seen(name_of_account(each.account), each.section, each.at) for each in rows]


def _asked_of(actor: Actor) -> QuerySet[Collaborator]:
    """What somebody was asked at one of their addresses, or said yes to."""
    found = Collaborator.objects.alias(box=at_mailbox("email"))
    asked = Q(box__in=boxes_of(actor), accepted_at__isnull=True)
    return found.filter(asked | _is_theirs(actor))


def _is_theirs(actor: Actor) -> Q:
    return Q(accepted_at__isnull=False) & (
        Q(account_id=actor.pk) | Q(account__merged_into_id=actor.pk)
    )
