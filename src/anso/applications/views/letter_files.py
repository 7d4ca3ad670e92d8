"""Letters that come as files, with the form of their writer."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from anso.applications import actions
from anso.applications.actions.letter_writers import writer_of
from anso.applications.models import Letter
from anso.applications.queries.letters import letter_form_of
from anso.files.actions import store_file
from anso.kernel.errors import BadInput
from anso.ui.question_fields import sentence


def store_letter_files(
    request: HttpRequest, opened: Letter, keys: list[str], base: int
) -> tuple[Letter, dict[str, str]]:
    """Keep a letter that came as a file with the form; returns the letter with it, and what is
    wrong with the file.
    """
    errors = {}
    form, now = letter_form_of(opened), timezone.now()
    for key in keys:
        slot = form.question(key).file
        for sent in request.FILES.getlist(key)[:1]:
            try:
                if slot is None:
                    continue
                stored = store_file(
                    content=sent,
                    name=sent.name or "",
                    actor=writer_of(opened),
                    now=now,
                    accepted=slot.accepts,
                    max_bytes=slot.max_bytes,
                )
                opened = actions.attach_letter_file(
                    letter=opened, question_key=key, stored=stored, base_revision=base, now=now
                )
            except BadInput as fault:
                errors[key] = sentence(fault.message)
    return opened, errors
