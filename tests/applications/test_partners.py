"""Partners of a consortium are rows: typed as rows, asked by a link each, counted by the rules, and
gone when they say no.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anso.applications.actions import (
    ask_letters,
    decline_letter,
    invite_applications,
    replace_letter,
    resend_letter,
    submit_application,
)
from anso.applications.models import Application, Letter
from anso.applications.queries import judge_draft
from anso.applications.queries.eligibility import judge_submission
from anso.applications.queries.left_out import LeftOut
from anso.applications.queries.letters import letter_statuses
from anso.applications.queries.participants import beneficiaries_of, participants_of
from anso.applications.queries.windows import deadline_of
from anso.applications.rules import may_write_letter
from anso.applications.wording.left_out import left_out_in_words, rules_without
from anso.applications.wording.todo import todo_items_for
from anso.calls.models import Call
from anso.calls.queries import get_form, get_terms
from anso.governance.models import Membership
from anso.kernel.actors import SETUP
from anso.notifications.models import Message
from anso.review.queries import conflicts_between, get_conflict_facts
from tests.cast import Cast
from tests.factories.answers import answers_for
from tests.factories.applications import (
    NOW,
    add_documents,
    give_letter,
    make_application,
    write_letter,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_country, make_organisation, make_person
from tests.factories.governance import make_membership
from tests.factories.steps import DAY, make_outline, make_two_step_call, named, noon

pytestmark = pytest.mark.django_db

LATER = NOW + dt.timedelta(days=2)
ADDRESS = re.compile(r"lead\d@example\.org")


def partner(place: int, **changes: str) -> dict[str, str]:
    countries = {1: "NP", 2: "BR", 3: "ET"}
    return {
        "organisation": f"Institute {place}",
        "country": countries[place],
        "name": f"Lead {place}",
        "email": f"lead{place}@example.org",
        "part": "Field work",
        **changes,
    }


@pytest.fixture
def call() -> Call:
    for code in ("KE", "NP", "BR", "ET"):
        make_country(code)
    return make_call(make_programme("collaborative_research"))


def proposed(call: Call, *partners: dict[str, str]) -> Application:
    """A draft that names these partners, led by the University of Nairobi in Kenya."""
    answers = answers_for(get_form(call)[1], 1)
    answers |= {"partners": list(partners), "organisation": "University of Nairobi"}
    application = make_application(call, applicant=make_person("Lead").account, answers=answers)
    add_documents(application)
    return application


def submit(application: Application, **changes: Any) -> None:
    for key, value in changes.items():
        application.answers[key] = application.answers[key] | {"value": value}
    Application.objects.filter(pk=application.pk).update(
        answers=application.answers, revision=application.revision + 1
    )
    account = application.applicant.account
    assert account is not None
    submit_application(application=application, actor=account, arrived_at=LATER, now=LATER)
    application.refresh_from_db()


def result_of(application: Application, code: str, *, submitted: bool = False) -> str:
    judge = judge_submission if submitted else judge_draft
    judged = judge(application).judged_rules
    return str(next(each.result for each in judged if each.rule.code == code))


def letter_to(place: int) -> Letter:
    return Letter.objects.exclude(state="replaced").get(email=f"lead{place}@example.org")


def test_rules_count_the_rows_the_lead_included(call: Call) -> None:
    two = proposed(call, partner(1))
    assert result_of(two, "R1") == "not_met"
    assert result_of(two, "R2") == "not_met"
    Application.objects.all().delete()
    three = proposed(call, partner(1), partner(2))
    assert (result_of(three, "R1"), result_of(three, "R2")) == ("met", "met")


def test_the_same_organisation_or_country_twice_counts_once(call: Call) -> None:
    again = partner(2, organisation="university of NAIROBI", country="KE")
    application = proposed(call, partner(1), again)
    assert (result_of(application, "R1"), result_of(application, "R2")) == ("not_met", "not_met")


def test_members_are_counted_by_name_or_acronym_on_the_closing_day(call: Call) -> None:
    make_membership(make_organisation(name="University of Nairobi"))
    application = proposed(call, partner(1, organisation="isw"), partner(2))
    assert result_of(application, "R3") == "not_met"
    soil = make_membership(make_organisation(name="Institute of Soils", acronym="ISW"))
    assert result_of(application, "R3") == "met"
    Membership.objects.filter(pk=soil.pk).update(
        period=(dt.date(2019, 1, 1), call.closes_at.date() - dt.timedelta(days=9))
    )
    assert result_of(application, "R3") == "not_met"


def test_every_partner_is_asked_by_a_link_and_takes_part(call: Call) -> None:
    application = proposed(call, partner(1), partner(2))
    submit(application)
    assert [each.email for each in Message.objects.filter(code="applications.letter_request")] == [
        "lead1@example.org",
        "lead2@example.org",
    ]
    rows = participants_of(application).filter(role="partner")
    assert [(row.full_name, row.organisation_name, row.country_id, row.part) for row in rows] == [
        ("Lead 1", "Institute 1", "NP", "Field work"),
        ("Lead 2", "Institute 2", "BR", "Field work"),
    ]
    (lead,) = beneficiaries_of(application)
    assert (lead.role, lead.organisation_name) == ("lead", "University of Nairobi")


def test_the_first_mail_to_a_partner_tells_times_where_they_were_named(call: Call) -> None:
    """It is written before the participants are, and told Kathmandu and São Paulo UTC."""
    submit(proposed(call, partner(1), partner(2, email="Lead2+office@example.org")))
    first, second = Message.objects.filter(code="applications.letter_request").order_by("pk")
    assert "Kathmandu" in first.body
    assert "Sao Paulo" in second.body


def test_a_partner_who_confirms_is_confirmed(call: Call) -> None:
    application = proposed(call, partner(1), partner(2))
    submit(application)
    give_letter(write_letter(letter_to(2), {"is_acceptance": "yes"}, now=LATER), now=LATER)
    rows = participants_of(application).filter(role="partner")
    assert [row.confirmed_at for row in rows] == [None, LATER]


@pytest.mark.parametrize("way", ["declines", "answers no"])
def test_a_partner_who_says_no_is_not_counted_any_more(call: Call, way: str) -> None:
    application = proposed(call, partner(1), partner(2))
    submit(application)
    assert result_of(application, "R1", submitted=True) == "met"
    if way == "declines":
        decline_letter(letter=letter_to(2), now=LATER)
    else:
        give_letter(write_letter(letter_to(2), {"is_acceptance": "no"}, now=LATER), now=LATER)
    assert result_of(application, "R1", submitted=True) == "not_met"
    application.refresh_from_db()
    assert application.eligibility == "not_eligible"
    declined = participants_of(application).get(role="partner", order=2)
    assert declined.declined_at == LATER


def test_a_partner_who_is_left_out_is_told_and_the_others_keep_their_letters(call: Call) -> None:
    application = proposed(call, partner(1), partner(2))
    submit(application)
    kept = letter_to(2)
    submit(application, partners=[partner(2), partner(3)])
    assert Letter.objects.get(email="lead1@example.org").state == "replaced"
    called_off = Message.objects.get(code="applications.letter_cancelled")
    assert called_off.email == "lead1@example.org"
    assert letter_to(2) == kept
    assert letter_to(3).state == "asked"
    assert [status.letter for status in letter_statuses(application)] == [kept, letter_to(3)]


def test_an_address_that_is_put_right_stays_right_in_the_next_submission(call: Call) -> None:
    application = proposed(call, partner(1, email="laed1@example.org"), partner(2))
    submit(application)
    wrong = Letter.objects.get(email="laed1@example.org")
    account = application.applicant.account
    assert account is not None
    resend_letter(
        letter=wrong, actor=account, now=LATER + dt.timedelta(hours=1), email="lead1@example.org"
    )
    submit(application, title="Another title")
    wrong.refresh_from_db()
    assert (wrong.state, letter_to(1).state) == ("replaced", "asked")
    assert Message.objects.filter(email="lead1@example.org").count() == 1, "nobody is asked twice"
    row = participants_of(application).get(role="partner", order=1)
    assert row.email == "lead1@example.org"


def test_colleagues_of_a_partner_do_not_judge(call: Call) -> None:
    application = proposed(call, partner(1), partner(2))
    submit(application)
    ama = make_person("Ama")
    ama.affiliations.create(
        organisation=make_organisation(name="INSTITUTE 2"), starts_on=dt.date(2020, 1, 1)
    )
    facts = get_conflict_facts([ama], [application], LATER.date())
    assert conflicts_between(ama, application, facts) == ["institution"]


def test_partners_are_typed_as_rows_and_kept_as_they_were_typed(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    application = proposed(call, partner(1))
    account = application.applicant.account
    assert account is not None
    client.force_login(account)
    here = f"/applications/{application.reference}/form/consortium/"
    page = client.get(here).content.decode()
    assert 'name="partners:0:organisation"' in page
    assert 'value="lead1@example.org"' in page
    assert 'name="partners:2:country"' in page
    typed = {"partners:0:organisation": "Institute 1", "partners:2:organisation": "Institute 3"}
    answer = client.post(here, {"base": application.revision, **typed})
    assert "Partner 1: choose the country." in answer.content.decode()
    application.refresh_from_db()
    kept = application.answers["partners"]["value"]
    assert [row["organisation"] for row in kept] == ["Institute 1", "Institute 3"]


def test_the_lead_sees_on_the_page_of_letters_who_was_asked(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    application = proposed(call, partner(1), partner(2))
    account = application.applicant.account
    assert account is not None
    ask_letters(application=application, actor=account, now=NOW)
    decline_letter(letter=letter_to(1), now=NOW)
    client.force_login(account)
    here = f"/applications/{application.reference}/letters/"
    page = client.get(here).content.decode()
    assert "Lead 1" in page
    assert "declined" in page
    other = {f"partners:0:{part}": partner(3)[part] for part in ("name", "email")}
    client.post(here, {"act": "replace:partners:0", **other, "token": "t"})
    assert letter_to(3).full_name == "Lead 3"
    application.refresh_from_db()
    kept = application.answers["partners"]["value"]
    assert [(row["name"], row["country"]) for row in kept] == [("Lead 3", "NP"), ("Lead 2", "BR")]


def test_the_second_of_two_partners_is_replaced_by_the_fields_that_the_page_shows(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    application = proposed(call, partner(1), partner(2))
    account = application.applicant.account
    assert account is not None
    client.force_login(account)
    here = f"/applications/{application.reference}/letters/"
    before = client.get(here).content.decode()
    assert 'value="lead2@example.org"' in before
    assert "data-autosave" not in before, "a person of a list is no answer by itself"
    ask_letters(application=application, actor=account, now=NOW)
    page = client.get(here).content.decode()
    # The address stands in the fields of whoever is asked instead, and where it is put right.
    for part, times in {"name": 1, "email": 2}.items():
        assert page.count(f'name="partners:1:{part}"') == times
    assert 'name="partners:1:country"' not in page
    typed = {"partners:1:name": "Lead 3", "partners:1:email": "lead3@example.org"}
    blank = {"partners:1:organisation": "", "partners:1:position": ""}
    client.post(here, {"act": "replace:partners:1", **typed, **blank, "token": "t"})
    assert letter_to(3).full_name == "Lead 3"
    application.refresh_from_db()
    kept = application.answers["partners"]["value"]
    assert [row["name"] for row in kept] == ["Lead 1", "Lead 3"]
    assert kept[1] == partner(2) | {"name": "Lead 3", "email": "lead3@example.org"}


def test_addresses_are_locked_in_one_order_however_the_form_names_them(call: Call) -> None:
    """Two consortia that name the same partners in another order, submitted at once, would wait
    for each other for ever.
    """
    locked = []
    for partners in ((partner(1), partner(2)), (partner(2), partner(1))):
        application = proposed(call, *partners)
        with CaptureQueriesContext(connection) as asked, transaction.atomic():
            submit(application)
            transaction.set_rollback(True)
        statements = [each["sql"] for each in asked if "hashtextextended" in each["sql"]]
        locked.append([address for sql in statements for address in ADDRESS.findall(sql)])
        Application.objects.filter(pk=application.pk).update(state="withdrawn", withdrawn_at=LATER)
    assert locked[0] == locked[1] == ["lead1@example.org", "lead2@example.org"]


def test_a_partner_first_named_in_a_full_proposal_has_time_to_answer(cast: Cast) -> None:
    """The first window closed months ago; what is asked now counts from the close of this one."""
    call = make_two_step_call()
    application = make_outline(call, cast.applicant)
    application.letters.update(state="opened", completed_at=None, is_acceptance=None)
    now, window = noon(call, "full_proposals", 5), named(call, "full_proposals")
    invite_applications(applications=[application], step=window, actor=SETUP, now=now)
    application.refresh_from_db()
    letter = application.letters.order_by("id").first()
    assert letter is not None
    person = {"name": "Amina Odhiambo", "email": "odhiambo@example.org",
              "organisation": "University of Nairobi", "country": "KE"}  # fmt: skip
    new = replace_letter(letter=letter, person=person, actor=cast.applicant, now=now)
    rule = get_terms(call).letter_rule(new.kind)
    assert rule is not None
    closes_at = deadline_of(application).closes_at
    assert closes_at > call.closes_at + 60 * DAY
    assert new.due_at == closes_at + rule.days_after_close * DAY
    assert may_write_letter(new, now)


def told_of_no(application: Application) -> tuple[str, str, list[str]]:
    """What the lead reads once the second partner answered No: in the mail, on the page of letters,
    and among what they have to do.
    """
    give_letter(write_letter(letter_to(2), {"is_acceptance": "no"}, now=LATER), now=LATER)
    account = application.applicant.account
    assert account is not None
    mail = Message.objects.get(code="applications.letter_refused").body
    page = texts_of_letters(application)
    todo = [f"{item.text} {item.reason}" for item in todo_items_for(account, LATER)]
    return mail, page, todo


def texts_of_letters(application: Application) -> str:
    client = Client()
    client.force_login(application.applicant.account)  # type: ignore[arg-type]
    address = reverse("applications:letters", args=[application.reference])
    return client.get(address).content.decode()


def test_a_lead_reads_that_the_rules_are_met_without_the_partner_who_answered_no(
    call: Call,
) -> None:
    for name in ("University of Nairobi", "Institute 1"):
        make_membership(make_organisation(name=name))
    application = proposed(call, partner(1), partner(2), partner(3))
    submit(application)
    mail, page, todo = told_of_no(application)
    for told in (mail, page):
        assert "Lead 2 is not counted; those who agree go on without them." in told
        assert "The rules of the call on who takes part are met." in told
    assert "nothing can be given" not in mail
    assert page.count("nothing can be given") == 2, "of the two who have not answered"
    assert not any("Lead 2" in each for each in todo)


def test_a_lead_reads_which_rule_is_not_met_without_the_partner_who_answered_no(call: Call) -> None:
    for name in ("University of Nairobi", "Institute 1"):
        make_membership(make_organisation(name=name))
    application = proposed(call, partner(1), partner(2))
    submit(application)
    mail, page, todo = told_of_no(application)
    sentence = (
        "Without them rules of the call are not met: At least three organisations work together."
        " They come from at least three countries."
    )
    assert all(sentence in told for told in (mail, page))
    assert [each for each in todo if "Lead 2" in each] == [
        f"Name somebody else Lead 2 answered No. {sentence}"
    ]


def test_where_too_few_are_left_or_no_rule_asks_who_takes_part_a_lead_reads_no_more_than_that(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    application = proposed(call, partner(1), partner(2))
    submit(application)
    give_letter(write_letter(letter_to(2), {"is_acceptance": "no"}, now=LATER), now=LATER)
    assert left_out_in_words(letter_to(1)) == "", "nobody who has not answered is left out"
    letter = letter_to(2)
    terms = get_terms(call)
    all_wanted = replace(terms, letters=tuple(replace(each, count=2) for each in terms.letters))
    monkeypatch.setattr("anso.applications.queries.left_out.get_terms", lambda _call: all_wanted)
    assert left_out_in_words(letter) == "", "both are required"
    monkeypatch.undo()
    monkeypatch.setattr("anso.applications.queries.left_out.turns_on_letter", lambda _letter: False)
    assert left_out_in_words(letter) == "Lead 2 is not counted; those who agree go on without them."


def test_a_rule_that_cannot_be_judged_without_a_partner_is_told_so() -> None:
    assert rules_without(LeftOut(is_judged=True, is_open=True)) == (
        "Without them a rule of the call cannot be judged yet."
    )
    assert LeftOut(is_judged=True, is_open=True).harms
