"""What no rule can judge is a question: an officer answers it with a reason, by pages, and the
answer holds as long as what was asked stands.
"""

from __future__ import annotations

import datetime as dt
import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from anso.applications.actions import (
    AskedAnew,
    answer_rule,
    ask_letter,
    confirm_eligible,
    run_eligibility_check,
    screen_applications,
    submit_application,
    take_back_rule_answers,
)
from anso.applications.models import Application, EligibilityCheck, RuleAnswer
from anso.applications.queries.eligibility import judge_submission
from anso.audit.queries import entries_about
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from tests.cast import Cast
from tests.factories.answers import answers_for
from tests.factories.applications import (
    add_documents,
    fellowship_answers,
    make_application,
    make_submitted_application,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_organisation
from tests.pages import squeezed

pytestmark = pytest.mark.django_db
LATER = dt.timedelta(days=1)
ALIKE = {"name": "A. Yusuf", "email": "other@example.org"}
NAMED = {
    "title": "Zanele Mbeki",
    "full_name": "Amina Yusuf",
    "nominator_organisation": "University of Ghana",
    "nominee_organisation": "Institute of Deserts",
    "nominee": {"name": "Zanele Mbeki", "email": "zanele@example.org"},
    "supporter_1": {"name": "Bo Li", "email": "bo@example.org", "organisation": "A Museum"},
    "supporter_2": {"name": "Ana Diaz", "email": "ana@example.org", "organisation": "A Zoo"},
}


def nomination(cast: Cast, now: dt.datetime, **answers: object) -> Application:
    call = make_call(make_programme("prize"), officer=cast.programme_officer)
    usual = answers_for(get_form(call)[1]) | NAMED
    application = make_application(call, applicant=cast.applicant, answers=usual | answers)
    add_documents(application)
    submit_application(application=application, actor=cast.applicant, arrived_at=now, now=now)
    application.refresh_from_db()
    return application


def result_of(application: Application, code: str) -> str:
    verdict = judge_submission(Application.objects.get(pk=application.pk))
    return next(str(each.result) for each in verdict.judged_rules if each.rule.code == code)


def close_now(application: Application) -> None:
    """The pages read the clock: the call closed yesterday."""
    past = dt.datetime.now(dt.UTC) - LATER
    Call.objects.filter(pk=application.call_id).update(closes_at=past, opens_at=past - 9 * LATER)
    EligibilityCheck.objects.update(checked_at=past)


def about_of(application: Application, code: str) -> str:
    verdict = judge_submission(application)
    return next(each.about for each in verdict.judged_rules if each.rule.code == code)


@pytest.mark.parametrize(
    ("own", "nominee", "result"),
    [
        ("Makerere University", "makerere university.", "not_met"),
        ("Makerere University", "MAK", "not_met"),
        ("Makerere University", "Université Makerere", "question"),
        ("Makerere University", "University of Nairobi", "met"),
    ],
)
def test_an_own_institution_is_known_however_it_is_spelled(
    cast: Cast, now: dt.datetime, own: str, nominee: str, result: str
) -> None:
    make_organisation(name="Makerere University", acronym="MAK")
    named = nomination(cast, now, nominator_organisation=own, nominee_organisation=nominee)
    assert result_of(named, "P2") == result


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"title": "Dr Amina YUSUF"}, "not_met"),
        ({"title": "أمينة يوسف"}, "question"),
        ({"title": "Zanele Mbeki"}, "met"),
    ],
)
def test_nobody_nominates_themselves_in_any_script(
    cast: Cast, now: dt.datetime, changes: dict[str, str], result: str
) -> None:
    assert result_of(nomination(cast, now, **changes), "P1") == result


def test_a_supporter_of_the_nominees_organisation_is_told_and_one_alike_is_a_question(
    cast: Cast, now: dt.datetime
) -> None:
    colleague = NAMED["supporter_1"] | {"organisation": "Example Institute"}  # type: ignore[operator]
    named = nomination(
        cast, now, supporter_1=colleague, nominee_organisation="EXAMPLE INSTITUTE, Ltd."
    )
    assert (result_of(named, "P8"), result_of(named, "P7")) == ("not_met", "met")


def test_an_officer_answers_with_a_reason_and_only_that_question(
    cast: Cast, now: dt.datetime
) -> None:
    named = nomination(
        cast,
        now,
        nominator_organisation="Makerere University",
        nominee_organisation="Makerere University Business School",
    )
    officer, later = cast.programme_officer, named.call.closes_at + LATER
    assert result_of(named, "P2") == "question"
    with pytest.raises(BadInput, match="P2"):
        confirm_eligible(application=named, actor=officer, now=later)
    bulk = screen_applications(
        applications=[named], verb="confirm_eligible", actor=officer, now=later
    )
    assert (bulk.settled, len(bulk.refused)) == ([], 1)
    about = about_of(named, "P2")
    given = {"application": named, "rule": "P2", "actor": officer, "now": later}
    for reason in ("  ", "x" * 2001):
        with pytest.raises(BadInput):
            answer_rule(about=about, is_met=True, because=reason, **given)
    with pytest.raises(AskedAnew):
        answer_rule(about="what stood there before", is_met=True, because="Two bodies.", **given)
    with pytest.raises(AskedAnew):
        answer_rule(about=about, is_met=True, because="x", **(given | {"rule": "P99"}))
    answer_rule(about=about, is_met=True, because="A school of its own statutes.", **given)
    assert result_of(named, "P2") == "met"
    with pytest.raises(AskedAnew):  # a second officer reads first what the first one said
        answer_rule(about=about, is_met=False, because="The same.", **given)
    confirm_eligible(application=named, actor=officer, now=later)
    entry = next(each for each in entries_about(named) if each.verb == "answer_rule")
    assert entry.because == "A school of its own statutes."


def test_an_answer_is_taken_back_with_a_reason_and_falls_with_what_it_was_about(
    cast: Cast, now: dt.datetime
) -> None:
    named = nomination(
        cast, now, nominator_organisation="Oslo", nominee_organisation="University of Oslo"
    )
    officer, later = cast.programme_officer, named.call.closes_at + LATER
    given = {"application": named, "rule": "P2", "actor": officer, "now": later}
    answer_rule(about=about_of(named, "P2"), is_met=False, because="The same.", **given)
    assert (result_of(named, "P2"), named.eligibility) == ("not_met", "not_eligible")
    with pytest.raises(BadInput):
        take_back_rule_answers(because=" ", **given)
    take_back_rule_answers(because="I looked at the wrong file.", **given)
    assert result_of(named, "P2") == "question"
    with pytest.raises(AskedAnew):
        take_back_rule_answers(because="Again.", **given)
    RuleAnswer.objects.create(
        application=named,
        rule="P2",
        about="another spelling",
        is_met=True,
        reason="Of an earlier submission.",
        answered_by=officer,
        answered_at=later,
    )
    assert result_of(named, "P2") == "question"


def test_nobody_else_answers_and_nobody_their_own(cast: Cast, now: dt.datetime) -> None:
    named = nomination(
        cast, now, nominator_organisation="Oslo", nominee_organisation="University of Oslo"
    )
    later, about = named.call.closes_at + LATER, about_of(named, "P2")
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                answer_rule(
                    application=named, rule="P2", about=about, is_met=True, because="x",
                    actor=account, now=later,
                )  # fmt: skip
            with pytest.raises(Refused):
                take_back_rule_answers(
                    application=named, rule="P2", because="x", actor=account, now=later
                )
    named.participants.filter(role="nominator").update(person=cast.programme_officer.person)
    with pytest.raises(Refused, match="You take part"):
        answer_rule(
            application=named, rule="P2", about=about, is_met=True, because="x",
            actor=cast.programme_officer, now=later,
        )  # fmt: skip


def test_the_officers_page_asks_and_keeps_what_was_typed(
    cast: Cast, now: dt.datetime, client: Client
) -> None:
    named = nomination(
        cast,
        now,
        nominator_organisation="Oslo",
        nominee_organisation="University of Oslo",
        nominee_gender="man",
    )
    client.force_login(cast.programme_officer)
    page_url = reverse("applications:desk_detail", args=[named.reference])
    close_now(named)
    answer_url = reverse("applications:answer_rule", args=[named.reference, "P2"])
    page = squeezed(client.get(page_url))
    assert "These look alike. Are they the same, and how do you know?" in page
    assert "What do you know of it, and from where?" in page  # P4, which nobody has answered
    found = re.search(rf'{re.escape(answer_url)}".*?name="about" value="(\w+)"', page, re.DOTALL)
    assert found is not None
    kept = client.post(answer_url, {"answer": "met", "about": "old", "because": "Typed at length."})
    assert (kept.status_code, "Typed at length." in squeezed(kept)) == (409, True)
    empty = client.post(answer_url, {"answer": "met", "about": found[1], "because": ""})
    assert (empty.status_code, "Say why" in squeezed(empty)) == (422, True)
    assert client.post(answer_url, {"answer": "maybe"}).status_code == 404
    given = {"answer": "not_met", "about": found[1], "because": "One statute."}
    done = squeezed(client.post(answer_url, given, follow=True))
    assert "An officer answered:" in done
    assert "One statute." in done
    asked = {"answer": "ask_again", "because": "The other faculty was meant."}
    again = squeezed(client.post(answer_url, asked, follow=True))
    assert "P2 is a question again." in again
    assert "An officer answered:" not in again


def test_a_referee_whose_name_is_like_ones_own_is_a_question(
    cast: Cast,
) -> None:
    call = make_call(officer=cast.programme_officer)
    application = make_submitted_application(
        call, applicant=cast.applicant, answers=fellowship_answers(referee_1=ALIKE)
    )  # fmt: skip
    assert result_of(application, "F14") == "question"
    run_eligibility_check(
        application=application, actor=cast.programme_officer, now=call.closes_at + LATER
    )
    application.refresh_from_db()
    assert application.eligibility == "ask_us"


@pytest.mark.parametrize(
    "address", ["applicant+two@cast.example", "SECOND@own.example", "second+x@own.example"]
)
def test_nobody_writes_their_own_letter_from_another_address_of_theirs(
    cast: Cast, now: dt.datetime, address: str
) -> None:
    account = cast.applicant
    EmailAddress.objects.create(user=account, email="second@own.example", verified=True)
    call = make_call()
    typed = address.replace("applicant@", account.email.replace("@", "+two@"))
    if address.startswith("applicant"):
        box, _, host = account.email.partition("@")
        typed = f"{box}+two@{host}"
    person = {"name": "Somebody", "email": typed}
    application = make_application(
        call, applicant=account, answers=fellowship_answers(referee_1=person)
    )
    with pytest.raises(BadInput, match="your own address"):
        ask_letter(
            application=application,
            question_key="referee_1",
            actor=account,
            now=now,
        )
