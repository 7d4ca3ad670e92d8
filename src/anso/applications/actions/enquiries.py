"""An applicant asks the officers about their application, and one of them answers."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from anso.accounts.models import Account
from anso.applications.actions import locking
from anso.applications.actions.applicant_mail import notify_applicant
from anso.applications.actions.asking_back import ASK_FIRST, keep_answer, words_of
from anso.applications.models import Application, EarlierAnswer, Enquiry
from anso.applications.notices import ENQUIRY, ENQUIRY_ANSWERED, ENQUIRY_CORRECTED
from anso.applications.queries.enquiries import to_be_told_of
from anso.applications.rules import may_answer_enquiry, may_ask_office, may_correct_answer
from anso.applications.wording.enquiries import enquiry_told, enquiry_told_to_officers
from anso.audit.actions import record_entry
from anso.kernel.errors import BadInput
from anso.kernel.wording import gettext_noop
from anso.kernel.zones import zone_of_country
from anso.notifications.actions import notify


@transaction.atomic
def ask_office(*, application: Application, text: str, actor: Account, now: dt.datetime) -> Enquiry:
    """Ask the officers of the call. Whoever looks after the file is told by mail, or all of them;
    it stands in what they have to do. The record says that something was asked, never what.
    """
    locked = locking.lock_application(application)
    may_ask_office(actor, locked, now).require()
    words = words_of(text, ASK_FIRST)
    enquiry = Enquiry.objects.create(application=locked, text=words, asked_at=now)
    changes = {"question": [None, enquiry.reference]}
    record_entry(locked, "ask_office", actor=actor, now=now, changes=changes)
    for officer in to_be_told_of(enquiry):
        notify(
            ENQUIRY,
            about=locked,
            recipient=officer,
            zone=zone_of_country(officer.person.nationality_id or ""),
            say=lambda: enquiry_told_to_officers(enquiry, officer),  # noqa: B023 - said at once
            key=f"{enquiry.reference}:{officer.reference}",
            context=locked.call,
            actor=actor,
            now=now,
        )
    return enquiry


def _locked(enquiry: Enquiry) -> tuple[Application, Enquiry]:
    application = locking.lock_application(enquiry.application)
    current = Enquiry.objects.select_for_update(of=("self",)).get(pk=enquiry.pk)
    current.application = application
    return application, current


@transaction.atomic
def answer_enquiry(*, enquiry: Enquiry, text: str, actor: Account, now: dt.datetime) -> Enquiry:
    """Answer a question of an applicant: it stands on their page and goes to them by mail, in the
    words of the officer. Of two who answer at once the second is refused.
    """
    application, current = _locked(enquiry)
    may_answer_enquiry(actor, current, now).require()
    keep_answer(current, text, actor, now)
    changes = {"question": [None, current.reference]}
    record_entry(application, "answer_enquiry", actor=actor, now=now, changes=changes)
    notify_applicant(
        ENQUIRY_ANSWERED,
        application,
        key=current.reference,
        actor=actor,
        now=now,
        say=lambda: enquiry_told(current),
    )
    return current


@transaction.atomic
def correct_answer(
    *, enquiry: Enquiry, text: str, before: str, actor: Account, now: dt.datetime
) -> Enquiry:
    """Correct an answer that was sent: the applicant is told by mail what counts now and what was
    said before, which stays readable. Refused where it is the same, and where the answer is not
    the one that the officer had ``before`` them.
    """
    application, current = _locked(enquiry)
    may_correct_answer(actor, current, now).require()
    if current.answer != before:
        raise BadInput(gettext_noop("Somebody has corrected this answer meanwhile. Read it first."))
    earlier = EarlierAnswer(
        enquiry=current,
        answer=current.answer,
        answered_at=current.answered_at,  # type: ignore[misc]  # answered, says the rule
        answered_by=current.answered_by,
    )
    keep_answer(current, text, actor, now)
    if current.answer == earlier.answer:
        raise BadInput(gettext_noop("This is the answer that stands already."))
    earlier.save()
    changes = {"question": [None, current.reference]}
    record_entry(application, "correct_answer", actor=actor, now=now, changes=changes)
    notify_applicant(
        ENQUIRY_CORRECTED,
        application,
        key=f"{current.reference}:{earlier.pk}",
        actor=actor,
        now=now,
        say=lambda: enquiry_told(current) | {"before": earlier.answer},
    )
    return current
