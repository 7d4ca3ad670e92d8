"""Membership is periods and events: nothing is overwritten, and every day can be asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.utils import ProgrammingError

from anso.audit.queries import entries_about
from anso.governance import actions
from anso.governance.models import Membership, MembershipEvent
from anso.governance.queries import get_member_for, members_on, standing_of
from anso.governance.rules import may_change_membership, may_read_standing_reasons
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.standing import Standing
from anso.kernel.verdict import Refused
from tests.cast import Cast
from tests.factories.directory import make_organisation
from tests.factories.governance import LONG_AGO, NOW, make_body, make_mandate, make_membership

pytestmark = pytest.mark.django_db
GOOD, SUSPENDED, NONE = Standing.GOOD, Standing.SUSPENDED, Standing.NONE


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def act(verb: Callable[..., Any], membership: Membership, on: str, **facts: Any) -> Any:
    defaults = {"because": f"{verb.__name__} by the Board.", "actor": SETUP, "now": NOW}
    return verb(membership=membership, on=day(on), **(defaults | facts))


@pytest.fixture
def member() -> Membership:
    return make_membership(make_organisation(name="Example Academy"))


def standing(membership: Membership, on: str) -> Standing:
    organisation = get_member_for(membership.organisation.reference)
    return standing_of(organisation.memberships.all(), day(on)).standing


def test_a_member_leaves_and_comes_back_and_every_day_stays_known(member: Membership) -> None:
    act(actions.suspend_member, member, "2022-04-01", because="Dues of 2021 are unpaid.")
    act(actions.waive_suspension, member, "2022-06-01", until=day("2022-09-01"))
    act(actions.restore_member, member, "2022-10-15")
    act(actions.end_membership, member, "2023-01-01", because="It gave notice.")
    back = actions.admit_member(
        organisation=member.organisation,
        category="full",
        on=day("2025-05-01"),
        source="Fourth Assembly",
        actor=SETUP,
        now=NOW,
    )
    days = {
        "2018-12-31": NONE,
        "2019-01-01": GOOD,
        "2022-04-01": SUSPENDED,
        "2022-08-31": GOOD,
        "2022-09-01": SUSPENDED,
        "2022-10-15": GOOD,
        "2022-12-31": GOOD,
        "2023-01-01": NONE,
        "2025-04-30": NONE,
        "2025-05-01": GOOD,
    }
    assert {on: standing(member, on) for on in days} == days
    assert back.number == member.number, "it has its number again"
    assert [each.pk for each in members_on(day("2024-01-01"))] == []
    assert [each.pk for each in members_on(day("2026-01-01"))] == [back.pk]
    found = standing_of(get_member_for(member.organisation.reference).memberships.all(), NOW.date())
    assert found.decided_by is not None
    assert (found.decided_by.source, found.category) == ("Fourth Assembly", "full")
    assert [entry.verb for entry in entries_about(member)] == [
        "admit_member",
        "suspend_member",
        "waive_suspension",
        "restore_member",
        "end_membership",
    ]


def test_the_reason_is_a_fact_of_the_standing(member: Membership) -> None:
    suspension = act(actions.suspend_member, member, "2022-04-01", because="Dues are unpaid.")
    waiver = act(actions.waive_suspension, member, "2022-06-01", because="Hardship.")
    (read,) = members_on(NOW.date())
    found = standing_of([read], day("2022-05-01"))
    assert (found.decided_by, found.since) == (suspension, day("2022-04-01"))
    found = standing_of([read], day("2022-06-01"))
    assert (found.decided_by, found.lifted) == (waiver, suspension)


def test_a_category_changes_from_a_day_on(member: Membership) -> None:
    act(actions.change_member_category, member, "2022-01-01", category="founding")
    (read,) = members_on(NOW.date())
    on = [standing_of([read], day(each)).category for each in ("2021-12-31", "2022-01-01")]
    assert on == ["full", "founding"]
    with pytest.raises(BadInput, match="already"):
        act(actions.change_member_category, member, "2022-02-01", category="founding")
    with pytest.raises(BadInput, match="no category"):
        act(actions.change_member_category, member, "2022-02-01", category="royal")


def test_a_wrong_record_is_revoked_and_stays_to_be_read(member: Membership) -> None:
    wrong = act(actions.suspend_member, member, "2022-04-01")
    revoke = {"because": "It was another member.", "actor": SETUP, "now": NOW}
    revocation = actions.revoke_membership_event(event=wrong, **revoke)
    assert standing(member, "2022-05-01") is GOOD
    assert set(member.events.all()) >= {wrong, revocation}
    for event in (wrong, revocation, member.events.get(kind="admitted")):
        with pytest.raises(BadInput, match="revoked"):
            actions.revoke_membership_event(event=event, **revoke)


def test_an_end_that_is_revoked_opens_the_membership_again(member: Membership) -> None:
    ended = act(actions.end_membership, member, "2023-01-01")
    revoke = {"because": "The notice was withdrawn.", "actor": SETUP, "now": NOW}
    actions.revoke_membership_event(event=ended, **revoke)
    assert standing(member, "2024-01-01") is GOOD
    assert [each.pk for each in members_on(day("2024-01-01"))] == [member.pk]
    again = act(actions.end_membership, member, "2024-01-01", is_expelled=True)
    make_membership(member.organisation, on=day("2025-01-01"))
    with pytest.raises(BadInput, match="came back"):
        actions.revoke_membership_event(event=again, **revoke)


@pytest.mark.parametrize(
    ("verb", "on", "facts", "words"),
    [
        (actions.suspend_member, "2018-12-31", {}, "no member on that day"),
        (actions.end_membership, "2019-01-01", {}, "no member on that day"),
        (actions.suspend_member, "2022-01-01", {"until": day("2022-01-01")}, "later than it"),
        (actions.suspend_member, "2022-01-01", {"because": "  "}, "Say why"),
        (actions.restore_member, "2022-01-01", {}, "not suspended"),
        (actions.waive_suspension, "2022-01-01", {}, "not suspended"),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    member: Membership, verb: Callable[..., Any], on: str, facts: dict[str, Any], words: str
) -> None:
    with pytest.raises(BadInput, match=words):
        act(verb, member, on, **facts)
    assert member.events.count() == 1


def test_an_ended_membership_takes_no_further_record(member: Membership) -> None:
    act(actions.end_membership, member, "2023-01-01")
    with pytest.raises(BadInput, match="ended already"):
        act(actions.end_membership, member, "2022-01-01")
    with pytest.raises(BadInput, match="no member on that day"):
        act(actions.suspend_member, member, "2023-01-01")
    act(actions.suspend_member, member, "2022-12-31")
    assert standing(member, "2022-12-31") is SUSPENDED, "what happened before can still be recorded"


def test_admission_refuses_who_is_a_member_and_numbers_of_others(member: Membership) -> None:
    with pytest.raises(BadInput, match="a member then already"):
        make_membership(member.organisation, on=day("2018-01-01"))
    other = make_organisation()
    with pytest.raises(BadInput, match="belongs to another"):
        make_membership(other, number=member.number)
    assert make_membership(other).number == member.number + 1
    act(actions.end_membership, member, "2023-01-01")
    with pytest.raises(BadInput, match="has the number"):
        make_membership(member.organisation, on=day("2024-01-01"), number=99)


@pytest.mark.parametrize(
    "changes",
    [
        {"period": DateRange(day("2022-01-01"), None)},
        {"period": DateRange(None, day("2010-01-01"))},
        {"period": DateRange(day("2010-01-01"), day("2010-01-01"))},
    ],
)
def test_the_database_refuses_overlaps_and_periods_without_a_beginning(
    member: Membership, changes: dict[str, Any]
) -> None:
    row = {"organisation": member.organisation, "number": member.number} | changes
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(**row)
    end = DateRange(day("2010-01-01"), LONG_AGO)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            organisation=make_organisation(), number=member.number, period=end
        )
    Membership.objects.create(organisation=member.organisation, number=member.number, period=end)


def test_the_database_refuses_to_change_or_delete_what_was_recorded(member: Membership) -> None:
    event = act(actions.suspend_member, member, "2022-04-01")
    for change in (
        lambda: MembershipEvent.objects.filter(pk=event.pk).update(because="Nothing happened."),
        lambda: MembershipEvent.objects.filter(pk=event.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="append-only"), transaction.atomic():
            change()
    with connection.cursor() as cursor:
        cursor.execute("SELECT because FROM governance_membershipevent WHERE id = %s", [event.pk])
        assert cursor.fetchone() == (event.because,)


def test_the_executive_director_records_and_nobody_else(cast: Cast, member: Membership) -> None:
    make_mandate(cast.stranger.person, "executive_director", make_body("secretariat"))
    allowed = {
        role for role, account in cast.everyone().items() if may_change_membership(account, NOW)
    }
    assert allowed == {"stranger"}
    act(actions.suspend_member, member, "2022-04-01", actor=cast.stranger)
    for verb in (actions.suspend_member, actions.restore_member, actions.end_membership):
        with pytest.raises(Refused, match="Executive Director"):
            act(verb, member, "2022-05-01", actor=cast.programme_officer)
    with pytest.raises(Refused, match="Executive Director"):
        make_membership(make_organisation(), actor=cast.members_delegate)
    with pytest.raises(Refused, match="Executive Director"):
        actions.revoke_membership_event(
            event=member.events.latest("id"), because="x", actor=cast.auditor, now=NOW
        )


def test_reasons_are_read_by_the_member_the_secretariat_and_auditors(cast: Cast) -> None:
    delegate = cast.members_delegate.person.mandates.get()
    own, other = delegate.organisation, make_organisation()

    def readers(organisation: Any) -> set[str]:
        return {
            role
            for role, account in cast.everyone().items()
            if may_read_standing_reasons(account, organisation, NOW)
        }

    assert readers(other) == {"programme_officer", "auditor"}
    assert readers(own) == {"programme_officer", "auditor", "members_delegate"}
    delegate.ends_on = NOW.date()
    delegate.save()
    assert readers(own) == readers(other)
    assert may_read_standing_reasons(SETUP, other, NOW)
