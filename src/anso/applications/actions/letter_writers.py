"""Letters from the writer's side: opened by a link, kept while they are written, given, or
declined. No account is needed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import transaction

from anso.applications.actions import locking
from anso.applications.actions.letter_mail import notify_writer
from anso.applications.actions.participants import note_answer_of
from anso.applications.actions.required_letters import note_lacks
from anso.applications.actions.screening import note_eligibility
from anso.applications.enums import LetterAnswer
from anso.applications.models import Letter
from anso.applications.notices import LETTER_ARRIVED, LETTER_DECLINED, LETTER_REFUSED, LETTER_THANKS
from anso.applications.queries.answers import applicant_zone
from anso.applications.queries.eligibility import judge_submission, turns_on_letter
from anso.applications.queries.letters import letter_form_of
from anso.applications.rules import may_give_letter, may_write_letter
from anso.applications.wording import letter_told_to_applicant
from anso.audit.actions import record_entry, transition
from anso.files.models import StoredFile
from anso.kernel.actors import Actor, SystemProcess
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput, Stale
from anso.kernel.notices import Notice
from anso.kernel.questions import check_answers, shown_answers
from anso.kernel.questions.types.file import check_file
from anso.kernel.reasons import REMARK_AT_MOST, fitting
from anso.kernel.verdict import Reason, Verdict
from anso.kernel.wording import Message
from anso.kernel.wording import gettext_noop as _
from anso.notifications.actions import notify
from anso.questionnaires.actions import keep_merge, save_drafted_answers
from anso.ui.question_fields import sentence

# Only a page that was opened by the link can say where an upload goes: references of letters are no
# secret.
UPLOADS = Signer(salt="applications.letter-upload")
CHANGED_ELSEWHERE = _(
    "Your letter was changed in another tab after you opened this page. What stands here now is all"
    " of it: read it, then send it."
)


@dataclass(frozen=True)
class LetterSave:
    """What became of one save: the letter as it is kept, what is wrong in what was saved, and where
    another tab had written meanwhile.
    """

    letter: Letter
    errors: Mapping[str, Message]
    merge: Merge


# What a writer sends themselves takes the place of what an officer wrote down.
THEIR_OWN: dict[str, Any] = {"taken_down_by": None, "taken_down_because": ""}


def letter_upload_purpose(letter: Letter, question_key: str) -> str:
    """Where an upload from the writer's page goes, whichever link opened the page; and which file
    the page showed. A letter is one writer's: who is asked instead has another.
    """
    shown = letter.revisions.get(question_key, 0)
    return f"letter:{question_key}:{UPLOADS.sign(f'{letter.reference}.{shown}')}"


def writer_of(letter: Letter) -> SystemProcess:
    """How a writer without an account stands in the record."""
    return SystemProcess(f"{letter.full_name} by link")


@transaction.atomic
def open_letter(*, letter: Letter, now: dt.datetime) -> Letter:
    """Note that the writer opened the link for the first time; later openings change nothing."""
    current = lock_letter(letter)
    if current.state != "asked" or not may_write_letter(current, now):
        return current
    return transition(current, "open_letter", actor=writer_of(current), now=now)


@transaction.atomic
def save_letter_draft(
    *, letter: Letter, fields: Mapping[str, Any], base_revision: int, now: dt.datetime
) -> LetterSave:
    """Keep what the writer changed on a page that showed revision ``base_revision``, with what is
    wrong in it. Refused when the letter can no longer be given.

    An answer that another tab changed meanwhile stays; both texts are told.
    """
    current = lock_letter(letter)
    may_write_letter(current, now).require()
    saved = save_drafted_answers(
        drafted=current,
        form=letter_form_of(current),
        fields=fields,
        base_revision=base_revision,
        now=now,
    )
    return LetterSave(current, saved.errors, saved.merge)


@transaction.atomic
def attach_letter_file(
    *,
    letter: Letter,
    question_key: str,
    stored: StoredFile,
    base_revision: int,
    now: dt.datetime,
) -> Letter:
    """Keep an uploaded letter; another one replaces it. Refused for the wrong kind or size, and in
    the place of a file that a page which showed ``base_revision`` did not show.
    """
    current = lock_letter(letter)
    may_write_letter(current, now).require()
    question = next(
        (
            q
            for q in letter_form_of(current).questions()
            if q.key == question_key and q.type == "file"
        ),
        None,
    )
    if question is None or question.file is None:
        raise BadInput(_("This form does not ask for that document."), code="unknown_slot")
    fault = check_file(question.file, media_type=stored.media_type, size=stored.size_bytes)
    if fault:
        raise BadInput.of(fault)
    kept = {
        "reference": stored.reference,
        "name": stored.name,
        "media_type": stored.media_type,
        "bytes": stored.size_bytes,
    }
    merge = current.draft.merge({question_key: [kept]}, base_revision)
    if question_key in merge.disputed:
        raise BadInput(
            _(
                "Another file, “%(theirs)s”, was uploaded here after you opened this page. If"
                " “%(yours)s” is to take its place, load the page again and choose it once more."
            ),
            code="another_file",
            yours=stored.name,
            theirs=merge.disputed[question_key].theirs[0]["name"],
        )
    current.file = stored
    keep_merge(drafted=current, merge=merge, now=now, also=("file",))
    return current


def attach_letter_upload(
    *, purpose: str, stored: StoredFile, actor: Actor, now: dt.datetime
) -> Mapping[str, Any]:
    """Take over an upload that arrived in pieces; ``purpose`` was made by
    ``letter_upload_purpose``.
    """
    _kind, question_key, signed = purpose.split(":", 2)
    try:
        page = UPLOADS.unsign(signed)
    except BadSignature:
        raise BadInput(_("Nothing here takes this file."), code="unknown_purpose") from None
    reference, _dot, shown = page.rpartition(".")
    letter = Letter.objects.get(reference=reference)
    kept = attach_letter_file(
        letter=letter,
        question_key=question_key,
        stored=stored,
        base_revision=int(shown),
        now=now,
    )
    return {
        "receipt": stored.reference[:4],
        "name": stored.name,
        "revision": kept.revision,
        "purpose": letter_upload_purpose(kept, question_key),
    }


@transaction.atomic
def complete_letter(*, letter: Letter, base_revision: int, now: dt.datetime) -> Letter:
    """Give the letter as it was saved; until it is due it can be given anew. The writer is thanked
    and the applicant told what was answered: given, agreed, or No.

    Refused, with a reason for each, while an answer is missing, where the writer has a part in the
    call that does not go with it, and (Stale) when the letter has
    changed since ``base_revision``: nobody gives what they have not seen.
    """
    # The application first, as everywhere: in the same order nobody waits in a circle.
    application = locking.lock_application(letter.application)
    current = lock_letter(letter)
    may_give_letter(current, now).require()
    if current.revision != base_revision:
        raise Stale(CHANGED_ELSEWHERE)
    form = letter_form_of(current)
    problems = check_answers(form, current.answers)
    facts = tuple(
        Reason("missing", sentence(problem.message), {"key": problem.key}) for problem in problems
    )
    Verdict(facts).require()
    answers = shown_answers(form, current.answers)
    texts = [
        str(answers[question.key])
        for question in form.questions()
        if question.type == "longtext" and question.key in answers
    ]
    is_acceptance = answers.get("is_acceptance")
    is_first, earlier = current.completed_at is None, current.answer
    uses_file = any(each.type == "file" and each.key in answers for each in form.questions())
    transition(current, "complete_letter", actor=writer_of(current), now=now, **THEIR_OWN)
    current.text, current.is_acceptance = (
        "\n\n".join(texts),
        is_acceptance if isinstance(is_acceptance, bool) else None,
    )
    current.file = current.file if uses_file else None
    current.save(update_fields=["text", "is_acceptance", "file"])
    note_answer_of(current)
    record_entry(
        current, "give_letter", actor=writer_of(current), now=now, changes={"text": "changed"}
    )
    judge_again(current, now)
    note_lacks(application)
    if is_first:
        writer = writer_of(current)
        notify_writer(LETTER_THANKS, current, key=current.reference, actor=writer, now=now)
    if current.answer is not earlier:  # also when a Yes becomes a No, or a No a Yes
        is_no = current.answer is LetterAnswer.NO
        tell_applicant(current, LETTER_REFUSED if is_no else LETTER_ARRIVED, now)
    return current


@transaction.atomic
def decline_letter(*, letter: Letter, now: dt.datetime, because: str = "") -> Letter:
    """The writer says no, with a reason that only staff read. The applicant is told and may name
    somebody else.
    """
    application = locking.lock_application(letter.application)
    current = lock_letter(letter)
    if current.state == "declined":
        return current
    may_write_letter(current, now).require()
    transition(
        current,
        "decline_letter",
        actor=writer_of(current),
        now=now,
        decline_reason=fitting(because, REMARK_AT_MOST, _("Why? (optional)")),
    )
    note_answer_of(current)
    judge_again(current, now)
    note_lacks(application)
    tell_applicant(current, LETTER_DECLINED, now)
    return current


def judge_again(letter: Letter, now: dt.datetime) -> None:
    """The rules as they stand with this answer, where one of them turns on it."""
    application = letter.application
    if application.submitted_at and turns_on_letter(letter):
        note_eligibility(application, judge_submission(application).to_dict(), now)


def lock_letter(letter: Letter) -> Letter:
    """The letter as it is now, locked."""
    # The letter and not its application: two referees who answer in one minute do not wait for each
    # other, and an applicant who types does not wait for either.
    found = Letter.objects.select_for_update(of=("self",)).select_related(
        "application__call__programme", "application__applicant", "file"
    )
    return found.get(pk=letter.pk)


def tell_applicant(letter: Letter, notice: Notice, now: dt.datetime) -> None:
    """Tell the applicant what the writer answered."""
    notify(
        notice,
        about=letter,
        recipient=letter.application.applicant.account,
        zone=applicant_zone(letter.application),
        say=lambda: letter_told_to_applicant(letter),
        key=f"{letter.reference}:{letter.revision}",
        context=letter.application.call,
        actor=writer_of(letter),
        now=now,
    )
