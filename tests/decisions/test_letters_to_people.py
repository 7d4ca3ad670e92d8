"""Letters about decisions are prepared and held until an officer has read, worded, tried and
released them, all or some; what was overtaken or stopped never leaves.
"""

from __future__ import annotations

import datetime as dt
from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from anso.accounts.models import Account
from anso.audit.models import Entry
from anso.awards.actions import accept_offer, make_offers
from anso.awards.models import Offer
from anso.awards.queries import last_answer_at
from anso.awards.tasks import lapse_due_offers, remind_of_due_offers
from anso.awards.wording import result_of
from anso.calls.models import Call
from anso.decisions.actions import correct_decision, notify_decided_applicants, pass_words_on
from anso.decisions.models import Decision, SelectionRun
from anso.kernel.actors import CLOCK, WORKER
from anso.kernel.errors import BadInput
from anso.kernel.todo import TODO_SOURCES
from anso.kernel.verdict import Refused
from anso.notifications.actions import (
    change_letter_text,
    deliver_message,
    open_mailing,
    release_letters,
    release_message,
    stop_letters,
    try_letter,
)
from anso.notifications.models import Mailing, Message
from anso.notifications.notices import LetterText
from anso.notifications.queries import messages_due
from tests.factories.awards import holder_of
from tests.factories.decisions import SELECTED, Contest, make_contest, released
from tests.factories.directory import make_account
from tests.shared import made_for_module

pytestmark = pytest.mark.django_db

LATER = SELECTED + dt.timedelta(days=3)


def a_world() -> Contest:
    """Two places, three on the list or without a place; everything released and prepared."""
    contest = make_contest((6, 5, 4, 3, 2))
    run = released(contest)
    notify_decided_applicants(actor=WORKER, run=run, now=SELECTED)
    make_offers(actor=CLOCK, call=contest.call, now=SELECTED)
    return contest


made = made_for_module(a_world)


@pytest.fixture
def contest(made: Contest, db: None) -> Contest:
    return deepcopy(made)


def the_mailing() -> Mailing:
    return Mailing.objects.get(code="decisions.outcomes")


def states() -> list[str]:
    return list(the_mailing().letters.order_by("id").values_list("state", flat=True))


def holder(contest: Contest, place: int) -> Account:
    account = contest.applications[place].applicant.account
    assert account is not None
    return account


def test_after_the_release_nobody_is_written_to_and_everybody_reads_their_page(
    contest: Contest, client: Client
) -> None:
    assert set(states()) == {"held"}
    assert len(states()) == 5
    assert not messages_due(LATER).filter(mailing__isnull=False).exists()
    letter = the_mailing().letters.order_by("id").first()
    assert letter is not None
    assert not deliver_message(message_id=letter.pk, now=LATER)
    client.force_login(holder(contest, 4))
    page = client.get(result_of(contest.applications[4]))
    assert page.status_code == 200
    (todo,) = [
        each
        for each in TODO_SOURCES["notifications"](contest.officer, LATER)
        if each.url.endswith(f"/{the_mailing().reference}/")
    ]
    assert todo.text == "Read and release 5 letters"
    assert "Decisions and offers" in todo.reason


def test_letters_are_released_some_at_a_time_in_their_order(contest: Contest) -> None:
    assert release_letters(mailing=the_mailing(), actor=contest.officer, now=LATER, most=2) == (
        2,
        0,
    )
    assert states() == ["waiting", "waiting", "held", "held", "held"]
    first = the_mailing().letters.order_by("id")[0]
    assert first.send_after == LATER
    assert deliver_message(message_id=first.pk, now=LATER)
    assert release_letters(mailing=the_mailing(), actor=contest.officer, now=LATER) == (3, 0)
    assert states() == ["sent", "waiting", "waiting", "waiting", "waiting"]
    assert release_letters(mailing=the_mailing(), actor=contest.officer, now=LATER) == (0, 0)
    assert TODO_SOURCES["notifications"](contest.officer, LATER) == []


def test_what_is_stopped_never_leaves_and_needs_a_reason(contest: Contest) -> None:
    release_letters(mailing=the_mailing(), actor=contest.officer, now=LATER, most=1)
    with pytest.raises(BadInput):
        stop_letters(mailing=the_mailing(), actor=contest.officer, now=LATER, because="  ")
    assert (
        stop_letters(
            mailing=the_mailing(), actor=contest.officer, now=LATER, because="A wrong place."
        )
        == 4
    )
    assert states() == ["waiting", *["cancelled"] * 4]
    entry = Entry.objects.filter(verb="cancel_message").last()
    assert entry is not None
    assert entry.because == "A wrong place."


def test_an_officer_words_letters_in_one_language_and_each_keeps_what_is_its_own(
    contest: Contest,
) -> None:
    code = "decisions.waiting"
    text = LetterText(
        "Your file {number}",
        "Dear {name},\n\n{told}\n\nWords of reviewers:\n{feedback}\n\n{url}\r\nWith regards  ",
    )
    count = change_letter_text(
        mailing=the_mailing(),
        code=code,
        language="en",
        text=text,
        actor=contest.officer,
        now=LATER,
    )
    letters = Message.objects.filter(code=code)
    assert count == letters.filter(language="en").count() > 0
    letter = letters.get(email=holder(contest, 2).email)
    assert letter.subject == f"Your file {contest.applications[2].number}"
    assert "is on the waiting list" in letter.body
    assert "Say what would prove you wrong." in letter.body
    assert letter.body.rstrip().endswith("With regards")
    letter.facts |= {"feedback": ""}
    letter.save()
    change_letter_text(
        mailing=the_mailing(),
        code=code,
        language="en",
        text=text,
        actor=contest.officer,
        now=LATER,
    )
    letter.refresh_from_db()
    assert "Words of reviewers" not in letter.body, "a paragraph about nothing is left out"
    change_letter_text(
        mailing=the_mailing(), code=code, language="en", text=None, actor=contest.officer, now=LATER
    )
    letter.refresh_from_db()
    assert letter.subject != f"Your file {contest.applications[2].number}"
    assert "Why: " in letter.body
    assert Entry.objects.filter(verb="change_letter_text").count() == 3


@pytest.mark.parametrize(
    ("subject", "body", "said"),
    [
        ("A", "{told} {url} {Name}", "Nothing is known for {Name}"),
        ("A", "{told} {url} {اسم}", "Nothing is known for {اسم}"),
        ("{subject", "{told} {url}", "curly bracket stands alone"),
        ("A", "{name}, {url}", "Put in: {told}"),
        ("", "{told} {url}", "needs a subject"),
    ],
)
def test_words_with_a_gap_are_refused_and_nothing_is_changed(
    contest: Contest, client: Client, subject: str, body: str, said: str
) -> None:
    before = list(the_mailing().letters.order_by("id").values_list("subject", "body"))
    client.force_login(contest.officer)
    page = client.post(
        reverse(
            "notifications:mailing_text", args=[the_mailing().reference, "decisions.waiting", "en"]
        ),
        {"subject": subject, "body": body},
    )
    assert page.status_code == 422
    shown = page.content.decode()
    assert said in shown
    assert body in shown, "what was typed is not lost"
    assert list(the_mailing().letters.order_by("id").values_list("subject", "body")) == before


def test_the_words_of_one_mailing_are_those_of_the_next_of_the_same_call_only(
    contest: Contest,
) -> None:
    text = LetterText("Ours", "{told} {url}")
    change_letter_text(
        mailing=the_mailing(),
        code="decisions.waiting",
        language="en",
        text=text,
        actor=contest.officer,
        now=LATER,
    )

    def opened(call: Call, key: str) -> Mailing:
        return open_mailing(
            code="decisions.outcomes", context=call, key=key, actor=contest.officer, now=LATER
        )

    assert opened(contest.call, "next").texts["decisions.waiting"]["en"]["subject"] == "Ours"
    assert opened(make_contest((3,)).call, "other").texts == {}


def test_a_test_goes_to_the_officer_alone_and_carries_no_link_of_anybody(contest: Contest) -> None:
    letter = the_mailing().letters.filter(code="decisions.waiting").first()
    assert letter is not None
    Message.objects.filter(pk=letter.pk).update(body=f"{letter.body}\n{{link}}", secret="s3cret")
    for _time in range(2):
        sent = try_letter(
            mailing=the_mailing(),
            code="decisions.waiting",
            language="en",
            to=contest.officer,
            actor=contest.officer,
            now=LATER,
        )
        assert (sent.email, sent.state) == (contest.officer.email, "waiting")
    assert sent.subject == f"Test: {letter.subject}"
    assert "{link}" not in sent.body
    assert "s3cret" not in sent.body + sent.secret
    assert "(the reader's own link)" in sent.body
    assert Message.objects.filter(code="notifications.test").count() == 2
    assert set(states()) == {"held"}
    with pytest.raises(BadInput):
        try_letter(
            mailing=the_mailing(),
            code="decisions.waiting",
            language="ar",
            to=contest.officer,
            actor=contest.officer,
            now=LATER,
        )


def test_whoever_hears_late_of_an_offer_has_as_many_days_as_everybody(contest: Contest) -> None:
    offer = Offer.objects.order_by("id")[0]
    promised = offer.respond_by
    late = promised + dt.timedelta(days=5)
    lapse_due_offers(0)
    remind_of_due_offers(0)
    offer.refresh_from_db()
    assert offer.state == "made", "nobody loses an offer of which they were not told"
    release_letters(mailing=the_mailing(), actor=contest.officer, now=late)
    offer.refresh_from_db()
    assert offer.respond_by == last_answer_at(offer.application.call, late) > promised
    letter = Message.objects.get(code="awards.offer", about_id=offer.pk)
    with override("en"):
        assert f"{offer.respond_by - dt.timedelta(minutes=1):%Y}" in letter.body
    assert letter.facts["respond_by"] in letter.body
    assert Entry.objects.filter(verb="extend_offer", object_id=str(offer.pk)).count() == 1


def test_an_offer_that_was_answered_on_its_page_is_not_made_again_by_letter(
    contest: Contest,
) -> None:
    taken, other = Offer.objects.order_by("id")[:2]
    accept_offer(actor=holder_of(taken), offer=taken, now=LATER)
    assert release_letters(mailing=the_mailing(), actor=contest.officer, now=LATER) == (4, 1)
    assert Message.objects.get(code="awards.offer", about_id=taken.pk).state == "cancelled"
    assert Message.objects.get(code="awards.offer", about_id=other.pk).state == "waiting"


def test_a_decision_that_was_corrected_is_not_told_by_the_letter_that_was_held(
    contest: Contest,
) -> None:
    """The third waited; its decision is corrected while its letter waits. It reads the correction,
    and never the letter that tells what is no longer so.
    """
    decision = Decision.objects.get(application=contest.applications[2])
    correct_decision(
        actor=contest.officer,
        decision=decision,
        result="unplaced",
        place="",
        because="The degree was not awarded.",
        now=LATER,
    )
    assert release_letters(mailing=the_mailing(), actor=contest.officer, now=LATER) == (4, 1)
    about = Message.objects.filter(about_type="decisions.decision", about_id=decision.pk)
    stands = about.values_list("code", "state")
    assert dict(stands) == {"decisions.waiting": "cancelled", "decisions.corrected": "waiting"}


def test_a_letter_released_alone_in_the_outbox_is_asked_the_same(contest: Contest) -> None:
    taken = Offer.objects.order_by("id")[0]
    accept_offer(actor=holder_of(taken), offer=taken, now=LATER)
    letter = Message.objects.get(code="awards.offer", about_id=taken.pk)
    assert release_message(message=letter, actor=contest.officer, now=LATER).state == "cancelled"


def test_nobody_but_the_officers_of_the_call_reads_or_moves_its_letters(
    contest: Contest, client: Client
) -> None:
    other = make_contest((3,))
    mailing = the_mailing()
    for account in (other.officer, contest.chair, holder(contest, 0), make_account()):
        with pytest.raises(Refused):
            release_letters(mailing=mailing, actor=account, now=LATER)
        client.force_login(account)
        for name in ("mailing", "mailing_release", "mailing_stop"):
            page = client.get(reverse(f"notifications:{name}", args=[mailing.reference]))
            assert page.status_code == 404
    assert set(states()) == {"held"}


def test_the_officer_walks_it_by_pages_without_script(contest: Contest, client: Client) -> None:
    client.force_login(contest.officer)
    mailing = the_mailing()
    listed = client.get(f"/desk/letters/?of=calls.call:{contest.call.pk}").content.decode()
    assert reverse("notifications:mailing", args=[mailing.reference]) in listed
    page = client.get(reverse("notifications:mailing", args=[mailing.reference])).content.decode()
    assert "5 letters are held" in page
    assert "words of the house" in page
    first, second = mailing.letters.order_by("id")[:2]
    read = client.get(reverse("notifications:message", args=[first.reference])).content.decode()
    assert reverse("notifications:message", args=[second.reference]) in read
    words = reverse(
        "notifications:mailing_text", args=[mailing.reference, "decisions.waiting", "en"]
    )
    assert "{told}" in client.get(words).content.decode()
    saved = client.post(words, {"subject": "News", "body": "{told}\n\n{url}"}, follow=True)
    assert "your words" in saved.content.decode()
    assert "News" in saved.content.decode()
    client.post(words, {"act": "house"})
    assert the_mailing().texts == {"decisions.waiting": {}}
    tried = client.post(
        reverse("notifications:mailing_test", args=[mailing.reference, "decisions.waiting", "en"]),
        follow=True,
    )
    assert f"A test leaves for {contest.officer.email}" in tried.content.decode()
    release = reverse("notifications:mailing_release", args=[mailing.reference])
    assert (
        "“2O” is no number" in client.get(release, {"how_many": "2O"}, follow=True).content.decode()
    )
    asked = client.get(release, {"how_many": "2"}).content.decode()
    assert "Release 2 letters?" in asked
    assert first.recipient_label in asked
    client.post(release, {"how_many": "2"})
    assert states().count("waiting") == 2
    stop = reverse("notifications:mailing_stop", args=[mailing.reference])
    assert "Stop 3 letters?" in client.get(stop).content.decode()
    assert client.post(stop, {"because": ""}).status_code == 200
    assert states().count("held") == 3
    client.post(stop, {"because": "A wrong place."})
    assert states().count("cancelled") == 3
    gone = client.get(stop, follow=True).content.decode()
    assert "No letter is held here any more." in gone
    missing = words.replace("decisions.waiting", "decisions.nothing")
    assert client.get(missing).status_code == 404


def test_the_words_of_reviewers_reach_nobody_before_an_officer_has_read_them(
    contest: Contest, client: Client
) -> None:
    Decision.objects.update(feedback_read_at=None)
    words, applicant = "Say what would prove you wrong.", holder(contest, 4)
    Message.objects.filter(mailing__isnull=False).delete()
    run = SelectionRun.objects.get()
    notify_decided_applicants(actor=WORKER, run=run, now=LATER)
    letter = Message.objects.get(email=applicant.email, mailing__isnull=False)
    assert words not in letter.body
    assert "What reviewers wrote" not in letter.body
    outcome = result_of(contest.applications[4])
    client.force_login(applicant)
    assert words not in client.get(outcome).content.decode()
    page = reverse("decisions:decisions", args=[contest.call.reference])
    passing = reverse("decisions:pass_words_on", args=[contest.call.reference])
    assert client.post(passing, {"read": "all"}).status_code == 404
    client.force_login(contest.officer)
    shown = client.get(page).content.decode()
    assert "Reviewers wrote for 5 people." in shown
    assert words in shown
    nothing = client.post(passing, follow=True).content.decode()
    assert "Tick the words that you have read." in nothing
    decision = Decision.objects.get(application=contest.applications[4])
    said = client.post(passing, {"read": [decision.reference]}, follow=True).content.decode()
    assert "The words for 1 person are passed on." in said
    assert "Reviewers wrote for 4 people." in said
    letter.refresh_from_db()
    assert words in letter.body
    others = Message.objects.filter(code__startswith="decisions.", mailing__isnull=False)
    assert not any(words in each.body for each in others.exclude(pk=letter.pk))
    client.force_login(applicant)
    assert words in client.get(outcome).content.decode()
    assert Entry.objects.filter(verb="pass_words_on").latest("id").object_id == decision.pk


def test_nobody_but_an_officer_passes_words_on(contest: Contest) -> None:
    Decision.objects.update(feedback_read_at=None)
    for account in (contest.chair, holder(contest, 4)):
        with pytest.raises(Refused):
            pass_words_on(actor=account, call=contest.call, references=None, now=LATER)
    assert not Decision.objects.filter(feedback_read_at__isnull=False).exists()
