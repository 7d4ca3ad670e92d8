"""What applicants and officers have to do about applications, for "What I have to do"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db.models import Count, Exists, F, Model, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from anso.accounts.models import Account
from anso.applications.models import Application, Letter
from anso.applications.queries.letters import letter_due_at, letters_asked_of
from anso.applications.queries.visibility import own_applications_of
from anso.calls.models import Extension
from anso.calls.queries import calls_managed_by, is_open
from anso.kernel.todo import TodoItem
from anso.notifications.models import Message
from anso.ui.question_fields import in_reader_language

DAY = dt.timedelta(days=1)


def todo_items_for(account: Account, now: dt.datetime) -> list[TodoItem]:
    """Drafts to submit, changes to submit again, letters that only the applicant can help on,
    letters to write; for officers, applications to screen.
    """
    applications = list(own_applications_of(account).filter(state__in=("draft", "submitted")))
    return [
        *_own_items(applications, now),
        *_letter_items(applications, now),
        *_writer_items(account, now),
        *_screening_items(account, now),
    ]


def _own_items(applications: list[Application], now: dt.datetime) -> Iterator[TodoItem]:
    for application in applications:
        call = application.call
        is_changed = application.revision > application.submitted_revision
        if not is_open(call, now) or not is_changed:
            continue
        text = (
            _("Finish and submit your application")
            if application.state == "draft"
            else _("Submit again: you changed something after submitting")
        )
        title = f"{in_reader_language(call.title)}, {application.number}"
        url = reverse("applications:detail", args=[application.reference])
        tone = _tone_of(call.closes_at - now)
        yield TodoItem(call.closes_at, text, title, url, tone, call.zone)


def _tone_of(left: dt.timedelta) -> str:
    """How urgent it is when so much time is left: the last two days, the last week, or later."""
    return "stop" if left < 2 * DAY else ("attn" if left < 7 * DAY else "")


def _letter_items(applications: list[Application], now: dt.datetime) -> Iterator[TodoItem]:
    by_id = {application.pk: application for application in applications}
    letters = Letter.objects.filter(
        application_id__in=by_id, state__in=("asked", "declined"), due_at__gt=now
    ).order_by("due_at", "id")
    bounced = set(
        Message.objects.filter(
            about_type=Letter._meta.label_lower,
            about_id__in=[x.pk for x in letters],
            state__in=("bounced", "failed"),
        ).values_list("about_id", flat=True)
    )
    for letter in letters:
        application = by_id[letter.application_id]
        url, zone = (
            reverse("applications:letters", args=[application.reference]),
            application.call.zone,
        )
        if letter.state == "declined":
            yield TodoItem(
                letter.due_at,
                _("Name somebody else for a letter"),
                _("%(name)s declined.") % {"name": letter.full_name},
                url,
                "attn",
                zone,
            )
        elif letter.pk in bounced:
            reason = _("The mail to %(name)s came back.") % {"name": letter.full_name}
            yield TodoItem(letter.due_at, _("Correct an address"), reason, url, "attn", zone)


def _writer_items(account: Account, now: dt.datetime) -> Iterator[TodoItem]:
    for letter in letters_asked_of(account):
        due_at, application = letter_due_at(letter), letter.application
        if due_at > now:
            asking = application.applicant.full_name
            title = in_reader_language(application.call.title)
            text = _("Answer %(name)s, who asks you for a letter") % {"name": asking}
            url = reverse("applications:own_letter", args=[letter.reference])
            yield TodoItem(due_at, text, title, url, "act", application.call.zone)


def _screening_items(account: Model, now: dt.datetime) -> Iterator[TodoItem]:
    closed = calls_managed_by(account, now).filter(state="published", closes_at__lte=now)
    for call in closed.filter(applications__state="submitted").annotate(
        waiting=Count("applications")
    ):
        title = in_reader_language(call.title)
        url = reverse("applications:screening", args=[call.reference])
        text = _("Check eligibility of %(n)d applications") % {"n": call.waiting}
        yield TodoItem(None, text, title, url, "act")


def drafts_to_remind(now: dt.datetime) -> QuerySet[Application]:
    """Unfinished drafts of calls that close within a week, their people and calls loaded."""
    closing = Application.objects.filter(
        state="draft",
        call__state="published",
        call__closes_at__gt=now,
        call__closes_at__lte=now + 7 * DAY,
    )
    return (
        closing.select_related("call", "applicant__account")
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
    """Drafts and submissions in open calls whose deadline was moved after they were begun, and
    whose applicants were not told yet.
    """
    for extension in Extension.objects.filter(
        call__state="published", closes_at=F("call__closes_at"), closes_at__gt=now
    ).order_by("id"):
        written = Message.objects.filter(
            code="applications.deadline_moved", created_at__gte=extension.granted_at
        )
        told = written.filter(about_type=Application._meta.label_lower, about_id=OuterRef("pk"))
        found = Application.objects.filter(
            call_id=extension.call_id,
            state__in=("draft", "submitted"),
            started_at__lt=extension.granted_at,
        )
        waiting = found.filter(~Exists(told), applicant__account__isnull=False).select_related(
            "call", "applicant__account"
        )
        for application in (
            waiting.defer("answers", "search_text").order_by("id").iterator(chunk_size=500)
        ):
            yield application, extension
