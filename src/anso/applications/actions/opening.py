"""Whoever proposed what was selected has the call opened that belongs to it: a draft with what the
proposal said, on the desk of those who ran the call above, who publish it.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications import rules
from anso.applications.models import Application
from anso.audit.actions import record_entry
from anso.calls.actions import Edition, add_officer, create_call
from anso.calls.models import Call
from anso.calls.queries.editions import free_letter_of, programmes_of_parts
from anso.calls.rules import may_have_part
from anso.directory.queries import get_person_of
from anso.governance.queries import is_secretariat
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.programmes.models import Programme


@transaction.atomic
def open_call_of_proposal(
    *, application: Application, programme: Programme, actor: Account, now: dt.datetime
) -> Call:
    """Make the draft of the next year of intake and give it to the officers of the call above who
    serve today, who hear of it. Refused where no call of that programme belongs to such proposals.
    """
    # Of a double click, the second waits and finds the call of the first.
    above = Call.objects.select_for_update(of=("self",)).get(pk=application.call_id)
    rules.may_open_call_of(actor, application, now).require()
    if programme not in programmes_of_parts(above):
        raise BadInput(gettext_noop("No call of this programme belongs to such proposals."))
    year = now.year + 1
    edition = Edition(
        year, round=free_letter_of(programme, year), parent=above, proposal=application.number
    )
    made = create_call(programme=programme, edition=edition, actor=WORKER, now=now)
    record_entry(
        made,
        "open_call_of_proposal",
        actor=actor,
        now=now,
        changes={"proposal": [None, application.number]},
    )
    for officer in above.officers.select_related("account").order_by("pk"):
        person = get_person_of(officer.account)
        may = person is None or may_have_part(person, "officer", made, now)
        if may and is_secretariat(officer.account, now):
            add_officer(call=made, account=officer.account, actor=WORKER, now=now)
    return made
