"""Sets of applicants and of writers to whom an officer may write: whom a filter of the list of
applications finds, and how each is written to.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from anso.applications.actions.letter_mail import fresh_letter_link, how_to_reach_writer
from anso.applications.models import Application, Letter
from anso.applications.notices import MESSAGE, WRITER_MESSAGE
from anso.applications.queries import applications_of_call
from anso.applications.queries.answers import applicant_name, applicant_zone
from anso.applications.queries.desk import NARROWING, ListFilter, in_order_of, narrowed
from anso.applications.queries.letters import letters_waited_for
from anso.applications.wording import application_told, lacking_in_list, letter_told
from anso.applications.wording.audiences import chosen_in_words, list_address
from anso.calls.models import Call
from anso.calls.queries import get_terms
from anso.kernel.actors import Actor
from anso.notifications.queries.audiences import Addressee, Audience, Wanted

NAMES = (*NARROWING, "q")


def _applications() -> QuerySet[Application]:
    joined = ("call__programme", "applicant__account", "step", "submission", "form_version")
    return Application.objects.select_related(*joined)


def _applications_found(
    call: Call, actor: Actor, wanted: Wanted, now: dt.datetime
) -> QuerySet[Application]:
    asked = ListFilter.read(wanted)
    mine = applications_of_call(call, actor, now).values("pk")
    return in_order_of(narrowed(_applications().filter(pk__in=mine), asked), asked)


def _applicant(application: Application, now: dt.datetime) -> Addressee:
    account = application.applicant.account
    return Addressee(
        about=application,
        label=f"{applicant_name(application)} · {application.number}",
        say=lambda: _told(application),
        account=account,
        language=account.language if account else settings.LANGUAGE_CODE,
        zone=applicant_zone(application),
    )


def _told(application: Application) -> Mapping[str, Any]:
    lacking = lacking_in_list(application, get_terms(application.call))
    return {**application_told(application), "lacking": lacking or ""}


def _letters() -> QuerySet[Letter]:
    joined = ("application__call__programme", "application__applicant__account")
    return Letter.objects.select_related(*joined)


def _letters_found(call: Call, actor: Actor, wanted: Wanted, now: dt.datetime) -> QuerySet[Letter]:
    asked = ListFilter.read(wanted)
    chosen = narrowed(applications_of_call(call, actor, now), asked).values("pk")
    return letters_waited_for(call).filter(application__in=chosen)


def _writer(letter: Letter, now: dt.datetime) -> Addressee:
    return Addressee(
        about=letter,
        label=letter.full_name,
        say=lambda: letter_told(letter) | {"page": ""},
        email=letter.email,
        **how_to_reach_writer(letter),
        link=lambda: fresh_letter_link(letter, now),
    )


AUDIENCES = {
    MESSAGE.code: Audience(
        notice=MESSAGE,
        heading=_("Write to these people"),
        context_type="calls.call",
        names=NAMES,
        rows=_applications,
        found=_applications_found,
        addressee=_applicant,
        in_words=chosen_in_words,
        back=list_address,
    ),
    WRITER_MESSAGE.code: Audience(
        notice=WRITER_MESSAGE,
        heading=_("Write to the writers of letters that are waited for"),
        context_type="calls.call",
        names=NAMES,
        rows=_letters,
        found=_letters_found,
        addressee=_writer,
        in_words=chosen_in_words,
        back=list_address,
        is_once=False,
    ),
}
