"""Officers' long list of the applications of a call: filter, search, sort, page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from anso.applications import queries
from anso.applications.enums import Flag
from anso.applications.models import Application
from anso.applications.notices import OF_APPLICANTS, OF_WRITERS
from anso.applications.queries import desk
from anso.applications.queries.casework import officers_of
from anso.applications.views.namesakes_told import with_namesakes
from anso.applications.wording import (
    ELIGIBILITY_TONES,
    eligibility_in_words,
    lack_codes,
    lacking_in_list,
    letters_options,
    state_tone,
    state_word,
)
from anso.applications.wording.casework import flags_in_words, owner_choices
from anso.calls.models import Call
from anso.calls.queries import get_desk_call_for, get_terms, has_titles
from anso.calls.rules import may_manage_call
from anso.calls.wording import desk_crumbs, entry_word, outcome_word
from anso.directory.wording import country_choices
from anso.kernel.actors import name_of_account
from anso.kernel.terms import Terms
from anso.notifications.wording import write_url
from anso.ui.countries import country_name
from anso.ui.ordering import choices_in_order
from anso.ui.question_fields import in_reader_language

STATES = ("draft", "submitted", "eligible", "ineligible", "invited", "decided", "withdrawn")


def read_filter(request: HttpRequest, **fixed: str) -> desk.ListFilter:
    """The filter that stands in the address."""
    by_country = "country" in request.GET.get("sort", "")
    codes = tuple(code for code, _name in country_choices()) if by_country else ()
    language = get_language() or "en"
    return desk.ListFilter.read(request.GET, language=language, countries=codes, **fixed)


def filter_for(request: HttpRequest, call: Call, **fixed: str) -> desk.ListFilter:
    """The same for this call's list: only its officers narrow it by what they keep for
    themselves.
    """
    wanted = read_filter(request, **fixed)
    is_theirs = bool(may_manage_call(request.user, call, timezone.now()))
    return wanted if is_theirs else replace(wanted, **dict.fromkeys(desk.OF_OFFICERS, ""))


@login_required
@require_safe
def application_table(request: HttpRequest, reference: str) -> HttpResponse:
    """The applications of a call: filter, search, sort, page; exports give exactly what is
    filtered.
    """
    now = timezone.now()
    call = get_desk_call_for(request.user, reference, now)
    found, wanted = queries.applications_of_call(call, request.user, now), filter_for(request, call)
    is_officers = bool(may_manage_call(request.user, call, now))
    facets = desk.count_facets(found, wanted)
    page = desk.get_list_page(found, wanted, facets, request.GET.get("page", ""))
    context = desk_context(call, entry_word(call, "plural")) | {
        "wanted": wanted,
        "page": page,
        "rows": with_namesakes(
            table_rows(page.object_list, call, is_officers=is_officers), request.user, now
        ),
        "is_officers": is_officers,
        "chips": state_chips(request, facets.by_state, wanted),
        "selects": selects_for(call, facets, wanted) + case_selects(call, request.user, wanted),
        "kept": [
            (name, value)
            for name, value in (("state", wanted.state), ("sort", wanted.sort))
            if value
        ],
        "export_url": (
            f"{reverse('applications:export_columns', args=[reference])}?{request.GET.urlencode()}"
        ),
        "write_urls": write_urls(request, call),
        **columns_of(call),
        "is_capped": page.paginator.count > desk.LAST_PAGE * desk.PAGE_SIZE,
        "now": now,
    }
    return render(request, "applications/desk/table.html", context)


def columns_of(call: Call) -> dict[str, Any]:
    """What says which columns of a list the call gives a meaning to; the others are not drawn."""
    terms = get_terms(call)
    return {
        "terms": terms,
        "requires_letters": bool(lack_codes(terms)),
        "has_titles": has_titles(call),
    }


def write_urls(request: HttpRequest, call: Call) -> list[tuple[str, str]]:
    """Where an officer of the call writes to those in the list, or to the writers of their
    letters.
    """
    if not may_manage_call(request.user, call, timezone.now()):
        return []
    ways = [(_("Write to these people…"), OF_APPLICANTS)]
    if get_terms(call).letters:
        ways.append((_("Write to the writers of their letters…"), OF_WRITERS))
    return [(label, write_url(code, call, request.GET)) for label, code in ways]


def desk_context(call: Call, heading: str) -> dict[str, Any]:
    """What every page of a call's desk shows."""
    title = in_reader_language(call.title)
    return {
        "call": call,
        "heading": heading,
        "subheading": title,
        "crumbs": desk_crumbs(call, heading),
    }


def table_rows(
    applications: Iterable[Application], call: Call, *, is_officers: bool = False
) -> list[dict[str, Any]]:
    """The lines of the list."""
    terms = get_terms(call)
    levels = {level.key: in_reader_language(level.label) for level in terms.levels}
    hosts = {host.key: in_reader_language(host.label) for host in terms.hosts}
    owners = {each.pk: name_of_account(each) for each in officers_of(call)} if is_officers else {}
    return [
        {
            "application": application,
            "owner": owners.get(application.owner_id, ""),
            "flags": flags_in_words(application) if is_officers else [],
            "name": application.subject_name,
            "url": reverse("applications:desk_detail", args=[application.reference]),
            "country": country_name(application.country_id) if application.country_id else "",
            "level": levels.get(application.category, application.category),
            "host": hosts.get(application.first_preference, application.first_preference),
            "state": state_word(application.state),
            "tone": state_tone(application.state),
            "lacks": lacking_in_list(application, terms),
            "standing": eligibility_in_words(application.eligibility),
            "standing_tone": ELIGIBILITY_TONES.get(application.eligibility, ""),  # type: ignore[call-overload]  # a str enum: its text is its key
        }
        for application in applications
    ]


def state_chips(
    request: HttpRequest, counts: dict[str, int], wanted: desk.ListFilter
) -> list[dict[str, Any]]:
    """One chip per state with its number, and one for all."""
    chips = [
        {
            "label": _("All"),
            "url": chip_url(request, ""),
            "count": sum(counts.values()),
            "is_current": not wanted.state,
        }
    ]
    shown = [state for state in STATES if counts.get(state) or wanted.state == state]
    chips += [
        {
            "label": state_word(state),
            "url": chip_url(request, state),
            "count": counts.get(state, 0),
            "is_current": wanted.state == state,
        }
        for state in shown
    ]
    return chips


def chip_url(request: HttpRequest, state: str) -> str:
    """The same list in another state, first page."""
    kept = request.GET.copy()
    kept.pop("page", None)
    kept["state"] = state
    return f"?{urlencode([(name, str(value)) for name, value in kept.items() if value])}"


def selects_for(call: Call, facets: desk.Facets, wanted: desk.ListFilter) -> list[dict[str, Any]]:
    """The choices of the filter bar."""
    terms, language = get_terms(call), get_language() or "en"
    levels = [(level.key, level.label.in_language(language)) for level in terms.levels]
    hosts = [(host.key, host.label.in_language(language)) for host in terms.hosts]
    countries = choices_in_order(
        (code, f"{country_name(code)} ({count})") for code, count in facets.by_country.items()
    )
    verdicts = [
        (standing, eligibility_in_words(standing))
        for standing in ("eligible", "ask_us", "not_eligible")
    ]
    rows = (
        ("level", outcome_word(call, "asked"), levels, wanted.level),
        ("host", _("First host"), hosts, wanted.host),
        ("country", _("Country"), countries, wanted.country),
        ("standing", _("Eligibility check"), verdicts, wanted.standing),
    )
    return [
        {"name": name, "label": label, "options": [("", _("all")), *options], "value": value}
        for name, label, options, value in rows
        if options
    ] + letters_select(terms, wanted)


def letters_select(terms: Terms, wanted: desk.ListFilter) -> list[dict[str, Any]]:
    """The choice of which letters are lacking, where the call asks for any."""
    if not terms.letters:
        return []
    options = [("", _("all")), *letters_options(terms)]
    label = _("Required letters") if lack_codes(terms) else _("Letters")
    return [{"name": "letters", "label": label, "options": options, "value": wanted.letters}]


def case_selects(call: Call, reader: Any, wanted: desk.ListFilter) -> list[dict[str, Any]]:
    """The choices of what officers keep for themselves; none for anybody else."""
    if not may_manage_call(reader, call, timezone.now()):
        return []
    owners = [("", _("all")), *owner_choices(call, reader), ("none", _("nobody"))]
    flags = [("", _("all")), *Flag.choices]
    alike = [("", _("all")), ("asked", _("one person or two?"))]
    return [
        {"name": "owner", "label": _("Looked after by"), "options": owners, "value": wanted.owner},
        {"name": "flag", "label": _("Flag"), "options": flags, "value": wanted.flag},
        {"name": "alike", "label": _("Namesakes"), "options": alike, "value": wanted.alike},
    ]
