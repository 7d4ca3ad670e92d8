"""Asking others to fill in parts of an application, and handing the whole over to one of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction

from anso.accounts.models import Account
from anso.accounts.queries import find_account
from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.drafts import person_of
from anso.applications.actions.list_columns import list_columns
from anso.applications.actions.locking import lock_application
from anso.applications.models import (
    Application,
    Collaborator,
    Participant,
    Presence,
    SaveReceipt,
    Submission,
)
from anso.applications.notices import (
    COLLABORATION_ENDED,
    COLLABORATOR_ANSWERED,
    COLLABORATOR_ASKED,
    COLLABORATORS_HANDED_IN,
    LEAD_HANDED_OVER,
    LEAD_OFFERED,
)
from anso.applications.queries.collaborators import (
    collaborators_of,
    is_shared,
    may_be_shared,
    who_fills_in,
)
from anso.applications.queries.invited import boxes_of
from anso.applications.queries.visibility import current_applications_of, next_ordinal_of
from anso.applications.rules import (
    may_answer_collaboration,
    may_ask_collaborators,
    may_end_collaboration,
    may_offer_lead,
    may_take_over,
)
from anso.applications.rules.applications import is_applicant
from anso.applications.wording.collaborators import answer_told, collaborator_told, lead_told
from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.directory.models import Person
from anso.directory.queries import get_person_of
from anso.kernel.actors import Actor
from anso.kernel.addresses import clean_address, require_address
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line, mailbox
from anso.kernel.notices import Notice
from anso.kernel.participants import COLLABORATOR, applicant_role
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify

MOST = 40


@transaction.atomic
def ask_collaborator(
    *,
    application: Application,
    full_name: str,
    email: str,
    sections: Collection[str],
    actor: Account,
    now: dt.datetime,
) -> Collaborator:
    """Ask somebody, by the address at which they sign in, to fill in sections of an application.

    Refused without a section, for one that is not theirs to fill in, for oneself and for whoever
    is asked already.
    """
    may_ask_collaborators(actor, application, now).require()
    locked = lock_application(application)
    require_address(email)
    address, wanted = clean_address(email) or email, _sections(locked, sections)
    standing = list(collaborators_of(locked))
    if mailbox(address) in boxes_of(actor):
        raise BadInput(gettext_noop("This is your own address: you fill in everything already."))
    if mailbox(address) in {mailbox(each.email) for each in standing}:
        raise BadInput(gettext_noop("Whoever has this address was asked already."))
    if len(standing) >= MOST:
        raise BadInput(gettext_noop("You can ask at most %(most)s people."), most=MOST)
    asked = Collaborator.objects.create(
        application=locked,
        full_name=clean_line(full_name) or address,
        email=address,
        sections=wanted,
        asked_at=now,
    )
    changes = {"email": [None, address], "sections": [[], wanted]}
    record_entry(asked, "ask_collaborator", actor=actor, now=now, changes=changes)
    _tell(COLLABORATOR_ASKED, asked, actor, now, key=asked.reference)
    return asked


@transaction.atomic
def share_sections(
    *, asked: Collaborator, sections: Collection[str], actor: Account, now: dt.datetime
) -> Collaborator:
    """Ask somebody for other sections than before. What they wrote in a section that is no longer
    theirs stays.
    """
    may_ask_collaborators(actor, asked.application, now).require()
    locked = _locked(asked)
    before, locked.sections = locked.sections, _sections(locked.application, sections)
    if set(before) != set(locked.sections):
        locked.save(update_fields=["sections"])
        changes = {"sections": [before, locked.sections]}
        record_entry(locked, "share_sections", actor=actor, now=now, changes=changes)
        _tell(COLLABORATOR_ASKED, locked, actor, now, key=f"{locked.reference}:{now.isoformat()}")
    return locked


@transaction.atomic
def accept_collaboration(*, asked: Collaborator, actor: Account, now: dt.datetime) -> Collaborator:
    """Say yes to filling in parts. Whoever does takes part in the application from then on, also
    in conflicts of interest. Repeated, it changes nothing.
    """
    locked = _locked(asked)
    if locked.accepted_at is not None:
        return locked
    may_answer_collaboration(actor, locked, now).require()
    locked.account, locked.accepted_at = actor, now
    locked.save(update_fields=["account", "accepted_at"])
    _take_part(locked, now)
    record_entry(locked, "accept_collaboration", actor=actor, now=now)
    _tell_lead(locked, "accepted", actor, now)
    return locked


@transaction.atomic
def end_collaboration(*, asked: Collaborator, actor: Account, now: dt.datetime) -> Collaborator:
    """Decline, leave, or let somebody fill in parts no more: the other side is told. What they
    wrote stays; whoever wrote nothing takes no part any more.
    """
    locked = _locked(asked)
    may_end_collaboration(actor, locked, now).require()
    if locked.ended_at is not None or locked.declined_at is not None:
        return locked
    is_lead = bool(is_applicant(actor, locked.application))
    is_declined = locked.accepted_at is None and not is_lead
    field = "declined_at" if is_declined else "ended_at"
    setattr(locked, field, now)
    locked.lead_offered_at = None
    locked.save(update_fields=[field, "lead_offered_at"])
    Presence.objects.filter(application=locked.application, account=locked.account).delete()
    written = SaveReceipt.objects.filter(
        application=locked.application, saved_by=locked.account, saved_by__isnull=False
    )
    if not written.exists():
        _parts_of(locked).delete()
    verb = "decline_collaboration" if is_declined else "end_collaboration"
    record_entry(locked, verb, actor=actor, now=now)
    if is_lead:
        _tell(COLLABORATION_ENDED, locked, actor, now, key=locked.reference)
    else:
        _tell_lead(locked, "declined" if is_declined else "left", actor, now)
    return locked


@transaction.atomic
def offer_lead(*, asked: Collaborator, actor: Account, now: dt.datetime) -> Collaborator:
    """Ask one of those who fill in parts to take the whole over; whoever was asked before is asked
    no more.
    """
    locked = _locked(asked)
    may_offer_lead(actor, locked, now).require()
    if locked.lead_offered_at is None:
        collaborators_of(locked.application).update(lead_offered_at=None)
        locked.lead_offered_at = now
        locked.save(update_fields=["lead_offered_at"])
        record_entry(locked, "offer_lead", actor=actor, now=now)
        _tell(LEAD_OFFERED, locked, actor, now, key=f"{locked.reference}:{now.isoformat()}")
    return locked


@transaction.atomic
def keep_lead(*, asked: Collaborator, actor: Account, now: dt.datetime) -> Collaborator:
    """Take the offer back, or say no to it: everything stays as it was."""
    locked = _locked(asked)
    may_end_collaboration(actor, locked, now).require()
    if locked.lead_offered_at is not None:
        locked.lead_offered_at = None
        locked.save(update_fields=["lead_offered_at"])
        record_entry(locked, "keep_lead", actor=actor, now=now)
        if not is_applicant(actor, locked.application):
            _tell_lead(locked, "kept", actor, now)
    return locked


@transaction.atomic
def take_over(*, asked: Collaborator, actor: Account, now: dt.datetime) -> Application:
    """Become who hands the application in and hears of it. Whoever did before fills in parts of it
    as the other one did; letters, documents, number and what was submitted stay.

    Refused to whoever has as many of their own in the call as one person may.
    """
    locked = _locked(asked)
    Call.objects.select_for_update(of=("self",)).get(pk=locked.application.call_id)
    may_take_over(actor, locked, now).require()
    application, person = locked.application, person_of(actor, locked.full_name)
    before = application.applicant
    standing = current_applications_of(actor, application.call)
    application.applicant = person
    application.ordinal = next_ordinal_of(standing, application.call) or application.ordinal
    _rename(application, actor)
    _swap_parts(locked, before, now)
    changes = {"applicant": [before.reference, person.reference]}
    record_entry(application, "take_over", actor=actor, now=now, changes=changes)
    if before.account is not None:
        notify(
            LEAD_HANDED_OVER,
            about=application,
            recipient=before.account,
            zone=application.call.zone,
            say=lambda: lead_told(application, before, person),
            key=f"{application.reference}:{now.isoformat()}",
            context=application.call,
            actor=actor,
            now=now,
        )
    return application


def note_presence(
    *, application: Application, account: Account, section: str, now: dt.datetime
) -> None:
    """Keep where somebody is in an application that several people fill in."""
    here = Presence(application=application, account=account, section=section, at=now)
    Presence.objects.bulk_create(
        [here],
        update_conflicts=True,
        unique_fields=["application", "account"],
        update_fields=["section", "at"],
    )


def tell_collaborators(
    application: Application, submission: Submission, *, actor: Actor, now: dt.datetime
) -> None:
    """Tell everybody who filled in parts that it was handed in."""
    if not is_shared(application):
        return
    for each in who_fills_in(application):
        each.application = application
        _tell(
            COLLABORATORS_HANDED_IN,
            each,
            actor,
            now,
            key=f"{each.reference}:{submission.reference}",
        )


def _locked(asked: Collaborator) -> Collaborator:
    """As it is now, under the lock of its application, which every such change takes first."""
    application = lock_application(asked.application)
    locked = Collaborator.objects.select_for_update(of=("self",)).get(pk=asked.pk)
    locked.application = application
    return locked


def _sections(application: Application, asked: Collection[str]) -> list[str]:
    found = [each.key for each in may_be_shared(application) if each.key in set(asked)]
    if not found:
        raise BadInput(gettext_noop("Choose at least one part that they fill in."))
    return found


def _take_part(asked: Collaborator, now: dt.datetime) -> None:
    rows = Participant.objects.filter(application=asked.application, role=COLLABORATOR)
    last = rows.order_by("-order").first()
    account = asked.account
    Participant.objects.create(
        application=asked.application,
        role=COLLABORATOR,
        order=last.order + 1 if last else 1,
        person=get_person_of(account) if account else None,
        full_name=asked.full_name,
        email=account.email if account else asked.email,
        asked_at=asked.asked_at,
        confirmed_at=now,
    )


def _parts_of(asked: Collaborator) -> Any:
    rows = Participant.objects.filter(application=asked.application, role=COLLABORATOR)
    return rows.filter(email=asked.account.email if asked.account else asked.email)


def _swap_parts(asked: Collaborator, before: Person, now: dt.datetime) -> None:
    """The row of who writes goes to the new lead, and the earlier lead becomes one of those who
    fill in parts.
    """
    application, person = asked.application, asked.application.applicant
    role = applicant_role(get_terms(application.call).entry)
    rows = Participant.objects.filter(application=application, role=role)
    rows.update(person=person, full_name=person.full_name, organisation=None, organisation_name="")
    _parts_of(asked).delete()
    asked.lead_offered_at, asked.ended_at = None, now
    asked.save(update_fields=["lead_offered_at", "ended_at"])
    if before.account is None:
        return
    stays = Collaborator.objects.create(
        application=application,
        full_name=before.full_name,
        email=before.account.email,
        sections=[each.key for each in may_be_shared(application)],
        account=before.account,
        asked_at=now,
        accepted_at=now,
    )
    _take_part(stays, now)


def _rename(application: Application, actor: Account) -> None:
    """Lists find it by the new name; what was submitted says whom it is about, and stays."""
    name = application.applicant.full_name
    facts = application.submission.facts if application.submission else {}
    columns = list_columns(facts, name=name, number=application.number, email=actor.email)
    kept = (
        columns
        if application.submission
        else {key: columns[key] for key in ("subject_name", "search_text")}
    )
    for key, value in kept.items():
        setattr(application, key, value)
    application.save(update_fields=["applicant", "ordinal", *kept])


def _tell(notice: Notice, asked: Collaborator, actor: Actor, now: dt.datetime, *, key: str) -> None:
    account = asked.account or find_account(asked.email)
    reader = account or asked.application.applicant.account
    notify(
        notice,
        about=asked.application,
        recipient=account,
        email=asked.email,
        language=reader.language if reader else "",
        country="",
        zone=asked.application.call.zone,
        say=lambda: collaborator_told(asked),
        key=key,
        context=asked.application.call,
        actor=actor,
        now=now,
    )


def _tell_lead(asked: Collaborator, answer: str, actor: Actor, now: dt.datetime) -> None:
    notify_applicant(
        COLLABORATOR_ANSWERED,
        asked.application,
        key=f"{asked.reference}:{answer}:{now.isoformat()}",
        actor=actor,
        now=now,
        say=lambda: answer_told(asked, answer),
    )
