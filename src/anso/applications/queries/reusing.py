"""What of an earlier application of one's own may be used again in another call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anso.accounts.models import Account
from anso.applications.models import Application, Document
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.letters import writer_keys
from anso.applications.queries.visibility import current_documents_of, own_applications_of
from anso.calls.models import Call
from anso.kernel.questions import Form, Question

MOST = 10


def applications_to_reuse(account: Account, call: Call) -> list[Application]:
    """One's own applications with answers, the newest first: those to other calls, and those to
    this one that were withdrawn.
    """
    found = own_applications_of(account).filter(revision__gt=0)
    others = [each for each in found if each.call_id != call.pk or each.state == "withdrawn"]
    return others[:MOST]


def answers_to_reuse(earlier: Application, form: Form, call: Call) -> dict[str, Any]:
    """Its answers to what another form asks in the same way. A statement is confirmed anew, and
    whoever writes a letter is asked anew: neither is taken over.
    """
    asked = _asked_alike(earlier, form)
    left = writer_keys(form, call)
    return {
        key: value
        for key, value in plain_answers(earlier).items()
        if key in asked and key not in left and asked[key].type != "statement"
    }


def documents_to_reuse(earlier: Application, form: Form) -> list[Document]:
    """Its documents that another form asks for too."""
    asked = _asked_alike(earlier, form)
    return [each for each in current_documents_of(earlier) if each.slot in asked]


def _asked_alike(earlier: Application, form: Form) -> Mapping[str, Question]:
    before = {question.key: question.type for question in get_form_of(earlier).questions()}
    return {
        question.key: question
        for question in form.questions()
        if before.get(question.key) == question.type
    }
