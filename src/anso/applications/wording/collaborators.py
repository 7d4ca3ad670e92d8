"""Filling in an application together, in words."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from anso.accounts.models import Account
from anso.applications.models import Application, Collaborator
from anso.applications.queries.answers import get_form_of
from anso.applications.queries.collaborators import Seen, collaborations_of, shared_sections
from anso.applications.queries.windows import deadline_of, is_writable
from anso.calls.queries import title_of
from anso.directory.models import Person
from anso.kernel.matters import Matter
from anso.kernel.todo import TodoItem
from anso.ui.instants import end_in_words, instant_here_and_there
from anso.ui.question_fields import in_a_row, in_reader_language

ANSWERS = {
    "accepted": _("said yes, and can fill in their parts from now on"),
    "declined": _("said no"),
    "left": _("fills in nothing any more; what they wrote stays"),
    "kept": _("does not take it over; it stays with you"),
}
STATES = {
    "asked": (_("asked, has not answered"), "act"),
    "accepted": (_("fills in"), "good"),
    "offered": (_("asked to take it over"), "attn"),
}


def collaborator_told(asked: Collaborator) -> dict[str, Any]:
    """What mails to whoever fills in parts may say."""
    application, call = asked.application, asked.application.call
    submission = application.submission
    return {
        "name": asked.full_name,
        "lead": application.applicant.full_name,
        "number": application.number,
        "call": title_of(call),
        "sections": sections_in_words(asked),
        "closes": end_in_words(deadline_of(application).closes_at, call.zone),
        "submitted": instant_here_and_there(submission.arrived_at, call.zone) if submission else "",
        "address": asked.email,
        "url": reverse("applications:shared", args=[asked.reference]),
    }


def answer_told(asked: Collaborator, answer: str) -> dict[str, str]:
    """What whoever asked is told of an answer."""
    return {
        "other": asked.full_name,
        "answer": str(ANSWERS[answer]),
        "url": reverse("applications:together", args=[asked.application.reference]),
    }


def lead_told(application: Application, before: Person, now_leads: Person) -> dict[str, Any]:
    """What whoever handed an application over is told."""
    return {
        "name": before.full_name,
        "other": now_leads.full_name,
        "number": application.number,
        "call": title_of(application.call),
        "url": reverse("applications:list"),
    }


def sections_in_words(asked: Collaborator) -> str:
    """The parts that somebody fills in, in a row."""
    return in_a_row(in_reader_language(each.title) for each in shared_sections(asked))


def state_of_collaborator(asked: Collaborator) -> tuple[str, str]:
    """Where it stands with somebody, with its tone."""
    state = "accepted" if asked.accepted_at else "asked"
    word, tone = STATES["offered" if asked.lead_offered_at else state]
    return str(word), tone


def here_in_words(application: Application, seen: Seen, now: dt.datetime) -> str:
    """Who is where, and since how long they were not heard of."""
    titles = {each.key: each.title for each in get_form_of(application).sections}
    facts = {"name": seen.name, "section": in_reader_language(titles[seen.section])}
    minutes = int((now - seen.at).total_seconds() // 60)
    if minutes < 1:
        return gettext("%(name)s is in “%(section)s” now.") % facts
    text = gettext("%(name)s was in “%(section)s” %(minutes)s min ago.")
    return text % (facts | {"minutes": minutes})


def collaboration_items(account: Account, now: dt.datetime) -> list[TodoItem]:
    """What somebody was asked to fill in, or to take over, and has not answered."""
    found = []
    for each in collaborations_of(account):
        application = each.application
        facts = {"name": application.applicant.full_name}
        if each.lead_offered_at is not None:
            text = _("Answer %(name)s, who asks you to take it over")
        elif each.accepted_at is None and is_writable(application, now):
            text = _("Answer %(name)s, who asks you to fill in parts")
        else:
            continue
        closes_at = deadline_of(application).closes_at
        title = in_a_row([in_reader_language(application.call.title), application.number])
        url = reverse("applications:shared", args=[each.reference])
        item = TodoItem(closes_at, text % facts, title, url, "act", application.call.zone)
        found.append(item)
    return found


def collaboration_matters(account: Account, now: dt.datetime) -> list[Matter]:
    """What somebody fills in beside others."""
    found = []
    for each in collaborations_of(account):
        application = each.application
        is_open = is_writable(application, now)
        text = _("You fill in parts of it for %(name)s.")
        if each.accepted_at is None:
            text = _("%(name)s asks you to fill in parts of it.")
        found.append(
            Matter(
                title=in_a_row([in_reader_language(application.call.title), application.number]),
                words=str(text) % {"name": application.applicant.full_name},
                url=reverse("applications:shared", args=[each.reference]),
                status=gettext("open") if is_open else gettext("closed"),
                tone="act" if is_open else "",
                at=each.accepted_at or each.asked_at,
                call_id=application.call_id,
                is_over=not is_open,
            )
        )
    return found
