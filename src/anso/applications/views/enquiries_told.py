"""What desk pages show of the questions that applicants ask their officers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from anso.applications.models import Application, Enquiry
from anso.applications.queries.enquiries import enquiries_visible_to
from anso.applications.rules import may_answer_enquiry, may_correct_answer
from anso.kernel.actors import name_of_account


def enquiries_on_page(
    account: Any, application: Application, now: dt.datetime, typed: dict[str, str]
) -> dict[str, Any]:
    """The questions of the applicant, for officers of the call; nothing for anybody else."""
    found = enquiries_visible_to(account, application, now)
    return {"enquiries": [enquiry_row(account, each, now, typed) for each in found]}


def enquiry_row(
    account: Any, enquiry: Enquiry, now: dt.datetime, typed: dict[str, str] | None = None
) -> dict[str, Any]:
    """One question with its answer, and the form for it or for its correction."""
    application = enquiry.application
    rule = may_correct_answer if enquiry.answered_at else may_answer_enquiry
    return {
        "row": enquiry,
        "number": application.number,
        "name": application.subject_name,
        "url": reverse("applications:desk_detail", args=[application.reference]) + "#enquiries",
        "who": name_of_account(enquiry.answered_by) if enquiry.answered_by else "",
        "may": rule(account, enquiry, now),
        "typed": (typed or {}).get(enquiry.reference, ""),
    }
