"""Several calls of a programme in a year, and calls under another call or under a proposal that was
selected there: how they are opened, named apart, and what is refused.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
import time_machine
from django.test import Client

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.awards.actions import decline_offer
from anso.calls.actions import (
    Edition,
    Parent,
    cancel_call,
    change_call_text,
    change_parent,
    create_call,
    publish_call,
)
from anso.calls.models import Call
from anso.calls.queries import find_faults, free_round_of, selected_proposals_of
from anso.kernel.drafts import Disputed
from anso.kernel.errors import BadInput
from anso.kernel.finding import find_everywhere
from anso.kernel.terms import EntryKind
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import KINDS
from tests.cast import Cast
from tests.factories.awards import holder_of, make_offered
from tests.factories.calls import NOW, YEAR, make_call, make_programme
from tests.factories.decisions import SELECTED, Contest, make_contest, make_officer, small_terms

pytestmark = pytest.mark.django_db
NEW = "/desk/calls/new/"


@pytest.fixture
def officer() -> Account:
    return make_officer()


@pytest.fixture
def desk(client: Client, officer: Account) -> object:
    make_programme()
    client.force_login(officer)
    with time_machine.travel(NOW, tick=False):
        yield client


@pytest.fixture
def research() -> Contest:
    """A call for proposals of which two were selected and offered."""
    terms = replace(small_terms(2), entry=EntryKind.PROPOSAL)
    contest = make_contest((6, 5, 4), terms=terms)
    make_offered(contest)
    return contest


def make_draft(officer: Account, letter: str = "", **fields: object) -> Call:
    edition = Edition(YEAR, round=letter, **fields)  # type: ignore[arg-type]
    return create_call(programme=make_programme(), edition=edition, actor=officer, now=NOW)


def put_under(call: Call, parent: Parent | None, officer: Account) -> Call:
    return change_parent(
        call=call, parent=parent, base_revision=call.revision, actor=officer, now=NOW
    )


def faults(call: Call, now: dt.datetime = NOW) -> list[str]:
    return [fault.code for fault in find_faults(Call.objects.get(pk=call.pk), now)]


def page_at(client: Client, call: Call) -> str:
    return client.get(f"/desk/calls/{call.reference}/edition/").content.decode()


# A further round.


def test_a_further_round_is_opened_by_its_page_and_named_apart_everywhere(
    desk: Client, officer: Account
) -> None:
    first = make_draft(officer)
    page = page_at(desk, first)
    address = f"{NEW}?programme=fellowship&amp;year={YEAR}&amp;round=B"
    assert f'href="{address}"' in page
    form = desk.get(address.replace("&amp;", "&")).content.decode()
    assert 'value="B"' in form
    assert 'value="fellowship" checked' in form
    made = desk.post(NEW, {"programme": "fellowship", "year": str(YEAR), "round": "b"})
    second = Call.objects.get(round="B")
    assert made["Location"] == f"/desk/calls/{second.reference}/"
    assert second.title["en"] == "Fellowship for Young Talents 2027, round B"
    assert second.title["ar"].endswith("2027، الجولة B")
    assert (second.slug, second.number_prefix) == ("fellowship-2027-b", "FB27")
    assert second.title["en"] in desk.get("/desk/").content.decode()
    assert second.title["en"] in page_at(desk, first)
    found = dict(find_everywhere(officer, "round B", NOW))
    assert [each.title for things in found.values() for each in things] == [second.title["en"]]
    publish_call(call=second, actor=officer, now=NOW)
    assert second.title["en"] in desk.get("/calls/").content.decode()
    terms = second.terms.get().body["call"]
    assert (terms["round"], terms["parent"], terms["proposal"]) == ("B", "", "")


def test_a_second_click_is_led_to_the_call_that_the_first_one_made(desk: Client) -> None:
    posted = {"programme": "fellowship", "year": str(YEAR), "round": "B"}
    desk.post(NEW, posted)
    again = desk.post(NEW, posted)
    made, page = Call.objects.get(), again.content.decode()
    assert again.status_code == 422
    assert "for 2027 already: FB27" in page
    assert "such as C" in page
    assert f'href="/desk/calls/{made.reference}/"' in page
    assert 'value="B"' in page


def test_whoever_does_not_work_on_the_other_call_is_not_led_to_it(desk: Client, cast: Cast) -> None:
    other = make_draft(cast.programme_officer)
    page = desk.post(NEW, {"programme": "fellowship", "year": str(YEAR)}).content.decode()
    assert "already: F27" in page
    assert other.reference not in page
    assert other.reference not in page_at(desk, make_draft(make_officer_of(desk), "C"))


def make_officer_of(client: Client) -> Account:
    return Account.objects.get(pk=client.session["_auth_user_id"])


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"round": "BB"}, "one letter"),
        ({"parent": "unknown"}, "Choose a call that you work on"),
        ({"opens_on": "2027-02-02", "closes_on": "2027-01-01"}, "must close after it opens"),
        ({"year": "1999"}, "near this one"),
        ({"programme": "nothing"}, "Choose a programme."),
    ],
)
def test_what_cannot_be_is_told_and_everything_typed_stays(
    desk: Client, typed: dict[str, str], told: str
) -> None:
    posted = {"programme": "fellowship", "year": str(YEAR), "round": "D"} | typed
    answer = desk.post(NEW, posted)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert f'value="{posted["round"]}"' in page
    assert f'value="{posted["year"]}"' in page
    assert not Call.objects.exists()


def test_a_letter_whose_numbers_another_programme_has_is_not_proposed(officer: Account) -> None:
    make_call(number_prefix="FB27")
    assert free_round_of(make_programme(), YEAR) == "C"
    with pytest.raises(BadInput, match="would begin with FB27"):
        make_draft(officer, "B")


def test_a_year_has_no_more_rounds_than_letters(officer: Account) -> None:
    for letter in ("", *"BCDEFGHIJKLMNOPQRSTUVWXYZ"):
        make_call(number_prefix=f"F{letter}27")
    assert free_round_of(make_programme(), YEAR) == ""
    with pytest.raises(BadInput, match="No letter is left"):
        make_draft(officer, "B")


def test_two_calls_are_never_called_alike(officer: Account) -> None:
    first, second = make_draft(officer), make_draft(officer, "B")
    for title in (first.title["en"], f" {first.title['en'].upper()}"):
        with pytest.raises(BadInput, match="F27 is called"):
            rename(second, {"en": title}, officer)
    with pytest.raises(BadInput, match="F27 is called"):
        rename(second, {"ar": first.title["ar"]}, officer)
    rename(second, {"en": "Fellowship for Young Talents 2027, autumn"}, officer)
    Call.objects.filter(pk=second.pk).update(title=first.title)
    assert "same_title" in faults(second)
    with pytest.raises(BadInput, match="is called"):
        publish_call(call=Call.objects.get(pk=second.pk), actor=officer, now=NOW)


def rename(call: Call, title: dict[str, str], officer: Account) -> Call:
    return change_call_text(
        call=call,
        title=title,
        summary={},
        base_revision=call.revision,
        actor=officer,
        now=NOW,
    )


# A part of another call.


def test_a_part_is_opened_under_a_call_and_both_lead_to_each_other(
    desk: Client, officer: Account
) -> None:
    whole = make_draft(officer)
    page = page_at(desk, whole)
    assert f"parent={whole.reference}" in page
    posted = {"programme": "fellowship", "year": str(YEAR), "round": "B"}
    desk.post(NEW, posted | {"parent": whole.reference})
    part = Call.objects.get(parent=whole)
    assert part.title["en"] in page_at(desk, whole)
    assert whole.title["en"] in page_at(desk, part)
    assert "parent_draft" in faults(part)
    for call in (whole, part):
        publish_call(call=Call.objects.get(pk=call.pk), actor=officer, now=NOW)
    desk.logout()
    assert part.title["en"] in desk.get(f"/calls/{whole.slug}/").content.decode()
    public = desk.get(f"/calls/{part.slug}/").content.decode()
    assert "Part of" in public
    assert f'href="/calls/{whole.slug}/"' in public
    assert f"Part of {whole.title['en']}." in desk.get("/calls/").content.decode()


def test_a_part_that_is_still_a_draft_is_not_shown_to_the_public(
    client: Client, officer: Account
) -> None:
    whole = make_draft(officer)
    part = make_draft(officer, "B", parent=whole)
    publish_call(call=whole, actor=officer, now=NOW)
    assert part.title["en"] not in client.get(f"/calls/{whole.slug}/").content.decode()


def test_a_parent_of_another_programme_is_refused_unless_the_kind_names_it(
    officer: Account,
) -> None:
    prize = make_call(make_programme("prize"), officer=officer)
    with pytest.raises(BadInput, match="of another programme"):
        make_draft(officer, parent=prize)
    research = make_call(make_programme("collaborative_research"), officer=officer)
    assert make_draft(officer, parent=research).parent == research
    known = {code for kind in KINDS.values() for code in kind.parts_of}
    assert known <= set(KINDS)


def test_a_circle_is_refused_however_long_it_is(officer: Account) -> None:
    calls = [make_draft(officer, letter) for letter in ("", "B", "C")]
    for below, above in zip(calls[1:], calls, strict=False):
        put_under(below, Parent(above), officer)
    for above in calls:
        with pytest.raises(BadInput, match="itself a part of this call"):
            put_under(calls[0], Parent(above), officer)
    assert Call.objects.get(pk=calls[0].pk).parent is None


def test_a_closed_and_a_cancelled_call_take_no_parts(desk: Client, officer: Account) -> None:
    past = NOW - dt.timedelta(days=1)
    over = make_call(officer=officer, closes_at=past, title={"en": "One that is over"})
    gone = make_call(officer=officer, state="cancelled", title={"en": "One that is gone"})
    draft = make_draft(officer)
    for parent, reason in ((over, "parent_closed"), (gone, "parent_cancelled")):
        with pytest.raises(Refused) as refusal:
            put_under(draft, Parent(parent), officer)
        assert [each.code for each in refusal.value.verdict.reasons] == [reason]
    page = page_at(desk, draft)
    assert not any(f'value="{call.reference}"' in page for call in (over, gone))
    assert "Open a part of this call" not in page_at(desk, over)
    posted = {"programme": "fellowship", "year": "2028", "parent": over.reference}
    answer = desk.post(NEW, posted)
    assert answer.status_code == 422
    assert "takes no parts any more" in answer.content.decode()
    here = f"/desk/calls/{draft.reference}/edition/"
    answer = desk.post(here, {"parent": over.reference})
    assert answer.status_code == 422
    assert "takes no parts any more" in answer.content.decode()
    assert Call.objects.get(pk=draft.pk).parent is None


def test_a_call_of_colleagues_is_no_parent_and_its_name_is_not_told(
    desk: Client, officer: Account, cast: Cast
) -> None:
    theirs = make_draft(cast.programme_officer)
    draft = make_draft(officer, "B")
    with pytest.raises(Refused):
        put_under(draft, Parent(theirs), officer)
    answer = desk.post(f"/desk/calls/{draft.reference}/edition/", {"parent": theirs.reference})
    assert answer.status_code == 422
    assert theirs.title["en"] not in answer.content.decode().replace(draft.title["en"], "")


def test_the_parent_is_changed_and_taken_away_by_the_page_with_an_entry_in_the_record(
    desk: Client, officer: Account
) -> None:
    whole, draft = make_draft(officer), make_draft(officer, "B")
    here = f"/desk/calls/{draft.reference}/edition/"
    assert desk.post(here, {"parent": whole.reference}).status_code == 302
    assert f'value="{whole.reference}" selected' in page_at(desk, draft)
    assert desk.post(here, {"parent": whole.reference}).status_code == 302
    assert desk.post(here, {"parent": ""}).status_code == 302
    assert desk.post(here, {}).status_code == 302
    changes = [entry.changes for entry in Entry.objects.filter(verb="change_parent").order_by("id")]
    assert changes == [{"parent": [None, "F27"]}, {"parent": ["F27", None]}]


def test_two_officers_who_put_a_call_elsewhere_see_both(desk: Client, officer: Account) -> None:
    first, second, draft = (make_draft(officer, letter) for letter in ("", "B", "C"))
    opened = Call.objects.get(pk=draft.pk).revision
    put_under(draft, Parent(first), officer)
    with pytest.raises(Disputed):
        change_parent(
            call=draft, parent=Parent(second), base_revision=opened, actor=officer, now=NOW
        )
    posted = {"parent": second.reference, "revision": str(opened), "marks": "{}"}
    answer = desk.post(f"/desk/calls/{draft.reference}/edition/", posted)
    assert answer.status_code == 409
    assert first.number_prefix in answer.content.decode()
    assert Call.objects.get(pk=draft.pk).parent == first


def test_once_published_nothing_moves_a_call_elsewhere(desk: Client, officer: Account) -> None:
    whole, call = make_draft(officer), make_call(officer=officer)
    answer = desk.post(f"/desk/calls/{call.reference}/edition/", {"parent": whole.reference})
    assert answer.status_code == 403
    assert 'name="parent"' not in page_at(desk, call)
    assert Call.objects.get(pk=call.pk).parent is None


def test_a_parent_that_is_cancelled_meanwhile_keeps_its_part_from_publication(
    officer: Account,
) -> None:
    whole = make_draft(officer)
    part = make_draft(officer, "B", parent=whole)
    cancel_call(call=whole, because="The host withdrew.", actor=officer, now=NOW)
    assert "parent_cancelled" in faults(part)
    with pytest.raises(BadInput, match="was cancelled"):
        publish_call(call=part, actor=officer, now=NOW)


# Under a selected proposal.


def test_a_call_is_opened_under_a_selected_proposal_of_a_closed_call(
    client: Client, research: Contest
) -> None:
    chosen, unchosen = research.applications[0], research.applications[2]
    assert [each.number for each in selected_proposals_of(research.call)] == [
        each.number for each in research.applications[:2]
    ]
    with time_machine.travel(SELECTED, tick=False):
        client.force_login(research.officer)
        page = page_at(client, research.call)
        assert chosen.number in page
        assert unchosen.number not in page
        value = f"{research.call.reference}:{chosen.number}"
        posted = {"programme": "fellowship", "year": str(YEAR + 1), "parent": value}
        assert f'value="{value}"' in client.get(NEW).content.decode()
        assert client.post(NEW, posted).status_code == 302
        part = Call.objects.get(parent=research.call)
        assert (part.proposal, part.parent) == (chosen.number, research.call)
        named = selected_proposals_of(research.call)[0].title
        assert part.title["en"] == f"Fellowship for Young Talents {YEAR + 1}: {named}"
        assert "programme=fellowship" in page  # the kind that names this one, not its own
        desk = client.get(f"/desk/applications/{chosen.reference}/")
        assert f"/desk/calls/{part.reference}/" in desk.content.decode()
        assert chosen.number in page_at(client, part)
        refused = client.post(NEW, posted | {"year": "2029", "parent": value[:-1] + "9"})
        assert "is not a proposal that was selected" in refused.content.decode()
    publish_call(call=part, actor=research.officer, now=SELECTED)
    assert part.terms.get().body["call"]["proposal"] == chosen.number
    client.logout()
    with time_machine.travel(SELECTED, tick=False):
        assert chosen.number in client.get(f"/calls/{part.slug}/").content.decode()
        client.force_login(chosen.applicant.account)
        own = client.get(f"/applications/{chosen.reference}/").content.decode()
        assert "Calls that were opened for it" in own
        assert f"/calls/{part.slug}/" in own


def test_a_proposal_that_was_given_back_takes_no_call(research: Contest) -> None:
    first, second = research.applications[:2]
    edition = Edition(YEAR + 1, parent=research.call, proposal=first.number)
    facts = {"programme": make_programme(), "actor": research.officer, "now": SELECTED}
    part = create_call(edition=edition, **facts)
    offer = first.offers.get()
    decline_offer(actor=holder_of(offer), offer=offer, reason="", now=SELECTED)
    assert [each.number for each in selected_proposals_of(research.call)] == [second.number]
    assert "not_selected" in faults(part, SELECTED)
    with pytest.raises(BadInput, match="not a proposal that was selected"):
        create_call(edition=replace(edition, year=2029), **facts)


def test_where_people_apply_for_themselves_nothing_is_opened_under_one_of_them() -> None:
    contest = make_contest((6, 5))
    make_offered(contest)
    assert selected_proposals_of(contest.call) == []
