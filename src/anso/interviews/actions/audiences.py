"""The set of those who are interviewed in a step, to whom an officer may write."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from anso.applications.queries.answers import applicant_name, applicant_zone
from anso.calls.models import Call
from anso.interviews.models import Interview
from anso.interviews.notices import MESSAGE
from anso.interviews.queries import IS_HEARD, JOINED
from anso.interviews.wording import FILTERS, interview_told
from anso.kernel.actors import Actor
from anso.notifications.queries.audiences import Addressee, Audience, Wanted


def _interviews() -> QuerySet[Interview]:
    return Interview.objects.select_related(*JOINED)


def interviews_chosen(
    call: Call, actor: Actor, wanted: Wanted, now: dt.datetime
) -> QuerySet[Interview]:
    """Those of a step, or of all, who have chosen a time or have not."""
    found = _interviews().filter(IS_HEARD, application__call=call).order_by("id")
    if wanted.get("step"):
        found = found.filter(step__key=wanted["step"])
    only = wanted.get("only", "")
    return found.filter(time__isnull=only == "waiting") if only in FILTERS else found


def _addressee(interview: Interview, now: dt.datetime) -> Addressee:
    account = interview.application.applicant.account
    return Addressee(
        about=interview,
        label=applicant_name(interview.application),
        say=lambda: interview_told(interview, now),
        account=account,
        language=account.language if account else settings.LANGUAGE_CODE,
        zone=applicant_zone(interview.application),
    )


def _in_words(call: Call, wanted: Wanted) -> list[str]:
    only = wanted.get("only", "")
    heard = _("Interviews")
    return [f"{heard}: {FILTERS[only]}"] if only in FILTERS else []


def _back(call: Call, wanted: Wanted) -> str:
    kept = urlencode([(name, value) for name, value in wanted.items() if value])
    return f"{reverse('interviews:call_interviews', args=[call.reference])}?{kept}"


AUDIENCES: dict[str, Any] = {
    MESSAGE.code: Audience(
        notice=MESSAGE,
        heading=gettext_lazy("Write to those who are interviewed"),
        context_type="calls.call",
        names=("step", "only"),
        rows=_interviews,
        found=interviews_chosen,
        addressee=_addressee,
        in_words=_in_words,
        back=_back,
    ),
}
