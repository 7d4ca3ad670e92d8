"""What the pages of an application show of what officers keep beside it and did for its applicant:
notes, flags and whose file it is for the officers alone, files put in for the applicant too.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from anso.applications import queries
from anso.applications.enums import Flag
from anso.applications.models import Application, CaseNote
from anso.applications.queries.acting_for import files_put_in
from anso.applications.queries.casework import notes_visible_to
from anso.applications.rules import may_keep_case
from anso.applications.wording.casework import owner_choices
from anso.kernel.actors import name_of_account
from anso.ui.question_fields import in_reader_language


def case_on_page(
    account: Any, application: Application, now: dt.datetime, typed: dict[str, str]
) -> dict[str, Any]:
    """What the page of an application shows its officers of this; nothing for anybody else."""
    if not may_keep_case(account, application, now):
        return {"may_keep": False}
    return {
        "may_keep": True,
        "case_notes": [
            note_row(account, each) for each in notes_visible_to(account, application, now)
        ],
        "case_owners": owner_choices(application.call, account),
        "case_owner": application.owner.reference if application.owner else "",
        "case_flags": [
            {"value": flag, "label": label, "is_set": flag in application.flags}
            for flag, label in Flag.choices
        ],
        "case_typed": typed,
    }


def note_row(account: Any, note: CaseNote) -> dict[str, Any]:
    """One note: what it says, who wrote it, and whether this reader may take it away."""
    return {
        "note": note,
        "writer": name_of_account(note.written_by),
        "is_own": note.written_by_id == account.pk and note.removed_at is None,
    }


def put_in_rows(account: Any, application: Application, now: dt.datetime) -> list[dict[str, Any]]:
    """The files that officers put in, as this person may read them; each with the one that it
    replaced. Before they are submitted they are the applicant's alone.
    """
    is_own = application.applicant.account_id == account.pk
    submission = application.submission
    if submission is None and not is_own:
        return []
    form = (
        queries.get_submitted_form(submission) if submission else queries.get_form_of(application)
    )
    read = None if is_own else queries.answers_visible_to(account, submission, now)
    handed_in = {
        listed["reference"]
        for body in application.submissions.values_list("body__documents", flat=True)
        for listed in body
    }
    labels = {each.key: in_reader_language(each.label) for each in form.questions()}
    rows = []
    for each in files_put_in(application):
        if read is not None and not read.has(each.slot):
            continue
        # What was only ever in the draft is its author's alone.
        before = each.replaces
        is_told = before is not None and (is_own or before.reference in handed_in)
        rows.append(
            {
                "name": each.file.name,
                "question": labels.get(each.slot, ""),
                "who": name_of_account(each.added_by),
                "at": each.added_at,
                "because": each.because,
                "original": before.file.name if before and is_told else "",
                "original_url": (
                    reverse("applications:document", args=[before.reference])
                    if before and is_told
                    else ""
                ),
            }
        )
    return rows
