"""What people say about themselves: their name."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.audit.actions import record_entry
from anso.directory.models import Person
from anso.directory.queries import get_person_of
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.wording import gettext_noop as _


@transaction.atomic
def name_person(*, account: Account, full_name: str, now: dt.datetime) -> Person:
    """Whoever has an account says how they are called: one name or several, in any script. Makes
    the person behind the account where there is none.

    Refuses an empty name.
    """
    name = clean_line(full_name)
    if not name:
        raise BadInput(_("Write your name. One name is enough if you have one."))
    person = get_person_of(account)
    if person is None:
        person = Person.objects.create(account=account, full_name=name)
        record_entry(person, "name_person", actor=account, now=now)
    elif person.full_name != name:
        changes = {"full_name": [person.full_name, name]}
        person.full_name = name
        person.save(update_fields=["full_name", "search_text"])
        record_entry(person, "name_person", actor=account, now=now, changes=changes)
    return person
