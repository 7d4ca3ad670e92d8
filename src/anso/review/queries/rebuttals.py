"""What reviewers wrote for applicants, and what these answered, in the step of a call in which they
may.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.applications.queries.windows import standing_for
from anso.calls.models import Call, Step
from anso.calls.queries import calls_managed_by
from anso.calls.queries.steps import step_closes_at, step_on, steps_of_block, window_opens_at
from anso.kernel.periods import day_of
from anso.review.models import Rebuttal, Review
from anso.review.queries.own_days import reviews_awaited_until


def get_rebuttal_step(call: Call, now: dt.datetime) -> Step | None:
    """The step in which applicants answer their reviewers now; None where the call has none."""
    return step_on(call, "rebuttal", now)


def get_review_answered(step: Step) -> Step | None:
    """The review whose words are answered in a step: the last one before it."""
    before = [each for each in steps_of_block(step.call, "review") if each.order < step.order]
    return before[-1] if before else None


def is_review_answered(review: Step) -> bool:
    """Whether applicants answer what is written in a review before anything is decided."""
    answering = steps_of_block(review.call, "rebuttal")
    return any(get_review_answered(each) == review for each in answering)


def opens_at(step: Step) -> dt.datetime:
    """When the days of a step begin."""
    return window_opens_at(step.call, step)


def is_open(step: Step, now: dt.datetime) -> bool:
    """Whether applicants may answer at this moment."""
    return opens_at(step) <= now < step_closes_at(step)


def applications_to_answer(step: Step) -> QuerySet[Application]:
    """The applications that are judged in the review that a step answers, and not decided yet."""
    review = get_review_answered(step)
    if review is None:
        return Application.objects.none()
    found = Application.objects.filter(standing_for(review), call=step.call, state="eligible")
    return found.select_related("applicant__account", "call").order_by("number")


def applications_listed(step: Step) -> QuerySet[Application]:
    """Those, and whoever read words that were released in the step, whatever became of it since."""
    asked = Rebuttal.objects.filter(step=step).values("application")
    waiting = applications_to_answer(step).order_by().values("pk")
    found = Application.objects.filter(Q(pk__in=asked) | Q(pk__in=waiting))
    return found.select_related("applicant__account", "call").order_by("number")


def reviews_with_words(step: Step, applications: Iterable[Application]) -> dict[int, list[Review]]:
    """The reviews that say something to each applicant, in the review that a step answers."""
    found = Review.objects.filter(
        assignment__step=get_review_answered(step),
        assignment__state="submitted",
        assignment__application__in=[each.pk for each in applications],
    ).select_related("assignment")
    reviews: dict[int, list[Review]] = {}
    for each in found.order_by("assignment__application", "id"):
        if each.comment_for_applicant.strip():
            reviews.setdefault(each.assignment.application_id, []).append(each)
    return reviews


def rebuttals_of(step: Step) -> dict[int, Rebuttal]:
    """What was released in a step so far, by application."""
    found = Rebuttal.objects.filter(step=step).select_related("form_version")
    return {each.application_id: each for each in found}


def answers_to_reviewers(application: Application) -> list[Rebuttal]:
    """What became of every question to the applicant, the latest first."""
    found = application.rebuttals.select_related("form_version", "step__call")
    return list(found.order_by("-step__order"))


def own_rebuttals_of(account: Account) -> QuerySet[Rebuttal]:
    """What reviewers wrote for this applicant, once it was released."""
    if account.pk is None:
        return Rebuttal.objects.none()
    joined = ("application__call", "application__applicant__account", "step__call", "form_version")
    found = Rebuttal.objects.filter(application__applicant__account_id=account.pk)
    return found.exclude(application__state="withdrawn").select_related(*joined).order_by("id")


def get_own_rebuttal_for(account: Account, reference: str) -> Rebuttal:
    """One of one's own; Http404 for everybody else's."""
    found = own_rebuttals_of(account).filter(reference=reference).first()
    if found is None:
        raise Http404("nothing to answer")
    return found


def rebuttals_to_write(account: Account, now: dt.datetime) -> list[Rebuttal]:
    """What this applicant may answer now and has not."""
    asked = own_rebuttals_of(account).filter(
        state="asked", application__state="eligible", application__call__state="published"
    )
    return [each for each in asked if is_open(each.step, now)]


def rebuttals_to_remind_of(now: dt.datetime, before: dt.timedelta) -> list[Rebuttal]:
    """What applicants may still answer and have not for a day, where the days for it end soon."""
    asked = Rebuttal.objects.filter(
        state="asked",
        asked_at__lte=now - dt.timedelta(days=1),
        application__state="eligible",
        application__call__state="published",
        step__ends_on__range=(day_of(now, "Etc/GMT+12"), day_of(now + before, "Etc/GMT-14")),
    )
    joined = ("application__call", "application__applicant__account", "step__call")
    found = asked.select_related(*joined).prefetch_related("step__call__steps").order_by("id")
    return [
        each for each in found if is_open(each.step, now) and not is_open(each.step, now + before)
    ]


def steps_to_release(account: Account, now: dt.datetime) -> list[Step]:
    """The steps of this officer's calls whose reviews have closed, of which nothing was released
    yet although applicants could answer.
    """
    managed = calls_managed_by(account, now).filter(state="published")
    written = Review.objects.filter(
        assignment__step__call=OuterRef("call"),
        assignment__step__order__lt=OuterRef("order"),
        assignment__application__state="eligible",
    ).exclude(comment_for_applicant="")
    found = Step.objects.filter(Exists(written), block="rebuttal", call__in=managed.values("pk"))
    waiting = found.exclude(rebuttals__isnull=False).select_related("call")
    return [
        each
        for each in waiting.prefetch_related("call__steps").order_by("id")
        if _has_reviews_closed(each, now) and now < step_closes_at(each)
    ]


def _has_reviews_closed(step: Step, now: dt.datetime) -> bool:
    review = get_review_answered(step)
    return review is not None and now >= reviews_awaited_until(review, now)


def has_released_words_of(review: Step) -> bool:
    """Whether applicants have read what reviewers wrote in a review."""
    answering = [
        each
        for each in steps_of_block(review.call, "rebuttal")
        if get_review_answered(each) == review
    ]
    return Rebuttal.objects.filter(step__in=answering).exists()
