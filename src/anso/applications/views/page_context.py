"""What all pages about one application of one's own share: the application itself, its state and
deadline, and the way back.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from anso.applications import actions, queries, wording
from anso.applications.models import Application, Collaborator
from anso.applications.queries.windows import deadline_of, is_writable
from anso.applications.rules import (
    may_change_application,
)
from anso.calls.queries import get_terms
from anso.calls.wording.batches import after_cut_off
from anso.calls.wording.queues import fullness_in_words
from anso.programmes.wording import CallWords
from anso.ui.question_fields import in_reader_language


def current_application(request: HttpRequest, reference: str, now: Any) -> Application:
    """One's own application, a draft brought to the form that the call asks now."""
    application = queries.get_own_application_for(request.user, reference)
    if may_change_application(request.user, application, now):
        return actions.adopt_form_version(application=application, actor=request.user, now=now)
    return application


def page_context(application: Application, now: Any) -> dict[str, Any]:
    """What all pages about one application show: its number, state, deadline in two zones, and the
    way back.
    """
    call = application.call
    deadline = deadline_of(application)
    # Most pages say no more of it than a word, which costs nothing before there is a decision.
    find_standing = partial(wording.standing_of, application, now)
    word, tone = wording.short_status(application, now)
    if application.state == "decided":
        found = find_standing()
        word, tone = found.word, found.tone
    title = in_reader_language(call.title)
    return {
        "application": application,
        "call": call,
        "now": now,
        "announced": deadline.announced,
        "closes_at": deadline.closes_at,
        "is_open": is_writable(application, now),
        "after_close": after_cut_off(call, now),
        "full": fullness_in_words(call) if application.state == "draft" else "",
        "subheading": f"{application.number} · {title} · {word}",
        "standing": SimpleLazyObject(find_standing),
        "tone": tone,
        "crumbs": [(_("Your applications"), reverse("applications:list")), (title, "")],
    }


def inner_crumbs(
    application: Application, title: str, beside: Collaborator | None = None
) -> list[tuple[Any, str]]:
    """The way back from a page inside an application, also for whoever fills in parts of it."""
    words = CallWords(get_terms(application.call)).entry
    home = (words.yours, reverse("applications:detail", args=[application.reference]))
    if beside is not None:
        home = (_("What you fill in"), reverse("applications:shared", args=[beside.reference]))
    return [home, (title, "")]
