"""The set of reviewers to whom an officer may write: those of a call, or those who are late."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.calls.models import Call
from anso.kernel.actors import Actor
from anso.kernel.zones import zone_of_country
from anso.notifications.queries.audiences import Addressee, Audience, Wanted
from anso.review.models import Reviewer
from anso.review.notices import MESSAGE
from anso.review.queries import assignments_of_call
from anso.review.queries.reading import IS_STILL_JUDGED, OPEN, late_in
from anso.review.wording import REVIEWER_FILTERS, invitation_url, reviewer_told


def _reviewers() -> QuerySet[Reviewer]:
    return Reviewer.objects.select_related("call__programme", "person__account")


def reviewers_chosen(
    call: Call, actor: Actor, wanted: Wanted, now: dt.datetime
) -> QuerySet[Reviewer]:
    """Those of a call whose answer, or whose lateness, a filter names; nobody who was released."""
    found = _reviewers().filter(call=call).exclude(state="released").order_by("id")
    only = wanted.get("only", "")
    if only in ("late", "open"):
        open_now = assignments_of_call(call, now).filter(state__in=OPEN)
        own = late_in(call, now) if only == "late" else open_now
        return found.filter(Exists(own.filter(reviewer=OuterRef("pk"))))
    return found.filter(state=only) if only else found


def _reviewer(reviewer: Reviewer, now: dt.datetime) -> Addressee:
    account = reviewer.person.account
    return Addressee(
        about=reviewer,
        label=reviewer.person.full_name,
        say=lambda: _told(reviewer, now),
        account=account,
        language=account.language if account else settings.LANGUAGE_CODE,
        zone=zone_of_country(reviewer.person.nationality_id or ""),
    )


def _told(reviewer: Reviewer, now: dt.datetime) -> Mapping[str, Any]:
    """The reader's page: the invitation as long as it is not answered, then their reviews."""
    told = reviewer_told(reviewer, now)
    waiting = reviewer.assignments.filter(IS_STILL_JUDGED, state__in=OPEN)
    told |= {"waiting": str(waiting.count())}
    return told | ({"url": invitation_url(reviewer)} if reviewer.state == "invited" else {})


def _in_words(call: Call, wanted: Wanted) -> list[str]:
    only = wanted.get("only", "")
    reviewers = _("Reviewers")
    return [f"{reviewers}: {REVIEWER_FILTERS.get(only, only)}"] if only else []


def _back(call: Call, wanted: Wanted) -> str:
    kept = urlencode([(name, value) for name, value in wanted.items() if value])
    return f"{reverse('review:reviewers', args=[call.reference])}?{kept}"


AUDIENCES = {
    MESSAGE.code: Audience(
        notice=MESSAGE,
        heading=gettext_lazy("Write to reviewers"),
        context_type="calls.call",
        names=("only",),
        rows=_reviewers,
        found=reviewers_chosen,
        addressee=_reviewer,
        in_words=_in_words,
        back=_back,
    ),
}
