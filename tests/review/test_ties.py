"""What a call says of conflicts of interest, held to every tie: what keeps somebody from judging,
what an officer looks at first, and what counts for nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.models import Application
from anso.audit.models import Entry
from anso.calls.actions import begin_amendment, change_conflicts
from anso.calls.models import Call, CallOfficer
from anso.calls.queries.amendments import (
    APPLICANTS,
    REVIEWERS,
    audiences_of,
    changes_between,
    reasons_against,
)
from anso.calls.wording.amendments import change_rows
from anso.decisions.actions import propose_selection
from anso.decisions.rules import may_propose_selection
from anso.directory.models import Affiliation, Interest, Person
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.terms import ConflictTerms, Strictness, Terms, to_plain
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.programmes.outcomes import read_terms
from anso.review.actions import answer_conflict, assign_reviewer, assign_reviewers
from anso.review.models import Assignment, ConflictAnswer, Reviewer
from anso.review.queries import (
    Finding,
    findings_between,
    get_conflict_facts,
    propose_assignments,
)
from anso.review.rules import may_remove_for_conflict
from tests.factories.applications import fellowship_answers
from tests.factories.calls import YEAR, make_call
from tests.factories.decisions import SELECTED, computed, make_contest, make_officer
from tests.factories.directory import make_country, make_organisation, make_person
from tests.factories.review import IN_REVIEW, make_eligible_application, make_reviewer

pytestmark = pytest.mark.django_db
HARD, ASK, OFF = Strictness.HARD, Strictness.ASK, Strictness.OFF
LONG_AGO = dt.date(2020, 1, 1)
DUE = IN_REVIEW + dt.timedelta(days=14)


def terms_with(**conflicts: Any) -> Terms:
    return replace(find_kind("fellowship").terms_for(YEAR), conflicts=ConflictTerms(**conflicts))


def a_call(**conflicts: Any) -> Call:
    return make_call(terms=terms_with(**conflicts)) if conflicts else make_call()


def a_file(call: Call, name: str = "Amina Okafor", **answers: Any) -> Application:
    account = make_person(name).account
    return make_eligible_application(
        call, applicant=account, answers=fellowship_answers(full_name=name, **answers)
    )


def found(person: Person, application: Application) -> list[tuple[str, str, tuple[str, ...]]]:
    facts = get_conflict_facts([person], [application], IN_REVIEW.date())
    return [
        (each.code, str(each.strictness), each.matched)
        for each in findings_between(person, application, facts)
    ]


def at(person: Person, name: str, **fields: Any) -> Person:
    organisation = make_organisation(name=name, **fields)
    Affiliation.objects.create(person=person, organisation=organisation, starts_on=LONG_AGO)
    return person


def assign(application: Application, reviewer: Reviewer, because: str = "") -> Assignment:
    return assign_reviewer(
        actor=SETUP,
        application=application,
        reviewer=reviewer,
        due_at=DUE,
        now=IN_REVIEW,
        because=because,
    )


def test_an_organisation_is_one_by_the_directory_first_then_by_name_and_alike_is_a_question() -> (
    None
):
    application = a_file(a_call(), degree_institution="Makerere University")
    assert found(at(make_person("Ama"), "makerere  UNIVERSITY."), application) == [
        ("institution", "hard", ("Makerere University",))
    ]
    for alike in ("Faculty of Science, Makerere University", "Université Makerere"):
        told = found(at(make_person("Ama"), alike), application)
        assert [each[0] for each in told] in (["institution_alike"], ["institution"]), alike
    assert found(at(make_person("Ama"), "Kyambogo University"), application) == []
    assert found(at(make_person("Ama"), "Makerere Hospital for Eyes"), application) == []
    make_organisation(name="University of Dar es Salaam", acronym="UDSM")
    other = a_file(application.call, "Bo Li", degree_institution="UDSM")
    known = make_person("Zuri")
    Affiliation.objects.create(
        person=known,
        organisation=other.participants.get(role="applicant").organisation,
        starts_on=LONG_AGO,
    )
    assert found(known, other) == [("organisation", "hard", ("University of Dar es Salaam",))]


def test_each_tie_follows_the_terms_of_its_call() -> None:
    lenient = a_call(organisation=OFF, family_name=OFF, country=ASK)
    application = a_file(lenient, degree_institution="Makerere University", citizenship="KE")
    colleague = at(make_person("Emeka Okafor"), "Makerere University")
    colleague.nationality = make_country("KE")
    colleague.save()
    assert found(colleague, application) == [("country", "ask", ("KE",))]
    strict = a_call(family_name=HARD, organisation=ASK)
    application = a_file(strict, degree_institution="Makerere University")
    assert found(colleague, application) == [
        ("organisation", "ask", ("Makerere University",)),
        ("family_name", "hard", ("Amina Okafor",)),
    ]


def test_nationalities_count_by_both_passports_and_the_stateless_share_none() -> None:
    call = a_call(countries=("NP",))
    person = make_person("Ama")
    person.nationality = make_country("NP")
    person.save()
    second = a_file(call, citizenship="KE", second_citizenship="NP")
    assert found(person, second) == [("country", "hard", ("NP",))]
    assert found(person, a_file(call, "Bo Li", citizenship="KE")) == []
    stateless = a_file(a_call(country=HARD), "Ci Xu", citizenship="XS")
    assert found(person, stateless) == []


def test_joint_work_counts_for_the_years_of_the_call_and_family_always() -> None:
    call = a_call(joint_work_years=3)  # closes in February 2027
    application = a_file(call)
    person, applicant = make_person("Ama"), application.applicant
    interest = Interest.objects.create(
        person=person,
        other_person=applicant,
        kind="joint_work",
        last_year=2024,
        declared_at=IN_REVIEW,
    )
    assert found(person, application) == [("joint_work", "hard", ())]
    interest.last_year = 2023
    interest.save()
    assert found(person, application) == []
    Interest.objects.filter(pk=interest.pk).update(kind="family")
    assert found(person, application) == [("person", "hard", ())]
    Interest.objects.filter(pk=interest.pk).update(kind="supervision")
    assert found(person, application) == [("supervision", "hard", ())]
    host = application.participants.filter(organisation__isnull=False).first()
    if host is None:
        host = application.participants.get(role="applicant")
        host.organisation = make_organisation(name="Institute of Salt")
        host.save(update_fields=["organisation"])
    Interest.objects.filter(pk=interest.pk).update(
        kind="financial", other_person=None, organisation=host.organisation
    )
    assert found(person, application) == [("organisation_interest", "hard", ())]


def test_whoever_is_named_in_the_publications_of_a_file_is_a_question() -> None:
    old = "Okafor A., Gitau W. (2016) Salt. Water 3."
    new = "K. Mensah and A. Okafor. Rivers that rest. 2025."
    application = a_file(a_call(), experience=f"{old}\n{new}")
    assert found(make_person("Kofi Mensah"), application) == [("author", "ask", ())]
    assert found(make_person("Wanjiru Gitau"), application) == []  # eleven years before
    assert found(make_person("Mensah"), application) == []  # one word is any word
    blank = a_file(application.call, "Bo Li", experience=f"2021\n\n{new}")
    assert found(make_person("Kofi Mensah"), blank) == [("author", "ask", ())]


def test_one_name_is_a_question_also_of_somebody_with_a_second_account() -> None:
    application = a_file(a_call())
    again = make_person("OKAFOR, Amina")
    assert found(again, application) == [("namesake", "ask", ("Amina Okafor",))]


def test_a_question_is_decided_with_a_reason_and_asked_again_when_its_facts_change() -> None:
    call = a_call()
    application, reviewer = a_file(call), make_reviewer(call, person=make_person("Emeka Okafor"))
    assert propose_assignments(call, IN_REVIEW).pairs == ()
    with pytest.raises(BadInput, match=r"family name.*\(Amina Okafor\)\. Say why"):
        assign(application, reviewer)
    with pytest.raises(BadInput, match="Say why"):
        assign_reviewers(
            actor=SETUP, call=call, pairs=[(application, reviewer)], due_at=DUE, now=IN_REVIEW
        )
    answer_conflict(
        actor=SETUP,
        application=application,
        reviewer=reviewer,
        is_conflict=True,
        because="They are cousins.",
        now=IN_REVIEW,
    )
    assert found(reviewer.person, application) == [("family_name", "hard", ("Amina Okafor",))]
    with pytest.raises(BadInput, match="cannot judge"):
        assign_reviewers(
            actor=SETUP, call=call, pairs=[(application, reviewer)], due_at=DUE, now=IN_REVIEW
        )
    # The latest answer counts, with its reason in the record.
    assert assign(application, reviewer, "Another family: he wrote so.").state == "assigned"
    told = Entry.objects.filter(verb="answer_conflict").latest("id")
    assert told.because == "Another family: he wrote so."
    assert found(reviewer.person, application) == []
    Person.objects.filter(pk=reviewer.person_id).update(full_name="Amina Okafor")
    reviewer.person.refresh_from_db()
    assert [each[:2] for each in found(reviewer.person, application)] == [("namesake", "ask")]


def test_a_reason_is_given_and_kept_short_and_where_nothing_is_asked_nothing_is_kept() -> None:
    call = a_call()
    application, reviewer = a_file(call), make_reviewer(call, person=make_person("Bo Li"))
    for because, told in ((" ", "Say why"), ("x" * 301, "at most 300")):
        with pytest.raises(BadInput, match=told):
            answer_conflict(
                actor=SETUP,
                application=application,
                reviewer=reviewer,
                is_conflict=False,
                because=because,
                now=IN_REVIEW,
            )
    assert assign(application, reviewer, "Nothing to see").state == "assigned"
    assert not ConflictAnswer.objects.exists()


def test_the_desk_asks_beside_the_name_and_keeps_what_was_typed(client: Client) -> None:
    officer = make_officer()
    call = make_call(officer=officer)
    application, reviewer = a_file(call), make_reviewer(call, person=make_person("Emeka Okafor"))
    client.force_login(officer)
    page = reverse("review:application_assignments", args=[call.reference, application.number])
    shown = client.get(page).content.decode()
    assert "may have a family name in common with somebody who takes part (Amina Okafor)" in shown
    chosen = {"reviewer": reviewer.reference}
    refused = client.post(page, {"act": "assign", **chosen})
    assert refused.status_code == 422
    assert "Say why that is no conflict" in refused.content.decode()
    client.post(page, {"act": "conflict", "because": "Cousins", **chosen})
    assert "found to be a conflict:" in client.get(page).content.decode()
    client.post(page, {"act": "assign", "because": "Not cousins after all", **chosen})
    shown = client.get(page).content.decode()
    assert Assignment.objects.get().reviewer == reviewer
    assert "“Cousins”" in shown
    assert "“Not cousins after all”" in shown


def test_settings_are_chosen_on_a_page_and_told_on_the_page_of_the_call(client: Client) -> None:
    officer = make_officer()
    draft = make_call(state="draft", officer=officer)
    client.force_login(officer)
    make_country("NP")
    page = reverse("calls:conflicts", args=[draft.reference])
    typed = dict.fromkeys(("organisation", "named", "supervision", "joint_work"), "hard")
    typed |= {"family_name": "off", "country": "ask", "joint_work_years": "4", "countries": "NP"}
    assert client.post(page, typed).status_code == 302
    draft.refresh_from_db()
    kept = read_terms(draft.design).conflicts
    assert kept == ConflictTerms(
        joint_work_years=4, family_name=OFF, country=ASK, countries=("NP",)
    )
    shown = client.get(page).content.decode()
    assert "in the 4 years before the close" in shown
    assert "Nobody with one of these nationalities judges somebody who shares it: Nepal." in shown
    assert "family name in common with one of them" not in shown
    for wrong, told in (
        ({"named": "off"}, "is at least looked at"),
        ({"family_name": "never"}, "Choose from the list"),
        ({"countries": "ZZ"}, "Choose from the list"),
        ({"joint_work_years": "31"}, "between 1 and 30 years"),
    ):
        refused = client.post(page, typed | wrong)
        assert refused.status_code == 422
        assert told in refused.content.decode()
    public = client.get(reverse("calls:call", args=[make_call().slug])).content.decode()
    assert "Who must not judge you" in public
    assert "in the 5 years before the close" in public


def test_an_amendment_makes_them_stricter_never_looser_and_tells_both_sides() -> None:
    call = a_call(country=ASK, countries=("NP",))
    officer: Account = make_officer()
    CallOfficer.objects.create(call=call, account=officer, since_at=IN_REVIEW)
    begin_amendment(call=call, actor=officer, now=IN_REVIEW)
    call.refresh_from_db()

    def judged(**changes: Any) -> tuple[list[str], Any]:
        change_conflicts(
            call=call,
            changes=changes,  # type: ignore[arg-type]
            base_revision=call.revision,
            actor=officer,
            now=IN_REVIEW,
        )
        call.refresh_from_db()
        before = {"terms": to_plain(terms_with(country=ASK, countries=("NP",)))}
        found = changes_between(before, {"terms": call.design})
        return [each.code for each in reasons_against(call, found, IN_REVIEW)], found

    codes, changed = judged(country=HARD, joint_work_years=6)
    assert codes == []
    assert audiences_of(call, changed) == {APPLICANTS, REVIEWERS}
    (row,) = (each for each in change_rows(changed, []) if "nationality" in each.where)
    assert row.after == "Is never given the file"
    for looser in ({"country": OFF}, {"joint_work_years": 4}, {"countries": ()}):
        kept = {"country": HARD, "joint_work_years": 6, "countries": ("NP",)}
        assert judged(**(kept | looser))[0] == ["conflicts_looser"]


def test_a_finding_stands_for_what_was_compared() -> None:
    one = Finding("namesake", ASK, ("A", "B"))
    assert one.about == Finding("namesake", ASK, ("B", "A")).about
    assert one.about != Finding("family_name", ASK, ("A", "B")).about


def test_a_file_is_taken_from_a_reviewer_with_the_reason_in_the_record(client: Client) -> None:
    contest = make_contest((6, 4))
    run, (first, _second) = computed(contest), contest.applications
    given = Assignment.objects.get(application=first)
    page = reverse("review:application_assignments", args=[contest.call.reference, first.number])
    chosen = {"act": "remove", "assignment": given.reference}
    later = SELECTED + dt.timedelta(hours=1)
    with time_machine.travel(later, tick=False):
        client.force_login(contest.officer)
        refused = client.post(page, chosen)
        assert "Say why; whoever looks at this later reads it." in refused.content.decode()
        client.post(page, chosen | {"because": "They wrote a paper in 2026."})
    given.refresh_from_db()
    assert (given.state, given.remark) == ("conflicted", "They wrote a paper in 2026.")
    entry = Entry.objects.filter(verb="remove_for_conflict").get()
    assert (entry.actor, entry.because) == (contest.officer, "They wrote a paper in 2026.")
    assert Message.objects.filter(code="review.cancelled").count() == 1
    # What was written stays, and counts no more.
    assert given.review.scores.exists()
    assert not may_propose_selection(contest.officer, run, later)
    again = computed(contest, later)
    assert (
        again.placements.get(application=first).facts != run.placements.get(application=first).facts
    )


def test_nobody_is_taken_from_a_selection_that_stands() -> None:
    contest = make_contest((6,))
    given = Assignment.objects.get()
    assert may_remove_for_conflict(contest.officer, given, SELECTED)
    assert not may_remove_for_conflict(contest.chair, given, SELECTED)
    run = computed(contest)
    propose_selection(actor=contest.officer, run=run, now=SELECTED, because="As it is.")
    verdict = may_remove_for_conflict(contest.officer, given, SELECTED)
    assert [each.code for each in verdict.reasons] == ["selection_stands"]
