"""The page about a person: what each reader of a desk may read of them across calls, no more."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Letter
from anso.directory.models import Person
from anso.governance.models import Body
from anso.kernel.about_people import shelves_about
from anso.kernel.finding import find_everywhere
from anso.site.queries.people import people_seen_by
from tests.cast import Cast
from tests.factories.applications import (
    make_application,
    make_submitted_application,
)
from tests.factories.awards import make_offered
from tests.factories.calls import make_call
from tests.factories.decisions import make_contest, officer_of
from tests.factories.directory import make_person
from tests.factories.governance import make_body, make_mandate, make_secretary
from tests.factories.review import make_reviewer

pytestmark = pytest.mark.django_db


def told(account: Account, person: Person, now: dt.datetime) -> dict[str, list[str]]:
    """What an account reads about a person: by shelf, each line in one text."""
    return {
        str(label): [f"{line.title} | {line.note} | {line.status}" for line in lines]
        for label, lines in shelves_about(account, person, now)
    }


def page_of(person: Person) -> str:
    return reverse("site:person", args=[person.reference])


def test_an_officer_reads_of_a_person_in_every_part_and_finds_the_page(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    officer, person = cast.programme_officer, cast.applicant.person
    call, elsewhere = make_call(officer=officer), make_call()
    own = make_submitted_application(call, applicant=cast.applicant)
    make_submitted_application(elsewhere, applicant=cast.applicant)
    other = make_submitted_application(call, applicant=cast.stranger)
    Letter.objects.filter(application=other, question_key="referee_1").update(
        email=cast.applicant.email.upper(), state="completed", completed_at=now
    )
    make_reviewer(make_call(), person=person)
    make_mandate(person, "member", make_body("panel", code="prize-panel"))
    title = call.title["en"]
    assert told(officer, person, now) == {
        "Parts in calls": [f"{own.number} · {title} | applicant | submitted"],
        "Letters they were asked for": [f"{other.number} · Amina Yusuf | {title} | done"],
        "Mandates": told(officer, person, now)["Mandates"],
    }
    assert told(officer, person, now)["Mandates"][0].endswith("| member")
    client.force_login(officer)
    desk = client.get(reverse("applications:desk_detail", args=[own.reference])).content.decode()
    assert page_of(person) in desk
    assert person.full_name in client.get(page_of(person)).content.decode()
    found = dict(find_everywhere(officer, "yusuf amina", now))
    assert [each.url for each in found["People"]] == [page_of(person)]
    # In another script too; and not whom this officer reads nothing of.
    Person.objects.get(pk=person.pk).save()
    make_person("Yusuf Amina, elsewhere")
    found = dict(find_everywhere(officer, "Амина Юсуф", now))
    assert [each.url for each in found["People"]] == [page_of(person)]


def test_nobody_reads_more_than_their_own_desk_tells(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    officer, person = cast.programme_officer, cast.applicant.person
    call = make_call(officer=officer, panel=Body.objects.get(code="fellowship-panel"))
    make_application(call, applicant=cast.applicant)
    assert told(officer, person, now)["Parts in calls"][0].endswith("| draft")
    for account in (cast.auditor, cast.panel_chair, cast.stranger, cast.applicant, cast.reviewer):
        assert not people_seen_by(account, now).filter(pk=person.pk).exists(), account
    own = make_submitted_application(call, applicant=cast.co_applicant)
    writer = make_person("Wanjiru Kamau")
    assert writer.account is not None
    own.letters.filter(question_key="referee_1").update(email=writer.account.email)
    # Whoever is named to officers only does not exist for the auditor or another office.
    assert list(told(officer, writer, now)) == ["Letters they were asked for"]
    own.letters.filter(email=writer.account.email).update(question_key="asked_no_more")
    assert told(officer, writer, now) == {}
    elsewhere = make_secretary("elsewhere@example.org")
    for account in (cast.auditor, elsewhere, cast.co_applicant):
        client.force_login(account)
        assert client.get(page_of(writer)).status_code == 404, account
    of_co = cast.co_applicant.person
    assert list(told(cast.auditor, of_co, now)) == ["Parts in calls"]
    assert told(elsewhere, of_co, now) == {}
    # Nobody reads of themselves there.
    client.force_login(cast.co_applicant)
    assert client.get(page_of(of_co)).status_code == 404


def test_reviews_are_counted_and_tell_nobody_whose_file_it_was(
    client: Client, now: dt.datetime
) -> None:
    contest = make_contest()
    reviewer = contest.call.reviewers.first()
    assert reviewer is not None
    (line,) = told(officer_of(contest.call), reviewer.person, now)["Reviews"]
    assert "reviews submitted: " in line
    assert line.endswith(" | accepted")
    client.force_login(officer_of(contest.call))
    seen = client.get(page_of(reviewer.person)).content.decode()
    assert not any(each.number in seen for each in contest.call.applications.all())
    listed = client.get(reverse("review:reviewers", args=[contest.call.reference]))
    assert page_of(reviewer.person) in listed.content.decode()


def test_what_was_decided_and_offered_stands_there(now: dt.datetime) -> None:
    offer = make_offered(make_contest())[0]
    application = offer.application
    seen = told(officer_of(application.call), application.applicant, now)
    assert seen["Decisions"][0].startswith(application.number)
    assert seen["Decisions"][0].endswith("| place")
    assert seen["Offers and awards"][0].endswith("| waiting for an answer")
    assert "Decisions" not in told(make_secretary("apart@example.org"), application.applicant, now)


def test_a_person_with_many_applications_costs_no_more_statements(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    client.force_login(cast.programme_officer)
    counts = []
    for _more in range(2):
        make_application(make_call(officer=cast.programme_officer), applicant=cast.applicant)
        client.get(page_of(cast.applicant.person))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(cast.applicant.person)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
