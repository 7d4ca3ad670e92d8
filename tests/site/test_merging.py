"""Two records of one person are made one, with what stands against it, and taken back exactly."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.accounts.queries import find_account
from anso.applications.actions.merging import merge_people, undo_merge
from anso.applications.models import Application, Participant
from anso.applications.wording.merging import ROWS_IN_WORDS
from anso.audit.models import Entry
from anso.directory.actions.merging import merge_records, undo_records
from anso.directory.models import Affiliation, Expertise, Interest, Merge, Person
from anso.directory.queries.merging import PERSON_ROWS
from anso.governance.models import Body, Mandate
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.review.models import Assignment, Reviewer
from anso.review.queries.merging import clashes_of_reviewers
from tests.cast import Cast
from tests.factories.applications import make_application, make_submitted_application
from tests.factories.calls import make_call
from tests.factories.directory import make_account, make_organisation, make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.review import make_reviewer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
TABLES: tuple[type[Model], ...] = (
    Account, Person, EmailAddress, Application, Participant, Affiliation, Expertise, Interest,
    Mandate, Reviewer,
)  # fmt: skip


def everything() -> dict[str, list[dict[str, Any]]]:
    """All rows that a merge may touch, as they stand."""
    return {each.__name__: list(each.objects.order_by("pk").values()) for each in TABLES}


def with_address(name: str, email: str) -> Person:
    person = make_person(name, account=make_account(email))
    EmailAddress.objects.create(user=person.account, email=email, primary=True, verified=True)
    return person


@pytest.fixture
def two(cast: Cast) -> tuple[Person, Person]:
    """One human being under two addresses, with an application each, in two calls of an officer."""
    people = (
        with_address("Mohamed Hassan", "mohamed@one.example"),
        with_address("Muhammad Hasan", "muhammad@two.example"),
    )
    for person in people:
        call = make_call(officer=cast.programme_officer)
        make_submitted_application(call, applicant=person.account)
    return people


def merged(two: tuple[Person, Person], cast: Cast, now: dt.datetime, **changes: Any) -> Merge:
    given: dict[str, Any] = {
        "kept": two[0], "gone": two[1], "because": "The same passport.",
        "actor": cast.programme_officer, "now": now,
    }  # fmt: skip
    return merge_people(**(given | changes))


def test_every_column_that_names_a_person_moves_and_has_words() -> None:
    named = {
        f"{model._meta.label_lower}.{field.name}"
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Person and model is not Merge
    }
    assert named == set(PERSON_ROWS) == set(ROWS_IN_WORDS)


def test_what_was_one_s_is_the_other_s_and_is_given_back_exactly(
    cast: Cast, two: tuple[Person, Person], now: dt.datetime
) -> None:
    kept, gone = two
    for person in two:  # what both have stays; what one has moves
        Expertise.objects.create(person=person, subject="07")
    Expertise.objects.create(person=gone, subject="09")
    Affiliation.objects.create(person=gone, organisation=make_organisation(), starts_on=now.date())
    Interest.objects.create(person=gone, other_person=cast.reviewer.person, kind="family",
                            declared_at=now)  # fmt: skip
    Interest.objects.create(person=cast.reviewer.person, other_person=gone, kind="family",
                            declared_at=now)  # fmt: skip
    make_mandate(gone, "member", make_body("panel", code="prize-panel"))
    make_reviewer(make_call(), person=gone)
    before = everything()
    merge = merged(two, cast, now)
    assert kept.applications.count() == 2
    assert kept.parts.count() == 2
    assert [each.subject for each in kept.expertise.order_by("subject")] == ["07", "09"]
    assert [each.subject for each in gone.expertise.all()] == ["07"]
    assert not gone.applications.exists()
    assert kept.mandates.exists()
    assert find_account("MUHAMMAD@two.example") == find_account("mohamed@one.example")
    assert not Account.objects.get(pk=gone.account_id).is_active
    undo_merge(merge=merge, because="Two cousins.", actor=cast.programme_officer, now=now + DAY)
    assert everything() == before
    assert find_account("muhammad@two.example") == gone.account
    entries = Entry.objects.filter(object_id__in=[kept.pk, gone.pk], object_type="directory.person")
    told = list(entries.order_by("pk").values_list("verb", "because"))
    assert (
        told == [("merge_people", "The same passport.")] * 2 + [("undo_merge", "Two cousins.")] * 2
    )
    with pytest.raises(BadInput, match="already"):
        undo_merge(merge=merge, because="Again", actor=cast.programme_officer, now=now + DAY)


def test_both_addresses_are_told_and_let_in_by_a_code_or_the_password_that_is_kept(
    client: Client, cast: Cast, two: tuple[Person, Person], now: dt.datetime
) -> None:
    kept, gone = two
    assert gone.account is not None
    client.force_login(gone.account)
    own = reverse("applications:list")
    assert client.get(own).status_code == 200
    merged(two, cast, now)
    assert client.get(own).status_code == 302  # signed out everywhere
    mails = Message.objects.filter(code="applications.people_merged")
    assert {each.email for each in mails} == {
        "mohamed@one.example", "muhammad@two.example",
    }  # fmt: skip
    assert all("The same passport." in each.body for each in mails)
    owners = EmailAddress.objects.filter(user=kept.account).order_by("pk")
    assert [(each.email, each.primary) for each in owners] == [
        ("mohamed@one.example", True), ("muhammad@two.example", False),
    ]  # fmt: skip
    client.force_login(find_account("muhammad@two.example"))
    for application in Application.objects.filter(applicant=kept):
        assert application.number in client.get(own).content.decode()


def test_what_came_since_stays_and_what_is_too_late_or_merged_again_is_refused(
    cast: Cast, two: tuple[Person, Person], now: dt.datetime
) -> None:
    kept, gone = two
    officer, merge = cast.programme_officer, merged(two, cast, now)
    since = make_application(make_call(officer=officer), applicant=kept.account)
    for because, at, words in ((" ", now, "reason"), ("x", now + 30 * DAY, "are over")):
        with pytest.raises(BadInput, match=words):
            undo_merge(merge=merge, because=because, actor=officer, now=at)
    third = with_address("Mohammed Hassan", "third@three.example")
    make_submitted_application(make_call(officer=officer), applicant=third.account)
    later = merged((third, kept), cast, now)
    assert find_account("muhammad@two.example") == third.account  # through both
    with pytest.raises(Refused):
        undo_merge(merge=merge, because="x", actor=officer, now=now)
    undo_merge(merge=later, because="x", actor=officer, now=now)
    undo_merge(merge=merge, because="x", actor=officer, now=now)
    since.refresh_from_db()
    assert since.applicant == kept
    assert gone.applications.count() == 1


def test_a_record_without_an_account_moves_its_rows_alone_and_the_later_merge_goes_first(
    cast: Cast, now: dt.datetime
) -> None:
    first, second, third = (make_person(name, has_account=False) for name in ("A B", "A Be", "A"))
    given = {"because": "One passport.", "actor": cast.programme_officer, "now": now}
    merge = merge_records(kept=first, gone=second, **given)
    assert "addresses" not in merge.moved
    merge_records(kept=third, gone=first, **given)
    with pytest.raises(BadInput, match="merged again since"):
        undo_records(merge=merge, **given)


def test_nobody_becomes_one_with_somebody_whose_file_they_judge(
    cast: Cast, two: tuple[Person, Person]
) -> None:
    kept, gone = two
    application = gone.applications.get()
    Assignment.objects.create(
        application=application,
        step=application.step,
        reviewer=make_reviewer(make_call(), person=kept),
        due_at=application.submitted_at,
        assigned_at=application.submitted_at,
    )
    told = [
        str(each.message) for each in clashes_of_reviewers(kept, gone, application.submitted_at)
    ]
    assert told == [
        f"One of them was asked to review {application.number}, in which the other is named."
    ]
    assert list(clashes_of_reviewers(gone, kept, application.submitted_at))


def test_what_keeps_two_people_apart_is_said(
    client: Client, cast: Cast, two: tuple[Person, Person], now: dt.datetime
) -> None:
    kept, gone = two
    officer = cast.programme_officer
    assert kept.account is not None
    assert gone.account is not None
    both = make_call(officer=officer)
    numbers = [make_submitted_application(both, applicant=person.account).number for person in two]
    elsewhere = make_call()
    make_reviewer(elsewhere, person=kept)
    make_submitted_application(elsewhere, applicant=gone.account)
    panel = Body.objects.get(code="fellowship-panel")
    for person in two:
        make_mandate(person, "member", panel)
    third = make_call()
    for person in two:
        make_reviewer(third, person=person)
    Authenticator.objects.create(user=gone.account, type="totp", data={})
    client.force_login(officer)
    page = reverse("site:merge", args=[kept.reference])
    seen = client.get(page, {"with": gone.account.email}).content.decode()
    for words in (
        f"{numbers[0]} and {numbers[1]}: have one of them withdrawn first",
        "Something stands against it in a call that is not on your desk",
        "Both hold the same mandate",
        "protected by a second factor",
    ):
        assert words in seen
    assert "Make them one" not in seen
    assert "asked to review" not in seen  # of a call that is not this officer's
    with pytest.raises(BadInput, match="second factor"):
        merged(two, cast, now)
    Account.objects.filter(pk=kept.account_id).update(is_staff=True)
    with pytest.raises(BadInput, match="account of the Secretariat"):
        merged(two, cast, now)
    Account.objects.filter(pk=kept.account_id).update(is_staff=False, is_active=False)
    with pytest.raises(BadInput, match="is closed"):
        merged(two, cast, now)
    Person.objects.filter(pk=kept.pk).update(account=None)
    with pytest.raises(BadInput, match="has no account"):
        merged(two, cast, now)
    assert Application.objects.filter(applicant=gone).count() == 3


def test_only_who_works_with_both_merges_and_nobody_themselves(
    client: Client, cast: Cast, two: tuple[Person, Person], now: dt.datetime
) -> None:
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                merged(two, cast, now, actor=account)
    stranger = with_address("Mohamed Hassan", "apart@apart.example")
    make_submitted_application(make_call(), applicant=stranger.account)
    with pytest.raises(Refused, match="works on calls in which each"):
        merged((two[0], stranger), cast, now)
    with pytest.raises(Refused, match="This is you"):
        merged((two[0], cast.programme_officer.person), cast, now)
    with pytest.raises(BadInput, match="the same person"):
        merged((two[0], two[0]), cast, now, gone=two[0])


def test_it_is_chosen_shown_done_and_undone_by_pages(
    client: Client, cast: Cast, two: tuple[Person, Person], now: dt.datetime
) -> None:
    kept, gone = two
    officer = cast.programme_officer
    client.force_login(officer)
    person = reverse("site:person", args=[kept.reference])
    page = reverse("site:merge", args=[kept.reference])
    assert page in client.get(person).content.decode()
    twin = with_address("Hassan Mohamed", "twin@two.example")
    make_submitted_application(make_call(officer=officer), applicant=twin.account)
    assert "twin@two.example" in client.get(page).content.decode()
    unknown = client.get(page, {"with": "nobody@example.org"})
    assert unknown.status_code == 422
    number = gone.applications.get().number
    seen = client.get(page, {"with": number}).content.decode()
    assert "muhammad@two.example" in seen
    assert "Make them one" in seen
    refused = client.post(page, {"with": number, "because": " "})
    assert refused.status_code == 422
    assert "Give the reason" in refused.content.decode()
    done = client.post(page, {"with": number, "because": "One passport"}, follow=True)
    assert "One passport" in done.content.decode()
    merge = Merge.objects.get()
    undo = reverse("site:undo_merge", args=[kept.reference, merge.reference])
    assert "Give the reason" in client.post(undo, {"because": ""}, follow=True).content.decode()
    assert "two again" in client.post(undo, {"because": "Cousins"}, follow=True).content.decode()
    assert client.post(undo, {"because": "Cousins"}).status_code == 404
    client.force_login(cast.auditor)
    assert "Make" not in client.get(person).content.decode()
    assert client.get(page).status_code == 403
