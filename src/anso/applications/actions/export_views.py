"""Keeping a choice of columns for exports, and taking it away again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.models import ExportView
from anso.audit.actions import record_entry
from anso.calls.models import Call
from anso.calls.rules import may_manage_call
from anso.kernel.errors import BadInput
from anso.kernel.names import clean_line
from anso.kernel.reasons import uncut
from anso.kernel.wording import gettext_noop

NAME_AT_MOST = 80


@transaction.atomic
def keep_export_view(
    *, call: Call, name: str, columns: Sequence[str], actor: Account, now: dt.datetime
) -> ExportView:
    """Keep these columns under a name; a view that has it already is written over.

    Refused without a name, without a column, and to everybody but the officers of the call.
    """
    may_manage_call(actor, call, now).require()
    chosen = clean_line(uncut(name, NAME_AT_MOST, gettext_noop("Name of the view")))
    if not chosen:
        raise BadInput(gettext_noop("Give the view a name."))
    if not columns:
        raise BadInput(gettext_noop("Choose at least one column."))
    view, is_new = ExportView.objects.update_or_create(
        call=call,
        name=chosen,
        defaults={"columns": list(columns), "kept_by": actor, "kept_at": now},
    )
    changes = {chosen: [None if is_new else "changed", ", ".join(columns)]}
    record_entry(call, "keep_export_view", actor=actor, now=now, changes=changes)
    return view


@transaction.atomic
def remove_export_view(*, view: ExportView, actor: Account, now: dt.datetime) -> None:
    """Take a kept view away; files that were made with it are not touched."""
    may_manage_call(actor, view.call, now).require()
    changes = {view.name: [", ".join(view.columns), None]}
    record_entry(view.call, "remove_export_view", actor=actor, now=now, changes=changes)
    view.delete()
