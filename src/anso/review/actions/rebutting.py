"""Releasing what reviewers wrote for applicants, and the applicants' answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast

from django.db import transaction

from anso.applications.queries.answers import applicant_zone
from anso.audit.actions import record_entries, record_entry, transition
from anso.calls.models import Call, Step
from anso.calls.queries import get_form
from anso.kernel.actors import CLOCK, Actor
from anso.kernel.drafts import Merge
from anso.kernel.errors import BadInput, Stale
from anso.kernel.names import clean_paragraphs
from anso.kernel.notices import Notice
from anso.kernel.questions import check_answers
from anso.kernel.verdict import Reason, Verdict
from anso.kernel.wording import gettext_noop
from anso.notifications.actions import notify
from anso.questionnaires.actions import freeze_answers, save_drafted_answers
from anso.questionnaires.queries import form_of
from anso.review import notices, rules
from anso.review.models import Rebuttal, Review
from anso.review.queries.rebuttals import (
    applications_to_answer,
    get_rebuttal_step,
    rebuttals_of,
    reviews_with_words,
)
from anso.review.wording import rebuttal_told
from anso.ui.question_fields import sentence

DRAFT_COLUMNS = ("answers", "revision", "revisions", "saved_at")
CHANGED_ELSEWHERE = gettext_noop(
    "Your answer was changed in another tab after you opened this page. What stands here now is all"
    " of it: read it, then send it."
)


@transaction.atomic
def read_words(
    *, actor: Actor, call: Call, texts: Mapping[int, str], now: dt.datetime
) -> list[Review]:
    """An officer has read what these reviews, by their keys, say to applicants: it is passed on in
    the words given, and not at all where they are blank. The review itself stays as it is.

    Refused before the reviews have closed and after the days for answers; what was released stays.
    """
    rules.may_release_words(actor, call, now).require()
    step = cast("Step", get_rebuttal_step(call, now))  # the rule refuses a call without one
    known, found = rebuttals_of(step), reviews_with_words(step, applications_to_answer(step))
    open_now = [each for key, own in found.items() if key not in known for each in own]
    chosen = [each for each in open_now if each.pk in texts]
    for each in chosen:
        before = each.words_passed if each.is_read else each.comment_for_applicant
        each.words_passed, each.words_read_at = clean_paragraphs(texts[each.pk]), now
        changes = {"words_passed": [before, each.words_passed]}
        is_worded = each.words_passed.split() != before.split()
        each.save(update_fields=["words_passed", "words_read_at"])
        record_entry(
            each, "read_words", actor=actor, now=now, changes=changes if is_worded else None
        )
    return chosen


@transaction.atomic
def release_words(*, actor: Actor, call: Call, now: dt.datetime) -> list[Rebuttal]:
    """Let applicants read what reviewers wrote for them and ask for their answer, all at the same
    instant, so that everybody has the same days. Again, it is done for those only who had none.

    Refused before the reviews have closed and after the days for answers, and while an officer has
    not read all that applicants would read. Whoever has no words to answer is not asked.
    """
    rules.may_release_words(actor, call, now).require()
    step = cast("Step", get_rebuttal_step(call, now))  # the rule refuses a call without one
    Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    version, _form = get_form(call, step.form)
    known, applications = rebuttals_of(step), list(applications_to_answer(step))
    reviews = reviews_with_words(step, applications)
    asked = [each for each in applications if each.pk in reviews and each.pk not in known]
    unread = sum(not all(review.is_read for review in reviews[each.pk]) for each in asked)
    if unread:
        text = gettext_noop("Read first what reviewers wrote. Not read yet: %(count)s.")
        raise BadInput(text, count=unread)
    words = {
        each.pk: [said.words_passed for said in reviews[each.pk] if said.words_passed]
        for each in asked
    }
    made = Rebuttal.objects.bulk_create(
        Rebuttal(
            application=each, step=step, form_version=version, words=words[each.pk], asked_at=now
        )
        for each in asked
        if words[each.pk]
    )
    if not made:
        raise BadInput(gettext_noop("There is nothing to release: no reviewer wrote for anybody."))
    record_entries(made, "release_words", actor=actor, now=now, changes={"step": [None, step.key]})
    for each in made:
        _tell(each, actor, now)
    return made


def _tell(
    rebuttal: Rebuttal,
    actor: Actor,
    now: dt.datetime,
    notice: Notice = notices.WORDS_RELEASED,
    key: str = "",
) -> None:
    notify(
        notice,
        about=rebuttal,
        recipient=rebuttal.application.applicant.account,
        zone=applicant_zone(rebuttal.application),
        say=lambda: rebuttal_told(rebuttal),
        key=f"{rebuttal.reference}{key}",
        context=rebuttal.application.call,
        actor=actor,
        now=now,
    )


@transaction.atomic
def remind_of_answer(*, rebuttal: Rebuttal, now: dt.datetime, actor: Actor = CLOCK) -> None:
    """Remind an applicant that the days for an answer end, once for each end."""
    account = rebuttal.application.applicant.account
    if rebuttal.state == "asked" and account and rules.may_answer_reviewers(account, rebuttal, now):
        _tell(rebuttal, actor, now, notices.ANSWER_REMINDER, f":{rebuttal.step.ends_on}")


@transaction.atomic
def save_rebuttal_draft(
    *,
    actor: Actor,
    rebuttal: Rebuttal,
    changes: Mapping[str, Any],
    base_revision: int,
    now: dt.datetime,
) -> Merge:
    """Keep what the applicant changed on a page that showed revision ``base_revision``; an answer
    that another tab changed meanwhile stays, and both texts are told. Leaves no entry.
    """
    rules.may_answer_reviewers(actor, rebuttal, now).require()
    _lock(rebuttal)
    saved = save_drafted_answers(
        drafted=rebuttal,
        form=form_of(rebuttal.form_version),
        fields=changes,
        base_revision=base_revision,
        now=now,
    )
    return saved.merge


@transaction.atomic
def answer_reviewers(
    *, actor: Actor, rebuttal: Rebuttal, base_revision: int, now: dt.datetime
) -> Rebuttal:
    """Send the answer as it was kept, or send it again: frozen under its hash, and read by those
    who judge. Refused outside its days, while something is missing, and (Stale) when it has changed
    since ``base_revision``.
    """
    rules.may_answer_reviewers(actor, rebuttal, now).require()
    _lock(rebuttal)
    if rebuttal.revision != base_revision:
        raise Stale(CHANGED_ELSEWHERE)
    _has_all_answers(rebuttal).require()
    beside = {
        "number": rebuttal.application.number,
        "step": rebuttal.step.key,
        "words": rebuttal.words,
    }
    frozen = freeze_answers(rebuttal.form_version, rebuttal.answers, beside)
    return transition(
        rebuttal,
        "answer_reviewers",
        actor=actor,
        now=now,
        body=frozen.body,
        sha256=frozen.sha256,
    )


def _has_all_answers(rebuttal: Rebuttal) -> Verdict:
    return Verdict(
        tuple(
            Reason("missing", sentence(problem.message), {"key": problem.key})
            for problem in check_answers(form_of(rebuttal.form_version), rebuttal.answers)
        )
    )


def _lock(rebuttal: Rebuttal) -> None:
    """Wait for another tab that is saving, then see what it did."""
    locked = Rebuttal.objects.select_for_update().get(pk=rebuttal.pk)
    for name in ("state", "answered_at", *DRAFT_COLUMNS):
        setattr(rebuttal, name, getattr(locked, name))
