"""A writer who is asked once more for the same person begins with what they wrote before."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.applications.actions.letter_writers import (
    attach_letter_file,
    save_letter_draft,
    writer_of,
)
from anso.applications.models import Letter
from anso.applications.queries.earlier_letters import answers_to_take_over, earlier_letter_of
from anso.audit.actions import record_entry
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop


@transaction.atomic
def take_over_letter(*, letter: Letter, now: dt.datetime) -> Letter:
    """Take what this writer gave for the same person before into the letter that they are asked for
    now, as far as it asks alike and they have written nothing else there. Nothing is sent.
    """
    earlier = earlier_letter_of(letter)
    if earlier is None:
        raise BadInput(gettext_noop("There is no earlier letter of yours to take over."))
    fields, file_key = answers_to_take_over(earlier, letter)
    saved = save_letter_draft(
        letter=letter, fields=fields, base_revision=letter.revision, now=now
    ).letter
    if file_key and earlier.file is not None:
        saved = attach_letter_file(
            letter=saved,
            question_key=file_key,
            stored=earlier.file,
            base_revision=saved.revision,
            now=now,
        )
    changes = {"earlier": [None, earlier.application.number]}
    record_entry(saved, "take_over_letter", actor=writer_of(saved), now=now, changes=changes)
    return saved
