"""Stages stand in the order of their days wherever they are listed, also after the days changed."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.wording import steps_ahead
from anso.calls.actions import Move, begin_amendment, change_stages, extend_step
from anso.calls.models import Call
from anso.calls.queries.amendments import standing_terms
from anso.calls.queries.steps import steps_of
from anso.kernel.errors import BadInput
from anso.kernel.periods import Deadline
from anso.kernel.terms import Stage
from anso.kernel.terms.order import in_order_of_days
from anso.kernel.terms.stages import STAGE_KINDS, with_stage
from anso.kernel.wording import both
from anso.programmes.catalogue import find_kind
from anso.ui.question_fields import sentence
from tests.calls.test_stages import DAY, fresh, keys, stage
from tests.factories.applications import make_submitted_application
from tests.factories.calls import YEAR, make_call
from tests.pages import squeezed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]
SECOND = both("Second meeting", "الاجتماع الثاني")


def change(call: Call, officer: Account, now: dt.datetime, **days: tuple[dt.date, dt.date]) -> None:
    held = fresh(call)
    change_stages(call=held, days=days, base_revision=held.revision, actor=officer, now=now)


def test_a_stage_that_is_dated_before_another_stands_before_it(
    ana: Client, draft: Call, officer: Account, now: dt.datetime
) -> None:
    assert keys(draft).index("interviews") > keys(draft).index("review")
    first = stage(draft, "review").starts_on - DAY
    change(draft, officer, now, interviews=(first, first + 2 * DAY))
    assert keys(draft).index("interviews") == keys(draft).index("review") - 1
    assert [each.key for each in steps_of(fresh(draft))] == keys(draft)
    listed = squeezed(ana.get(f"/desk/calls/{draft.reference}/timeline/"))
    assert listed.index("starts-interviews") < listed.index("starts-review")


def test_a_stage_before_what_it_needs_is_refused_with_its_name(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    before, first = keys(draft), stage(draft, "review").starts_on
    with pytest.raises(BadInput) as refusal:
        change(draft, officer, now, panel=(first - DAY, first - DAY))
    said = sentence(refusal.value.message)
    assert said.startswith("“Panel meeting” begins before “Review” is over")
    assert keys(draft) == before


def test_the_window_stays_first_and_equals_stay_as_they_stood(draft: Call) -> None:
    stages = list(in_order_of_days([stage(draft, key) for key in keys(draft)]))
    assert [each.key for each in stages] == keys(draft)
    early = stages[0].starts_on
    moved = [stages[0], *(stages[2], stages[1])]
    assert in_order_of_days(moved)[0].starts_on == early
    assert in_order_of_days([]) == []


def test_a_meeting_that_is_put_off_behind_another_stands_behind_it_everywhere(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    terms = find_kind("fellowship").terms_for(YEAR)
    first = next(each for each in terms.stages if each.key == "panel")
    day = first.ends_on + DAY
    later = Stage("second", "panel", SECOND, day, day)
    call = make_call(terms=with_stage(terms, later, STAGE_KINDS["panel"]), officer=officer)
    application = make_submitted_application(call)
    second, ends_on = "second", day
    order = [each.key for each in steps_of(fresh(call))]
    assert order.index("panel") < order.index(second)
    panel = fresh(call).steps.get(key="panel")
    until = Deadline.at_end_of(ends_on + 5 * DAY, call.zone).closes_at
    extend_step(
        move=Move(panel, until, "The hall is taken."), base_revision=fresh(call).revision,
        actor=officer, now=now,
    )  # fmt: skip
    order = [each.key for each in steps_of(fresh(call))]
    assert order.index(second) < order.index("panel")
    public = Client().get(f"/calls/{call.slug}/").content.decode()
    assert public.rindex("Second meeting") < public.rindex("Panel meeting")
    ahead = [str(each) for each in steps_ahead(application, now)]
    named = [each for each in ahead if "meeting" in each]
    assert ["Second" in each for each in named] == [True, False], "what happens next says so too"
    begin_amendment(call=fresh(call), actor=officer, now=now)
    terms = standing_terms(fresh(call))
    assert [each.key for each in terms.stages] == order
