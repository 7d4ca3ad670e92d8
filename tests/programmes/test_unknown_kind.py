"""A kind that no code knows walks from its draft to a holder, through what everybody uses: one
folder and two lines of registers are all that it takes.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db.models import Value
from django.db.models.functions import Concat
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from anso.accounts.models import Account
from anso.applications.actions import check_applications, screen_applications
from anso.applications.models import Application
from anso.applications.queries.participants import beneficiaries_of, participants_of
from anso.awards.models import Offer
from anso.calls.actions import (
    Edition,
    create_call,
    load_programmes,
    name_body,
    publish_call,
    remove_question,
)
from anso.calls.enums import BodyFunction
from anso.calls.models import Call
from anso.calls.queries import find_faults, get_terms
from anso.decisions.actions import notify_decided_applicants
from anso.decisions.models import Decision, SelectionRun
from anso.directory.models import Person
from anso.kernel.actors import CLOCK
from anso.kernel.wording import Text
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.programmes.kinds import check_kind
from anso.programmes.models import Programme
from anso.programmes.outcomes import OUTCOMES
from anso.programmes.wording import CallWords
from anso.review.actions import (
    accept_assignment,
    accept_invitation,
    assign_reviewers,
    invite_reviewer,
)
from anso.review.models import Assignment, Reviewer
from tests.factories.calls import NOW, YEAR, make_call, make_programme
from tests.factories.decisions import make_officer
from tests.factories.directory import make_country, make_person
from tests.factories.governance import make_body, make_mandate
from tests.factories.steps import noon
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL, FieldSchools
from tests.programmes.walking import Reader, link_to, mails_to, reread, typed
from tests.tabs import Tab

pytestmark = pytest.mark.django_db
PERMITS, TO_JURY, TO_PANEL = "Permits lie with the ranger", "We would bring a boat", "Ask the cook"
FROM_OTHERS = (PERMITS, TO_JURY, TO_PANEL)
NAMED_BY_REGISTERS = {"programmes/catalogue/__init__.py", "programmes/outcomes/__init__.py"}


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kind and its outcome stand in the registers, until the test ends."""
    for register in (KINDS, OUTCOMES):
        monkeypatch.setattr(register, "_placed", dict(register._placed))
    OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
    KINDS.add(FIELD_SCHOOLS.code, FIELD_SCHOOLS, order=len(KINDS))


@pytest.fixture
def clock() -> Iterator[Any]:
    with time_machine.travel(dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC), tick=False) as traveller:
        yield traveller


def account_named(name: str, language: str = "en") -> Account:
    account = make_person(name).account
    assert account is not None
    Account.objects.filter(pk=account.pk).update(language=language)
    account.refresh_from_db()
    return account


@dataclass
class School:
    """One letter of intent, who wrote it and in which language, and how it fares."""

    name: str
    writer: Account
    application: Application
    partners: int

    @property
    def director(self) -> str:
        return f"director@{self.name}.example"

    def partner(self, number: int) -> str:
        return f"partner{number}@{self.name}.example"

    def page(self, view: str, *more: str) -> str:
        return reverse(f"applications:{view}", args=[self.application.reference, *more])


@dataclass
class Season:
    """A call of the kind and everybody in it, at the time that the clock says."""

    clock: Any
    call: Call
    officer: Reader
    jury: Reader
    board: Reader
    reviewer: Reader
    schools: dict[str, School]

    def at(self, step: str, day: int = 1) -> dt.datetime:
        """Noon of a day of a step; from now on the clock shows it."""
        now = noon(self.call, step, day)
        self.clock.move_to(now)
        return now

    def desk(self, view: str, *more: Any) -> str:
        return reverse(view, args=[self.call.reference, *more])


def lay_out(clock: Any) -> Season:
    """The call is drafted and its bodies are named; nothing is published."""
    load_programmes()
    for country in ("KE", "NP", "BR", "CN"):
        make_country(country)
    programme = Programme.objects.get(kind=FIELD_SCHOOLS.code)
    officer = make_officer()
    now = dt.datetime(2026, 9, 1, 9, tzinfo=dt.UTC)
    call = create_call(programme=programme, edition=Edition(YEAR), actor=officer, now=now)
    chairs = {}
    for function, kind in (("jury", "panel"), ("conferring", "board")):
        chairs[function], body = account_named(f"Chair of the {function} body"), make_body(kind)
        make_mandate(Person.objects.get(account=chairs[function]), "chair", body)
        facts = {"function": BodyFunction(function), "body": body, "actor": officer, "now": now}
        call = name_body(call=call, base_revision=call.revision, **facts)
    return Season(
        clock,
        call,
        Reader(officer),
        Reader(chairs["jury"], (PERMITS,)),
        Reader(chairs["conferring"], (PERMITS,)),
        Reader(account_named("Björn Åkesson"), (PERMITS, TO_JURY)),
        {},
    )


def design_is_spoken(season: Season) -> None:
    """Officers find the outcome's own columns on the design page, typed and checked, and texts of
    the kind on all pages of the desk.
    """
    page, officer = season.desk("calls:outcome"), season.officer
    officer.reads(page, en=("Weeks of a school", "Field schools"), ar="أسابيع المدرسة")
    posted = {"own:weeks": "6", "own:schools": "1", "weeks": "6", "schools": "1"}
    posted |= {"offer_days": "14", "selection_method": "rank_and_fill"}
    officer.posts(page, posted)
    season.call = Call.objects.get(pk=season.call.pk)
    assert season.call.design["outcome"]["weeks"] == 6
    for view, words in (
        ("edit", {"en": "Field Schools"}),
        ("timeline", {"en": "Letters of intent", "ar": "خطابات النوايا"}),
        ("rubric", {"en": "Promise of the terrain", "ar": "النظرة الأولى"}),
        ("questions", {"en": "Terrain and season", "ar": "التضاريس والموسم"}),
        ("people", {}),
        ("publish", {}),
    ):
        officer.reads(season.desk(f"calls:{view}"), **words)
    assert find_faults(season.call, season.call.opens_at) == []


def publish(season: Season) -> None:
    """The call is published, and everybody reads on the site what it is."""
    now = season.call.opens_at - dt.timedelta(days=3)
    season.clock.move_to(now)
    account = season.officer.account
    assert account is not None
    season.call = publish_call(call=season.call, actor=account, now=now)
    season.at("intents", 3)
    anyone, held = Reader(), season.call.design["outcome"]["weeks"]
    weeks = f"Weeks of a school{held}", f"أسابيع المدرسة{held}"
    anyone.reads(
        reverse("calls:call", args=[season.call.slug]),
        en=("Letters of intent", "Full plans", "Tents and boats", "The word of every co-organiser.",
            "At least two organisations hold a school.", "Field schools", "Schools of the season",
            weeks[0]),
        ar=("خطابات النوايا", "الخطط الكاملة", "خيام وقوارب", "كلمة كل منظم مشارك.",
            "المدارس الميدانية", "مدارس الموسم", weeks[1]),
    )  # fmt: skip
    anyone.reads(reverse("calls:check", args=[season.call.slug]), en="Co-organisers")


def intent_of(name: str, partners: int) -> dict[str, dict[str, Any]]:
    """What is typed into a letter of intent, by section."""
    rows = [
        {"organisation": f"Academy {number} of {name}", "country": country,
         "name": f"Partner {number} of {name}", "email": f"partner{number}@{name}.example",
         "part": "Boats"}
        for number, country in enumerate(("NP", "BR")[:partners], 1)
    ]  # fmt: skip
    return {
        "school": {
            "name_of_school": f"School of {name}", "terrain": "Dry lake beds in the cool months",
            "held_in": "KE", "permits": f"{PERMITS} of {name}", "word_to_jury": TO_JURY,
        },
        "director": {
            "who_directs": f"Director of {name}",
            "reach_director": {"name": f"Director of {name}", "email": f"director@{name}.example"},
            "employer_of_director": f"Institute of {name}",
        },
        "consortium": {
            "contact_name": f"Writer of {name}", "organiser": f"Club of {name}",
            "co_organisers": rows,
        },
    }  # fmt: skip


def apply(season: Season, name: str, *, partners: int = 2, language: str = "en") -> School:
    """Somebody starts, types every section and submits."""
    writer = account_named(f"Writer of {name}", language)
    reader = Reader(writer, (TO_PANEL,))
    reader.posts(reverse("applications:start", args=[season.call.slug]), {})
    application = Application.objects.get(applicant__account=writer)
    school = School(name, writer, application, partners)
    season.schools[name] = school
    for section, answers in intent_of(name, partners).items():
        reader.posts(school.page("section", section), typed(answers))
    reader.reads(school.page("section", "consortium"), en="Co-organisers", ar="المنظمون المشاركون")
    reader.reads(school.page("check"), en="Director of", ar="مدير")
    assert "receipt" in reader.posts(school.page("submit"), {})
    asked = [f"Partner {number} of {name}" for number in range(1, partners + 1)]
    sees = f"{', '.join(asked)}, Director of {name}: "
    reader.reads(school.page("detail"), en=(sees, "The chair of the jury"))
    reader.reads(
        school.page("letters"), en=("Co-organisers", "Partner 1 of"), ar="المنظمون المشاركون"
    )
    reader.reads(school.page("receipt"))
    school.application = reread(application)
    return school


def answer_by_link(email: str, says: str) -> None:
    """Whoever was asked opens the link, reads who asks for what, and says yes or no."""
    page, link = Reader(hidden=FROM_OTHERS), link_to(email, "letter_request")
    words = ("field school", "The jury reads your word", "Give my word")
    page.reads(link, en=words, ar=("ميدانية", "أعطي كلمتي"))
    page.posts(link, {"is_acceptance": says})


def sift(season: Season, step: str, schools: list[School]) -> None:
    """The officer has the rules checked and confirms whom they find eligible, in a pile."""
    now, officer = season.at(step), season.officer.account
    assert officer is not None
    found = [reread(school.application) for school in schools]
    check_applications(applications=found, actor=officer, now=now)
    season.officer.reads(season.desk("applications:screening"), en="W27-")
    for school in schools:
        season.officer.reads(school.page("desk_detail"), en=(PERMITS, TO_JURY), ar=PERMITS)
    facts = {"verb": "confirm_eligible", "actor": officer, "now": now}
    done = screen_applications(applications=[reread(each) for each in found], **facts)
    assert len(done.settled) == len(schools)


def look(season: Season, step: str, criterion: str, scores: dict[str, int]) -> None:
    """The reviewer reads each dossier and judges it by the rubric of this step, on their page."""
    now, officer, reviewer = season.at(step), season.officer.account, season.reviewer
    assert officer is not None
    assert reviewer.account is not None
    if not Reviewer.objects.filter(call=season.call).exists():
        person = Person.objects.get(account=reviewer.account)
        facts = {"capacity": 9, "now": now}
        who = invite_reviewer(actor=officer, call=season.call, person=person, **facts)
        accept_invitation(actor=reviewer.account, reviewer=who, **facts)
    pairs = [
        (reread(season.schools[name].application), Reviewer.objects.get(call=season.call))
        for name in scores
    ]
    due_at = now + dt.timedelta(days=5)
    facts = {"pairs": pairs, "due_at": due_at, "now": now}
    given = assign_reviewers(actor=officer, call=season.call, **facts)
    season.officer.reads(season.desk("review:call_assignments"))
    names = {season.schools[name].application.pk: name for name in scores}
    for assignment in given:
        judge(season, assignment, criterion, scores[names[assignment.application_id]])
    reviewer.reads(reverse("review:assignments"))


def judge(season: Season, assignment: Assignment, criterion: str, score: int) -> None:
    """One review, from the question whether they will to the button."""
    now, reviewer = season.at(assignment.step.key), season.reviewer
    page = reverse("review:assignment", args=[assignment.reference])
    reviewer.reads(page)
    assert reviewer.account is not None
    accept_assignment(actor=reviewer.account, assignment=assignment, now=now)
    label = {"promise": ("Promise of the terrain", "وعد التضاريس")} | {
        "safety": ("Safety in the field", "السلامة في الميدان")
    }
    reviewer.reads(
        page,
        en=(label[criterion][0], "Terrain and season", "Dry lake beds"),
        ar=(label[criterion][1], "التضاريس والموسم"),
    )
    words = {"comment_for_panel": TO_PANEL, "comment_for_applicant": "Pack more water."}
    reviewer.posts(page, {f"score-{criterion}": str(score)} | words)


def decide(season: Season, step: str, day: int, **bar: str) -> SelectionRun:
    """The officer computes, the jury proposes, the body's chair confirms, the officer releases;
    everybody on their own page of the desk.
    """
    now = season.at(step, day)
    ranking, act = season.desk("decisions:ranking"), season.desk("decisions:act")
    season.officer.posts(act, {"act": "compute"} | bar)
    run = SelectionRun.objects.filter(call=season.call).latest("id")
    page = f"{ranking}?of={run.step.key}"
    season.officer.reads(page)
    of_run = {"run": str(run.number)}
    for reader, verb in ((season.jury, "propose"), (season.board, "confirm")):
        reader.reads(page)
        reader.posts(act, {"act": verb} | of_run)
        other = season.board if reader is season.jury else season.jury
        other.reads(page)
    run.refresh_from_db()
    assert run.state == "confirmed"
    season.officer.reads(season.desk("decisions:decisions"), en="Pack more water.")
    written = run.decisions.exclude(feedback="").values_list("reference", flat=True)
    season.officer.posts(season.desk("decisions:pass_words_on"), {"read": list(written)})
    assert not run.decisions.exclude(feedback="").filter(feedback_read_at=None).exists()
    season.officer.reads(season.desk("decisions:release"))
    season.officer.posts(season.desk("decisions:release"), {})
    told = notify_decided_applicants(actor=CLOCK, run=run, now=now)
    held = Message.objects.filter(mailing__key__endswith=run.reference, state="held")
    assert held.count() == told, "nobody is written to yet"
    return run


def plan(season: Season, school: School) -> None:
    """An invited writer finds what they wrote, adds the plan and submits it."""
    season.at("plans", 3)
    reader = Reader(school.writer, (TO_PANEL,))
    reader.reads(school.page("detail"), en="Full plans", ar="الخطط الكاملة")
    reader.reads(school.page("section", "school"), en=f"School of {school.name}")
    answers = {"days_in_the_field": "Walk, dig, write", "rescue": "The lake guard"}
    reader.posts(school.page("section", "plan"), answers)
    reader.reads(school.page("section", "plan"), en="Day by day", ar="يومًا بيوم")
    assert "receipt" in reader.posts(school.page("submit"), {})
    school.application = reread(school.application)


def first_round(season: Season) -> None:
    """Four letters of intent: two are invited, one lacks a partner, one is found weak."""
    for name, partners, language in (
        ("alpha", 2, "en"), ("beta", 2, "ar"), ("gamma", 1, "en"), ("delta", 2, "ar"),
    ):  # fmt: skip
        school = apply(season, name, partners=partners, language=language)
        answer_by_link(school.director, "yes")
        for number in range(1, partners + 1):
            answer_by_link(school.partner(number), "no" if name == "gamma" else "yes")
    gamma = season.schools["gamma"].application
    assert [
        each.declined_at is not None for each in participants_of(gamma).filter(role="partner")
    ] == [True]
    others = [each for name, each in season.schools.items() if name != "gamma"]
    sift(season, "sifting", others)
    now, officer = season.at("sifting", 2), season.officer.account
    assert officer is not None
    check_applications(applications=[reread(gamma)], actor=officer, now=now)
    assert reread(gamma).eligibility == "not_eligible"
    facts = {"verb": "reject_ineligible", "because": "No co-organiser", "actor": officer}
    screen_applications(applications=[reread(gamma)], now=now, **facts)
    look(season, "first_look", "promise", {"alpha": 4, "beta": 3, "delta": 1})
    decide(season, "first_look", 12, how="number", number="2")


def test_who_is_told_what_after_the_first_look(clock: Any) -> None:
    season = lay_out(clock)
    design_is_spoken(season)
    publish(season)
    first_round(season)
    states = {name: reread(each.application).state for name, each in season.schools.items()}
    assert states == {"alpha": "invited", "beta": "invited", "gamma": "decided", "delta": "decided"}
    (told,) = mails_to(season.schools["alpha"].writer, "decisions.")
    assert "Full plans" in told.body
    (told,) = mails_to(season.schools["beta"].writer, "decisions.")
    assert "الخطط الكاملة" in told.body
    for name in ("gamma", "delta"):
        school = season.schools[name]
        Reader(school.writer, (TO_PANEL,)).reads(
            reverse("awards:outcome", args=[school.application.reference])
        )
        assert len(mails_to(school.writer, "decisions.")) == 1
        assert mails_to(school.director, "decisions.") == []
    nobody_reads_what_they_may_not(season)


def nobody_reads_what_they_may_not(season: Season) -> None:
    """The file of one school is closed to other writers, to the reviewer and to passers-by."""
    alpha, beta = season.schools["alpha"], season.schools["beta"]
    own = [alpha.page(view) for view in ("detail", "letters", "receipt")]
    desk = [
        alpha.page("desk_detail"),
        season.desk("decisions:ranking"),
        season.desk("awards:offers"),
    ]
    for reader in (Reader(beta.writer), season.reviewer, Reader()):
        reader.may_not_open(*own, *desk)
    Reader(alpha.writer).may_not_open(*desk)
    season.board.may_not_open(*own)


def test_a_school_is_handed_back_and_the_next_director_leads_one(clock: Any) -> None:
    season = lay_out(clock)
    publish(season)
    first_round(season)
    alpha, beta = season.schools["alpha"], season.schools["beta"]
    for school in (alpha, beta):
        plan(season, school)
    sift(season, "plan_sifting", [alpha, beta])
    look(season, "long_look", "safety", {"alpha": 4, "beta": 2})
    run = decide(season, "conferral", 1)
    # The invitations of the first look are decisions too. A new key moves them to the table's end,
    # so that whoever forgets the step finds them last and takes them.
    Decision.objects.filter(result="invited").update(reference=Concat("reference", Value("X")))
    (waiting,) = mails_to(beta.writer, "decisions.waiting")
    assert "في الاستدعاء" in waiting.body
    season.at("news")
    season.officer.posts(season.desk("awards:offers"), {})
    season.officer.reads(season.desk("awards:offers"), en="It is held", ar="تقرر عقدها")
    (offer,) = Offer.objects.all()
    assert offer.decision.run == run
    (holder,) = beneficiaries_of(offer.application)
    assert (holder.role, holder.email) == ("nominee", alpha.director)
    handed_back(season, offer, alpha)
    taken(season, beta)
    nobody_reads_what_they_may_not(season)


def handed_back(season: Season, offer: Offer, school: School) -> None:
    """The first director reads the offer by the link and says no; the writer is told, not why."""
    (chosen,) = mails_to(school.writer, "awards.chosen")
    assert "the school is held" in chosen.body
    assert not mails_to(school.writer, "awards.offer")
    result = reverse("awards:outcome", args=[school.application.reference])
    Reader(school.writer, (TO_PANEL,)).reads(result, en="The school is held", ar="تُعقد المدرسة")
    director, link = Reader(hidden=FROM_OTHERS), link_to(school.director, "awards.offer")
    director.reads(link, en=("A field school for you", "Tents and boats"), ar="مدرسة ميدانية لك")
    director.posts(link, {"act": "decline", "reason": "My knee"})
    offer.refresh_from_db()
    assert offer.state == "declined"
    director.reads(link, en="The school was handed back", ar="أُعيدت المدرسة")
    told = mails_to(school.writer, "awards.")[-1]
    assert "The school on call is held instead." in told.body
    assert "My knee" not in told.body


def taken(season: Season, school: School) -> None:
    """The next director is offered the school in the language of who named them, and takes it."""
    (mail,) = mails_to(school.director, "awards.offer")
    assert "نسند مدرسة ميدانية" in mail.body
    director, link = Reader(hidden=FROM_OTHERS), link_to(school.director, "awards.offer")
    director.reads(link, en="A field school for you", ar="مدرسة ميدانية لك")
    director.posts(link, {"act": "accept"})
    offer = Offer.objects.get(application=school.application)
    assert offer.state == "accepted"
    (thanks,) = mails_to(school.director, "awards.accepted")
    assert "تقود مدرسة" in thanks.body
    newest = link_to(school.director, "awards.accepted")
    director.reads(newest, en=("You lead a school", "tents, boats and insurance"), ar="تقود مدرسة")
    season.officer.reads(season.desk("awards:offers"))


def test_an_officer_writes_its_rules_benefits_and_questions_by_pages(clock: Any) -> None:
    """No page of a list knows the kind, nothing on them is another programme's, and what was lost
    on the way is told before publication.
    """
    season = lay_out(clock)
    officer, address = season.officer, season.desk
    for table, row in (
        ("rules", "S1"), ("rule_sets", "programme"), ("further_rules", "further_rules"),
        ("letters", "partner"), ("benefits", "tents"), ("stages", "intents"),
        ("sections-application", "school"),
    ):  # fmt: skip
        officer.reads(address("calls:row", table, row), en="Save", ar="احفظ")
    for table in ("benefits", "groups", "rules", "stages", "sections-application"):
        officer.reads(address("calls:rows", table), en="Add", ar="أضف")
    officer.reads(address("calls:add_stage"), en="Add", ar="أضف")
    officer.reads(address("calls:nouns"), en="letter of intent", ar="خطاب نوايا")
    for table, row in (("stages", "plans"), ("sections-application", "school")):
        officer.reads(address("calls:removal", table, row), en="Remove", ar="أزل")
    for table in ("places", "levels", "hosts"):  # nothing that it gives is of one
        officer.may_not_open(address("calls:rows", table))
    tab = Tab(officer.client, address("calls:row", "rules", "S1"), field="terms.least")
    tab.fill({"sentence_en": "At least three hold it.", "terms.least": "3", "sentence_ar": ""})
    assert tab.send().status_code == 302
    tab = Tab(officer.client, address("calls:own_question", "full_plan"), field="label_en")
    tab.fill({"label_en": "Nearest hospital", "label_ar": "أقرب مستشفى", "type": "text"}).send()
    tab = Tab(officer.client, address("calls:add_row", "benefits"), field="label_en")
    tab.fill({"label_en": "Maps", "label_ar": "خرائط", "payer_en": "The ranger"}).send()
    call = Call.objects.get(pk=season.call.pk)
    remove_question(
        call=call, purpose="application", key="reach_director", base_revision=call.revision,
        actor=officer.account, now=timezone.now(),
    )  # fmt: skip
    told = officer.reads(address("calls:publish"))["en"]
    for words in (
        "“At least three hold it.”: words are missing in العربية.",
        "“Maps”: words are missing in العربية.",
        "director’s word: the question “reach_director”, which names who writes it, is gone.",
    ):
        assert words in told
    officer.posts(
        address("calls:rows", "letters"),
        {"act": "remove", "key": "nominee", "revision": Call.objects.get(pk=call.pk).revision},
    )
    officer.reads(address("calls:publish"), en="Publish this call")
    assert "names who writes it" not in officer.reads(address("calls:publish"))["en"]


def test_its_declaration_is_sound_and_nothing_else_names_it() -> None:
    assert [str(fault) for fault in check_kind(FIELD_SCHOOLS, YEAR)] == []
    faults = [str(each) for each in FieldSchools(schools=0, weeks=40).check()]
    assert faults == [
        "A season has at least one school.",
        "A school lasts between one and twelve weeks.",
    ]
    source = Path(settings.BASE_DIR) / "src" / "anso"
    naming = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*")
        if path.suffix in {".py", ".html", ".txt", ".js", ".css", ".po"}
        and ("field_school" in (text := path.read_text()).lower() or "field school" in text.lower())
    }
    assert naming <= NAMED_BY_REGISTERS


def test_it_needs_no_migration() -> None:
    told = io.StringIO()
    call_command("makemigrations", "--check", "--dry-run", stdout=told)
    assert "No changes detected" in told.getvalue()


def test_what_comes_in_is_called_as_the_kind_calls_it_in_both_languages(
    client: Client,
) -> None:
    call = make_call(make_programme(FIELD_SCHOOLS.code))
    words = CallWords(get_terms(call))
    assert get_terms(call).nouns == FIELD_SCHOOLS.nouns
    with translation.override("en"):
        assert (words.count_entries(1), words.count_entries(3)) == (
            "1 letter of intent",
            "3 letters of intent",
        )
        assert words.entry.check == "Check whether you can apply"
    with translation.override("ar"):
        assert CallWords(get_terms(call)).count_entries(3) == "3 خطابات نوايا"
        assert CallWords(get_terms(call)).entry.yours == "خطاب نواياكم"
    with time_machine.travel(NOW, tick=False):
        page = client.get(f"/calls/{call.slug}/").content.decode()
    assert "Who can hold a school" in page
    assert "Start letter of intent" in page
    assert "Start proposal" not in page


def test_a_noun_that_a_language_lacks_is_a_fault_of_the_kind() -> None:
    assert FIELD_SCHOOLS.nouns is not None
    lacking = replace(FIELD_SCHOOLS.nouns, your=Text("your letter of intent"))
    told = [str(fault) for fault in check_kind(replace(FIELD_SCHOOLS, nouns=lacking), YEAR)]
    assert told == ["What comes in has no words for “your” in every language."]
