"""What was submitted last is what is judged: an edit that was never submitted, and a submission
that was replaced, reach nobody who judges.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from anso.applications.actions import (
    confirm_eligible,
    run_eligibility_check,
    save_answers,
    submit_application,
)
from anso.applications.models import Application
from anso.applications.queries import submitted_facts_of
from anso.decisions.queries.inputs import get_selection_inputs
from anso.directory.models import Affiliation
from anso.review.actions import make_dossier
from anso.review.queries import conflicts_between, get_conflict_facts
from tests.cast import Cast
from tests.factories.applications import (
    NOW,
    fellowship_answers,
    give_all_letters,
    make_complete_application,
    make_submitted_application,
)
from tests.factories.calls import make_call, step_of
from tests.factories.directory import make_country, make_organisation, make_person
from tests.factories.review import make_reviewer

pytestmark = pytest.mark.django_db
HOUR = dt.timedelta(hours=1)
# The three differ in everything that anybody judges by, so that no test passes by reading another.
FIRST = fellowship_answers(
    title="A first title that was replaced",
    subject="01",
    citizenship="BR",
    level="master",
    hosts=["UCAS"],
    supervisor_ucas={"name": "李雨桐", "email": "li@example.org"},
    gender="man",
    date_of_birth="1971-01-01",
    degree_institution="Academy of Fine Arts",
)
SECOND = {
    "title": "The second title, which counts",
    "subject": "07",
    "citizenship": "KE",
    "level": "phd",
    "hosts": ["USTC"],
    "gender": "woman",
    "date_of_birth": "1998-05-12",
    "degree_institution": "University of Nairobi",
}
NEVER = {
    "title": "A title that was never submitted",
    "subject": "02",
    "citizenship": "DE",
    "level": "master",
    "hosts": ["UCAS"],
    "gender": "man",
    "date_of_birth": "1970-01-01",
    "full_name": "Somebody Else",
    "degree_institution": "Institute of Soil Physics",
}


def save(application: Application, now: dt.datetime, fields: dict[str, Any]) -> None:
    account = application.applicant.account
    assert account is not None
    application.refresh_from_db()
    base, token = application.revision, f"{now.isoformat()}"
    save_answers(
        application=application, fields=fields, base=base, token=token, actor=account, now=now
    )
    application.refresh_from_db()


@pytest.fixture
def resubmitted(cast: Cast, client: Client) -> Application:
    """Submitted, changed, submitted again, and changed once more without submitting."""
    make_country("DE")
    make_country("BR")
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(call, applicant=cast.applicant, answers=FIRST)
    save(application, NOW + HOUR, SECOND)
    submit_application(
        application=application, actor=cast.applicant, arrived_at=NOW + HOUR, now=NOW + HOUR
    )
    save(application, NOW + 2 * HOUR, NEVER)
    return application


def test_lists_show_the_latest_submission(resubmitted: Application) -> None:
    assert resubmitted.answers["title"]["value"] == NEVER["title"], "the draft has moved on"
    shown = (
        resubmitted.subject_name, resubmitted.title, resubmitted.category,
        resubmitted.first_preference, resubmitted.country_id,
    )  # fmt: skip
    assert shown == ("Amina Yusuf", SECOND["title"], "phd", "USTC", "KE")
    assert "second title" in resubmitted.search_text
    assert "first title" not in resubmitted.search_text
    assert "never" not in resubmitted.search_text


def test_rules_judge_the_latest_submission(
    resubmitted: Application, cast: Cast, now: dt.datetime
) -> None:
    check = run_eligibility_check(application=resubmitted, actor=cast.programme_officer, now=now)
    assert check.is_eligible is True, "1970 was never submitted, and 1971 was replaced"


def test_a_birth_year_that_was_submitted_is_judged_until_another_is_submitted(
    cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    answers = fellowship_answers(date_of_birth="1970-01-01")
    application = make_submitted_application(call, applicant=cast.applicant, answers=answers)
    save(application, NOW + HOUR, {"date_of_birth": "1998-05-12"})
    check = run_eligibility_check(application=application, actor=cast.programme_officer, now=now)
    assert check.is_eligible is False


def test_conflicts_and_affinity_read_the_latest_submission(
    resubmitted: Application, cast: Cast
) -> None:
    soil, nairobi = make_person("Soil Reviewer"), make_person("Nairobi Reviewer")
    arts = make_person("Arts Reviewer")
    for person, name in (
        (soil, NEVER["degree_institution"]),
        (nairobi, SECOND["degree_institution"]),
        (arts, FIRST["degree_institution"]),
    ):
        house = make_organisation(name=name)
        Affiliation.objects.create(person=person, organisation=house, starts_on=dt.date(2020, 1, 1))
        make_reviewer(resubmitted.call, person=person)
    facts = get_conflict_facts([soil, nairobi, arts], [resubmitted], NOW.date())
    assert conflicts_between(soil, resubmitted, facts) == []
    assert conflicts_between(arts, resubmitted, facts) == []
    assert conflicts_between(nairobi, resubmitted, facts) == ["institution"]
    assert submitted_facts_of([resubmitted])[resubmitted.pk]["expertise"] == "07"


def test_the_dossier_holds_the_latest_submission(resubmitted: Application, cast: Cast) -> None:
    review = step_of(resubmitted.call, "review")
    dossier = make_dossier(
        actor=cast.programme_officer, application=resubmitted, step=review, now=NOW
    )
    assert dossier.body["title"] == SECOND["title"]
    assert dossier.body["category"] == "phd"
    assert NEVER["title"] not in str(dossier.body)
    assert FIRST["title"] not in str(dossier.body)


def test_the_dossier_is_made_anew_after_a_resubmission(
    resubmitted: Application, cast: Cast
) -> None:
    facts = {"actor": cast.programme_officer, "step": step_of(resubmitted.call, "review")}
    before = make_dossier(application=resubmitted, now=NOW, **facts)
    later = NOW + 3 * HOUR
    submit_application(application=resubmitted, actor=cast.applicant, arrived_at=later, now=later)
    after = make_dossier(application=resubmitted, now=later, **facts)
    assert after.body["title"] == NEVER["title"], "which was submitted by now"
    assert after.pk == before.pk
    assert after.sha256 != before.sha256
    assert make_dossier(application=resubmitted, now=later, **facts) == after


def test_selection_places_the_latest_submission(resubmitted: Application, cast: Cast) -> None:
    later = resubmitted.call.closes_at + HOUR
    confirm_eligible(application=resubmitted, actor=cast.programme_officer, now=later)
    give_all_letters(resubmitted)
    inputs = get_selection_inputs(resubmitted.call, step_of(resubmitted.call, "review"))
    (candidate,) = inputs.task.candidates
    groups = inputs.groups[candidate.key]
    assert {"country:KE", "women"} <= groups
    assert not {"country:DE", "country:BR"} & groups
    assert candidate.groups == {"LDC|women"}, "what the limits need, from what was submitted last"
    leaves = candidate.preferences
    assert leaves, "the doctoral places at USTC, not the master's at UCAS"
    assert all("phd" in leaf.lower() and "ustc" in leaf.lower() for leaf in leaves)


def test_officers_read_what_was_submitted_on_every_page(
    resubmitted: Application, cast: Cast, client: Client, settings: Any
) -> None:
    settings.DEMONSTRATION = True
    client.force_login(cast.programme_officer)
    pages = (
        reverse("applications:desk_detail", args=[resubmitted.reference]),
        reverse("applications:table", args=[resubmitted.call.reference]),
        reverse("applications:export", args=[resubmitted.call.reference, "csv"]),
    )
    for page in pages:
        response = client.get(page)
        content = b"".join(response) if response.streaming else response.content
        text = content.decode()
        assert SECOND["title"] in text, page
        assert NEVER["title"] not in text, page


def test_officers_read_nothing_of_a_draft(cast: Cast, client: Client, settings: Any) -> None:
    settings.DEMONSTRATION = True
    call = make_call(officer=cast.programme_officer)
    draft = make_complete_application(
        call, applicant=cast.applicant, answers=fellowship_answers(title="Never submitted")
    )
    passport = draft.documents.get(slot="passport")
    client.force_login(cast.programme_officer)
    page = client.get(reverse("applications:desk_detail", args=[draft.reference]))
    assert (page.status_code, "Never submitted" in page.content.decode()) == (200, False)
    address = reverse("applications:document", args=[passport.reference])
    assert client.get(address).status_code == 404
    submit_application(application=draft, actor=cast.applicant, arrived_at=NOW, now=NOW)
    assert client.get(reverse("applications:desk_detail", args=[draft.reference])).content.count(
        b"Never submitted"
    )


def test_the_database_refuses_to_change_a_submission(resubmitted: Application) -> None:
    submission = resubmitted.submission
    assert submission is not None
    change = "UPDATE applications_submission SET sha256 = '' WHERE id = %s"
    with (
        pytest.raises(DatabaseError, match="never changed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change, [submission.pk])
