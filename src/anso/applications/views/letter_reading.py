"""What the page of a writer shows of the application, and what they asked its applicant."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from anso.applications.forms import answer_rows
from anso.applications.models import Enquiry, Letter
from anso.applications.queries.earlier_letters import earlier_letter_of
from anso.applications.queries.enquiries import (
    SAID_ANYWAY,
    documents_read_by_writer,
    exchange_of,
    open_question_of,
    read_by_writer,
)
from anso.applications.rules import may_ask_back
from anso.files.queries import is_served


def what_writer_reads(opened: Letter, token: str, now: dt.datetime) -> dict[str, Any]:
    """The answers and documents that are for this writer's eyes, what they asked, and whether they
    may ask.
    """
    read = read_by_writer(opened)
    documents: dict[str, list[dict[str, Any]]] = {}
    for each in documents_read_by_writer(opened):
        documents.setdefault(each.slot, []).append(
            {
                "name": each.file.name,
                "size": each.file.size_bytes,
                "is_served": is_served(each.file),
                "url": reverse("applications:letter_document", args=[token, each.reference]),
            }
        )
    said = {each.key for each in read.form.questions() if not SAID_ANYWAY.isdisjoint(each.means)}
    rows = [
        row | {"documents": documents.get(row["key"], [])}
        for section in read.form.sections
        for row in answer_rows(read.form, section, read.answers)
        if row["key"] not in said
    ]
    return {
        "shown": rows,
        "is_draft": opened.application.submission_id is None,
        "exchange": exchange_rows(opened, exchange_of(opened)),
        "earlier": earlier_letter_of(opened),
        "may_ask_first": bool(may_ask_back(opened, now)),
    }


def exchange_rows(letter: Letter, exchange: list[Enquiry]) -> list[dict[str, Any]]:
    """What was asked and answered, and what is still waited for."""
    waits = open_question_of(letter) if exchange else None
    return [
        {"row": each, "is_open": waits is not None and each.pk == waits.pk} for each in exchange
    ]
