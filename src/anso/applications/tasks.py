"""Background work of applications: the PDF of each submission, reminders, and word of a call that
was moved or cancelled.
"""

from __future__ import annotations

import io
from contextlib import suppress

from django.utils import timezone
from django.utils.translation import override
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from anso.applications.actions import (
    attach_receipt,
    carry_on,
    notify_of_cancellation,
    notify_of_extension,
    remind_draft,
    remind_letter,
)
from anso.applications.actions.amended import notify_of_amendment
from anso.applications.actions.asking_back import remind_of_question
from anso.applications.actions.following import notify_of_moved_days
from anso.applications.actions.namesakes import NAMESAKES_TASK, find_namesakes
from anso.applications.models import Application, Submission
from anso.applications.queries.batches import drafts_to_carry_on, empty_batches
from anso.applications.queries.enquiries import questions_to_remind
from anso.applications.queries.letter_links import letters_to_remind
from anso.applications.queries.todo import (
    applicants_to_notify_of_cancellation,
    applicants_to_notify_of_extension,
    drafts_to_remind,
)
from anso.applications.wording import receipt_payload
from anso.calls.actions import complete_call
from anso.calls.models import CallTerms, Extension
from anso.files.actions import store_file
from anso.kernel.actors import CLOCK, WORKER
from anso.kernel.verdict import Refused
from anso.ui.pdf import render_pdf

RECEIPT_AT_MOST = 5 * 1024 * 1024


@app.task(
    name="applications.make_receipt",
    queue="files",
    retry=RetryStrategy(max_attempts=8, exponential_wait=3),
    pass_context=False,
)
def make_receipt(submission_id: int) -> None:
    """Make the PDF of one submission, unless it is there, and have it compared with the others of
    its call.
    """
    submission = Submission.objects.select_related(
        "application__applicant__account", "application__call", "application__form_version"
    ).get(pk=submission_id)
    if submission.pdf_id:
        return
    # Only now: of two that come at once neither sees the other before both are there. A job of its
    # own, so that neither fails for the other.
    look_for_namesakes.defer(application_id=submission.application_id)
    account = submission.application.applicant.account
    with override(account.language if account else "en"):
        made = render_pdf(
            "document", receipt_payload(submission), at=submission.arrived_at.replace(microsecond=0)
        )
    name = f"{submission.application.number}-{submission.version}.pdf"
    now = timezone.now()
    stored = store_file(
        content=io.BytesIO(made),
        name=name,
        actor=WORKER,
        now=now,
        accepted=("application/pdf",),
        max_bytes=RECEIPT_AT_MOST,
    )
    attach_receipt(submission=submission, stored=stored, actor=WORKER, now=now)


@app.task(name=NAMESAKES_TASK, pass_context=False)
def look_for_namesakes(application_id: int) -> None:
    """Compare one submitted application with the others of its call."""
    application = Application.objects.get(pk=application_id)
    find_namesakes(application=application, now=timezone.now())


@app.periodic(cron="17 6 * * *")
@app.task(
    name="applications.remind_letters",
    queueing_lock="applications.remind_letters",
    pass_context=False,
)
def remind_letters(timestamp: int) -> None:
    """Remind writers who have not answered for a week, at most twice."""
    now = timezone.now()
    for letter in letters_to_remind(now):
        remind_letter(letter=letter, now=now)


@app.periodic(cron="27 6 * * *")
@app.task(
    name="applications.remind_of_questions",
    queueing_lock="applications.remind_of_questions",
    pass_context=False,
)
def remind_of_questions(timestamp: int) -> None:
    """Remind applicants whom a writer asked something before answering, after three days and after
    six.
    """
    now = timezone.now()
    for enquiry in questions_to_remind(now):
        remind_of_question(enquiry=enquiry, now=now)


@app.periodic(cron="37 * * * *")
@app.task(
    name="applications.remind_drafts",
    queueing_lock="applications.remind_drafts",
    pass_context=False,
)
def remind_drafts(timestamp: int) -> None:
    """Remind applicants of unfinished drafts, once a week before the close and once on the last
    day.
    """
    now = timezone.now()
    for application in drafts_to_remind(now).iterator(chunk_size=500):
        remind_draft(application=application, now=now)


@app.periodic(cron="* * * * *")
@app.task(
    name="applications.carry_drafts_on",
    queueing_lock="applications.carry_drafts_on",
    pass_context=False,
)
def carry_drafts_on(timestamp: int) -> None:
    """Let drafts that missed the cut-off of their batch go on in the one that is open; a batch in
    which nobody is left is done with.
    """
    now = timezone.now()
    for application in drafts_to_carry_on(now).iterator(chunk_size=500):
        # whoever submitted it or began another meanwhile is left alone
        with suppress(Refused):
            carry_on(application=application, now=now)
    for call in empty_batches(now):
        complete_call(call=call, actor=CLOCK, now=now)


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="applications.notify_of_cancellations",
    queueing_lock="applications.notify_of_cancellations",
    pass_context=False,
)
def notify_of_cancellations(timestamp: int) -> None:
    """Tell the applicants of calls that were cancelled."""
    now = timezone.now()
    for application in applicants_to_notify_of_cancellation().iterator(chunk_size=500):
        notify_of_cancellation(application=application, now=now)


@app.periodic(cron="*/5 * * * *")
@app.task(
    name="applications.notify_of_extensions",
    queueing_lock="applications.notify_of_extensions",
    pass_context=False,
)
def notify_of_extensions(timestamp: int) -> None:
    """Tell the applicants of calls whose deadline was moved."""
    now = timezone.now()
    for application, extension in applicants_to_notify_of_extension(now):
        notify_of_extension(application=application, extension=extension, now=now)


@app.task(name="applications.notify_of_moved_days", pass_context=False)
def tell_of_moved_days(extension_id: int) -> None:
    """Tell writers and applicants of the later days of one move."""
    extension = Extension.objects.select_related("call", "step").get(pk=extension_id)
    notify_of_moved_days(extension=extension, now=timezone.now())


@app.task(name="applications.notify_of_amendment", pass_context=False)
def tell_of_amendment(terms_id: int) -> None:
    """Judge anew and tell those whom one amendment touches."""
    terms = CallTerms.objects.select_related("call").get(pk=terms_id)
    notify_of_amendment(terms=terms, now=timezone.now())
