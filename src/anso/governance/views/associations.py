"""Associations that were recognised, for everybody; and where officers write down what becomes of
them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from anso.accounts.models import Account
from anso.governance import actions, queries
from anso.governance.enums import AssociationState
from anso.governance.models import Association
from anso.governance.queries.associations import Standing, associations_on
from anso.governance.rules import may_keep_associations
from anso.kernel.errors import BadInput
from anso.kernel.typed_times import read_day
from anso.ui.fields import error_list, fields_for
from anso.ui.instants import day_in_words
from anso.ui.question_fields import in_reader_language, sentence

TONES = {"active": "good", "dormant": "attn", "closed": ""}
STATES = dict(AssociationState.choices)


@require_safe
def associations(request: HttpRequest) -> HttpResponse:
    """All of them: when each was launched and recognised, who leads it, what it does today."""
    now = timezone.now()
    found = associations_on(queries.alliance_day(now))
    context = {
        "heading": _("Associations"),
        "description": _("Associations that the alliance recognised, and whether they are active."),
        "crumbs": [(_("Governance"), reverse("governance:bodies")), (_("Associations"), "")],
        "rows": [_row(each) for each in found],
        "may_keep": request.user.is_authenticated and may_keep_associations(request.user, now),
    }
    return render(request, "governance/associations.html", context)


def _row(found: Standing) -> dict[str, Any]:
    association, event = found.association, found.event
    decided = ""
    if event is not None:
        facts = {"state": STATES[event.state], "day": day_in_words(event.on)}
        decided = _("%(state)s since %(day)s") % facts
    return {
        "code": association.code,
        "name": in_reader_language(association.name),
        "acronym": association.acronym,
        "led_by": association.led_by,
        "launched": year_or_day(association.launched),
        "recognised": year_or_day(association.recognised),
        "remark": in_reader_language(association.remark),
        "source": association.source,
        "state": STATES.get(found.state, ""),
        "tone": TONES.get(found.state, ""),
        "decided": decided,
        "because": event.because if event else "",
        "groups": found.groups,
    }


def year_or_day(written: str) -> str:
    """A year or a day as exactly as it is known."""
    return day_in_words(dt.date.fromisoformat(written)) if len(written) > len("2019") else written


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter one that was recognised."""
    now = timezone.now()
    may_keep_associations(request.user, now).require()
    typed = {spec["key"]: request.POST.get(spec["key"], "") for spec in _specs({}, "")}
    error = ""
    if request.method == "POST":
        try:
            facts = {key: value for key, value in typed.items() if key != "name"}
            actions.enter_association(name=typed["name"], facts=facts, actor=request.user, now=now)
            messages.success(request, _("Entered; everybody reads it."))
            return redirect("governance:associations")
        except BadInput as refusal:
            error = sentence(refusal.message)
    entries = _specs(typed, error)
    context = {
        "heading": _("Enter an association"),
        "crumbs": _crumbs(_("Enter an association")),
        "fields": fields_for(entries),
        "error_list": error_list(entries),
    }
    status = 422 if error else 200
    return render(request, "governance/enter_association.html", context, status=status)


def _specs(typed: Mapping[str, str], error: str) -> list[dict[str, Any]]:
    exact = _("A year such as 2019, or a day such as 2019-05-11.")
    lines = (
        ("name", _("Name"), "", True),
        ("acronym", _("Acronym"), "", False),
        ("led_by", _("Led by"), "", False),
        ("launched", _("Launched"), exact, False),
        ("recognised", _("Recognised"), exact, False),
        ("source", _("Where it is written"), _("A decision, or the number of its proposal."), True),
    )
    return [
        {
            "key": key,
            "type": "text",
            "label": label,
            "hint": hint,
            "required": is_needed,
            "value": typed.get(key, ""),
            "error": error if key == "name" else "",
        }
        for key, label, hint, is_needed in lines
    ]


def _crumbs(page: str) -> list[tuple[str, str]]:
    return [(_("Associations"), reverse("governance:associations")), (page, "")]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Write down from when it is dormant, active again or closed, and its working groups."""
    now = timezone.now()
    may_keep_associations(request.user, now).require()
    association = get_object_or_404(Association, code=code)
    error = ""
    if request.method == "POST":
        try:
            _write_down(request, association, request.user, now)
            return redirect("governance:association", code=code)
        except BadInput as refusal:
            error = sentence(refusal.message)
    context = {
        "heading": in_reader_language(association.name),
        "crumbs": _crumbs(association.acronym or in_reader_language(association.name)),
        "association": association,
        "error": error,
        "states": AssociationState.choices,
        "events": [(each, STATES[each.state]) for each in association.events.order_by("on", "pk")],
        "groups": association.groups.order_by("name", "pk"),
        "typed": request.POST,
        "today": queries.alliance_day(now).isoformat(),
    }
    return render(request, "governance/association.html", context, status=422 if error else 200)


def _write_down(
    request: HttpRequest, association: Association, actor: Account, now: dt.datetime
) -> None:
    posted = request.POST
    on = read_day(posted.get("on", ""))
    if "end" in posted:
        group = get_object_or_404(association.groups, pk=posted["end"])
        actions.end_association_group(group=group, on=on, actor=actor, now=now)
    elif "group" in posted:
        name = posted["group"]
        actions.add_association_group(
            association=association, name=name, on=on, actor=actor, now=now
        )
    else:
        actions.record_association_state(
            association=association,
            state=posted.get("state", ""),
            on=on,
            because=posted.get("because", ""),
            actor=actor,
            now=now,
        )
    messages.success(request, _("Written down."))
