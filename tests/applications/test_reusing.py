"""An application begins with what an earlier one says: what may be taken over is, what must be
asked anew is, and nobody takes over what is another's.
"""

from __future__ import annotations

import pytest
from django.test import Client

from anso.accounts.models import Account
from anso.applications.actions import start_from_earlier, submit_application, withdraw_application
from anso.applications.models import Application
from anso.applications.queries.answers import get_form_of, plain_answers
from anso.applications.queries.reusing import applications_to_reuse
from anso.audit.queries import entries_about
from anso.calls.models import Call
from tests.cast import Cast
from tests.factories.applications import NOW, add_documents, make_application
from tests.factories.calls import make_call, make_programme
from tests.pages import squeezed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def another_call(kind: str = "fellowship") -> Call:
    return make_call(make_programme(kind))


def begin(client: Client, call: Call, account: Account, reuse: str) -> str:
    client.force_login(account)
    answer = client.post(
        f"/applications/start/{call.slug}/", {"ordinal": "1", "reuse": reuse}, follow=True
    )
    return squeezed(answer)


def test_answers_and_documents_come_along_and_statements_and_writers_are_asked_anew(
    cast: Cast, client: Client
) -> None:
    earlier = make_application(make_call(), applicant=cast.applicant)
    add_documents(earlier)
    call = another_call()
    client.force_login(cast.applicant)
    page = squeezed(client.get(f"/applications/start/{call.slug}/"))
    assert earlier.number in page
    assert "An empty form" in page
    told = begin(client, call, cast.applicant, earlier.reference)
    assert f"Taken over from {earlier.number}" in told
    new = Application.objects.get(call=call)
    before, after = plain_answers(earlier), plain_answers(new)
    assert after["title"] == before["title"]
    assert after["citizenship"] == before["citizenship"]
    assert not [key for key in after if key.startswith(("referee", "supervisor"))]
    statements = {each.key for each in get_form_of(new).questions() if each.type == "statement"}
    assert statements & set(before)
    assert not statements & set(after)
    assert set(new.documents.values_list("slot", "file")) == set(
        earlier.documents.values_list("slot", "file")
    )
    assert new.letters.count() == 0
    assert entries_about(new).filter(verb="reuse_application").exists()
    earlier.refresh_from_db()
    assert plain_answers(earlier) == before, "the earlier one stays as it is"


def test_a_withdrawn_application_to_the_same_call_is_offered_and_a_standing_one_is_not(
    cast: Cast, client: Client
) -> None:
    call = make_call()
    application = make_application(call, applicant=cast.applicant)
    add_documents(application)
    submit_application(application=application, actor=cast.applicant, arrived_at=NOW, now=NOW)
    application.refresh_from_db()
    assert applications_to_reuse(cast.applicant, call) == []
    withdraw_application(application=application, actor=cast.applicant, now=NOW)
    assert applications_to_reuse(cast.applicant, call) == [application]
    begin(client, call, cast.applicant, application.reference)
    new = Application.objects.exclude(pk=application.pk).get(call=call)
    assert plain_answers(new)["title"] == plain_answers(application)["title"]
    assert new.state == "draft"


@pytest.mark.parametrize("kind", ["collaborative_research", "prize"])
def test_another_kind_takes_what_it_asks_alike_and_nothing_else(cast: Cast, kind: str) -> None:
    earlier = make_application(make_call(), applicant=cast.applicant)
    add_documents(earlier)
    call = another_call(kind)
    begun = start_from_earlier(
        earlier=earlier, call=call, actor=cast.applicant, now=NOW, answers={}, ordinal=1
    )
    asked = set(plain_answers(begun.application))
    assert asked <= set(plain_answers(earlier))
    assert begun.answers == len(asked)
    slots = set(begun.application.documents.values_list("slot", flat=True))
    assert len(slots) <= begun.documents


def test_what_was_begun_before_is_left_as_it_is_and_newer_answers_count(cast: Cast) -> None:
    earlier = make_application(make_call(), applicant=cast.applicant)
    call = another_call()
    facts = {"earlier": earlier, "call": call, "actor": cast.applicant, "now": NOW, "ordinal": 1}
    first = start_from_earlier(**facts, answers={"citizenship": "UG"})
    assert plain_answers(first.application)["citizenship"] == "UG"
    later = facts | {"now": NOW.replace(minute=NOW.minute + 1)}
    again = start_from_earlier(**later, answers={"citizenship": "KE"})
    assert (again.application, again.answers, again.documents) == (first.application, 0, 0)
    assert plain_answers(again.application)["citizenship"] == "UG"


def test_nobody_takes_over_what_is_anothers(cast: Cast, client: Client) -> None:
    theirs = make_application(make_call(), applicant=cast.applicant)
    call = another_call()
    client.force_login(cast.stranger)
    assert theirs.number not in squeezed(client.get(f"/applications/start/{call.slug}/"))
    answer = client.post(
        f"/applications/start/{call.slug}/",
        {"ordinal": "1", "full_name": "Stranger", "reuse": theirs.reference},
    )
    assert answer.status_code == 404
    assert not Application.objects.filter(call=call).exists()
