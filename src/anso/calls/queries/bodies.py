"""Which bodies have a function in a call, and who presides over them today."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q, QuerySet

from anso.calls.enums import JUDGING, BodyFunction
from anso.calls.models import Call, CallBody
from anso.governance.enums import BodyKind
from anso.governance.models import Body, Mandate
from anso.governance.queries import PRESIDING, alliance_day, mandates_held, mandates_on
from anso.kernel.actors import Actor
from anso.kernel.call_parts import CALL_PARTS
from anso.kernel.wording import Text
from anso.programmes.catalogue import find_kind


def bodies_of(call: Call) -> dict[str, Body]:
    """The bodies of a call by their function."""
    rows = CallBody.objects.filter(call_id=call.pk).select_related("body")
    return {row.function: row.body for row in rows.order_by("order", "id")}


def panels_of(call: Call) -> list[Body]:
    """The panels and juries that judge in a call."""
    found = bodies_of(call).values()
    return [body for body in found if body.kind == BodyKind.PANEL]


def calls_served_by(body: Body) -> list[tuple[Call, str]]:
    """The calls that are prepared or run in which a body has a function, and which."""
    rows = CallBody.objects.filter(body=body, call__state__in=("draft", "published"))
    found = rows.select_related("call").order_by("call_id", "order")
    return [(row.call, row.function) for row in found]


def judging_body_of(call: Call) -> Body | None:
    """The panel or the jury."""
    bodies = bodies_of(call)
    return next((bodies[each] for each in JUDGING if each in bodies), None)


def confirming_body_of(call: Call) -> Body | None:
    """Whose chair confirms a selection: the body that confers, where there is one, else whoever
    judges.
    """
    return bodies_of(call).get(BodyFunction.CONFERRING) or judging_body_of(call)


def functions_of(call: Call) -> list[str]:
    """What bodies do in a call; known at once where bodies were fetched with the call."""
    return [row.function for row in sorted(call.bodies.all(), key=lambda row: (row.order, row.pk))]


def judging_function_of(call: Call) -> BodyFunction:
    """Whether a panel or a jury judges: as the call names it, or while it names none as its kind
    does.
    """
    named = functions_of(call)
    functions = [*named, *find_kind(call.programme.kind).bodies, BodyFunction.PANEL]
    return next(BodyFunction(each) for each in functions if each in JUDGING)


def part_said(call: Call, part: str) -> Text:
    """A part in a call, as it is said of somebody: of the panel or of the jury, as the call has
    it.
    """
    said = CALL_PARTS[part]
    return said.by_body[judging_function_of(call)] if said.by_body else said.label


def confirming_function_of(call: Call) -> BodyFunction:
    """As what a body confirms the selections of a call: it confers, or it judges."""
    named = functions_of(call)
    declared = find_kind(call.programme.kind).bodies
    if BodyFunction.CONFERRING in named or (not named and BodyFunction.CONFERRING in declared):
        return BodyFunction.CONFERRING
    return judging_function_of(call)


def is_conferred(call: Call) -> bool:
    """Whether another body confirms what a panel or jury proposes."""
    return BodyFunction.CONFERRING in functions_of(call)


def presiding_on(day: dt.date) -> QuerySet[Mandate]:
    """The mandates of people who preside over a body on a day."""
    return mandates_on(day).filter(role__in=PRESIDING, person__isnull=False)


def is_panel_chair_of(account: Actor, call: Call, now: dt.datetime) -> bool:
    """Whether this person presides today over the panel or jury of the call."""
    return _presides(account, call, now, JUDGING)


def is_confirming_chair_of(account: Actor, call: Call, now: dt.datetime) -> bool:
    """Whether this person presides today over the body that confirms the selection."""
    functions = (BodyFunction.CONFERRING,) if is_conferred(call) else JUDGING
    return _presides(account, call, now, functions)


def _presides(
    account: Actor, call: Call, now: dt.datetime, functions: tuple[BodyFunction, ...]
) -> bool:
    if account.pk is None:
        return False
    found = presiding_on(alliance_day(now)).filter(
        person__account_id=account.pk,
        body__in_calls__call_id=call.pk,
        body__in_calls__function__in=functions,
    )
    return found.exists()


def calls_confirmed_by(account: Actor, now: dt.datetime) -> QuerySet[Call]:
    """Calls whose selections this person confirms today, as chair."""
    presided, conferred = _bodies_presided(account, alliance_day(now)), _conferred()
    confirms = Q(bodies__function=BodyFunction.CONFERRING) | Q(
        ~conferred, bodies__function__in=JUDGING
    )
    return Call.objects.filter(confirms, bodies__body_id__in=presided)


def calls_proposed_by(account: Actor, now: dt.datetime) -> QuerySet[Call]:
    """Calls whose selections this person proposes today to the body that confers, as chair of the
    panel or jury.
    """
    presided = _bodies_presided(account, alliance_day(now))
    return Call.objects.filter(
        _conferred(), bodies__function__in=JUDGING, bodies__body_id__in=presided
    )


def chair_condition(account: Actor, day: dt.date) -> Q:
    """Calls in which a body has a function over which this person presides on a day."""
    served = CallBody.objects.filter(body_id__in=_bodies_presided(account, day))
    return Q(pk__in=served.values("call_id"))


def _bodies_presided(account: Actor, day: dt.date) -> QuerySet[Mandate, int]:
    held = mandates_held(account, day).filter(role__in=PRESIDING)
    return held.values_list("body_id", flat=True)


def _conferred() -> Exists:
    conferring = CallBody.objects.filter(call_id=OuterRef("pk"), function=BodyFunction.CONFERRING)
    return Exists(conferring)
