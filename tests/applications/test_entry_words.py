"""A nomination is called a nomination, a proposal a proposal: in mails, on pages and on paper."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django.db.models import F
from django.test import Client
from django.utils import translation

from anso.applications.actions import invite_applications
from anso.applications.models import Application, Letter
from anso.applications.queries.required_letters import Lack
from anso.applications.queries.todo import letters_awaited
from anso.applications.wording import need_of_lack, standing_of
from anso.applications.wording.mail import application_told
from anso.applications.wording.standing import awaited_in_words
from anso.calls.queries import get_terms
from anso.kernel.actors import SETUP
from tests.factories.applications import make_application, make_letter, put_in_state
from tests.factories.calls import NOW, make_call, make_programme
from tests.factories.directory import make_person
from tests.factories.steps import make_outline, make_two_step_call, named, noon

pytestmark = pytest.mark.django_db
MAILS = Path("src/anso/applications/templates/applications/mail")
SAID = {
    "fellowship": ("your application", "طلبك"),
    "prize": ("your nomination", "ترشيحك"),
    "collaborative_research": ("your proposal", "مقترحك"),
}


def test_no_mail_to_an_applicant_calls_everything_an_application() -> None:
    wrong = [each.name for each in MAILS.glob("*.txt") if "our application" in each.read_text()]
    assert wrong == []


@pytest.mark.parametrize("kind", SAID)
def test_each_is_called_what_its_call_takes(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    call = make_call(make_programme(kind))
    application = put_in_state(make_application(call), "submitted")
    Application.objects.filter(pk=application.pk).update(submitted_revision=F("revision"))
    application.refresh_from_db()
    english, arabic = SAID[kind]
    assert standing_of(application, NOW).heading == f"We have {english}"
    assert application_told(application)["your_entry"] == english
    with translation.override("ar"):
        assert application_told(application)["your_entry"] == arabic
    client.force_login(application.applicant.account)
    page = client.get(f"/applications/{application.reference}/receipt/").content.decode()
    assert f"We have received {english}" in page


def test_until_when_an_answer_counts_is_told_for_each_day() -> None:
    call = make_call(make_programme("prize"))
    application = put_in_state(make_application(call), "submitted")
    consent = make_letter(application, "nominee", kind="nominee", now=NOW)
    support = make_letter(application, "supporter_1", kind="supporter", now=NOW)
    other = make_letter(application, "supporter_2", kind="supporter", now=NOW)
    Letter.objects.filter(pk=consent.pk).update(due_at=NOW + dt.timedelta(days=90))
    Letter.objects.exclude(pk=consent.pk).update(due_at=NOW + dt.timedelta(days=100))
    told = awaited_in_words(letters_awaited([application], NOW), call.zone)
    first, second = told.split("; answers count until")[0], told.split(". ")[1]
    assert first == f"{consent.full_name} has not answered yet"
    assert second.startswith(f"{support.full_name}, {other.full_name} have not answered yet")


@pytest.mark.parametrize("kind", ["prize", "collaborative_research"])
def test_whoever_checks_submits_and_withdraws_reads_of_no_application(
    kind: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    application = make_application(make_call(make_programme(kind)))
    client.force_login(application.applicant.account)
    checked = client.get(f"/applications/{application.reference}/check/").content.decode()
    main = checked.partition("<main")[2].partition("</main>")[0]
    assert "application" not in re.sub(r"<[^>]+>", "", main)
    put_in_state(application, "submitted")
    asked = client.get(f"/applications/{application.reference}/withdraw/").content.decode()
    main = asked.partition("<main")[2].partition("</main>")[0]
    assert "application" not in re.sub(r"<[^>]+>", "", main)
    assert f"Withdraw {application.number}?" in asked


def test_a_writer_named_in_a_full_proposal_counts_until_its_own_day() -> None:
    call = make_two_step_call()
    application = make_outline(call, make_person("Whoever leads").account)
    rule = get_terms(call).letters[0]
    lack = Lack(rule, "", 0, 1)
    invite_applications(
        applications=[application],
        step=named(call, "full_proposals"),
        actor=SETUP,
        now=noon(call, "full_proposals"),
    )
    application.refresh_from_db()
    assert "2 July 2027" in need_of_lack(lack, application)
