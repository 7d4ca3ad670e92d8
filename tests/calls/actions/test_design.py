"""Changing a draft: words, dates, outcome, rubric, stages."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.calls import actions, queries
from anso.calls.models import Call
from anso.kernel.errors import BadInput, ProductError
from anso.kernel.terms import OutcomePart, PlaceReserve, Rubric
from anso.kernel.verdict import Refused
from anso.kernel.wording import Text
from anso.programmes.outcomes import Award, Prize
from tests.cast import Cast
from tests.factories.calls import make_call, make_programme

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


def dates_of(call: Call, **changed: object) -> actions.CallDates:
    return replace(actions.CallDates(call.opens_at, call.closes_at, call.zone), **changed)


def test_words_change_in_every_language_and_need_an_english_title(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    title, summary = {"en": "New", "ar": "جديد"}, {"en": "Short"}
    actions.change_call_text(call=draft, title=title, summary=summary, actor=officer, now=now)
    fresh = Call.objects.get(pk=draft.pk)
    assert (fresh.title, fresh.summary) == ({"ar": "جديد", "en": "New"}, {"en": "Short"})
    with pytest.raises(BadInput, match="English title"):
        actions.change_call_text(
            call=draft, title={"ar": "جديد"}, summary={}, actor=officer, now=now
        )


def test_later_stages_move_with_the_closing_day(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    before = {stage.key: stage for stage in queries.get_terms(draft).stages}
    actions.change_call_dates(
        call=draft,
        dates=dates_of(draft, closes_at=draft.closes_at + 10 * DAY),
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
        call=call, dates=dates_of(call, closes_at=call.closes_at + 10 * DAY), actor=officer, now=now
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
            call=draft, dates=dates_of(draft, **changed), actor=officer, now=now
        )
    assert Call.objects.get(pk=draft.pk).closes_at == draft.closes_at


def test_places_change_and_must_hold_together(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    part = queries.get_terms(draft).outcome

    def change(changed: OutcomePart, days: int = 21) -> None:
        rules = actions.OutcomeRules(changed, days)
        actions.change_outcome(call=draft, rules=rules, actor=officer, now=now)

    with pytest.raises(BadInput, match="fewer than its 200"):
        change(part.with_counts({"master-ucas": 10}))
    more = part.with_counts({"master-ucas": 150}).with_answers({"country_ceiling": "25"})
    change(more, 14)
    terms = queries.get_terms(Call.objects.get(pk=draft.pk))
    assert (terms.outcome.country_ceiling, terms.offer_days) == (25, 14)
    assert queries.count_places(terms) == 505
    for wrong, days, words in (
        (more.with_answers({"country_ceiling": "0"}), 14, "at least one"),
        (more, 0, "at least one day"),
        (Prize((Award("best", Text("Best")),)), 14, "follows from its programme"),
    ):
        with pytest.raises(BadInput, match=words):
            change(wrong, days)


def test_reserves_and_method_change_with_the_places_and_are_recorded(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    part = queries.get_terms(draft).outcome
    rules = actions.OutcomeRules(part.with_reserves((PlaceReserve("women", 100),)))
    actions.change_outcome(call=draft, rules=rules, actor=officer, now=now)
    terms = queries.get_terms(Call.objects.get(pk=draft.pk))
    assert (terms.outcome.reserves, terms.selection_method) == (
        (PlaceReserve("women", 100),),
        "rank_and_fill",
    )
    assert Entry.objects.get(verb="change_outcome").changes["selection_method"] == [
        "calibrated",
        "rank_and_fill",
    ]
    for wrong, words in (
        (
            replace(rules, outcome=part.with_reserves((PlaceReserve("women", 500),))),
            "more than the 500",
        ),
        (replace(rules, selection_method="astrology"), "no selection method “astrology”"),
    ):
        with pytest.raises(ProductError, match=words):
            actions.change_outcome(call=draft, rules=wrong, actor=officer, now=now)


def test_weights_of_a_rubric_sum_to_one(draft: Call, officer: Account, now: dt.datetime) -> None:
    rubric: Rubric = queries.get_terms(draft).rubric
    wrong = replace(
        rubric, criteria=(replace(rubric.criteria[0], weight=Decimal("0.9")), *rubric.criteria[1:])
    )
    with pytest.raises(BadInput, match="sum to"):
        actions.change_rubric(call=draft, rubric=wrong, actor=officer, now=now)
    with pytest.raises(BadInput, match="at least one review"):
        actions.change_rubric(
            call=draft, rubric=replace(rubric, reviews_each=0), actor=officer, now=now
        )
    actions.change_rubric(
        call=draft, rubric=replace(rubric, reviews_each=4), actor=officer, now=now
    )
    assert queries.get_terms(Call.objects.get(pk=draft.pk)).rubric.reviews_each == 4


def test_stages_may_not_end_before_they_begin(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    stages = queries.get_terms(draft).stages
    with pytest.raises(BadInput, match="ends before it begins"):
        actions.change_stages(
            call=draft,
            stages=(replace(stages[0], ends_on=stages[0].starts_on - DAY), *stages[1:]),
            actor=officer,
            now=now,
        )
    actions.change_stages(call=draft, stages=stages[:-1], actor=officer, now=now)
    assert len(queries.get_terms(Call.objects.get(pk=draft.pk)).stages) == len(stages) - 1


def test_saving_the_same_again_leaves_no_event(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    actions.change_call_dates(call=draft, dates=dates_of(draft), actor=officer, now=now)
    assert not Entry.objects.filter(verb="change_call_dates").exists()


def test_publication_freezes_the_design_for_everyone(cast: Cast, now: dt.datetime) -> None:
    call = make_call(officer=cast.programme_officer)
    for account in cast.everyone().values():
        with pytest.raises(Refused):
            actions.change_call_dates(call=call, dates=dates_of(call), actor=account, now=now)
    draft = make_call(state="draft", officer=cast.programme_officer)
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                actions.change_rubric(
                    call=draft, rubric=queries.get_terms(draft).rubric, actor=account, now=now
                )


def test_a_fault_that_was_there_before_does_not_stop_other_changes(
    draft: Call, officer: Account, now: dt.datetime
) -> None:
    draft.design["rubric"]["criteria"][0]["weight"] = "0.9"
    draft.save()
    stages = queries.get_terms(draft).stages
    actions.change_stages(
        call=draft,
        stages=(*stages[:-1], replace(stages[-1], ends_on=stages[-1].ends_on + DAY)),
        actor=officer,
        now=now,
    )
    assert any(
        "sum to" in str(fault) and fault.part == "rubric"
        for fault in queries.find_faults(draft, now)
    )
