"""Saying which organisations the hosts of a call are, and who there answers for them."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q

from anso.audit.actions import record_entry
from anso.calls import notices
from anso.calls.actions.telling_people import tell_of_part
from anso.calls.models import Call, CallHost
from anso.calls.rules import may_change_officers, may_have_part
from anso.directory.models import Organisation, Person
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.programmes.kinds import ProgrammeKind


def lay_out_hosts(call: Call, kind: ProgrammeKind) -> None:
    """Give a new call the hosts of its kind, as organisations of the directory where their keys or
    names are known there.
    """
    for host in kind.hosts:
        known = Organisation.objects.filter(
            Q(acronym__iexact=host.key) | Q(name__iexact=str(host.label))
        )
        CallHost.objects.create(call=call, key=host.key, organisation=known.first())


@transaction.atomic
def name_host(
    *, call: Call, key: str, organisation: Organisation, actor: Actor, now: dt.datetime
) -> CallHost:
    """Say which organisation a host is. Applications submitted from now on name it."""
    may_change_officers(actor, call, now).require()
    host = _locked(call, key)
    before = host.organisation.name if host.organisation else None
    if host.organisation_id != organisation.pk:
        host.organisation = organisation
        host.save(update_fields=["organisation"])
        changes = {key: [before, organisation.name]}
        record_entry(call, "name_host", actor=actor, now=now, changes=changes)
    return host


@transaction.atomic
def add_host_person(
    *, call: Call, key: str, person: Person, actor: Actor, now: dt.datetime
) -> CallHost:
    """Somebody answers for a host from now on, and judges nobody who prefers it. Adding somebody
    twice changes nothing.
    """
    may_change_officers(actor, call, now).require()
    may_have_part(person, "host", call, now).require()
    host = _locked(call, key)
    if not host.people.filter(pk=person.pk).exists():
        host.people.add(person)
        changes = {key: [None, person.full_name]}
        record_entry(call, "add_host_person", actor=actor, now=now, changes=changes)
        tell_of_part(notices.PART_GIVEN, call, person, "host", actor=actor, now=now)
    return host


@transaction.atomic
def remove_host_person(
    *, call: Call, key: str, person: Person, actor: Actor, now: dt.datetime
) -> CallHost:
    """Somebody no longer answers for a host."""
    may_change_officers(actor, call, now).require()
    host = _locked(call, key)
    if host.people.filter(pk=person.pk).exists():
        host.people.remove(person)
        changes = {key: [person.full_name, None]}
        record_entry(call, "remove_host_person", actor=actor, now=now, changes=changes)
        tell_of_part(notices.PART_ENDED, call, person, "host", actor=actor, now=now)
    return host


def _locked(call: Call, key: str) -> CallHost:
    # So that somebody who is added and removed at once ends as the later of the two said.
    host = CallHost.objects.select_for_update(of=("self",)).filter(call=call, key=key).first()
    if host is None:
        raise BadInput(gettext_noop("There is no such host in this call."), code="unknown_host")
    return host
