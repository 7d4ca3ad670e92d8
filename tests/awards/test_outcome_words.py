"""A prize is spoken of as a prize, a grant as a grant: every mail and page about what became of
applications is read for every outcome, in both languages, for words of another outcome.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.test import Client
from django.urls import resolve

from anso.accounts.models import Account
from anso.applications.actions import screen_applications
from anso.applications.models import Application, Participant
from anso.applications.queries.participants import beneficiaries_of
from anso.awards import notices
from anso.awards.actions import (
    accept_offer,
    decline_offer,
    make_offers,
    notify_applicant_of,
    notify_of_offer,
)
from anso.awards.actions.offer_mail import fresh_link
from anso.awards.models import Offer
from anso.calls.queries import get_form, get_terms
from anso.decisions.actions import (
    compute_selection,
    confirm_selection,
    notify_decided_applicants,
    propose_selection,
    release_decisions,
)
from anso.decisions.actions.confirming import ask_chair
from anso.decisions.models import SelectionRun
from anso.kernel.actors import CLOCK, SETUP, WORKER
from anso.kernel.terms import EntryKind, OutcomePart, PlaceNode, PlaceReserve, Terms
from anso.kernel.wording import both
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.programmes.outcomes import (
    OUTCOMES,
    Admission,
    Award,
    Grant,
    Pairing,
    Places,
    Prize,
    Recognition,
    Undertaking,
)
from tests.factories.answers import answers_for
from tests.factories.applications import make_submitted_application
from tests.factories.awards import holder_of
from tests.factories.calls import YEAR, make_call
from tests.factories.decisions import SELECTED, Contest, make_contest
from tests.factories.directory import make_account, make_person

pytestmark = pytest.mark.django_db

# What only one outcome may say. In Arabic nouns only: its neutral words share roots with some.
OWN = {
    "places": (
        r"\bseats?\b|\bplaces?\b|\bfellow(ship)?s?\b|\bvisa\b",
        r"مقعد|مقاعد|زمال|تأشيرة|مكانًا|أماكن",
    ),
    "prize": (
        r"\bawards?\b|\bprizes?\b|\blaureates?\b|\bconfer(s|red)?\b|\bcitation\b",
        r"جائز|جوائز|فائز|التقدير",
    ),
    "grant": (r"\bgrants?\b|\bfunded\b|\binstalments?\b", r"منحة|المنح\b|منحتان|تمويل|غير ممول"),
    "recognition": (r"\brecogni\w*|\blaunch\b", r"اعتراف|معترف"),
    "admission": (r"\badmitted\b|\bjoins?\b|\bjoined\b|\bnew members?\b", r"انضم|تنضم|جديد|جدد"),
    "undertaking": (
        r"\bundertak\w*|(?<!not )\btaken up\b|\btake up what\b|\bwe begin\b",
        r"تبنّي|نتبنى|متبنّا|نبدأ|تكليف",
    ),
    "pairing": (r"\bmatch(es|ed|ing)?\b", r"مواءم"),
}
# What an officer reads of nominations and proposals says nothing of these.
OF_APPLICATIONS = (
    r"\bappl(?:y|ies|ied|ying|icants?|ications?)\b|\blevels?\b",
    r"متقدم|مقدّ?م الطلب|مقدمي الطلب|الطلبات|طلبًا|المستوى|المستويات",
)
NOT_SAID = re.compile(r"Applicant \d+|\{\w+\}|https?://\S+")
LINK = re.compile(r'href="(/desk/[^"#?]*)')
OWN_PAGES = ("decline/", "")
SPOKEN = (
    "decisions.proposed",
    "awards.offer",
    "awards.accepted",
    "awards.reminder",
    "awards.lapsed",
    "/outcome/",
    "/decline/",
    "/offers/",
    "/ranking/",
    "/decisions/",
)
AT_HOST = (r"\bhosts?\b", r"المضيف")
RECORD = re.compile(r"<details.*?As the record says it.*?</details>", re.DOTALL)


@dataclass(frozen=True)
class Story:
    """A call of one outcome in which everything happened: whoever is on the way from selected to
    accepted, declined, offered late, waiting, not selected, not eligible.
    """

    contest: Contest
    run: SelectionRun
    accepted: Offer
    declined: Offer
    passed_on: Offer
    ineligible: Application


def of_kind(kind: str, part: OutcomePart, **changed: object) -> tuple[str, Terms]:
    """The terms of a kind with another outcome."""
    return kind, replace(KINDS[kind].terms_for(YEAR), outcome=part, **changed)  # type: ignore[arg-type]


def bare(kind: str, part: OutcomePart, **changed: object) -> tuple[str, Terms]:
    """The same without what only this kind says: benefits and rules."""
    return of_kind(kind, part, benefits=(), rules=(), **changed)


CASES = {
    "places": of_kind(
        "fellowship",
        Places(
            (
                PlaceNode("phd", both("Doctoral studies", "دراسات الدكتوراه"), 2),
                PlaceNode("phd-ustc", both("Doctoral at USTC", "دكتوراه"), 2, "phd", "phd", "USTC"),
            ),
            (PlaceReserve("women", 1),),
            country_ceiling=4,
        ),
    ),
    "prize": of_kind(
        "prize", Prize((Award("lifetime", both("Lifetime", "مدى الحياة"), 2, "lifetime"),))
    ),
    "grant": of_kind(
        "collaborative_research",
        Grant(2, Decimal(2_000_000), Decimal(1_000_000), "CNY", both("Projects", "المشاريع")),
    ),
    "recognition": bare(
        "collaborative_research", Recognition(2, both("Associations", "الجمعيات")), levels=()
    ),
    "admission": bare(
        "collaborative_research", Admission(2, both("New members", "الأعضاء الجدد")), levels=()
    ),
    "undertaking": bare(
        "collaborative_research", Undertaking(2, both("Studies", "الدراسات")), levels=()
    ),
    "pairing": bare(
        "collaborative_research",
        Pairing(2, both("Experts", "الخبراء"), answer_days=14, safeguarding="A <a@b.example>"),
        levels=(),
    ),
}


PASSING_ON = (
    "unless_answered",
    "passes_on_afterwards",
    "passes_on",
    "passes_on_for_good",
    "passes_on_thanks",
)


@pytest.mark.parametrize("code", OUTCOMES)
def test_nobody_is_promised_to_be_next_where_there_may_be_none(code: str) -> None:
    words = OUTCOMES[code].words
    for name in PASSING_ON:
        said = getattr(words, name)
        assert "if there is one" in said["en"], name
        assert "إن وُجد" in said["ar"], name
    for name in ("reminder_told", "accepted_stays"):
        assert not re.search(r"\bnext\b|التالي", "".join(getattr(words, name).values())), name


def test_every_outcome_is_read_here() -> None:
    assert list(CASES) == list(OWN) == list(OUTCOMES)


def told_story(code: str) -> Story:
    """Six people: one accepted, one declined, one next, one waiting, one not selected, one not
    eligible.
    """
    kind, terms = CASES[code]
    titles = {"title": {"en": "Round 2027", "ar": "جولة 2027"}, "summary": {}}
    terms = replace(terms, selection_method="rank_and_fill")
    contest = make_contest((5, 4, 3, 2, 1), terms=terms, kind=kind, **titles)
    ineligible = rejected(contest)
    for nominee in Participant.objects.filter(role="nominee"):
        account = make_account()
        EmailAddress.objects.create(user=account, email=nominee.email, verified=True)
    now = SELECTED
    run = compute_selection(actor=contest.officer, call=contest.call, now=now)
    last = run.placements.get(application=contest.applications[4])
    last.result, last.waiting_position, last.facts = "unplaced", None, last.facts | {"lists": []}
    last.save()
    propose_selection(actor=contest.officer, run=run, now=now, because="As it is.")
    confirm_selection(actor=contest.chair, run=run, now=now)
    release_decisions(actor=contest.officer, run=run, now=now)
    first, second = make_offers(actor=CLOCK, call=contest.call, now=now)
    accept_offer(actor=holder_of(first), offer=first, now=now)
    decline_offer(actor=holder_of(second), offer=second, reason="", now=now)
    passed_on = Offer.objects.get(follows=second)
    return Story(contest, run, first, second, passed_on, ineligible)


def rejected(contest: Contest) -> Application:
    """Somebody whom screening found not eligible."""
    application = make_submitted_application(
        contest.call,
        applicant=make_person("Out Sider").account,
        answers=answers_for(get_form(contest.call)[1], 99),
    )
    facts = {"actor": SETUP, "now": SELECTED, "because": "X."}
    screen_applications(applications=[application], verb="reject_ineligible", **facts)
    return application


def account_of(application: Application) -> Account:
    account = application.applicant.account
    assert account is not None
    return account


def mails_in(story: Story, language: str) -> Iterator[tuple[str, str]]:
    """Every mail of the story written anew in one language."""
    Account.objects.update(language=language)
    Message.objects.all().delete()
    notify_decided_applicants(
        actor=WORKER, run=SelectionRun.objects.get(pk=story.run.pk), now=SELECTED
    )
    for offer in Offer.objects.filter(pk__in=[story.accepted.pk, story.passed_on.pk]):
        for notice in (notices.OFFER, notices.ACCEPTED, notices.REMINDER, notices.LAPSED):
            notify_of_offer(notice, offer, actor=CLOCK, now=SELECTED)
        for notice in (notices.CHOSEN, notices.ANSWERED):
            notify_applicant_of(notice, offer, actor=CLOCK, now=SELECTED)
    run, chair = SelectionRun.objects.get(pk=story.run.pk), story.contest.chair
    chair.refresh_from_db()
    ask_chair(run, chair, story.contest.officer, SELECTED)
    for message in Message.objects.all():
        yield f"{message.code} to {message.email}", f"{message.subject}\n{message.body}"


def pages_in(story: Story, client: Client, language: str) -> Iterator[tuple[str, str]]:
    """Every page of the story as each of its people reads it."""
    Account.objects.update(language=language)
    call, reference = story.contest.call, story.contest.call.reference
    applications = [*story.contest.applications, story.ineligible]
    for application in applications:
        client.force_login(account_of(application))
        yield read(client, f"/applications/{application.reference}/outcome/", language)
    for offer, pages in (
        (story.passed_on, ("accept/", "decline/", "")),
        (story.accepted, OWN_PAGES),
    ):
        client.force_login(holder_of(offer))
        for page in pages:
            yield read(client, f"/offers/{offer.reference}/{page}", language)
        (holder,) = beneficiaries_of(offer.application)
        link = fresh_link(offer, holder, SELECTED)
        yield read(Client(), link.removeprefix(settings.SITE_URL), language)
    client.force_login(story.contest.officer)
    desk = f"/desk/calls/{reference}"
    for path in ("/", "/outcome/", "/ranking/", "/decisions/", "/offers/", "/ranking/1/draw/"):
        yield read(client, f"{desk}{path}", language)
    for application in story.contest.applications:
        yield read(client, f"{desk}/ranking/1/{application.number}/", language)
    yield read(client, f"/calls/{call.slug}/draw/", language)
    further = {"title": {"en": "Round 2028", "ar": "جولة 2028"}, "summary": {}}
    draft = make_call(call.programme, state="draft", officer=story.contest.officer, **further)
    draft.design = story.contest.call.design
    draft.save()
    yield read(client, f"/desk/calls/{draft.reference}/outcome/", language)
    yield read(client, f"/desk/calls/{draft.reference}/publish/", language)


def desk_of(story: Story, client: Client, language: str) -> Iterator[tuple[str, str]]:
    """One page of each sort to which the call's desk and the pages below it lead an officer."""
    Account.objects.update(language=language)
    client.force_login(story.contest.officer)
    ahead = [f"/desk/calls/{story.contest.call.reference}/", "/desk/"]
    known = {sort_of(address) for address in ahead}
    while ahead:
        address = ahead.pop()
        response = client.get(address, headers={"accept-language": language})
        if "text/html" not in response.get("content-type", ""):
            continue
        page = response.content.decode()
        for link in LINK.findall(page):
            if sort_of(link) not in known:
                known.add(sort_of(link))
                ahead.append(link)
        if "<main" in page:
            yield address, words_of(page)


def sort_of(address: str) -> str:
    """The name of a page, with which list or form of a call it shows."""
    found = resolve(address)
    parts = (found.kwargs.get(name, "") for name in ("table", "purpose", "code", "deed"))
    return " ".join([found.view_name, *parts])


def read(client: Client, address: str, language: str) -> tuple[str, str]:
    """The words of the main part of a page, what is said to a screen reader included. Where the
    record is quoted it speaks the selection library's own English.
    """
    response = client.get(address, headers={"accept-language": language})
    assert response.status_code == 200, address
    page = response.content.decode()
    assert f'lang="{language}"' in page
    return address, words_of(page)


def words_of(page: str) -> str:
    """What the main part of a page says."""
    main = RECORD.sub("", page.split("<main", 1)[1].split("</main", 1)[0])
    said = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', main)
    words = re.sub(r"<code.*?</code>|<[^>]+>", " ", main, flags=re.DOTALL)
    return html.unescape(" ".join([words, *said]))


def foreign_to(code: str, column: int, *, has_hosts: bool) -> re.Pattern[str]:
    """Words that belong to other outcomes."""
    words = [own[column] for other, own in OWN.items() if other != code]
    return re.compile("|".join([*words, *([] if has_hosts else [AT_HOST[column]])]), re.IGNORECASE)


@pytest.mark.parametrize("code", CASES)
def test_no_mail_and_no_page_speaks_of_another_outcome(
    code: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: SELECTED)
    story = told_story(code)
    for column, language in enumerate(("en", "ar")):
        wrong = foreign_to(code, column, has_hosts=bool(CASES[code][1].hosts))
        own = re.compile(OWN[code][column], re.IGNORECASE)
        told = {**dict(mails_in(story, language)), **dict(pages_in(story, client, language))}
        assert faults_in(told, wrong) == []
        assert not any("%(" in text for text in told.values())
        silent = [part for part in SPOKEN if not own.search(said_at(part, told))]
        assert silent == [], language
        if get_terms(story.contest.call).entry != EntryKind.APPLICATION:
            desk = dict(desk_of(story, client, language))
            foreign = re.compile(OF_APPLICATIONS[column], re.IGNORECASE)
            assert faults_in(desk, foreign) == []


def faults_in(told: Mapping[str, str], wrong: re.Pattern[str]) -> list[str]:
    """Where something is said that must not be, with what stands around it; people of tests are
    called by these words, and addresses and names of facts are.
    """
    named = {where: NOT_SAID.sub("", text) for where, text in told.items()}
    return [
        f"{where}: …{text[max(0, found.start() - 40) : found.end() + 40]}…"
        for where, text in named.items()
        for found in wrong.finditer(text)
    ]


def said_at(part: str, told: dict[str, str]) -> str:
    """Everything said by one mail or at one page."""
    return " ".join(text for where, text in told.items() if part in where)
