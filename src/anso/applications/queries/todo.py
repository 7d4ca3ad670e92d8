"""What waits for applicants, writers of letters and officers, and whom to remind or tell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from anso.accounts.models import Account
from anso.applications.enums import REFUSALS
from anso.applications.lifecycle import WAITED_FOR
from anso.applications.models import IS_REFUSED, Application, Letter
from anso.applications.queries.letters import asked_at_own_address, letter_due_at, letters_asked_of
from anso.applications.queries.visibility import own_applications_of
from anso.applications.queries.windows import EDITABLE, is_writable
from anso.calls.models import Call, Extension, Step
from anso.calls.queries import calls_managed_by
from anso.calls.queries.steps import first_after, steps_of, window_deadline
from anso.kernel.periods import day_of
from anso.notifications.models import Message

DAY = dt.timedelta(days=1)


def own_applications_running(account: Account) -> list[Application]:
    """One's own drafts and submissions that nobody has begun to judge, and those invited to write
    more.
    """
    return list(own_applications_of(account).filter(state__in=EDITABLE))


def applications_to_finish(
    applications: Iterable[Application], now: dt.datetime
) -> list[Application]:
    """Of these, what is still to be submitted and what was changed after submission, while their
    window is open.
    """
    return [
        each
        for each in applications
        if is_writable(each, now)
        and (each.state == "invited" or each.revision > each.submitted_revision)
    ]


def letters_in_need(applications: Iterable[Application], now: dt.datetime) -> list[Letter]:
    """Letters to these that only the applicant can help on:
    those declined or answered No, and those asked at an address that takes no mail.
    """
    by_id = {each.pk: each for each in applications}
    letters = list(
        Letter.objects.filter(application_id__in=by_id, due_at__gt=now)
        .filter(Q(state="asked") | IS_REFUSED)
        .order_by("due_at", "id")
    )
    bounced = set(
        Message.objects.filter(
            about_type=Letter._meta.label_lower,
            about_id__in=[each.pk for each in letters],
            state__in=("bounced", "failed"),
        ).values_list("about_id", flat=True)
    )
    for letter in letters:
        letter.application = by_id[letter.application_id]
    return [
        each
        for each in letters
        if each.answer in REFUSALS or (each.state == "asked" and each.pk in bounced)
    ]


def letters_to_write(account: Account, now: dt.datetime) -> list[tuple[Letter, dt.datetime]]:
    """Letters of which this account was asked and which still count, each with until when; not
    those of which they asked the applicant something and wait for the answer.
    """
    theirs = letters_asked_of(account).exclude(state="asking")
    asked = [(each, letter_due_at(each)) for each in theirs]
    return [(letter, due_at) for letter, due_at in asked if due_at > now]


def letters_awaited(applications: Iterable[Application], now: dt.datetime) -> list[Letter]:
    """Letters to these that were asked for, are not answered and still count, each with until when
    as its ``due_at``.
    """
    by_id = {each.pk: each for each in applications}
    found = Letter.objects.filter(application_id__in=by_id, state__in=WAITED_FOR)
    letters = list(found.order_by("kind", "position", "id")) if by_id else []
    for letter in letters:
        letter.application = by_id[letter.application_id]
        letter.due_at = letter_due_at(letter)
    return [each for each in letters if now < each.due_at]


def letters_answered_by(account: Account) -> QuerySet[Letter]:
    """Letters that this account was asked for at a confirmed address and answered, the newest
    first.
    """
    answered = asked_at_own_address(account).filter(state__in=("completed", "declined"))
    return answered.select_related(
        "application__call", "application__applicant", "application__submission__form_version"
    ).order_by("-completed_at", "-declined_at", "-id")


def screenings_waiting(account: Account, now: dt.datetime) -> list[tuple[Call, int, Step | None]]:
    """Closed calls of this officer with how many applications wait for their screening, and the
    step of it for which those wait that came in first.
    """
    closed = calls_managed_by(account, now).filter(state="published", closes_at__lte=now)
    submitted = Application.objects.filter(call__in=closed.values("pk"), state="submitted")
    by_window: dict[int, dict[int, int]] = {}
    grouped = submitted.order_by().values_list("call", "step").annotate(n=Count("*"))
    for call_id, step_id, count in grouped:
        by_window.setdefault(call_id, {})[step_id] = count
    waiting = []
    for call in closed.filter(pk__in=by_window).prefetch_related("steps"):
        windows = [each for each in steps_of(call) if each.pk in by_window[call.pk]]
        # Over is a window when its last day is over where the call is.
        over = [each for each in windows if not window_deadline(call, each).is_open(now)]
        count = sum(by_window[call.pk][each.pk] for each in over)
        if over:
            waiting.append((call, count, first_after(call, "screening", over[0].order)))
    return waiting


def drafts_to_remind(now: dt.datetime) -> QuerySet[Application]:
    """What is still to be submitted in windows that close within a week, with people and calls
    loaded.
    """
    drafts = Q(state="draft", call__closes_at__gt=now, call__closes_at__lte=now + 7 * DAY)
    last_days = (day_of(now, "Etc/GMT+12"), day_of(now + 6 * DAY, "Etc/GMT-14"))
    invited = Q(state="invited", step__ends_on__range=last_days)
    closing = Application.objects.filter(drafts | invited, call__state="published")
    return (
        closing.select_related("call", "step", "applicant__account")
        .defer("answers", "search_text")
        .order_by("id")
    )


def applicants_to_notify_of_cancellation() -> QuerySet[Application]:
    """Applications to cancelled calls, also decided ones, whose applicants were not written to yet;
    those withdrawn are left alone.
    """
    label = Application._meta.label_lower
    told = Message.objects.filter(
        code="applications.call_cancelled", about_type=label, about_id=OuterRef("pk")
    )
    found = Application.objects.filter(
        call__state="cancelled", applicant__account__isnull=False
    ).exclude(state="withdrawn")
    return (
        found.filter(~Exists(told))
        .select_related("call", "applicant__account")
        .defer("answers", "search_text")
        .order_by("id")
    )


def applicants_to_notify_of_extension(now: dt.datetime) -> Iterator[tuple[Application, Extension]]:
    """What is written in windows whose deadline was moved after it was begun there, and whose
    applicants were not told yet.
    """
    moved = Extension.objects.filter(
        call__state="published", closes_at__gt=now, step__block="applications"
    )
    for extension in moved.select_related("call", "step").order_by("id"):
        if extension.closes_at != window_deadline(extension.call, extension.step).closes_at:
            continue
        for application in applications_extended_by(extension).iterator(chunk_size=500):
            yield application, extension


def applications_extended_by(extension: Extension) -> QuerySet[Application]:
    """Applications that were begun in a window before it was moved and may still be written, and
    whose applicants were not told of the move yet.
    """
    written = Message.objects.filter(
        code="applications.deadline_moved", created_at__gte=extension.granted_at
    )
    told = written.filter(about_type=Application._meta.label_lower, about_id=OuterRef("pk"))
    found = Application.objects.filter(
        Q(invited_at__isnull=True, started_at__lt=extension.granted_at)
        | Q(invited_at__lt=extension.granted_at),
        step=extension.step,
        state__in=EDITABLE,
    )
    waiting = found.filter(~Exists(told), applicant__account__isnull=False)
    joined = waiting.select_related("call", "step", "applicant__account")
    return joined.defer("answers", "search_text").order_by("id")
