"""Writing a review: drafts that are kept, and the submission that counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from anso.audit.actions import record_entry, transition
from anso.calls.queries import get_terms
from anso.calls.queries.steps import rubric_of
from anso.kernel.actors import Actor
from anso.kernel.drafts import Draft, Merge
from anso.kernel.errors import BadInput, Stale
from anso.kernel.names import clean_paragraphs
from anso.kernel.reasons import REMARK_AT_MOST, fault_of_length
from anso.kernel.terms import Rubric
from anso.kernel.text_length import count_words
from anso.kernel.wording import Message, gettext_noop
from anso.review import rules
from anso.review.models import Assignment, Review, Score

CANNOT_JUDGE = "cannot"
WORD_LIMITS = {"comment_for_panel": 400, "comment_for_applicant": 250}
DRAFT_COLUMNS = ("draft", "draft_revision", "draft_revisions")
CHANGED_ELSEWHERE = gettext_noop(
    "Your review was changed in another tab after you opened this page. What stands here now is all"
    " of it: read it, then submit it."
)


@transaction.atomic
def save_review_draft(
    *,
    actor: Actor,
    assignment: Assignment,
    changes: Mapping[str, str],
    base_revision: int,
    now: dt.datetime,
) -> Merge:
    """Keep what the reviewer changed on a page that showed revision ``base_revision``.

    Checks nothing but who and when, so that nothing is lost; leaves no entry of the record. An
    entry that another tab changed meanwhile stays: the merge tells both texts, and what else this
    page has not shown.
    """
    rules.may_submit_review(actor, assignment, now).require()
    _lock(assignment)
    merge = draft_of(assignment).merge(
        {key: str(value) for key, value in changes.items()}, base_revision
    )
    _keep(assignment, merge)
    return merge


@transaction.atomic
def submit_review(
    *,
    actor: Actor,
    assignment: Assignment,
    entries: Mapping[str, str],
    base_revision: int,
    now: dt.datetime,
) -> Review:
    """Hand the review in, or a revision of it. Every criterion has a value or the reason why it
    cannot be judged.

    ``entries`` has per criterion ``score-<key>`` (a value of the scale or "cannot") and
    ``why-<key>``, and the two comments. BadInput carries what is missing by entry; the draft is
    kept in any case by the caller saving it first. Refused (Stale) when the draft has changed since
    ``base_revision``: nobody submits what they have not seen. Every revision is recorded with the
    scores before and after, and that the comments changed.
    """
    rules.may_submit_review(actor, assignment, now).require()
    _lock(assignment)
    if assignment.draft_revision != base_revision:
        raise Stale(CHANGED_ELSEWHERE)
    rubric = rubric_of(get_terms(assignment.application.call), assignment.step)
    problems = find_review_problems(rubric, entries)
    if problems:
        first = next(iter(problems.values()))
        raise BadInput(first.text, **first.facts, problems=problems)
    verb = "revise_review" if assignment.state == "submitted" else "submit_review"
    transition(assignment, verb, actor=actor, now=now)
    _keep(assignment, draft_of(assignment).merge(entries, base_revision))
    return _write_review(assignment, rubric, entries, verb, actor=actor, now=now)


def draft_of(assignment: Assignment) -> Draft:
    """The review as it is being written."""
    return Draft(assignment.draft_revision, assignment.draft_revisions, assignment.draft)


def _lock(assignment: Assignment) -> None:
    """Wait for another tab that is saving, then see what it did. Taken before the draft is read:
    two tabs that both read first would each write back what the other had not yet typed.
    """
    locked = Assignment.objects.select_for_update().get(pk=assignment.pk)
    for name in ("state", *DRAFT_COLUMNS):
        setattr(assignment, name, getattr(locked, name))


def _keep(assignment: Assignment, merge: Merge) -> None:
    if merge.accepted:
        assignment.draft = {**assignment.draft, **merge.accepted}
        assignment.draft_revision = merge.revision
        assignment.draft_revisions = dict(merge.revisions)
        assignment.save(update_fields=DRAFT_COLUMNS)


def _write_review(
    assignment: Assignment,
    rubric: Rubric,
    entries: Mapping[str, str],
    verb: str,
    *,
    actor: Actor,
    now: dt.datetime,
) -> Review:
    comments = {name: clean_paragraphs(entries.get(name, "")) for name in WORD_LIMITS}
    review, is_new = Review.objects.get_or_create(
        assignment=assignment, defaults={**comments, "submitted_at": now}
    )
    before = dict(review.scores.values_list("criterion", "value"))
    if not is_new:
        review.revision += 1
        review.submitted_at = now
        for name, text in comments.items():
            setattr(review, name, text)
        review.save(update_fields=["revision", "submitted_at", *comments])
        # Replaced as a whole; the record keeps each value beside the one before.
        review.scores.all().delete()
    scores = Score.objects.bulk_create(
        _score(review, criterion.key, entries) for criterion in rubric.criteria
    )
    changes = {score.criterion: [before.get(score.criterion), score.value] for score in scores}
    record_entry(
        review, verb, actor=actor, now=now, changes=changes | dict.fromkeys(comments, "changed")
    )
    return review


def find_review_problems(rubric: Rubric, entries: Mapping[str, str]) -> dict[str, Message]:
    """What is missing or wrong, by entry, in the reviewer's words; empty when the review can be
    submitted.
    """
    problems: dict[str, Message] = {}
    for criterion in rubric.criteria:
        given = entries.get(f"score-{criterion.key}", "").strip()
        if not given:
            problems[f"score-{criterion.key}"] = _incomplete(
                gettext_noop("Choose a score, or say that you cannot judge this.")
            )
        elif given == CANNOT_JUDGE:
            problems |= _problems_of_why(f"why-{criterion.key}", entries)
        elif not _is_on_scale(given, rubric):
            problems[f"score-{criterion.key}"] = _incomplete(
                gettext_noop("The score must be one of the scale.")
            )
    for key, limit in WORD_LIMITS.items():
        if count_words(entries.get(key, "")) > limit:
            problems[key] = _incomplete(
                gettext_noop(
                    "This is too long. Shorten it to the number of words that is asked for."
                )
            )
    return problems


def _problems_of_why(key: str, entries: Mapping[str, str]) -> dict[str, Message]:
    why = entries.get(key, "").strip()
    if not why:
        return {key: _incomplete(gettext_noop("Say in a few words why you cannot judge this."))}
    fault = fault_of_length(why, REMARK_AT_MOST)
    return {key: fault} if fault else {}


def _incomplete(text: str) -> Message:
    return Message("incomplete", text)


def _is_on_scale(given: str, rubric: Rubric) -> bool:
    try:
        value = Decimal(given)
    except InvalidOperation:
        return False
    return (
        value.is_finite()
        and value == value.to_integral_value()
        and rubric.scale_lowest <= value <= rubric.scale_highest
    )


def _score(review: Review, key: str, entries: Mapping[str, str]) -> Score:
    given = entries[f"score-{key}"].strip()
    values: dict[str, Any] = (
        {"value": None, "cannot_judge_because": entries[f"why-{key}"].strip()}
        if given == CANNOT_JUDGE
        else {"value": Decimal(given)}
    )
    return Score(review=review, criterion=key, **values)
