"""What follows in a draft from a change of its levels or hosts: the question by which people choose
offers exactly these, and each host is somebody of the directory.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from anso.calls.models import Call, CallHost
from anso.calls.queries import form_purposes, get_working_form
from anso.kernel.questions import Form, Option, Question, require_sound_form
from anso.kernel.questions.editing import replace_question
from anso.kernel.rows import RowTable
from anso.kernel.terms.tables import HOSTS, OFFERED_IN
from anso.kernel.wording import Text
from anso.questionnaires.models import FormVersion

Rows = Sequence[Mapping[str, Any]]


def offer_rows(call: Call, table: RowTable, before: Rows, after: Rows) -> None:
    """Let the forms of a draft offer the rows of a list as it is now; a list that no question
    offers changes nothing. Refuses (BadDefinition) a question that would be left with one option.
    """
    if table.key == HOSTS.key:
        _keep_hosts(call, {row["key"] for row in after})
    key = OFFERED_IN.get(table.key)
    for purpose in form_purposes(call) if key and before != after else ():
        version, form = get_working_form(call, purpose)
        if version is not None and key in form.keys():  # noqa: SIM118 - a form is no mapping
            _write(version, form, _offering(form.question(key), before, after))


def _keep_hosts(call: Call, keys: set[str]) -> None:
    call.hosts.exclude(key__in=keys).delete()
    known = set(call.hosts.values_list("key", flat=True))
    CallHost.objects.bulk_create(CallHost(call=call, key=key) for key in sorted(keys - known))


def _offering(question: Question, before: Rows, after: Rows) -> Question:
    """The question with the rows as its options. Words of an option of its own stay, unless the
    name of its row was changed.
    """
    known = {option.value: option for option in question.options}
    names = {row["key"]: row["label"] for row in before}
    options = []
    for row in after:
        option = known.get(row["key"], Option(row["key"], Text(row["label"])))
        if names.get(row["key"], row["label"]) != row["label"]:
            option = replace(option, label=Text(row["label"]))
        options.append(option)
    return replace(question, options=tuple(options))


def _write(version: FormVersion, form: Form, question: Question) -> None:
    changed = require_sound_form(replace_question(form, question))
    version.definition, version.sha256 = changed.to_dict(), changed.hash
    version.save(update_fields=["definition", "sha256"])
