"""People are asked by mail to review, many at once and without an account: the list, the mail, the
link, their answers, what officers mend, and who is left out.
"""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from anso.accounts.models import Account
from anso.accounts.queries import find_account
from anso.applications.actions import start_application
from anso.calls.models import Call
from anso.directory.models import Expertise
from anso.kernel.actors import SETUP
from anso.kernel.errors import BadInput
from anso.kernel.people_lists import read_people
from anso.kernel.todo import TODO_SOURCES
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.review import actions
from anso.review.actions import Asking, Offer
from anso.review.forms import read_invitees, subjects_of
from anso.review.models import Invitation, Reviewer
from anso.review.queries.candidates import candidates_for
from anso.review.queries.invitations import invitations_to_remind_of, open_invitation_link
from anso.review.rules import may_answer_by_mail
from anso.review.tasks import remind_unanswered
from tests.factories.calls import make_call
from tests.factories.decisions import make_officer
from tests.factories.directory import make_account, make_country, make_person
from tests.factories.review import IN_REVIEW, make_eligible_application, make_reviewer

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
BY = (IN_REVIEW + 5 * DAY).date()
ADA = "Ada Obi,ada@uni.example.org,University of Lagos,Kenya,soil; water"


@pytest.fixture
def officer() -> Account:
    return make_officer()


@pytest.fixture
def call(officer: Account) -> Call:
    make_country()
    return make_call(officer=officer)


@pytest.fixture
def desk(officer: Account, client: Client, monkeypatch: pytest.MonkeyPatch) -> Client:
    at(monkeypatch, IN_REVIEW)
    client.force_login(officer)
    return client


def at(monkeypatch: pytest.MonkeyPatch, now: dt.datetime) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now)


def ask(call: Call, text: str = ADA, *, language: str = "en", by: dt.date = BY) -> list[Invitation]:
    return actions.invite_by_mail(
        actor=SETUP,
        call=call,
        lines=read_invitees(text).lines,
        asking=Asking(6, by, language),
        now=IN_REVIEW,
    )


def mails_to(email: str) -> list[Message]:
    return list(Message.objects.filter(email=email).order_by("pk"))


def links_in(message: Message) -> str:
    found = re.search(r"/reviews/asked/[\w-]+/", message.secret)
    assert found
    return found[0]


def link_to(email: str = "ada@uni.example.org") -> str:
    return links_in(mails_to(email)[-1])


def page_of(call: Call, path: str = "") -> str:
    return f"/desk/calls/{call.reference}/reviewers/{path}"


def posted(text: str, act: str = "check", **more: Any) -> dict[str, Any]:
    fields = {"list": text, "capacity": "6", "answer_by": str(BY), "language": "en", "act": act}
    return fields | more


def sent(desk: Client, call: Call, text: str) -> Any:
    seen = desk.post(page_of(call, "invite/"), posted(text)).context["seen"]
    return desk.post(page_of(call, "invite/"), posted(text, "send", seen=seen), follow=True)


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        (ADA.replace("soil; water", "soil"), ("Ada Obi", "ada@uni.example.org", "soil")),
        ("ada@uni.example.org\tAda Obi", ("Ada Obi", "ada@uni.example.org", "")),
        ('"Ada Obi" <ada@uni.example.org>;', ("Ada Obi", "ada@uni.example.org", "")),
        ('"Obi, Ada";ada@uni.example.org', ("Obi, Ada", "ada@uni.example.org", "")),
        (
            "E-Mail;Keywords;Full Name\r\nada@UNI.example.org;soil;Ada Obi",
            ("Ada Obi", "ada@uni.example.org", "soil"),
        ),
        ("姓名|邮箱\n王伟|wang@uni.example.org", ("王伟", "wang@uni.example.org", "")),
        ("الاسم,البريد\nآدا,ada@uni.example.org", ("آدا", "ada@uni.example.org", "")),
    ],
)
def test_a_list_is_understood_however_it_was_copied(
    text: str, understood: tuple[str, str, str]
) -> None:
    (line,) = read_people(text).lines
    assert (line.name, line.email, line.expertise) == understood
    assert line.fault is None


def test_each_line_says_what_is_wrong_with_it_and_keeps_its_text() -> None:
    make_country()
    text = (
        "Name,Mail,Country\n"
        "Ada Obi,ada@uni.example.org,Kenya\n"
        "No Address,,Kenya\n"
        "Two Ats,two@@example.org,Kenya\n"
        ",nameless@example.org,Kenya\n"
        "Ada Again,ADA+x@uni.example.org,Kenya\n"
        '"Never closed,q@example.org\n'
        "Far Away,far@example.org,Atlantis\n"
        f"{'N' * 250},long@example.org,Kenya"
    )
    found = read_invitees(text)
    assert {each.number: each.fault.code for each in found.lines if each.fault} == {
        3: "no_address", 4: "no_mailbox", 5: "no_name", 6: "double", 7: "no_address",
        8: "no_country", 9: "too_long",
    }  # fmt: skip
    assert found.lines[0].country == "KE"
    assert found.kept([3, 8]).split("\n") == [
        "Name,Mail,Country", "No Address,,Kenya", "Far Away,far@example.org,Atlantis",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  \n,,\n", "The list is empty"),
        ("Name,Mail", "The list is empty"),
        ("\n".join(f"P,p{n}@example.org" for n in range(201)), "The list has 201 people"),
        ("x" * 200_001, "The list is too long"),
    ],
)
def test_a_list_that_is_empty_or_too_long_is_refused_whole(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        read_people(text)


def test_the_officer_reads_who_gets_which_mail_who_is_left_out_and_what_to_mend(
    desk: Client, call: Call
) -> None:
    applicant, reviewer = make_account("amina@example.org"), make_person("María Quispe")
    make_person("Amina Yusuf", account=applicant)
    start_application(call=call, actor=applicant, now=call.opens_at + DAY)
    make_reviewer(call, person=reviewer)
    ask(call, "Li Wei,li@example.org")
    text = "\n".join(
        [
            ADA,
            "Amina Yusuf,amina+spam@example.org",
            f"María Quispe,{reviewer.account.email}",  # type: ignore[union-attr]
            "Li Wei,LI@example.org",
            "Sam Slip,sam@gmial.com",
            "Nobody at all",
        ]
    )
    page = desk.post(page_of(call, "invite/"), posted(text))
    said = re.sub(r"\s+", " ", page.content.decode())
    assert [row["line"].name for row in page.context["asked"]] == ["Ada Obi", "Sam Slip"]
    why = {line.name: reason for line, reason in page.context["left_out"]}
    assert why["Amina Yusuf"].startswith("Amina Yusuf is already in this call: a party to a file")
    assert why["María Quispe"] == "reviews in this call already"
    assert why["Li Wei"] == "is invited already and has not answered yet"
    assert "Did you mean sam@gmail.com?" in said
    assert "There is no mail address on this line." in said
    assert "Dear Ada Obi," in said
    assert not mails_to("ada@uni.example.org")  # the preview was taken back
    assert Invitation.objects.count() == 1


def test_what_was_not_looked_at_is_not_sent_and_what_is_wrong_stays_to_be_mended(
    desk: Client, call: Call
) -> None:
    page = desk.post(page_of(call, "invite/"), posted(ADA, "send", seen="something else"))
    assert "Nothing was sent yet" in page.content.decode()
    assert not Invitation.objects.exists()
    after = sent(desk, call, f"{ADA}\nGrace Otieno,grace@@example.org")
    assert [each.email for each in Invitation.objects.all()] == ["ada@uni.example.org"]
    assert "Grace Otieno,grace@@example.org" in after.content.decode()
    assert "ada@uni.example.org" not in after.content.decode()
    done = sent(desk, call, "Grace Otieno,grace@example.org").content.decode()
    assert "1 question waits in the outbox." in done
    assert "Grace Otieno" in done
    assert "Grace Otieno,grace" not in desk.get(page_of(call, "invite/")).content.decode()


def test_a_csv_of_another_alphabet_and_a_workbook_are_read_and_other_files_refused(
    desk: Client, call: Call
) -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Name", "Country", "E-Mail"])
        sheet.write_row(1, 0, ["José Núñez", "", "jose@example.org"])
        sheet.write_row(2, 0, ["=1+1", "Kenya", "sum@example.org"])
    files = {
        "a.csv": "Name;Mail\nJosé Núñez;jose@example.org".encode("cp1252"),
        "b.csv": "Name\tMail\nJosé Núñez\tjose@example.org".encode("utf-16"),
        "c.xlsx": made.getvalue(),
    }
    for name, content in files.items():
        page = desk.post(
            page_of(call, "invite/"), posted("", file=SimpleUploadedFile(name, content))
        )
        names = [row["line"].name for row in page.context["asked"]]
        assert names[0] == "José Núñez", name
    assert names == ["José Núñez", "=1+1"]
    for content in (b"PK\x03\x04 broken", b"\x89PNG\x00\x00", b"x" * 2_000_001):
        page = desk.post(
            page_of(call, "invite/"), posted(ADA, file=SimpleUploadedFile("d.xlsx", content))
        )
        assert page.status_code == 422
        assert "ada@uni.example.org" in page.content.decode()


def test_a_day_that_has_passed_or_lies_after_the_reviews_is_refused_with_the_list_kept(
    desk: Client, call: Call
) -> None:
    for by in (IN_REVIEW.date(), IN_REVIEW.date() + 900 * DAY, "soon"):
        page = desk.post(page_of(call, "invite/"), posted(ADA, answer_by=str(by)))
        assert page.status_code == 422
        assert "Ada Obi" in page.content.decode()
    with pytest.raises(BadInput, match="between 1 and 500"):
        actions.invite_by_mail(
            actor=SETUP, call=call, lines=read_people(ADA).lines,
            asking=Asking(0, BY, "en"), now=IN_REVIEW,
        )  # fmt: skip


def test_the_mail_is_in_the_language_of_its_reader_and_names_the_days(call: Call) -> None:
    arab = make_account("noor@example.org")
    Account.objects.filter(pk=arab.pk).update(language="ar")
    ask(call, f"{ADA}\nNoor,noor@example.org")
    (english,), (arabic,) = mails_to("ada@uni.example.org"), mails_to("noor@example.org")
    assert "Please answer by 25 March 2027" in english.body
    assert "{link}" in english.body
    assert arabic.language == "ar"


def entered(client: Client, email: str) -> Account:
    """Somebody who made an account by a code from a mail."""
    account = find_account(email) or make_account(email)
    EmailAddress.objects.filter(user=account).update(verified=True)
    client.force_login(account)
    return account


def test_somebody_without_an_account_says_yes_and_is_a_reviewer(
    desk: Client, call: Call, client: Client
) -> None:
    sent(desk, call, ADA)
    client.logout()
    page = client.get(link_to()).content.decode()
    assert "We send a code to ada@uni.example.org" in page
    assert f'value="{link_to()}yes/"' in page
    assert client.post("/enter/", {"email": "x"}).status_code in (302, 404, 422)
    entered(client, "ada@uni.example.org")
    form = client.get(f"{link_to()}yes/").content.decode()
    assert 'value="Ada Obi"' in form
    assert 'value="soil; water"' in form
    wrong = client.post(f"{link_to()}yes/", {"full_name": " ", "capacity": "many"})
    assert wrong.status_code == 422
    assert set(wrong.context["error_list"][0]) == {"key", "message"}
    assert not Reviewer.objects.exists()
    yes = {
        "full_name": "Dr Ada Obi", "subjects": ["05"], "keywords": "soil", "capacity": "4",
        "declared": "yes",
    }  # fmt: skip
    assert client.post(f"{link_to()}yes/", yes).url == "/reviews/"  # type: ignore[attr-defined]
    reviewer = Reviewer.objects.get()
    assert (reviewer.person.full_name, reviewer.state, reviewer.capacity) == (
        "Dr Ada Obi", "accepted", 4,
    )  # fmt: skip
    assert Expertise.objects.get(person=reviewer.person).subject == "05"
    assert client.get(f"{link_to()}yes/").url == "/reviews/"  # type: ignore[attr-defined]
    assert "You said yes" in client.get(link_to()).content.decode()


def test_a_link_that_was_passed_on_makes_nobody_else_a_reviewer(call: Call, client: Client) -> None:
    ask(call)
    other = entered(client, "colleague@example.org")
    make_person("A colleague", account=other)
    page = client.get(f"{link_to()}yes/").content.decode()
    assert "you are signed in as colleague@example.org" in page
    offer = Offer("A colleague", 3, is_declared=True)
    (invitation,) = Invitation.objects.all()
    with pytest.raises(Refused, match="We asked ada@uni"):
        actions.accept_asked(actor=other, invitation=invitation, offer=offer, now=IN_REVIEW)
    # Once the address is theirs and confirmed, it is they who were asked.
    EmailAddress.objects.create(user=other, email="ada@uni.example.org", verified=True)
    reviewer = actions.accept_asked(actor=other, invitation=invitation, offer=offer, now=IN_REVIEW)
    assert reviewer.person.account == other
    # A link that was made for another address than the one that is asked now leads nowhere.
    Invitation.objects.update(email="else@uni.example.org")
    assert open_invitation_link(link_to().split("/")[-2]) is None


@pytest.mark.parametrize("before", ["released", "accepted"])
def test_who_reviewed_here_before_says_yes_by_mail_and_stays_one_reviewer(
    call: Call, before: str
) -> None:
    (invitation,) = ask(call)
    account = make_account("ada@uni.example.org")
    EmailAddress.objects.filter(user=account).update(verified=True)
    reviewer = make_reviewer(call, person=make_person("Ada Obi", account=account))
    Reviewer.objects.filter(pk=reviewer.pk).update(state=before)
    offer = Offer("Ada Obi", 3, is_declared=True)
    actions.accept_asked(actor=account, invitation=invitation, offer=offer, now=IN_REVIEW)
    assert Reviewer.objects.get().state == "accepted"


def test_what_was_taken_back_is_not_answered(call: Call) -> None:
    (invitation,) = ask(call)
    actions.cancel_asked(actor=SETUP, invitation=invitation, now=IN_REVIEW)
    assert "taken back" in str(may_answer_by_mail(invitation, IN_REVIEW))


def test_who_came_to_apply_meanwhile_cannot_accept_and_without_the_declaration_nobody(
    call: Call,
) -> None:
    account = make_account("ada@uni.example.org")
    EmailAddress.objects.filter(user=account).update(verified=True)
    make_person("Ada Obi", account=account)
    (invitation,) = ask(call)
    with pytest.raises(BadInput, match="Confirm the declaration"):
        actions.accept_asked(
            actor=account, invitation=invitation, offer=Offer("", 3), now=IN_REVIEW
        )
    start_application(call=call, actor=account, now=call.opens_at + DAY)
    with pytest.raises(Refused, match="a party to a file"):
        actions.accept_asked(
            actor=account,
            invitation=invitation,
            offer=Offer("", 3, is_declared=True),
            now=IN_REVIEW,
        )


def test_a_no_names_the_reason_and_somebody_else_whom_the_officer_asks(
    desk: Client, call: Call
) -> None:
    sent(desk, call, ADA)
    assert desk.post(link_to(), {"reason": "busy"}).status_code == 422
    no = {"kind": "not_my_field", "reason": "I am a chemist", "suggestion": "Bo <bo@example.org>"}
    answer = desk.post(link_to(), no, follow=True).content.decode()
    assert "You said no" in answer
    assert "Yes, I will review" in answer
    (invitation,) = Invitation.objects.all()
    page = desk.get(page_of(call, f"asked/{invitation.reference}/")).content.decode()
    assert "It is not my field" in page
    assert "I am a chemist" in page
    prefilled = desk.get(page_of(call, "invite/"), {"list": invitation.suggestion})
    assert "Bo &lt;bo@example.org&gt;" in prefilled.content.decode()
    check = desk.post(page_of(call, "invite/"), posted(ADA))
    assert check.context["left_out"][0][1] == "was asked in this call and declined"
    with pytest.raises(Refused, match="answered or taken back"):
        actions.cancel_asked(actor=SETUP, invitation=invitation, now=IN_REVIEW)


def test_a_mistyped_address_is_mended_the_old_link_dies_and_its_owner_is_told(
    desk: Client, call: Call
) -> None:
    (invitation,) = ask(call, "Ada Obi,adda@uni.example.org")
    old, page = link_to("adda@uni.example.org"), page_of(call, f"asked/{invitation.reference}/")
    for wrong in ("ada@@example", "adda@uni.example.org"):
        assert desk.post(page, {"act": "address", "email": wrong}).status_code == 422
    desk.post(page, {"act": "address", "email": "ada@uni.example.org"})
    assert desk.get(old).status_code == 404
    assert desk.get(link_to()).status_code == 200
    told = mails_to("adda@uni.example.org")[-1]
    assert "We wrote to this address by mistake" in told.body
    assert "Ada" not in told.body


def test_asked_again_with_another_day_and_taken_back(desk: Client, call: Call) -> None:
    (invitation,) = ask(call)
    first, page = link_to(), page_of(call, f"asked/{invitation.reference}/")
    desk.post(page, {"act": "again", "answer_by": str(BY + 3 * DAY)})
    assert len(mails_to("ada@uni.example.org")) == 2
    assert desk.get(first).status_code == 200  # whichever mail they open
    assert desk.post(page, {"act": "again", "answer_by": "2020-01-01"}).status_code == 422
    assert desk.post(page, {"act": "nothing"}).status_code == 404
    desk.post(page, {"act": "cancel"})
    assert desk.get(first).status_code == 404
    assert "was taken back" in mails_to("ada@uni.example.org")[-1].body
    assert desk.post(page, {"act": "cancel"}).status_code == 422
    assert len(ask(call)) == 1  # after that they may be asked anew


def test_reminders_before_and_after_the_day_until_answered_and_the_officer_sees_it(
    officer: Account, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    (invitation, silent) = ask(call, f"{ADA}\nSilent,silent@example.org")
    reminded = []
    for days in range(1, 25):
        at(monkeypatch, IN_REVIEW + days * DAY)
        if days == 6:
            actions.decline_asked(
                invitation=invitation, kind="no_time", reason="", suggestion="",
                now=IN_REVIEW + days * DAY,
            )  # fmt: skip
        before = len(mails_to("silent@example.org"))
        remind_unanswered(0)
        if len(mails_to("silent@example.org")) > before:
            reminded.append(days - 5)
    assert reminded == [-3, 2, 7]
    assert [each.code for each in mails_to("ada@uni.example.org")] == [
        "review.asked", "review.asked_reminder",
    ]  # fmt: skip
    first, late = mails_to("silent@example.org")[1:3]
    assert "Please answer by 25 March 2027." in first.body
    assert "We had hoped for your answer by 25 March 2027; it still counts." in late.body
    now = IN_REVIEW + 6 * DAY
    todo = [str(each.text) for each in TODO_SOURCES["review"](officer, now)]
    assert any("1 person has not answered whether they review" in text for text in todo)
    assert not actions.remind_asked(actor=SETUP, invitation=silent, now=now)  # done meanwhile


def test_the_link_lives_two_weeks_beyond_the_day_and_says_so(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    (invitation,) = ask(call, by=(IN_REVIEW + DAY).date())
    at(monkeypatch, IN_REVIEW + 14 * DAY)
    assert "Yes, I will review" in client.get(link_to()).content.decode()
    at(monkeypatch, IN_REVIEW + 17 * DAY)
    assert "The days to answer are over" in client.get(link_to()).content.decode()
    assert not invitations_to_remind_of(IN_REVIEW + 17 * DAY)
    no = {"kind": "no_time", "reason": "", "suggestion": ""}
    with pytest.raises(Refused, match="days to answer are over"):
        actions.decline_asked(invitation=invitation, now=IN_REVIEW + 17 * DAY, **no)
    assert open_invitation_link("nonsense") is None


def test_whoever_has_an_account_finds_the_question_among_what_they_have_to_do(
    call: Call, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(monkeypatch, IN_REVIEW)
    account = entered(client, "ada@uni.example.org")
    (invitation,) = ask(call)
    (item,) = TODO_SOURCES["review"](account, IN_REVIEW)
    page = client.get(item.url, follow=True).content.decode()
    assert 'href="/reviews/asked/' in page
    entered(client, "other@example.org")
    assert client.get(item.url).status_code == 404
    assert invitation.state == "asked"


def test_the_officer_sees_which_fields_nobody_covers_and_ticks_who_fits_them(
    desk: Client, call: Call
) -> None:
    for number, name in enumerate(("One", "Two")):
        make_eligible_application(call, applicant=make_person(f"Applicant {name} {number}").account)
    (subject,) = {facts.subject for facts in candidates_for(call, IN_REVIEW)[0]}
    make_reviewer(call, person=make_person("Has agreed"), capacity=4, subject=subject)
    fit, other, party = (make_person(name) for name in ("Fits", "Judges other things", "Applies"))
    other_subject = next(code for code, _label in subjects_of(call) if code != subject)
    for person, code in ((fit, subject), (other, other_subject), (party, subject)):
        Expertise.objects.create(person=person, subject=code, keywords="soil, water")
    start_application(call=call, actor=party.account, now=call.opens_at + DAY)  # type: ignore[arg-type]
    (cover,) = candidates_for(call, IN_REVIEW)[0]
    assert (cover.files, cover.reviewers, cover.offered) == (2, 1, 4)
    assert cover.missing == cover.needed - 4
    page = desk.get(page_of(call, "find/"))
    subject = next(each.subject for each in candidates_for(call, IN_REVIEW)[0])
    assert party not in [each.person for each, _fields in page.context["candidates"]]
    assert "Tick whom you want" in desk.post(page_of(call, "find/"), follow=True).content.decode()
    on_list = desk.post(page_of(call, "find/"), {"person": [fit.reference]}, follow=True)
    assert f"Fits\t{fit.account.email}" in on_list.content.decode()  # type: ignore[union-attr]
    sent(desk, call, f"Fits\t{fit.account.email}")  # type: ignore[union-attr]
    assert fit not in [each.person for each in candidates_for(call, IN_REVIEW)[1]]


def test_without_files_or_without_anybody_nobody_is_proposed(call: Call) -> None:
    assert candidates_for(call, IN_REVIEW) == ([], [])
    make_eligible_application(call)
    covers, found = candidates_for(call, IN_REVIEW)
    assert len(covers) == 1
    assert found == []
