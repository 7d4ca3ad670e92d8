"""Two submitted applications of one call that may be of one person: asked, answered, and asked no
more.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from anso.applications import tasks
from anso.applications.actions.list_columns import list_columns
from anso.applications.actions.namesakes import (
    AnsweredMeanwhile,
    answer_namesake,
    find_namesakes,
    namesake_mark,
)
from anso.applications.models import Application, Namesake
from anso.applications.queries.desk import ListFilter, narrowed
from anso.applications.queries.namesakes import namesakes_of
from anso.applications.wording import todo_items_for
from anso.applications.wording.namesakes import namesake_in_words
from anso.audit.models import Entry
from anso.calls.models import Call
from anso.calls.queries import get_form
from anso.kernel.errors import BadInput
from anso.kernel.likeness import Likeness, namesakes_alike
from anso.kernel.questions import Meaning
from anso.kernel.verdict import Refused
from anso.programmes.catalogue import KINDS
from anso.programmes.outcomes import OUTCOMES
from anso.questionnaires.models import FormVersion
from tests.cast import Cast
from tests.factories.applications import (
    fellowship_answers,
    make_submitted_application,
    store_application,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_person
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL

BORN = "1998-05-12"
SAME, NEAR, DIFFERENT = Likeness.SAME, Likeness.NEAR, Likeness.DIFFERENT


def submitted(call: Call, name: str, born: str = BORN, **fields: Any) -> Application:
    """A submitted application with the columns that its answers leave; no form walked."""
    person = fields.pop("person", None) or make_person(name)
    facts = {Meaning.BIRTH_DATE: born, Meaning.COUNTRY: "KE", Meaning.SUBJECT_NAME: name}
    number = f"{call.number_prefix}-{Application.objects.count():05}"
    columns = list_columns(facts, name=name, number=number, email="")
    return store_application(
        "submitted", call=call, applicant=person, number=number,
        form_version=call_form(call), **(columns | fields),
    )  # fmt: skip


def call_form(call: Call) -> FormVersion:
    return get_form(call)[0]


def found_for(application: Application, now: dt.datetime) -> Namesake:
    """The one question that a run of the job adds."""
    assert len(find_namesakes(application=application, now=now)) == 1
    return Namesake.objects.get()


def answered(pair: Namesake, actor: Any, now: dt.datetime, **changes: Any) -> Namesake:
    given: dict[str, Any] = {
        "namesake": pair, "is_one_person": False, "because": "Two passports.",
        "shown": namesake_mark(pair), "actor": actor, "now": now,
    }  # fmt: skip
    return answer_namesake(**(given | changes))


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        (("Amina Yusuf", BORN), ("YUSUF, Amina", BORN), SAME),
        (("Рустам Каримов", BORN), ("Karimov Rustam", BORN), NEAR),
        (("Mohamed Hassan", BORN), ("Muhammad Hasan", BORN), NEAR),
        (("محمد أحمد", BORN), ("Mohammed Ahmed", BORN), NEAR),
        (("王伟", BORN), ("Wang Wei", BORN), NEAR),
        (("Soeharto", BORN), ("Suharto", BORN), NEAR),  # one name alone
        (("Amina Yusuf", BORN), ("Amina Yusuf", "1998-12-05"), NEAR),  # day and month exchanged
        (("Amina Yusuf", BORN), ("Amina Yusuf", "1998"), NEAR),  # only the year is known
        (("Amina Yusuf", "1998"), ("Amina Yusuf", "1998"), NEAR),
        (("Aminah Yousuf", "1998"), ("Amina Yusuf", BORN), DIFFERENT),
        (("Li Wei", BORN), ("Lu Wei", BORN), DIFFERENT),
        (("Amina Yusuf", BORN), ("Fatima Yusuf", BORN), DIFFERENT),  # twins
        (("Amina Yusuf", BORN), ("Amina Yusuf", "1998-05-13"), DIFFERENT),
        (("Amina Yusuf", ""), ("Amina Yusuf", ""), DIFFERENT),
        (("An", BORN), ("Ở", BORN), DIFFERENT),
    ],
)
def test_names_are_compared_in_any_script_and_order(
    one: tuple[str, str], other: tuple[str, str], likeness: Likeness
) -> None:
    assert (namesakes_alike(one, other), namesakes_alike(other, one)) == (likeness, likeness)


def test_one_who_applies_twice_under_two_addresses_is_asked_about_until_an_officer_answers(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    first = make_submitted_application(call, applicant=cast.applicant)
    answers = fellowship_answers(full_name="YOUSUF Aminah")
    second = make_submitted_application(call, applicant=cast.stranger, answers=answers)
    for each in (second, first):  # in whatever order the jobs run
        tasks.make_receipt(each.submission_id)
    jobs = ProcrastinateJob.objects.filter(task_name="applications.find_namesakes")
    for job in jobs.order_by("id"):
        tasks.look_for_namesakes(**job.args)
    pair = Namesake.objects.get()
    seen = namesakes_of([first])[first.pk]
    assert namesake_in_words(*seen[0]) == (
        "In this call another bears the same birth date and a name that looks"
        f" alike: {second.number}, YOUSUF Aminah."
    )
    todo = [item.text for item in todo_items_for(officer, now)]
    assert "Say whether 1 pair of files is of one person or of two" in todo
    client.force_login(officer)
    for page in ("applications:table", "applications:screening"):
        address = reverse(page, args=[call.reference])
        shown = client.get(address, {"alike": "asked", "state": ""}).content.decode()
        assert first.number in shown
        assert second.number in shown
    detail = reverse("applications:desk_detail", args=[first.reference])
    assert f"{second.number}, YOUSUF Aminah" in client.get(detail).content.decode()
    page = reverse("applications:answer_namesake", args=[first.reference, pair.reference])
    typed = {"answer": "one", "because": " ", "shown": namesake_mark(pair)}
    assert client.post(page, typed).status_code == 422
    assert client.post(page, typed | {"answer": "maybe"}).status_code == 404
    unknown = reverse("applications:answer_namesake", args=[first.reference, "nobody"])
    assert client.post(unknown, typed).status_code == 404
    stale = client.post(page, typed | {"because": "The same face.", "shown": "x"})
    assert stale.status_code == 409
    assert "The same face." in stale.content.decode()
    told = client.post(
        page, typed | {"because": "The same passport."}, follow=True
    ).content.decode()
    assert "One person" in told
    assert "The same passport." in told
    assert not any("of one person or of two" in item.text for item in todo_items_for(officer, now))
    assert not narrowed(Application.objects.all(), ListFilter(alike="asked")).exists()
    entries = Entry.objects.filter(verb="answer_namesake")
    assert {(each.object_id, each.because) for each in entries} == {
        (first.pk, "The same passport."), (second.pk, "The same passport."),
    }  # fmt: skip
    # A lookalike that neither the panel nor auditors, nor the two themselves, read of.
    for account, address in (
        (cast.auditor, detail),
        (cast.stranger, reverse("applications:detail", args=[second.reference])),
    ):
        client.force_login(account)
        assert (
            "The same passport" not in client.get(address).content.decode().split("The record")[0]
        )
    assert client.post(page, typed).status_code == 404


@pytest.mark.parametrize("code", ["fellowship", "prize", "collaborative_research", "field_schools"])
def test_each_kind_asks_by_what_its_form_knows(
    cast: Cast, now: dt.datetime, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for register in (KINDS, OUTCOMES):
        monkeypatch.setattr(register, "_placed", dict(register._placed))
    OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
    KINDS.add(FIELD_SCHOOLS.code, FIELD_SCHOOLS, order=len(KINDS))
    call = make_call(make_programme(code), officer=cast.programme_officer)
    born = BORN if code == "fellowship" else ""
    one, other = (submitted(call, name, born) for name in ("Amina Yusuf", "Yusuf AMINA"))
    submitted(call, "Fatima Yusuf", born)
    pair = found_for(one, now)
    assert (pair.first, pair.second) == (one, other)
    told = namesake_in_words(pair, other)
    assert ("birth dates were not asked for" in told) == (code != "fellowship")


def test_what_changes_is_asked_anew_and_what_is_withdrawn_is_not(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    one, other = submitted(call, "Amina Yusuf"), submitted(call, "Amina Yusuf")
    elsewhere = submitted(make_call(), "Amina Yusuf")
    assert find_namesakes(application=elsewhere, now=now) == []
    pair = found_for(one, now)
    answered(pair, officer, now)
    assert find_namesakes(application=other, now=now) == []
    assert Namesake.objects.get().is_one_person is False
    # Submitted again under another spelling: the answer was about the former.
    Application.objects.filter(pk=other.pk).update(subject_name="Aminah Yusuf")
    anew = found_for(other, now)
    assert anew.is_one_person is None
    Application.objects.filter(pk=one.pk).update(state="withdrawn", withdrawn_at=now)
    assert namesakes_of([other]) == {other.pk: []}
    Application.objects.filter(pk=one.pk).update(state="submitted")
    assert len(namesakes_of([other])[other.pk]) == 1
    # And under another birth date, or none: nothing is asked.
    Application.objects.filter(pk=other.pk).update(namesake_key="")
    assert find_namesakes(application=other, now=now) == []
    assert not Namesake.objects.exists()


def test_ones_own_several_applications_are_no_question_but_two_for_one_nominee_are(
    now: dt.datetime, db: None
) -> None:
    call, person = make_call(), make_person("Amina Yusuf")
    own = submitted(call, "Amina Yusuf", person=person)
    submitted(call, "Amina Yusuf", person=person, ordinal=2)
    assert find_namesakes(application=own, now=now) == []
    nominee = submitted(call, "Fatou Ndiaye", person=person, ordinal=3)
    submitted(call, "Ndiaye, Fatou", person=person, ordinal=4)
    assert len(find_namesakes(application=nominee, now=now)) == 1


def test_only_officers_who_take_no_part_answer_with_a_reason_and_once(
    cast: Cast, now: dt.datetime
) -> None:
    call, officer = make_call(officer=cast.programme_officer), cast.programme_officer
    one, other = submitted(call, "Amina Yusuf"), submitted(call, "Amina Yusuf")
    pair = found_for(one, now)
    for role, account in cast.everyone().items():
        if role != "programme_officer":
            with pytest.raises(Refused):
                answered(pair, account, now)
    for because, words in ((" ", "Say why"), ("x" * 2001, "at most 2000")):
        with pytest.raises(BadInput, match=words):
            answered(pair, officer, now, because=because)
    fresh = answered(pair, officer, now)
    with pytest.raises(AnsweredMeanwhile):
        answered(pair, officer, now, is_one_person=True)
    assert answered(fresh, officer, now + dt.timedelta(1), is_one_person=True).is_one_person
    Namesake.objects.all().delete()
    with pytest.raises(AnsweredMeanwhile):
        answered(fresh, officer, now)
    other.participants.update(person=officer.person)
    pair = found_for(one, now)
    with pytest.raises(Refused, match="You take part"):
        answered(pair, officer, now)


def test_a_list_asks_the_database_no_more_for_more_namesakes(
    client: Client, cast: Cast, now: dt.datetime
) -> None:
    call = make_call(officer=cast.programme_officer)
    client.force_login(cast.programme_officer)
    page, counts = reverse("applications:screening", args=[call.reference]), []
    for _more in range(2):
        for _each in range(2):
            find_namesakes(application=submitted(call, "Amina Yusuf"), now=now)
        client.get(page)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(page).content.decode().count("bears the same name") >= 2
        counts.append(len(asked))
    assert counts[0] == counts[1]
