"""Beginning an application with what an earlier one of the same person already says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions.documents import add_document
from anso.applications.actions.drafts import start_application
from anso.applications.models import Application
from anso.applications.queries.answers import get_form_of
from anso.applications.queries.reusing import answers_to_reuse, documents_to_reuse
from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.calls.queries.steps import steps_of_block
from anso.kernel.errors import BadInput


@dataclass(frozen=True)
class Begun:
    """An application that was begun, with how much was taken over from an earlier one."""

    application: Application
    answers: int
    documents: int


@transaction.atomic
def start_from_earlier(
    *,
    earlier: Application,
    call: Call,
    actor: Account,
    now: dt.datetime,
    answers: Mapping[str, Any],
    ordinal: int,
) -> Begun:
    """Begin an application with the answers and documents of an earlier one of the same person, as
    far as the call asks the same. ``answers`` of the eligibility check are newer and count before
    those. What was begun before is left as it is.

    Refused as ``start_application`` is. A document that the call does not take is left out.
    """
    form = get_form(call, steps_of_block(call, "applications")[0].form)[1]
    reused = answers_to_reuse(earlier, form, call)
    application = start_application(
        call=call, actor=actor, now=now, answers={**reused, **answers}, ordinal=ordinal
    )
    if application.started_at != now:
        return Begun(application, 0, 0)
    taken = 0
    for document in documents_to_reuse(earlier, get_form_of(application)):
        with suppress(BadInput):
            add_document(
                application=application,
                slot=document.slot,
                stored=document.file,
                actor=actor,
                now=now,
            )
            taken += 1
    changes = {"earlier": [None, earlier.number]}
    record_entry(application, "reuse_application", actor=actor, now=now, changes=changes)
    kept = sum(key in application.answers for key in reused)
    return Begun(application, kept, taken)
