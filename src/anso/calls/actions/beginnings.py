"""What a new call begins with: what its kind declares, or an earlier edition as it stood, with its
amendments and its days moved by the difference of the years.

Here: reading either. Not here: the rows that are made of it, which `creation` writes.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from anso.calls.models import Call, CallBody, CallHost
from anso.calls.queries import get_form, get_terms
from anso.kernel.actors import Actor
from anso.kernel.errors import BadInput
from anso.kernel.questions import Form
from anso.kernel.questions.editing import bound_birth_dates
from anso.kernel.registers import Register
from anso.kernel.terms import Terms, to_plain
from anso.kernel.terms.stages import with_window
from anso.kernel.wording import gettext_noop
from anso.programmes.kinds import APPLICATION, ProgrammeKind
from anso.programmes.outcomes import read_terms
from anso.questionnaires.queries import versions_of

# What apps above bring along from an earlier edition: the new call, the earlier, by whom, when.
BROUGHT: Register[Callable[[Call, Call, Actor, dt.datetime], None]] = Register(
    "what a call takes over from an earlier edition"
)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LEAP_DAY = "-02-29"
Days = tuple[dt.date | None, dt.date | None]


@dataclass(frozen=True)
class Beginning:
    """The words, days, terms and forms of a call that is about to be made."""

    summary: Mapping[str, str]
    zone: str
    opens_on: dt.date
    closes_on: dt.date
    terms: Terms
    forms: Mapping[str, Form]


def of_kind(kind: ProgrammeKind, summary: Mapping[str, str], year: int, days: Days) -> Beginning:
    """What the kind of a programme declares, with days of the edition's own where it has them."""
    opens_on = days[0] or kind.window.opens_on(year)
    closes_on = days[1] or kind.window.closes_on(year)
    _require_order(opens_on, closes_on)
    return Beginning(
        summary,
        kind.window.zone,
        opens_on,
        closes_on,
        kind.terms_for(year, opens_on=opens_on, closes_on=closes_on),
        _bounded(kind.forms(), opens_on),
    )


def of_edition(source: Call, year: int, days: Days) -> Beginning:
    """What an earlier edition promised last, amendments included; the days as it promised them,
    without extensions, so many years later, and the forms as they were asked last.
    """
    years = year - source.edition_year
    terms = read_terms(years_later(to_plain(get_terms(source)), years))
    window = terms.stages[0]
    opens_on, closes_on = days[0] or window.starts_on, days[1] or window.ends_on
    _require_order(opens_on, closes_on)
    terms = with_window(terms, opens_on, closes_on, closes_on - window.ends_on)
    used = {APPLICATION, *(stage.form for stage in terms.stages)}
    used |= {rule.kind for rule in terms.letters}
    asked = versions_of(source).filter(published_at__isnull=False, purpose__in=used)
    forms = {
        purpose: get_form(source, purpose)[1]
        for purpose in asked.order_by("purpose").values_list("purpose", flat=True).distinct()
    }
    moved = {
        purpose: Form.from_dict(years_later(form.to_dict(), years))
        for purpose, form in forms.items()
    }
    return Beginning(
        source.summary, source.zone, opens_on, closes_on, terms, _bounded(moved, opens_on)
    )


def years_later(plain: Any, years: int) -> Any:
    """Plain content with every day in it so many years later; the 29th of February becomes the 28th
    where there is none.
    """
    if isinstance(plain, Mapping):
        return {key: years_later(part, years) for key, part in plain.items()}
    if isinstance(plain, list):
        return [years_later(part, years) for part in plain]
    if not isinstance(plain, str) or not DAY.fullmatch(plain):
        return plain
    later = f"{int(plain[:4]) + years:04}{plain[4:]}"
    try:
        return dt.date.fromisoformat(later).isoformat()
    except ValueError:
        return later.replace(LEAP_DAY, "-02-28")


def bring_bodies_and_hosts(call: Call, source: Call) -> None:
    """The bodies that judge and confirm, and the organisations that are hosts, as in the source."""
    CallBody.objects.bulk_create(
        CallBody(call=call, body=each.body, function=each.function, order=each.order)
        for each in source.bodies.select_related("body")
    )
    CallHost.objects.bulk_create(
        CallHost(call=call, key=each.key, organisation_id=each.organisation_id)
        for each in source.hosts.all()
    )


def _bounded(forms: Mapping[str, Form], opens_on: dt.date) -> dict[str, Form]:
    return {purpose: bound_birth_dates(form, opens_on) for purpose, form in forms.items()}


def _require_order(opens_on: dt.date, closes_on: dt.date) -> None:
    if closes_on < opens_on:
        text = gettext_noop("The call must close after it opens.")
        raise BadInput(text, closes_on=closes_on)
