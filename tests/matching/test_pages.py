"""Pages of both sides and of the desk: what each reads, and that every button does what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.matching import actions
from anso.matching.models import MatchRequest
from anso.matching.wording import (
    days_of_requests,
    further_lines,
    requests_in_lines,
    todo_items_for,
)
from anso.selection.record import read_record, replay_record
from tests.factories.applications import make_application
from tests.factories.directory import make_person
from tests.factories.matching import MATCHING, account_behind, make_open, make_request
from tests.matching.test_requests import Pool
from tests.shared import clock_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def pool() -> Iterator[Pool]:
    with clock_at(MATCHING):
        yield Pool()


def read(account: Account, name: str, *args: str, status: int = 200) -> str:
    client = Client()
    client.force_login(account)
    page = client.get(reverse(f"matching:{name}", args=args))
    assert page.status_code == status
    return page.content.decode()


def send(account: Account, name: str, *args: str, status: int = 302, **typed: str) -> str:
    client = Client()
    client.force_login(account)
    page = client.post(reverse(f"matching:{name}", args=args), typed)
    assert page.status_code == status
    return page.content.decode()


def entry_page(application: Application) -> str:
    client = Client()
    client.force_login(account_behind(application))
    address = reverse("applications:detail", args=[application.reference])
    return client.get(address).content.decode()


def test_a_host_reads_the_list_with_every_reason_and_asks(pool: Pool) -> None:
    host, need = account_behind(pool.need), pool.need
    assert reverse("matching:matches", args=[need.reference]) in entry_page(need)
    page = read(host, "matches", need.reference)
    for words in (
        "Whom you may ask",
        "Fields in common, 2 of 2: Agricultural sciences, Astronomy, space and earth sciences",
        "Hours of a working day in common: 8 of 8",
        "Both would work so: A short task online",
        "Has waited 30 days",
        "safeguarding@alliance.example",
    ):
        assert words in page, words
    record = read_record(read(host, "shortlist", need.reference))
    assert replay_record(record).holds
    asking = read(host, "ask", need.reference, pool.best.number)
    assert "Years of work in these fields" in asking, "what is marked for them is read before"
    assert account_behind(pool.best).email not in asking
    send(host, "ask", need.reference, pool.best.number, words="Dear colleague", asks_next="yes")
    request = MatchRequest.objects.get()
    assert (request.words, request.asks_next) == ("Dear colleague", True)
    assert "waiting for an answer" in read(host, "matches", need.reference)
    read(host, "ask", need.reference, pool.best.number, status=404)


def test_too_many_words_stand_in_the_field_again(pool: Pool) -> None:
    host, typed = account_behind(pool.need), "y" * 1001
    page = send(host, "ask", pool.need.reference, pool.best.number, words=typed, status=422)
    assert typed in page
    assert "1 too many" in page


def test_whoever_is_asked_reads_for_what_and_says_yes(pool: Pool) -> None:
    request, expert = make_request(pool.need, pool.best), account_behind(pool.best)
    page = read(expert, "matches", pool.best.reference)
    assert "Please help us." in page
    assert "Whom you may ask" not in page
    assert account_behind(pool.need).email not in page
    dialog = read(expert, "deed", request.reference, "accept")
    for words in ("What somebody would do", "Please help us.", "told each other’s names"):
        assert words in dialog
    assert account_behind(pool.need).email not in dialog
    send(expert, "deed", request.reference, "accept")
    assert account_behind(pool.need).email in read(expert, "matches", pool.best.reference)
    assert account_behind(pool.best).email in read(
        account_behind(pool.need), "matches", pool.need.reference
    )
    assert "matched" in entry_page(pool.best)


def test_whoever_is_asked_says_no_and_whoever_asked_takes_back(pool: Pool) -> None:
    first, second = make_request(pool.need, pool.best), make_request(pool.need, pool.second)
    expert, host = account_behind(pool.best), account_behind(pool.need)
    too_long = "z" * 1001
    page = send(expert, "deed", first.reference, "decline", because=too_long, status=422)
    assert too_long in page
    send(expert, "deed", first.reference, "decline", because="I am ill.")
    assert "I am ill." in read(host, "matches", pool.need.reference)
    read(host, "deed", second.reference, "withdraw")
    send(host, "deed", second.reference, "withdraw")
    assert "request taken back" in read(
        account_behind(pool.second), "matches", pool.second.reference
    )
    read(expert, "deed", first.reference, "explode", status=404)


def test_officers_read_all_requests_with_a_proposal_and_end_a_match(pool: Pool) -> None:
    assert "No requests yet" in read(pool.officer, "desk", pool.needs.reference)
    request = make_request(pool.need, pool.best)
    page = read(pool.officer, "desk", pool.needs.reference)
    assert pool.best.number in page
    assert "What would be best for all who still seek" in page
    assert json.loads(read(pool.officer, "record", pool.needs.reference))["method"] == "pairs/1"
    assert read(pool.officer, "record", pool.helpers.reference) == "{}"
    actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    dialog = reverse("matching:deed", args=[request.reference, "end"])
    assert dialog in read(pool.officer, "desk", pool.helpers.reference)
    send(pool.officer, "deed", request.reference, "end", because="Both wished so.")
    assert "Both wished so." in read(pool.officer, "desk", pool.needs.reference)


def test_the_day_to_answer_is_in_the_calendar_and_officers_find_it_with_the_person(
    pool: Pool,
) -> None:
    request = make_request(pool.need, pool.best)
    (event,) = days_of_requests(pool.best, MATCHING)
    assert pool.best.number in str(event)
    (line,) = requests_in_lines(pool.officer, pool.best.applicant, MATCHING)
    assert (pool.need.number in line.title, pool.best.number in line.note) == (True, True)
    stranger = make_person("Str Anger").account
    assert list(requests_in_lines(stranger, pool.best.applicant, MATCHING)) == []  # type: ignore[arg-type]
    actions.accept_match(actor=account_behind(pool.best), request=request, now=MATCHING)
    assert list(days_of_requests(pool.best, MATCHING)) == []


def test_strangers_find_nothing(pool: Pool) -> None:
    stranger = make_person("Str Anger").account
    assert stranger is not None
    request = make_request(pool.need, pool.best)
    read(stranger, "matches", pool.need.reference, status=404)
    read(stranger, "deed", request.reference, "accept", status=404)
    read(stranger, "desk", pool.needs.reference, status=404)
    # The other side's page is not theirs, and the need is no page of whoever may be asked.
    read(account_behind(pool.best), "matches", pool.need.reference, status=404)
    read(account_behind(pool.second), "deed", request.reference, "accept", status=404)


def test_whoever_stepped_back_keeps_the_page_of_what_was(pool: Pool) -> None:
    pool.best.offers.update(state="declined")
    read(account_behind(pool.best), "matches", pool.best.reference, status=404)
    assert further_lines(pool.best, MATCHING) == []
    make_request(pool.need, pool.second)
    pool.second.offers.update(state="declined")
    read(account_behind(pool.second), "matches", pool.second.reference)
    pool.need.offers.update(state="declined")
    assert "not open for matching" in read(
        account_behind(pool.need), "matches", pool.need.reference
    )


def test_where_nobody_fits_the_page_says_what_is_lacking(pool: Pool) -> None:
    Application.objects.filter(pk=pool.best.pk).update(state="withdrawn", withdrawn_at=MATCHING)
    far = make_open(pool.needs, fields=["04"], languages=["zh"])
    page = read(account_behind(far), "matches", far.reference)
    assert "Nobody fits today" in page
    assert "no field in common, no language in common" in page


def test_other_applications_have_no_such_page(pool: Pool) -> None:
    other = make_application()
    assert further_lines(other, MATCHING) == []
    read(account_behind(other), "matches", other.reference, status=404)
    assert todo_items_for(account_behind(other), MATCHING) == []


def test_arabic_readers_read_arabic(pool: Pool) -> None:
    host = account_behind(pool.need)
    host.language = "ar"
    host.save()
    client = Client(headers={"accept-language": "ar"})
    client.cookies["django_language"] = "ar"
    client.force_login(host)
    page = client.get(reverse("matching:matches", args=[pool.need.reference])).content.decode()
    assert "نقطة" in page or "نقاط" in page
    assert "in common" not in page
