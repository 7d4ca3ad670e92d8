"""Every question of every kind over every role, on every way out: a mark that is planted in each
answer is found exactly where the question says that it may be read.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from anso.applications.actions import (
    ask_letters,
    screen_applications,
    start_application,
    submit_application,
)
from anso.applications.models import Application, Document, Letter
from anso.applications.queries.desk import ListFilter, applications_matching
from anso.applications.queries.letters import is_asked_yes_or_no
from anso.applications.wording import receipt_payload
from anso.calls.models import Call
from anso.governance.models import Body
from anso.kernel.actors import SETUP
from anso.kernel.identifiers import orcid_check
from anso.kernel.questions import Audience, Form, Meaning, Option, Question, TableColumn
from anso.kernel.wording import Text
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.questionnaires.models import FormVersion
from anso.questionnaires.queries import versions_of
from tests.cast import Cast, make_cast
from tests.factories.applications import NOW
from tests.factories.calls import make_call, make_programme, step_of
from tests.factories.directory import make_country
from tests.factories.files import make_stored_file
from tests.factories.review import SCREENED, make_assignment, make_reviewer
from tests.shared import made_once

pytestmark = pytest.mark.django_db

LISTED = {
    Meaning.TITLE, Meaning.APPLICANT_NAME, Meaning.SUBJECT_NAME, Meaning.CATEGORY,
    Meaning.PREFERENCE, Meaning.COUNTRY,
}  # fmt: skip
SEARCHED = {Meaning.TITLE, Meaning.SUBJECT_NAME}
STAFF = ("programme_officer", "panel_chair", "auditor")
UNMARKED = ("yesno", "statement", "country")  # few values; their label is looked for instead


@dataclass(frozen=True)
class Planted:
    """A question with the mark that stands in its answer and in its label."""

    question: Question
    purpose: str
    number: int

    @property
    def mark(self) -> str:
        return f"zq{self.number:03d}qz"

    @property
    def signs(self) -> tuple[str, ...]:
        """How the answer looks wherever it comes out."""
        days = (f"{1500 + self.number}-01-31", f"January {1500 + self.number}")
        digits = f"000000021825{self.number:03d}"
        orcid = f"0000-0002-1825-{digits[-3:]}{orcid_check(digits)}"
        by_type = {"date": days, "number": (f"9077{self.number:03d}",), "orcid": (orcid,)}
        return by_type.get(self.question.type, (self.mark,))

    @property
    def label(self) -> str:
        return f"asked{self.number:03d}deksa"

    @property
    def answer(self) -> Any:
        one: dict[str, Any] = {
            "person": {"name": self.mark, "email": f"{self.mark}@example.org"},
            "partners": [
                {
                    "organisation": self.mark,
                    "country": "KE",
                    "name": self.mark,
                    "email": f"{self.mark}@example.org",
                }
            ],
            "date": self.signs[0],
            "number": self.signs[0],
            "orcid": self.signs[0],
            "publications": [{"doi": f"10.1000/{self.mark}", "reference": self.mark}],
            "degrees": [
                {"degree": self.mark, "institution": self.mark, "country": "KE", "year": "2021"}
            ],
            "yesno": "yes",
            "statement": "yes",
            "country": "KE",
            "multichoice": [self.mark],
            "ranking": [self.mark],
            "email": f"{self.mark}@example.org",
            "table": [{"cell": self.mark}],
            "organisation": {"name": self.mark},
            "dois": [f"10.1000/{self.mark}"],
        }
        return one.get(self.question.type, self.mark)

    @property
    def asked(self) -> Question:
        """The question without limits and conditions, so that the mark may be its answer."""
        option = Option(self.mark, Text({"en": self.mark}))
        return replace(
            self.question,
            label=Text({"en": self.label}),
            condition=None,
            limit=None,
            earliest=None,
            latest=None,
            required=False,
            options=(*self.question.options, option) if self.question.options else (),
            columns=(TableColumn("cell", Text({"en": "Cell"})),) if self.question.columns else (),
            sums=(),
        )

    def may_be_read_by(self, role: str) -> bool:
        """What the declaration says, told here once more and by itself."""
        seen, is_open = set(self.question.who_sees), not self.question.is_sensitive
        return {
            "programme_officer": Audience.OFFICERS in seen,
            "panel_chair": is_open and Audience.PANEL in seen,
            "auditor": is_open and bool(seen - {Audience.HOSTS, Audience.PUBLIC}),
            "reviewer": is_open and Audience.REVIEWERS in seen,
            "writer": is_open and Audience.WRITERS in seen,
            "agreeing": is_open and not seen.isdisjoint({Audience.WRITERS, Audience.AGREEING}),
        }.get(role, False)


@dataclass
class Contest:
    """A call of some kind with one application in which everything is marked."""

    call: Call
    application: Application
    planted: dict[str, list[Planted]]
    letters: list[Letter]

    @property
    def asked(self) -> list[Planted]:
        return self.planted["application"]

    @property
    def everything(self) -> list[Planted]:
        return [each for listed in self.planted.values() for each in listed]


def plant(call: Call) -> dict[str, list[Planted]]:
    """Put marks into every form of the call."""
    planted: dict[str, list[Planted]] = {}
    number = 0
    for version in versions_of(call).order_by("purpose"):
        form, kept = Form.from_dict(version.definition), {}
        for question in form.questions():
            number += 1
            kept[question.key] = Planted(question, version.purpose, number)
        sections = tuple(
            replace(each, questions=tuple(kept[asked.key].asked for asked in each.questions))
            for each in form.sections
        )
        marked = Form(sections)
        FormVersion.objects.filter(pk=version.pk).update(
            definition=marked.to_dict(), sha256=marked.hash
        )
        planted[version.purpose] = list(kept.values())
    return planted


def give_letters(application: Application, planted: dict[str, list[Planted]]) -> list[Letter]:
    letters = list(application.letters.order_by("pk"))
    for letter in letters:
        asked = planted[letter.kind]
        letter.answers = {each.question.key: each.answer for each in asked}
        for each in asked:
            if each.question.type == "file":
                letter.file = make_stored_file(name=f"{each.mark}.pdf")
                letter.answers[each.question.key] = [{"name": f"{each.mark}.pdf"}]
        letter.state, letter.completed_at = "completed", NOW
        letter.save()
    return letters


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    """Sets the clock that pages read."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture(scope="module", params=sorted(KINDS))
def made(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[Cast, Contest]]:
    """One contest of each kind serves all tests, whose questions are about the same marks."""
    yield from made_once(django_db_blocker, lambda: make_planted(request.param))


@pytest.fixture
def cast(made: tuple[Cast, Contest], db: None) -> Cast:
    return deepcopy(made[0])


@pytest.fixture
def contest(
    made: tuple[Cast, Contest], db: None, settings: Any, at: Callable[[dt.datetime], None]
) -> Contest:
    settings.DEMONSTRATION = True
    at(NOW)
    return deepcopy(made[1])


def make_planted(kind: str) -> tuple[Cast, Contest]:
    cast = make_cast()
    make_country("KE")
    call = make_call(
        make_programme(kind),
        officer=cast.programme_officer,
        panel=Body.objects.get(code="fellowship-panel"),
    )
    planted = plant(call)
    asked = planted["application"]
    draft = start_application(
        call=call,
        actor=cast.applicant,
        now=NOW,
        answers={e.question.key: e.answer for e in asked if e.question.type != "file"},
    )
    for each in asked:
        if each.question.type == "file":
            stored = make_stored_file(name=f"{each.mark}.pdf")
            Document.objects.create(
                application=draft, slot=each.question.key, file=stored, added_at=NOW
            )
    ask_letters(application=draft, actor=cast.applicant, now=NOW)
    draft.letters.filter(kind="supervisor").update(
        state="completed", completed_at=NOW, is_acceptance=True
    )
    submit_application(application=draft, actor=cast.applicant, arrived_at=NOW, now=NOW)
    return cast, Contest(call, Application.objects.get(pk=draft.pk), planted, [])


def text_of(response: HttpResponse) -> str:
    """What a reader finds in an answer of ours, spreadsheets unpacked."""
    content = b"".join(response) if response.streaming else response.content
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"".join(book.read(name) for name in book.namelist())
    return content.decode(errors="replace")


def found_in(text: str, planted: Iterable[Planted]) -> set[str]:
    """The questions whose answers stand in a text."""
    marked = (each for each in planted if each.question.type not in UNMARKED)
    return {
        f"{each.purpose}.{each.question.key}"
        for each in marked
        if any(sign in text for sign in each.signs)
    }


def labels_in(text: str, planted: Iterable[Planted]) -> set[str]:
    return {f"{each.purpose}.{each.question.key}" for each in planted if each.label in text}


def theirs(role: str, planted: Iterable[Planted], *, with_unmarked: bool = False) -> set[str]:
    return {
        f"{each.purpose}.{each.question.key}"
        for each in planted
        if each.may_be_read_by(role) and (with_unmarked or each.question.type not in UNMARKED)
    }


def meaning(planted: Iterable[Planted], wanted: set[Meaning]) -> set[str]:
    return {
        f"{each.purpose}.{each.question.key}"
        for each in planted
        if wanted & set(each.question.means) and each.question.type not in UNMARKED
    }


def test_staff_find_on_the_page_exactly_what_is_theirs(
    contest: Contest, cast: Cast, client: Client
) -> None:
    contest.letters = give_letters(contest.application, contest.planted)
    page = reverse("applications:desk_detail", args=[contest.application.reference])
    given = [
        each for kind in {one.kind for one in contest.letters} for each in contest.planted[kind]
    ]
    for role in STAFF:
        client.force_login(getattr(cast, role))
        text = text_of(client.get(page))
        assert found_in(text, contest.asked) == theirs(role, contest.asked), role
        assert labels_in(text, contest.asked) >= theirs(role, contest.asked, with_unmarked=True)
        assert labels_in(text, contest.asked) - theirs(role, contest.asked, with_unmarked=True) <= {
            f"application.{letter.question_key}" for letter in contest.letters
        }, "a letter whose writer is not told is headed by what it answers"
        texts = [each for each in given if each.question.type != "file"]
        assert found_in(text, texts) == theirs(role, texts), role
    never = {"date_of_birth", "phone", "passport", "gender"}
    kept = [each for each in contest.asked if each.question.key in never]
    assert not any(each.may_be_read_by("panel_chair") for each in kept)


def test_a_document_is_opened_by_readers_of_its_question_alone(
    contest: Contest, cast: Cast, client: Client
) -> None:
    by_key = {each.question.key: each for each in contest.asked}
    documents = list(contest.application.documents.all())
    assert bool(documents) == any(each.question.type == "file" for each in contest.asked)
    for role, account in cast.everyone().items():
        client.force_login(account)
        opened = {
            each.slot
            for each in documents
            if text_of(client.get(reverse("applications:document", args=[each.reference])))[:4]
            == "%PDF"
        }
        expected = {
            each.slot
            for each in documents
            if role == "applicant" or (role in STAFF and by_key[each.slot].may_be_read_by(role))
        }
        assert opened == expected, role


def test_the_file_of_a_letter_follows_its_question(
    contest: Contest, cast: Cast, client: Client
) -> None:
    letters = give_letters(contest.application, contest.planted)
    for letter in [each for each in letters if each.file_id]:
        (asked,) = [e for e in contest.planted[letter.kind] if e.question.type == "file"]
        for role, account in cast.everyone().items():
            client.force_login(account)
            response = client.get(reverse("applications:letter_file", args=[letter.reference]))
            is_open = text_of(response).startswith("%PDF")
            assert is_open is (role in STAFF and asked.may_be_read_by(role)), role


def test_lists_exports_and_search_hold_what_every_reader_of_a_list_reads(
    contest: Contest, cast: Cast, client: Client
) -> None:
    reference = contest.call.reference
    ways = [
        *(reverse(f"applications:{name}", args=[reference]) for name in ("table", "screening")),
        *(reverse("applications:export", args=[reference, kind]) for kind in ("csv", "xlsx")),
    ]
    listed = meaning(contest.asked, LISTED)
    sensitive = {f"application.{e.question.key}" for e in contest.asked if e.question.is_sensitive}
    searched = [each for each in contest.asked if meaning([each], SEARCHED)]
    silent = [each for each in contest.asked if each not in searched]
    for role in STAFF:
        client.force_login(getattr(cast, role))
        for address in ways:
            found = found_in(text_of(client.get(address + "?state=")), contest.asked)
            assert found <= theirs(role, contest.asked), (role, address)
            if "screening" not in address:  # it shows officers what a rule saw of other answers
                assert found <= listed - sensitive, (role, address)
        columns = [f"answer.{each.question.key}" for each in contest.asked]
        exported = text_of(client.get(ways[2], {"columns": ["mail", *columns]}))
        assert found_in(exported, contest.asked) <= theirs(role, contest.asked), role
        for each in (searched[0], silent[0]):
            rows = client.get(ways[0], {"q": each.signs[0]}).context["rows"]
            assert bool(rows) is (each in searched), (role, each.question.key)
    applications = Application.objects.filter(call=contest.call)
    for each in contest.asked:  # what the page asks, without the page
        rows = applications_matching(applications, ListFilter.read({"q": each.signs[0]}))
        assert rows.exists() is (each in searched), each.question.key


def test_reviewers_find_in_the_dossier_exactly_what_is_theirs(
    contest: Contest, cast: Cast, client: Client, at: Callable[[dt.datetime], None]
) -> None:
    contest.letters = give_letters(contest.application, contest.planted)
    application = contest.application
    screen_applications(
        applications=[application], verb="confirm_eligible", actor=SETUP, now=SCREENED
    )
    application.refresh_from_db()
    reviewing = step_of(contest.call, "review").starts_on
    now = dt.datetime.combine(reviewing, dt.time(12), dt.UTC)
    reviewer = make_reviewer(contest.call, person=cast.reviewer.person, now=now)
    assignment = make_assignment(application, reviewer, accepted=True, now=now, days=7)
    at(now)
    client.force_login(cast.reviewer)
    text = text_of(client.get(reverse("review:assignment", args=[assignment.reference])))
    prose = [each for each in contest.asked if each.question.type != "file"]
    assert found_in(text, prose) == theirs("reviewer", prose)
    given = [each for one in contest.letters for each in contest.planted[one.kind]]
    assert found_in(text, given) <= theirs("reviewer", given)
    by_key = {each.question.key: each for each in contest.asked}
    for document in application.documents.all():
        response = client.get(
            reverse("review:document", args=[assignment.reference, document.reference])
        )
        is_open = text_of(response).startswith("%PDF")
        assert is_open is by_key[document.slot].may_be_read_by("reviewer"), document.slot


def test_writers_of_letters_are_told_what_is_marked_for_them(
    contest: Contest, client: Client
) -> None:
    for letter in contest.application.letters.all():
        mails = Message.objects.filter(about_type="applications.letter", about_id=letter.pk)
        link = mails.exclude(secret="").latest("id").secret
        page = client.get("/letters/" + link.rstrip("/").rpartition("/")[2] + "/")
        assert letter.full_name in text_of(page) or page.status_code == 200
        own = {f"application.{letter.question_key}"}
        for text in (text_of(page), *(f"{mail.subject} {mail.body}" for mail in mails)):
            found = found_in(text, contest.asked)
            role = "agreeing" if is_asked_yes_or_no(letter) else "writer"
            assert found <= theirs(role, contest.asked) | own
        assert found_in(text_of(page), contest.asked) & meaning(contest.asked, SEARCHED)


def test_applicants_read_all_of_their_own_and_nothing_of_letters(
    contest: Contest, cast: Cast, client: Client
) -> None:
    contest.letters = give_letters(contest.application, contest.planted)
    application = contest.application
    submission = application.submission
    assert submission is not None
    everything = {f"application.{e.question.key}" for e in contest.asked} & found_in(
        " ".join(sign for e in contest.asked for sign in e.signs), contest.asked
    )
    assert found_in(str(receipt_payload(submission)), contest.asked) == everything
    client.force_login(cast.applicant)
    names = ("detail", "check", "letters", "receipt")
    pages = {
        name: text_of(client.get(reverse(f"applications:{name}", args=[application.reference])))
        for name in names
    }
    assert found_in(pages["check"], contest.asked) == everything
    given = [each for one in contest.letters for each in contest.planted[one.kind]]
    for name, text in pages.items():
        assert found_in(text, given) == set(), name


def test_everybody_else_finds_nothing_anywhere(
    contest: Contest, cast: Cast, client: Client
) -> None:
    contest.letters = give_letters(contest.application, contest.planted)
    own, call = contest.application.reference, contest.call.reference
    ways = [
        *(reverse(f"applications:{name}", args=[own]) for name in (
            "desk_detail", "detail", "check", "letters", "receipt")),
        reverse("applications:receipt_pdf", args=[own, 1]),
        *(reverse(f"applications:{name}", args=[call]) for name in ("table", "screening")),
        *(reverse("applications:export", args=[call, kind]) for kind in ("csv", "xlsx")),
        *(reverse("applications:letter_file", args=[each.reference]) for each in contest.letters),
        reverse("applications:list"),
        reverse("review:assignments"),
    ]  # fmt: skip
    for role, account in cast.everyone().items():
        if role in (*STAFF, "applicant"):
            continue
        client.force_login(account)
        for address in ways:
            text = text_of(client.get(address))
            assert found_in(text, contest.everything) == set(), (role, address)
            assert labels_in(text, contest.everything) == set(), (role, address)
