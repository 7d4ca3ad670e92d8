"""Officers say who works on a call, and which bodies judge, propose and confirm in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from anso.accounts.models import Account
from anso.calls import actions, queries
from anso.calls.actions.bodies import body_part
from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.rules import may_change_officers
from anso.calls.views.attempts import Attempt, draft_context, try_to_save
from anso.calls.wording import BODY_HINTS, judging_words
from anso.directory.models import Organisation, Person
from anso.directory.queries import get_person_of
from anso.governance.models import Body
from anso.governance.queries import alliance_day, bodies_on, panels_on
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.kernel.wording import gettext_noop
from anso.programmes.catalogue import find_kind
from anso.ui.drafts import Part, PostedDraft
from anso.ui.kept import keep_typed, take_typed
from anso.ui.question_fields import in_reader_language, sentence

DESK = ("GET", "HEAD", "POST")


@login_required
@require_http_methods(DESK)
def people(request: HttpRequest, reference: str) -> HttpResponse:
    """Who works on the call, and which bodies judge and confirm."""
    now = timezone.now()
    call = queries.get_desk_call_for(request.user, reference, now)
    may_change_officers(request.user, call, now).require()
    choices = bodies_to_choose(call, now)
    tried = Attempt()
    if request.method == "POST" and request.POST.get("act") == "bodies":
        tried = save_bodies(request, call, choices, now)
        if tried.is_saved:
            return redirect("calls:people", reference=reference)
        call = queries.get_desk_call_for(request.user, reference, now)
    elif request.method == "POST":
        try:
            change_people(request, call, now)
        except BadInput as fault:
            keep_typed(request)
            messages.error(request, sentence(fault.message))
        except Refused as refusal:
            messages.error(request, str(refusal))
        if not queries.calls_on_desk_of(request.user, now).filter(pk=call.pk).exists():
            return redirect("calls:list")
        return redirect("calls:people", reference=reference)
    context = draft_context(call, body_parts(call, choices), tried) | {
        "call": call,
        "heading": _("Who works on this call"),
        "judging": judging_words(call),
        "officers": list(call.officers.select_related("account__person").order_by("since_at")),
    }
    context["typed"] = {**context["typed"], **take_typed(request)}
    context["bodies"] = body_rows(call, choices, context["typed"])
    context["may_name_bodies"] = any(row["is_open"] for row in context["bodies"])
    context["hosts"] = host_rows(call)
    return render(request, "calls/desk_people.html", context, status=tried.status)


def bodies_to_choose(call: Call, now: dt.datetime) -> dict[BodyFunction, list[Body]]:
    """For each function that the call's kind names, the bodies that could have it: panels judge,
    standing bodies confer.
    """
    today = alliance_day(now)
    panels, standing = list(panels_on(today)), list(bodies_on(today))
    functions = map(BodyFunction, find_kind(call.programme.kind).bodies)
    return {
        function: standing if function == BodyFunction.CONFERRING else panels
        for function in functions
    }


def body_parts(call: Call, choices: Mapping[BodyFunction, list[Body]]) -> list[Part]:
    """Which body has which function, as the page shows it."""
    named = queries.bodies_of(call)
    return [
        Part(
            body_part(function),
            str(function.label),
            named[function].code if function in named else "",
            words={body.code: in_reader_language(body.name) for body in bodies}
            | {"": _("none yet")},
        )
        for function, bodies in choices.items()
    ]


def body_rows(
    call: Call, choices: Mapping[BodyFunction, list[Body]], typed: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The rows of the page: each function with its body and those that could have it."""
    named = queries.bodies_of(call)
    return [
        {
            "key": body_part(function),
            "label": function.label,
            "hint": BODY_HINTS[function],
            "choices": bodies,
            "chosen": typed.get(body_part(function), ""),
            "body": named.get(function),
            "is_open": call.state == "draft"
            or (call.state == "published" and function not in named),
        }
        for function, bodies in choices.items()
    ]


def save_bodies(
    request: HttpRequest,
    call: Call,
    choices: Mapping[BodyFunction, list[Body]],
    now: dt.datetime,
) -> Attempt:
    """Name the bodies that were chosen on the page, unless another officer named one meanwhile."""

    def save(posted: PostedDraft) -> None:
        for function, bodies in choices.items():
            part = body_part(function)
            if part not in posted.changes:
                continue
            code = posted.changes[part]
            actions.name_body(
                call=call,
                function=function,
                body=next((body for body in bodies if body.code == code), None),
                base_revision=posted.base,
                actor=request.user,
                now=now,
            )

    return try_to_save(request, call, body_parts(call, choices), save)


def host_rows(call: Call) -> list[dict[str, Any]]:
    """The hosts of the page: how the terms call each, and which organisation it is."""
    labels = {host.key: host.label for host in queries.get_terms(call).hosts}
    return [
        {"host": host, "label": in_reader_language(labels[host.key])}
        for host in queries.hosts_of(call)
        if host.key in labels
    ]


def change_people(request: HttpRequest, call: Call, now: dt.datetime) -> None:
    """Carry out the one change that a button of the page asks for."""
    act, _colon, key = request.POST.get("act", "").partition(":")
    facts: dict[str, Any] = {"call": call, "actor": request.user, "now": now}
    if act == "add":
        actions.add_officer(account=find_posted_account(request), **facts)
    elif act == "hand_over":
        hand_over(request, facts)
    elif act == "remove":
        account = Account.objects.filter(reference=request.POST.get("account", "")).first()
        if account is not None:
            actions.remove_officer(account=account, **facts)
    else:
        change_hosts(request, act, facts | {"key": key})


def hand_over(request: HttpRequest, facts: dict[str, Any]) -> None:
    """Give the call from one officer to the colleague whose address was typed."""
    account = Account.objects.filter(reference=request.POST.get("account", "")).first()
    if account is None:
        raise BadInput(gettext_noop("This person does not work on the call."))
    because, to = request.POST.get("because", ""), find_posted_account(request)
    actions.hand_over_call(account=account, to=to, because=because, **facts)
    words = _("Handed over. What waits in this call waits for %(email)s from now on.")
    messages.success(request, words % {"email": to.email})


def change_hosts(request: HttpRequest, act: str, facts: dict[str, Any]) -> None:
    """The same for the buttons beside a host."""
    if act == "host":
        actions.name_host(organisation=find_posted_organisation(request), **facts)
    elif act == "host_person":
        person = get_person_of(find_posted_account(request))
        if person is None:
            raise BadInput(gettext_noop("Nobody with this address has an account."))
        actions.add_host_person(person=person, **facts)
    elif act == "host_remove":
        named = Person.objects.filter(reference=request.POST.get("person", "")).first()
        if named is not None:
            actions.remove_host_person(person=named, **facts)


def find_posted_account(request: HttpRequest) -> Account:
    """The account with the address that was typed."""
    email = request.POST.get("email", "").strip()
    account = Account.objects.filter(email__iexact=email, is_active=True).first()
    if account is None:
        raise BadInput(gettext_noop("Nobody with this address has an account."))
    return account


def find_posted_organisation(request: HttpRequest) -> Organisation:
    """The organisation of the directory with the name or acronym that was typed."""
    name = request.POST.get("organisation", "").strip()
    found = Organisation.objects.filter(Q(name__iexact=name) | Q(acronym__iexact=name)).first()
    if found is None:
        raise BadInput(gettext_noop("The directory has no organisation of that name."))
    return found
