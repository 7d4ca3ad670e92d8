"""Asking for one more kind of letter in a draft call, as one of the programmes asks for it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.calls.actions.rows import add_row
from anso.calls.models import Call
from anso.calls.queries import get_working_form
from anso.calls.queries.amendments import get_working_terms
from anso.kernel.actors import Actor
from anso.kernel.questions import Audience, Form, require_sound_form
from anso.kernel.terms import to_plain
from anso.kernel.terms.tables import LETTERS
from anso.programmes.catalogue.bank import without_readers
from anso.programmes.kinds import LetterPlan
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by


@transaction.atomic
def add_letter(*, call: Call, plan: LetterPlan, actor: Actor, now: dt.datetime) -> str:
    """Ask for the letter of a plan, with its words and its form; a form that the call has for it
    already stays. Who writes it is named by those of its questions that the call asks.
    """
    asked = set(get_working_form(call)[1].keys())
    rule = to_plain(plan.rule)
    hosts = {host.key for host in get_working_terms(call).hosts}
    fixed = rule | {
        "asked_in": [key for key in rule["asked_in"] if key in asked],
        "hosts": {
            key: host for key, host in rule["hosts"].items() if key in asked and host in hosts
        },
    }
    kind = add_row(call=call, table=LETTERS.key, parts={}, fixed=fixed, actor=actor, now=now)
    if get_working_form(call, kind)[0] is None:
        form = plan.form if hosts else without_readers(plan.form, Audience.HOSTS)
        named = require_sound_form(Form(form.sections, plan.rule.words.name))
        FormVersion.objects.create(
            **owned_by(call),
            purpose=kind,
            number=1,
            definition=named.to_dict(),
            sha256=named.hash,
            created_at=now,
        )
    return kind
