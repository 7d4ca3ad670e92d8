"""A call begins as an earlier edition stood: with what was amended, its days moved by the years,
and every text that still speaks of that year named to the officer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.notices import OF_APPLICANTS
from anso.audit.queries import entries_about
from anso.awards.actions.award_details import keep_award_detail
from anso.awards.models import AwardDetail
from anso.calls import queries
from anso.calls.actions import Edition, announce_amendment, begin_amendment, create_call
from anso.calls.actions.amendments import amended_body
from anso.calls.actions.beginnings import years_later
from anso.calls.models import Call, CallOfficer
from anso.calls.queries import find_faults, get_form, get_terms
from anso.calls.queries.editions import begun_from
from anso.calls.wording.readiness import url_of_fault
from anso.directory.models import Person
from anso.kernel.canonical import content_hash
from anso.kernel.errors import BadInput
from anso.kernel.terms import to_plain
from anso.kernel.wording import both
from anso.notifications.actions import open_mailing
from anso.notifications.models import Mailing
from anso.programmes.catalogue import KINDS, find_kind
from anso.ui.question_fields import sentence
from tests.factories.calls import YEAR, make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.governance import make_body
from tests.pages import squeezed
from tests.tabs import Tab

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("desk_surroundings")]
NEXT = YEAR + 1


def amended(call: Call, officer: Account, now: dt.datetime) -> Call:
    """The call after an announced amendment of what one receives."""
    begin_amendment(call=call, actor=officer, now=now)
    held = Call.objects.get(pk=call.pk)
    terms = get_terms(held)
    stages = tuple(
        replace(each, label=both(f"Panel of {YEAR}", "اللجنة")) if each.key == "panel" else each
        for each in terms.stages
    )
    Call.objects.filter(pk=call.pk).update(
        design=to_plain(replace(terms, stages=stages, offer_days=77))
    )
    held = Call.objects.get(pk=call.pk)
    announce_amendment(
        call=held, because="Slow mail.", actor=officer, now=now,
        expected_sha256=content_hash(amended_body(held, held.design)),
    )  # fmt: skip
    return Call.objects.get(pk=call.pk)


def like(source: Call, officer: Account, now: dt.datetime, **more: object) -> Call:
    edition = Edition(NEXT, like=source, **more)  # type: ignore[arg-type]
    return create_call(programme=source.programme, edition=edition, actor=officer, now=now)


@pytest.mark.parametrize("code", sorted(KINDS))
def test_every_kind_begins_as_its_last_edition_stood(
    code: str, officer: Account, now: dt.datetime
) -> None:
    source = make_call(make_programme(code), officer=officer)
    call = like(source, officer, now)
    kept, begun = get_terms(source), get_terms(call)
    assert replace(begun, stages=(), rules=()) == replace(kept, stages=(), rules=())
    assert [each.key for each in begun.stages] == [each.key for each in kept.stages]
    for before, after in zip(kept.stages, begun.stages, strict=True):
        assert (after.starts_on.year - before.starts_on.year) == 1
        assert after.starts_on.strftime("%m-%d") == before.starts_on.strftime("%m-%d")
    assert set(queries.form_purposes(call)) == set(queries.form_purposes(source))
    assert get_form(call)[1].keys() == get_form(source)[1].keys()
    assert [fault for fault in find_faults(call, now) if fault.is_blocking] == []
    assert (call.state, call.terms.count(), call.zone) == ("draft", 0, source.zone)
    assert begun_from(call) == source


def test_what_was_amended_is_there_and_each_text_of_last_year_is_named(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    source = amended(make_call(officer=officer), officer, now)
    source.summary = {"en": f"The call of {YEAR}.", "ar": "الدعوة"}
    source.save(update_fields=["summary"])
    call = like(source, officer, now)
    assert get_terms(call).offer_days == 77
    (entry,) = entries_about(call).filter(verb="create_call")
    assert entry.changes["like"] == [None, source.reference]
    assert entry.changes["like_terms"] == [None, source.terms_sha256]
    said = {sentence(each.message): each for each in find_faults(call, now)}
    for text in (f"The call of {YEAR}.", f"Panel of {YEAR}"):
        told = f"“{text}” speaks of {YEAR}, the year of the edition as which it began."
        assert not said[told].is_blocking
        assert ana.get(url_of_fault(call, said[told])).status_code == 200
    assert source.terms.count() == 2, "the versions of the source stay"
    plain = create_call(
        programme=make_programme("prize"), edition=Edition(NEXT), actor=officer, now=now
    )
    assert begun_from(plain) is None
    assert not any("edition as which it began" in sentence(each.message)
                   for each in find_faults(plain, now))  # fmt: skip


def test_an_extension_of_last_year_is_not_kept(officer: Account, now: dt.datetime) -> None:
    source = make_call(officer=officer)
    Call.objects.filter(pk=source.pk).update(closes_at=source.closes_at + dt.timedelta(days=30))
    call = like(Call.objects.get(pk=source.pk), officer, now)
    assert call.closes_at.date() == dt.date(2028, 2, 15)


def test_own_days_move_all_that_follows(officer: Account, now: dt.datetime) -> None:
    source = make_call(officer=officer)
    by_itself = like(source, officer, now)
    later = Edition(NEXT, closes_on=dt.date(2028, 2, 25), round="B", like=source)
    call = create_call(programme=source.programme, edition=later, actor=officer, now=now)
    pairs = zip(get_terms(by_itself).stages[1:], get_terms(call).stages[1:], strict=True)
    assert {after.starts_on - before.starts_on for before, after in pairs} == {
        dt.timedelta(days=10)
    }
    with pytest.raises(BadInput, match="must close after it opens"):
        like(source, officer, now, round="C", closes_on=dt.date(2020, 1, 1))


def test_bodies_and_hosts_come_and_people_only_where_they_are_wanted(
    officer: Account, now: dt.datetime
) -> None:
    source = make_call(officer=officer, panel=make_body("panel"))
    create_hosts(source)
    colleague, gone = make_officer(), make_person("Left Us").account
    for account in (colleague, gone):
        assert account is not None
        CallOfficer.objects.create(call=source, account=account, since_at=now)
    answering = make_person("Host Person")
    source.hosts.get().people.add(answering, officer.person)  # who runs the next one
    alone = like(source, officer, now)
    kept = [(each.function, each.body_id) for each in alone.bodies.all()]
    assert kept == [(each.function, each.body_id) for each in source.bodies.all()]
    assert [each.account for each in alone.officers.all()] == [officer]
    assert alone.hosts.get().key == source.hosts.get().key
    assert not alone.hosts.get().people.exists()
    together = like(source, officer, now, round="B", with_people=True)
    assert {each.account for each in together.officers.all()} == {officer, colleague}
    assert list(together.hosts.get().people.all()) == [answering]


def create_hosts(call: Call) -> None:
    call.hosts.all().delete()
    call.hosts.create(key=find_kind("fellowship").hosts[0].key)


def test_another_programme_and_a_draft_are_no_beginning(
    officer: Account, draft: Call, now: dt.datetime
) -> None:
    prize = make_call(make_programme("prize"), officer=officer)
    for source in (prize, draft):
        edition = Edition(NEXT, round="B", like=source)
        programme = make_programme("fellowship") if source is prize else draft.programme
        with pytest.raises(BadInput, match="Choose an edition of this programme"):
            create_call(programme=programme, edition=edition, actor=officer, now=now)


def test_days_move_by_years_and_a_leap_day_finds_its_neighbour() -> None:
    plain = {"on": "2028-02-29", "text": "2027", "list": ["2027-03-01", 4, None]}
    assert years_later(plain, 1) == {
        "on": "2029-02-28", "text": "2027", "list": ["2028-03-01", 4, None],
    }  # fmt: skip
    assert years_later("2027-99-99", 1) == "2028-99-99", "no day, and none is made of it"


def test_an_officer_begins_a_call_as_last_year_by_its_page(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    source = make_call(officer=officer)
    prize = make_call(make_programme("prize"), officer=officer)
    tab = Tab(ana, "/desk/calls/new/", field="like")
    assert "An earlier edition as it stood, with its amendments" in tab.words()
    tab.fill(programme="fellowship", year=str(NEXT), like=prize.reference)
    refused = tab.send()
    assert refused.status_code == 422
    assert "Choose an edition of this programme" in squeezed(refused)
    unknown = tab.read(refused).fill(like="NOWHERE").send()
    assert unknown.status_code == 422
    done = tab.fill(programme="fellowship", year=str(NEXT), like=source.reference).send()
    assert done.status_code == 302
    call = Call.objects.get(programme=source.programme, edition_year=NEXT)
    assert begun_from(call) == source
    assert Person.objects.filter(account=officer).exists()


OURS = {"subject": "Our own", "body": "{told} {url}"}
DATED = {"subject": "Our own", "body": f"{{told}} By June {YEAR}. {{url}}"}


def worded(call: Call, now: dt.datetime, texts: dict[str, dict[str, dict[str, str]]]) -> Mailing:
    return Mailing.objects.create(
        code="decisions.outcomes", key=call.reference, context_type="calls.call",
        context_id=call.pk, prepared_at=now, texts=texts,
    )  # fmt: skip


def first_words(call: Call, officer: Account, now: dt.datetime) -> dict[str, Any]:
    opened = open_mailing(
        code="decisions.outcomes", context=call, key=f"first {call.pk}", actor=officer, now=now
    )
    return dict(opened.texts)


def test_letters_begin_with_the_words_of_last_year_but_for_those_that_name_a_year(
    officer: Account, now: dt.datetime
) -> None:
    source = make_call(officer=officer)
    call = like(source, officer, now)
    worded(  # after the next edition was begun, as a year goes
        source,
        now,
        {
            "decisions.waiting": {"en": OURS, "ar": DATED},
            "awards.offer": {"en": DATED},
            OF_APPLICANTS: {"en": OURS},
            "gone.notice": {"en": OURS},
        },
    )
    third = create_call(
        programme=source.programme, edition=Edition(NEXT, round="B"), actor=officer, now=now
    )
    assert first_words(call, officer, now) == {"decisions.waiting": {"en": OURS}}
    assert first_words(third, officer, now) == {}, "a call that its kind began has none"
    worded(call, now + dt.timedelta(days=1), {})
    again = like(source, officer, now, round="C")
    assert first_words(again, officer, now) == {"decisions.waiting": {"en": OURS}}


def test_steps_of_letters_of_confirmation_come_and_start_and_contact_do_not(
    ana: Client, officer: Account, now: dt.datetime
) -> None:
    source = make_call(officer=officer)
    first, second, *_rest = get_terms(source).hosts
    for host, steps in (
        (first.key, {"en": "Ask for form JW202.", "ar": f"{YEAR} حتى"}),
        (second.key, {"en": f"Come in {YEAR}."}),
    ):
        keep_award_detail(
            call=source, host=host, starts_on=dt.date(YEAR, 9, 1), contact="Ms Zhao",
            steps=steps, actor=officer, now=now,
        )  # fmt: skip
    call = like(source, officer, now)
    (detail,) = AwardDetail.objects.filter(call=call)
    assert (detail.host, detail.steps) == (first.key, {"en": "Ask for form JW202."})
    assert (detail.version, detail.starts_on, detail.contact) == (1, None, "")
    page = squeezed(ana.get(f"/desk/calls/{call.reference}/edition/"))
    for words in (
        "As which edition it began",
        "Not taken over:",
        "The words that officers gave to letters about decisions and offers",
        "hosts say it anew",
    ):
        assert words in page
    assert f"/desk/calls/{source.reference}/" in page
    assert "Taken over" not in squeezed(ana.get(f"/desk/calls/{source.reference}/edition/"))
