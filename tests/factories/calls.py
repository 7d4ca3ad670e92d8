"""Makers of programmes and calls, with the real terms and forms of a kind of the catalogue."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import count
from typing import Any

from anso.accounts.models import Account
from anso.calls.actions.publication import freeze_terms
from anso.calls.actions.steps import lay_out_steps
from anso.calls.enums import BodyFunction
from anso.calls.models import Call, CallBody, CallOfficer, Step
from anso.calls.queries.steps import steps_of_block
from anso.kernel.periods import day_of
from anso.kernel.questions.editing import bound_birth_dates
from anso.kernel.terms import Terms, to_plain
from anso.programmes.catalogue import find_kind
from anso.programmes.models import Programme
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import owned_by

_numbers = count(1)
NOW = dt.datetime(2026, 12, 1, 9, 0, tzinfo=dt.UTC)
YEAR = 2027


def make_programme(kind: str = "fellowship", **fields: Any) -> Programme:
    """A programme of a kind of the catalogue; the same one when asked again without fields."""
    declared = find_kind(kind)
    defaults = {
        "kind": kind,
        "name": declared.name.to_dict(),
        "summary": declared.summary.to_dict(),
        "division": declared.division,
    }
    programme, _ = Programme.objects.get_or_create(
        code=fields.pop("code", kind), defaults=defaults | fields
    )
    return programme


def step_of(call: Call, block: str) -> Step:
    """The first step that a call has from a block."""
    return steps_of_block(call, block)[0]


def make_unlike_calls(count: int, **fields: Any) -> list[Call]:
    """Calls whose terms all differ, so that nothing read for one serves another."""
    usual = find_kind("fellowship").terms_for(YEAR)
    return [
        make_call(terms=replace(usual, offer_days=20 + number), **fields) for number in range(count)
    ]


def make_call(
    programme: Programme | None = None,
    *,
    state: str = "published",
    terms: Terms | None = None,
    officer: Account | None = None,
    **fields: Any,
) -> Call:
    """A call with the real terms and forms of its kind, published before NOW and open around it (9
    November 2026 to 15 February 2027).

    ``state`` may also be draft, completed or cancelled; ``officer`` works on it, ``panel`` judges
    and its chair confirms. Further fields go to the row.
    """
    programme, panel = programme or make_programme(), fields.pop("panel", None)
    kind = find_kind(programme.kind)
    number = next(_numbers)
    letters = f"{chr(65 + number // 26 % 26)}{chr(65 + number % 26)}"
    defaults: dict[str, Any] = {
        "programme": programme,
        "slug": f"{programme.code}-{number}",
        "edition_year": YEAR,
        "number_prefix": f"{kind.number_code}{letters}{YEAR % 100}"[:8],
        "title": {
            "en": f"{programme.name['en']} {YEAR}",
            "ar": f"{programme.name.get('ar', '')} {YEAR}",
        },
        "summary": programme.summary,
        "opens_at": dt.datetime(2026, 11, 8, 16, tzinfo=dt.UTC),
        "closes_at": dt.datetime(2027, 2, 15, 16, tzinfo=dt.UTC),
        "zone": "Asia/Shanghai",
        "design": to_plain(terms or kind.terms_for(YEAR)),
        "state": state,
        "created_at": NOW - dt.timedelta(days=40),
    }
    if state != "draft":
        defaults["published_at"] = NOW - dt.timedelta(days=30)
    if state in ("completed", "cancelled"):
        defaults[f"{state}_at"] = NOW - dt.timedelta(days=1)
    call = Call.objects.create(**(defaults | fields))
    lay_out_steps(call)
    opened = day_of(call.opens_at, call.zone)
    for purpose, declared in kind.forms().items():
        form = bound_birth_dates(declared, opened)
        FormVersion.objects.create(
            **owned_by(call),
            purpose=purpose,
            number=1,
            definition=form.to_dict(),
            sha256=form.hash,
            created_at=call.created_at,
            published_at=call.published_at,
        )
    if call.published_at:
        freeze_terms(call, {"terms": call.design}, version=1, now=call.published_at)
    if panel is not None:
        CallBody.objects.create(call=call, body=panel, function=BodyFunction.PANEL)
    if officer is not None:
        CallOfficer.objects.create(call=call, account=officer, since_at=call.created_at)
    return call
