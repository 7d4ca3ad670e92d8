"""Changing a draft: words, dates, outcome, rubric, stages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Unpack

import pytest

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.calls import actions, queries
from anso.calls.models import Call
from anso.kernel.drafts import Disputed, TwoTexts
from anso.kernel.errors import BadInput, ProductError
from anso.kernel.terms import PlaceReserve, Terms
from anso.kernel.verdict import Refused
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme
from tests.locks import locks_first

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def dates_of(call: Call, **changed: object) -> actions.CallDates:
    return replace(actions.CallDates(call.opens_at, call.closes_at, call.zone), **changed)


def test_words_change_in_every_language_and_need_an_english_title(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    title, summary = {"en": "New", "ar": "جديد"}, {"en": "Short"}
    before = draft.summary["ar"]

    def change(title: dict[str, str], summary: dict[str, str]) -> None:
        actions.change_call_text(
            call=draft,
            title=title,
            summary=summary,
            base_revision=draft.revision,
            actor=officer,
            now=now,
        )

    change(title, summary)
    fresh = Call.objects.get(pk=draft.pk)
    assert (fresh.title, fresh.summary) == (
        {"ar": "جديد", "en": "New"},
        {"ar": before, "en": "Short"},
    )
    change({"fr": "Nouveau"}, {"ar": ""})
    fresh.refresh_from_db()
    assert (fresh.title["fr"], fresh.summary) == ("Nouveau", {"en": "Short"})
    with pytest.raises(BadInput, match="English title"):
        change({"en": " "}, {})
    with pytest.raises(BadInput) as refused:
        change({"en": "x" * 201}, {})
    assert refused.value.message.code == "too_long"
    told = "“Title”: use at most 200 characters; you have 201, 1 too many."
    assert str(refused.value.message) == told


def test_later_stages_move_with_the_closing_day(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    before = {stage.key: stage for stage in queries.get_terms(draft).stages}
    actions.change_call_dates(
        call=draft,
        dates=dates_of(draft, closes_at=draft.closes_at + 10 * DAY),
        base_revision=0,
        actor=officer,
        now=now,
    )
    after = {stage.key: stage for stage in queries.get_terms(Call.objects.get(pk=draft.pk)).stages}
    assert after["applications"].ends_on == before["applications"].ends_on + 10 * DAY
    assert after["review"].starts_on == before["review"].starts_on + 10 * DAY
    assert (
        Entry.objects.filter(verb="change_call_dates")
        .get()
        .changes["closes_at"][1]
        .startswith("2027-02-25")
    )


def test_a_second_time_for_handing_in_is_a_stage_of_its_own_and_not_the_window(
    officer: Account, now: dt.datetime
) -> None:
    call = actions.create_call(
        programme=make_programme("collaborative_research"),
        edition=actions.Edition(2027),
        actor=officer,
        now=now,
    )
    before = {stage.key: stage for stage in queries.get_terms(call).stages}
    actions.change_call_dates(
        call=call,
        dates=dates_of(call, closes_at=call.closes_at + 10 * DAY),
        base_revision=0,
        actor=officer,
        now=now,
    )
    call.refresh_from_db()
    after = {stage.key: stage for stage in queries.get_terms(call).stages}
    assert after["outlines"].ends_on == before["outlines"].ends_on + 10 * DAY
    assert after["full_proposals"].starts_on == before["full_proposals"].starts_on + 10 * DAY
    told = {str(event["title"]): event for event in queries.timeline_of(call, now)}
    assert (
        told["Full proposals"]["starts_on"]
        < told["Full proposals"]["ends_on"]
        == after["full_proposals"].ends_on
    )


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"zone": "Mars/Olympus"}, "time zone"),
        ({"closes_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)}, "after it opens"),
        (
            {
                "opens_at": dt.datetime(2025, 1, 1, tzinfo=dt.UTC),
                "closes_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC),
            },
            "in the past",
        ),
    ],
)
def test_impossible_dates_are_refused_in_words(
    draft: Call, officer: Account, now: dt.datetime, changed: dict[str, object], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        actions.change_call_dates(
            call=draft,
            dates=dates_of(draft, **changed),
            base_revision=0,
            actor=officer,
            now=now,
        )
    assert Call.objects.get(pk=draft.pk).closes_at == draft.closes_at


def test_places_change_and_must_hold_together(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    def change(**changes: Unpack[actions.OutcomeChanges]) -> None:
        actions.change_outcome(
            call=draft, changes=changes, base_revision=draft.revision, actor=officer, now=now
        )

    counts = {
        node.key: node.capacity
        for node in queries.get_terms(draft).outcome.tree()
        if node.key in queries.get_terms(draft).outcome.counted()
    }
    with pytest.raises(BadInput, match="fewer than its 200"):
        change(counts=counts | {"master-ucas": 10})
    change(counts=counts | {"master-ucas": 150}, answers={"country_ceiling": "25"}, offer_days=14)
    terms = queries.get_terms(Call.objects.get(pk=draft.pk))
    assert (terms.outcome.country_ceiling, terms.offer_days) == (25, 14)
    assert queries.count_places(terms) == 505
    with pytest.raises(BadInput, match="at least one"):
        change(answers={"country_ceiling": "0"})
    with pytest.raises(BadInput, match="at least one day"):
        change(offer_days=0)


def test_reserves_and_method_change_with_the_places_and_are_recorded(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    def change(**changes: Unpack[actions.OutcomeChanges]) -> None:
        actions.change_outcome(
            call=draft, changes=changes, base_revision=draft.revision, actor=officer, now=now
        )

    change(reserves=(PlaceReserve("women", 100),), selection_method="rank_and_fill")
    terms = queries.get_terms(Call.objects.get(pk=draft.pk))
    assert (terms.outcome.reserves, terms.selection_method) == (
        (PlaceReserve("women", 100),),
        "rank_and_fill",
    )
    assert Entry.objects.get(verb="change_outcome").changes["selection_method"] == [
        "calibrated",
        "rank_and_fill",
    ]
    with pytest.raises(ProductError, match="more than the 500"):
        change(reserves=(PlaceReserve("women", 500),))
    with pytest.raises(ProductError, match="no selection method “astrology”"):
        change(selection_method="astrology")


def test_weights_of_a_rubric_sum_to_one(draft: Call, officer: Account, now: dt.datetime) -> None:
    def change(**changes: Unpack[actions.RubricChanges]) -> None:
        actions.change_rubric(
            call=draft, changes=changes, base_revision=draft.revision, actor=officer, now=now
        )

    first, *others = queries.get_terms(draft).rubric.criteria
    with pytest.raises(BadInput, match="sum to"):
        change(criteria=(replace(first, weight=Decimal("0.9")), *others))
    with pytest.raises(BadInput, match="at least one review"):
        change(reviews_each=0)
    change(reviews_each=4, scale=(0, 9))
    rubric = queries.get_terms(Call.objects.get(pk=draft.pk)).rubric
    assert (rubric.reviews_each, rubric.scale_lowest, rubric.scale_highest) == (4, 0, 9)


def test_stages_may_not_end_before_they_begin(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    stages = queries.get_terms(draft).stages
    first, last = stages[0], stages[-1]
    with pytest.raises(BadInput, match="ends before it begins"):
        actions.change_stages(
            call=draft,
            days={first.key: (first.starts_on, first.starts_on - DAY)},
            base_revision=0,
            actor=officer,
            now=now,
        )
    actions.change_stages(
        call=draft,
        days={last.key: (last.starts_on, last.ends_on + DAY)},
        base_revision=0,
        actor=officer,
        now=now,
    )
    after = queries.get_terms(Call.objects.get(pk=draft.pk)).stages
    assert after == (*stages[:-1], replace(last, ends_on=last.ends_on + DAY))


def test_saving_the_same_again_leaves_no_event(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    actions.change_call_dates(
        call=draft, dates=dates_of(draft), base_revision=0, actor=officer, now=now
    )
    assert not Entry.objects.filter(verb="change_call_dates").exists()
    assert Call.objects.get(pk=draft.pk).revision == 0


def test_publication_freezes_the_design_for_everyone(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    for account in cast.everyone().values():
        with pytest.raises(Refused):
            actions.change_call_dates(
                call=call, dates=dates_of(call), base_revision=0, actor=account, now=now
            )
    draft = make_call(state="draft", officer=cast.programme_officer)
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                actions.change_rubric(
                    call=draft, changes={}, base_revision=0, actor=account, now=now
                )


def test_a_fault_that_was_there_before_does_not_stop_other_changes(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    draft.design["rubric"]["criteria"][0]["weight"] = "0.9"
    draft.save()
    stages = queries.get_terms(draft).stages
    actions.change_stages(
        call=draft,
        days={stages[-1].key: (stages[-1].starts_on, stages[-1].ends_on + DAY)},
        base_revision=0,
        actor=officer,
        now=now,
    )
    assert any(
        "sum to" in str(fault) and fault.part == "rubric"
        for fault in queries.find_faults(draft, now)
    )


def read_twice(draft: Call) -> tuple[Call, Call]:
    """The same call as two officers hold it, each read before the other saves."""
    ours, theirs = (Call.objects.get(pk=draft.pk) for _ in range(2))
    return ours, theirs


def terms_of(draft: Call) -> Terms:
    return queries.get_terms(Call.objects.get(pk=draft.pk))


def test_what_one_officer_saves_is_not_undone_by_another_who_read_the_call_before(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    ours, theirs = read_twice(draft)
    actions.change_outcome(
        call=theirs, changes={"offer_days": 9}, base_revision=0, actor=officer, now=now
    )
    actions.change_rubric(
        call=ours, changes={"reviews_each": 5}, base_revision=0, actor=officer, now=now
    )
    assert (terms_of(draft).offer_days, terms_of(draft).rubric.reviews_each) == (9, 5)
    assert Call.objects.get(pk=draft.pk).revisions == {"offer_days": 1, "reviews_each": 2}


def test_a_part_that_another_officer_changed_is_refused_with_both_and_nothing_is_written(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    ours, theirs = read_twice(draft)
    actions.change_outcome(
        call=theirs, changes={"offer_days": 9}, base_revision=0, actor=officer, now=now
    )
    with pytest.raises(Disputed) as refusal:
        actions.change_outcome(
            call=ours,
            changes={"offer_days": 12, "selection_method": "rank_and_fill"},
            base_revision=0,
            actor=officer,
            now=now,
        )
    assert refusal.value.parts == {"offer_days": TwoTexts(12, 9)}
    assert (terms_of(draft).offer_days, terms_of(draft).selection_method) == (9, "calibrated")


def test_days_that_moved_with_the_window_count_as_changed(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    ours, theirs = read_twice(draft)
    stage = queries.get_terms(draft).stages[-1]
    actions.change_call_dates(
        call=theirs,
        dates=dates_of(draft, closes_at=draft.closes_at + 10 * DAY),
        base_revision=0,
        actor=officer,
        now=now,
    )
    with pytest.raises(Disputed) as refusal:
        actions.change_stages(
            call=ours,
            days={stage.key: (stage.starts_on, stage.ends_on + DAY)},
            base_revision=0,
            actor=officer,
            now=now,
        )
    assert set(refusal.value.parts) == {f"stage-{stage.key}"}


def test_a_window_is_moved_from_where_it_stands_and_not_from_where_it_was_read(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    ours, theirs = read_twice(draft)
    before = queries.get_terms(draft).stages[-1].ends_on
    for call, days, base in ((theirs, 10, 0), (ours, 3, 1)):
        actions.change_call_dates(
            call=call,
            dates=dates_of(draft, closes_at=draft.closes_at + days * DAY),
            base_revision=base,
            actor=officer,
            now=now,
        )
    assert terms_of(draft).stages[-1].ends_on == before + 3 * DAY


def test_a_part_is_changed_under_the_lock_of_its_call(cast: Cast, now: dt.datetime) -> None:
    """Two officers at once are in ``test_races``; this holds the lock every time."""
    officer = cast.programme_officer
    draft = make_call(state="draft", officer=officer)
    assert locks_first(
        "calls_call",
        lambda: actions.change_rubric(
            call=draft, changes={"reviews_each": 5}, base_revision=0, actor=officer, now=now
        ),
        before="calls_call",
    )
