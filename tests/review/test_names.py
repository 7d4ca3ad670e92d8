"""Reviewers say whom they know from a list of names that tells nobody who applied: drawn once,
answered page by page, heard by whoever gives files, and no way to learn whose file one has.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from anso.accounts.models import Account
from anso.applications.actions import withdraw_application
from anso.applications.models import Application
from anso.audit.models import Entry
from anso.calls.models import Call, CallOfficer
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.terms import ConflictTerms
from anso.kernel.todo import TODO_SOURCES
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from anso.review.actions import (
    answer_names,
    ask_about_names,
    assign_reviewer,
    remove_for_conflict,
    tick_names,
    withdraw_name,
)
from anso.review.models import Assignment, DeclaredName, ListedName, Reviewer
from anso.review.queries import findings_between, get_conflict_facts, propose_assignments
from anso.review.queries.names import _drawn_from, get_names_state, names_beside
from anso.review.rules import may_answer_names, may_ask_about_names, may_read_dossier
from tests.factories.applications import fellowship_answers
from tests.factories.calls import YEAR, make_call
from tests.factories.decisions import make_officer
from tests.factories.directory import make_person
from tests.factories.review import (
    IN_REVIEW,
    account_of,
    make_assignment,
    make_eligible_application,
    make_review,
    make_reviewer,
)

pytestmark = pytest.mark.django_db
DUE = IN_REVIEW + dt.timedelta(days=14)
HOUR = dt.timedelta(hours=1)


def a_file(call: Call, name: str = "Amina Okafor", **answers: Any) -> Application:
    account = make_person(name).account
    given = fellowship_answers(full_name=name, degree_institution="Kyambogo University", **answers)
    return make_eligible_application(call, applicant=account, answers=given)


def ask(call: Call, now: dt.datetime = IN_REVIEW) -> int:
    return ask_about_names(actor=SETUP, call=call, now=now)


def tick(reviewer: Reviewer, *names: str, now: dt.datetime = IN_REVIEW, on: str = "") -> None:
    """Tick these on a page that shows them and what else is called ``on``."""
    listed = ListedName.objects.filter(call=reviewer.call)
    chosen = list(listed.filter(name__in=names).values_list("reference", flat=True))
    shown = list(listed.filter(name=on).values_list("reference", flat=True))
    tick_names(
        actor=reviewer.person.account,  # type: ignore[arg-type]
        reviewer=reviewer,
        shown=[*chosen, *shown],
        ticked=chosen,
        now=now,
    )


def answer(
    reviewer: Reviewer, now: dt.datetime = IN_REVIEW, **ties: tuple[str, int | None]
) -> None:
    listed = {each.name: each.reference for each in ListedName.objects.filter(call=reviewer.call)}
    answer_names(
        actor=reviewer.person.account,  # type: ignore[arg-type]
        reviewer=reviewer,
        ties={listed[name.replace("_", " ")]: tie for name, tie in ties.items()},
        now=now,
    )


def found(reviewer: Reviewer, application: Application) -> list[tuple[str, str]]:
    facts = get_conflict_facts([reviewer.person], [application], IN_REVIEW.date())
    ties = findings_between(reviewer.person, application, facts)
    return [(each.code, str(each.strictness)) for each in ties]


def test_at_least_half_of_the_names_have_nothing_to_do_with_the_call_and_none_tells_which() -> None:
    call = make_call()
    a_file(call), a_file(call, "王伟"), a_file(call, "Suharto")
    elsewhere = make_person("Thandiwe Maseko")
    asked = make_reviewer(call, person=make_person("Bo Li"))
    assert ask(call) == call.listed_names.count()
    of_files = {"Amina Okafor", "王伟", "Suharto", "Kyambogo University"}
    names = list(call.listed_names.order_by("id").values_list("name", "is_organisation"))
    assert of_files < {name for name, _ in names}
    for is_organisation in (False, True):
        kind = [name for name, is_one in names if is_one is is_organisation]
        assert len([name for name in kind if name in of_files]) * 2 <= len(kind)
    # People of the directory stand there too, whoever judges and whoever writes letters does not.
    assert elsewhere.full_name in {name for name, _ in names}
    assert not {"Bo Li", "Wanjiru Kamau"} & {name for name, _ in names}
    keys = list(call.listed_names.order_by("id").values_list("key", flat=True))
    assert keys == sorted(keys)
    assert {each.added_at for each in call.listed_names.all()} == {IN_REVIEW}
    # The same others whenever it is drawn, and others for another call.
    wanted = {"p:x": "X"}
    assert names_beside(make_call(), wanted) != names_beside(make_call(), wanted)
    fresh = make_call()
    assert names_beside(fresh, wanted) == names_beside(fresh, wanted)
    mail = Message.objects.get(code="review.names")
    assert mail.recipient == asked.person.account
    assert "At least half of the names have nothing to do with this call" in mail.body


def test_a_name_stays_on_the_list_when_its_file_goes_and_new_ones_come_among_others() -> None:
    call = make_call()
    gone, _stays = a_file(call), a_file(call, "Kofi Mensah")
    ask(call)
    withdraw_application(application=gone, actor=gone.applicant.account, now=IN_REVIEW)
    with pytest.raises(BadInput, match="on the list already"):
        ask(call, IN_REVIEW + HOUR)
    before = call.listed_names.count()
    a_file(call, "Ngozi Balewa")
    assert get_names_state(call).is_lacking
    later = IN_REVIEW + HOUR
    assert ask(call, later) >= 1 + 10
    assert call.listed_names.filter(added_at=IN_REVIEW).count() == before
    assert call.listed_names.filter(name="Amina Okafor").exists()


def test_nobody_is_asked_while_people_may_still_apply_or_by_who_is_no_officer() -> None:
    call = make_call()
    officer, stranger = make_officer(), make_person("Stranger").account
    CallOfficer.objects.create(call=call, account=officer, since_at=IN_REVIEW)
    early = call.closes_at - HOUR
    verdict = may_ask_about_names(officer, call, early)
    assert [each.code for each in verdict.reasons] == ["window_open"]
    assert may_ask_about_names(officer, call, call.closes_at)
    assert not may_ask_about_names(stranger, call, IN_REVIEW)  # type: ignore[arg-type]
    terms = find_kind("fellowship").terms_for(YEAR)
    kept = tuple(each for each in terms.stages if each.block not in ("review", "rebuttal"))
    without = make_call(terms=replace(terms, stages=kept), officer=officer)
    verdict = may_ask_about_names(officer, without, IN_REVIEW)
    assert [each.code for each in verdict.reasons] == ["no_review"]


def test_without_enough_others_no_list_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    call = make_call()
    a_file(call)
    drawn = list(_drawn_from(call, {"p:b"}, "p", str, [["a", "b"], ["c", "a"]]))
    assert [name for _key, name in drawn] == ["a", "c"], "each once, and one source after another"
    monkeypatch.setattr("anso.review.actions.names.names_beside", lambda *_: [])
    with pytest.raises(BadInput, match="too few other names"):
        ask(call)


def test_what_is_ticked_keeps_files_away_by_its_kind_and_decoys_mean_nothing() -> None:
    call = make_call()
    application, other = a_file(call), a_file(call, "Kofi Mensah")
    reviewer = make_reviewer(call, person=make_person("Bo Li"))
    ask(call)
    decoy = call.listed_names.exclude(name__in=("Amina Okafor", "Kofi Mensah")).filter(
        is_organisation=False
    )[0]
    tick(reviewer, "Amina Okafor", decoy.name)
    assert found(reviewer, application) == [("listed", "hard")]
    assert found(reviewer, other) == []
    assert {each[0] for each in propose_assignments(call, IN_REVIEW).pairs} == {other}
    answer(reviewer, Amina_Okafor=("joint_work", 2019))
    assert found(reviewer, application) == []  # longer ago than the call asks for
    answer(reviewer, Amina_Okafor=("joint_work", 2025))
    with pytest.raises(BadInput, match="declared a tie to a name on the list"):
        assign_reviewer(
            actor=SETUP, application=application, reviewer=reviewer, due_at=DUE, now=IN_REVIEW
        )
    for tie, told in ((("friend", None), "Choose what"), (("joint_work", 2031), "a year from")):
        with pytest.raises(BadInput, match=told):
            answer(reviewer, Amina_Okafor=tie)
    # An organisation keeps from the files of all who belong to it.
    tick(reviewer, "Kyambogo University")
    assert found(reviewer, other) == [("listed", "hard")]
    entry = Entry.objects.filter(verb="answer_names").latest("id")
    assert entry.changes == {"names": [None, 2]}


def test_unticking_is_free_until_they_answer_and_needs_a_reason_after() -> None:
    call = make_call()
    application, reviewer = a_file(call), make_reviewer(call, person=make_person("Bo Li"))
    a_file(call, "Kofi Mensah")
    ask(call)
    tick(reviewer, "Amina Okafor", "Kofi Mensah")
    tick(reviewer, on="Kofi Mensah")
    assert [each.listed.name for each in DeclaredName.objects.all()] == ["Amina Okafor"]
    answer(reviewer)
    tick(reviewer, on="Amina Okafor", now=IN_REVIEW + HOUR)
    declared = DeclaredName.objects.get()
    account = account_of_reviewer(reviewer)
    with pytest.raises(BadInput, match="Say why"):
        withdraw_name(actor=account, declared=declared, because=" ", now=IN_REVIEW)
    withdraw_name(actor=account, declared=declared, because="Another Amina", now=IN_REVIEW)
    with pytest.raises(BadInput, match="already"):
        withdraw_name(actor=account, declared=declared, because="Again", now=IN_REVIEW)
    # It frees nothing by itself: an officer looks.
    assert found(reviewer, application) == [("withdrawn", "ask")]
    assert Entry.objects.get(verb="withdraw_name").because == "Another Amina"
    tick(reviewer, "Amina Okafor", now=IN_REVIEW + HOUR)
    assert found(reviewer, application) == [("listed", "hard")]


def account_of_reviewer(reviewer: Reviewer) -> Account:
    account = reviewer.person.account
    assert account is not None
    return account


def test_whoever_has_files_learns_nothing_by_ticking_and_an_officer_decides() -> None:
    officer = make_officer()
    call = make_call(officer=officer)
    application, other = a_file(call), a_file(call, "Kofi Mensah")
    reviewer = make_reviewer(call, person=make_person("Bo Li"))
    ask(call)
    review = make_review(make_assignment(application, reviewer, accepted=True))
    given = review.assignment
    tick(reviewer, "Amina Okafor", "Kofi Mensah")
    # What they have stays as it is, whoever was ticked; what they have not is not given.
    assert may_read_dossier(account_of(given), given, IN_REVIEW)
    with pytest.raises(BadInput, match="after files were given"):
        assign_reviewer(
            actor=SETUP, application=other, reviewer=reviewer, due_at=DUE, now=IN_REVIEW
        )
    waiting = [each.text for each in TODO_SOURCES["review"](officer, IN_REVIEW)]
    told = f"Bo Li has {application.number} and declared a tie afterwards: decide"
    assert told in waiting
    remove_for_conflict(
        actor=officer, assignment=given, because="Declared on the list", now=IN_REVIEW
    )
    given.refresh_from_db()
    assert given.state == "conflicted"
    assert told not in [each.text for each in TODO_SOURCES["review"](officer, IN_REVIEW)]
    assert Entry.objects.get(verb="remove_for_conflict").because == "Declared on the list"


def test_a_call_may_want_the_answer_first_and_anew_when_names_come() -> None:
    first = ConflictTerms(names_first=True)
    call = make_call(terms=replace(find_kind("fellowship").terms_for(YEAR), conflicts=first))
    application, reviewer = a_file(call), make_reviewer(call, person=make_person("Bo Li"))
    assert found(reviewer, application) == [("unanswered", "hard")]
    ask(call)
    todo = [each.url for each in TODO_SOURCES["review"](account_of_reviewer(reviewer), IN_REVIEW)]
    assert reverse("review:names", args=[reviewer.reference]) in todo
    assert found(reviewer, application) == [("unanswered", "hard")]
    answer(reviewer)
    assert found(reviewer, application) == []
    assert get_names_state(call).answered == 1
    given = assign_reviewer(
        actor=SETUP, application=application, reviewer=reviewer, due_at=DUE, now=IN_REVIEW
    )
    a_file(call, "Kofi Mensah")
    ask(call, IN_REVIEW + HOUR)
    assert found(reviewer, application) == [("unanswered", "hard")]
    assert Assignment.objects.get() == given


def test_ticks_of_every_page_are_kept_without_script_through_pages_and_searches(
    client: Client,
) -> None:
    call = make_call()
    a_file(call), a_file(call, "王伟")
    for number in range(70):
        ListedName.objects.create(
            call=call, name=f"Somebody {number:02}", key=f"p:{number}", added_at=IN_REVIEW
        )
    reviewer = make_reviewer(call, person=make_person("Bo Li"))
    ask(call)
    page = reverse("review:names", args=[reviewer.reference])
    with time_machine.travel(IN_REVIEW, tick=False):
        client.force_login(account_of_reviewer(reviewer))
        first = client.get(page)
        shown = first.context["shown"]
        chosen = shown.split()[:2]
        went = client.post(page, {"shown": shown, "tick": chosen, "go": "2"})
        assert went["Location"] == f"{page}?page=2"
        second = client.get(went["Location"])
        assert not set(second.context["shown"].split()) & set(shown.split())
        last = second.context["shown"].split()[0]
        searched = client.post(
            page,
            {"shown": second.context["shown"], "tick": last, "go": "search", "text": "wang wei"},
        )
        (row,) = client.get(searched["Location"]).context["rows"]
        assert row[0].name == "王伟"
        assert client.get(f"{page}?text=xyzzy").context["rows"] == []
        done = client.post(page, {"shown": "", "go": "finish", "text": "wang"})
        answered = reverse("review:declared_names", args=[reviewer.reference])
        assert done["Location"] == answered
        assert reviewer.declared_names.count() == 3
        kinds = {f"kind-{chosen[0]}": "family", f"year-{chosen[1]}": "20x4"}
        refused = client.post(answered, kinds | {"act": "answer"})
        assert "write the year as a number" in refused.content.decode()
        assert 'value="20x4"' in refused.content.decode()
        assert client.post(answered, kinds | {f"year-{chosen[1]}": ""}).status_code == 302
        assert reviewer.declared_names.get(listed__reference=chosen[0]).kind == "family"
        kept = client.get(page).content.decode()
        assert kept.count("disabled") >= 2
        wrong = client.post(answered, {"act": f"withdraw-{chosen[0]}"})
        assert "Say why" in wrong.content.decode()
        client.post(
            answered, {"act": f"withdraw-{chosen[0]}", f"because-{chosen[0]}": "Not the same"}
        )
        assert "“Not the same”" in client.get(answered).content.decode()
        assert client.post(answered, {"act": "withdraw-x"}).status_code == 404
        with translation.override("ar"):
            assert client.get(page).status_code == 200


def test_the_list_is_for_who_reviews_here_and_until_the_reviews_close(client: Client) -> None:
    call = make_call()
    a_file(call)
    reviewer = make_reviewer(call, person=make_person("Bo Li"))
    page = reverse("review:names", args=[reviewer.reference])
    client.force_login(account_of_reviewer(reviewer))
    assert client.get(page).status_code == 404  # nothing is asked yet
    ask(call)
    assert client.get(page).status_code == 200
    other = make_person("Other").account
    assert other is not None
    assert not may_answer_names(other, reviewer, IN_REVIEW)
    client.force_login(other)
    assert client.get(page).status_code == 404
    late = dt.datetime(2027, 12, 1, tzinfo=dt.UTC)
    with pytest.raises(Refused):
        tick(reviewer, "Amina Okafor", now=late)


def test_officers_draw_the_list_on_the_page_of_reviewers(client: Client) -> None:
    officer = make_officer()
    call = make_call(officer=officer)
    a_file(call)
    reviewer = make_reviewer(call, person=make_person("Bo Li"))
    page = reverse("review:reviewers", args=[call.reference])
    with time_machine.travel(call.closes_at - HOUR, tick=False):
        client.force_login(officer)
        assert "ask about the names after that" in client.get(page).content.decode()
    with time_machine.travel(IN_REVIEW, tick=False):
        client.force_login(officer)
        assert client.post(page, {"act": "names"}).status_code == 302
        shown = client.get(page).content.decode()
        assert "names are on the list." in shown
        assert "Answered about all of them: 0 of 1." in shown
        answer(reviewer)
        assert "names answered" in client.get(page).content.decode()
