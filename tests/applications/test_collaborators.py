"""Several people fill in one application: who was asked writes their parts and nothing else,
nothing is merged silently, and the whole can be handed over.
"""

from __future__ import annotations

import datetime as dt
import json
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404
from django.test import Client
from django.urls import reverse

from anso.accounts.models import Account
from anso.applications.actions import (
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from anso.applications.actions.collaborators import (
    accept_collaboration,
    ask_collaborator,
    end_collaboration,
    keep_lead,
    offer_lead,
    share_sections,
    take_over,
)
from anso.applications.models import Application, Collaborator, Participant, SaveReceipt
from anso.applications.queries.collaborators import (
    get_application_to_fill_in,
    get_collaboration_for,
    get_document_to_fill_in,
)
from anso.applications.wording.collaborators import collaboration_items
from anso.audit.models import Entry
from anso.audit.queries import names_of_keys
from anso.audit.wording import changes_in_words, keys_in
from anso.calls.models import Call
from anso.calls.queries import parts_in_call
from anso.directory.models import Person
from anso.kernel.errors import BadInput
from anso.kernel.terms import Intake
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import find_kind
from tests.factories.applications import (
    add_documents,
    fellowship_answers,
    make_application,
)
from tests.factories.calls import NOW, YEAR, make_call
from tests.factories.directory import make_account, make_person
from tests.pages import squeezed
from tests.shared import clock_at, made_for_module

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(minutes=1)


@dataclass
class World:
    """An application, whoever leads it, one who said yes to a part, and one who was only asked."""

    call: Call
    application: Application
    lead: Account
    helper: Account
    asked: Collaborator
    waiting: Collaborator


def ask(world: World | Application, email: str, *sections: str, **more: Any) -> Collaborator:
    application = world if isinstance(world, Application) else world.application
    actor = application.applicant.account
    assert actor is not None
    return ask_collaborator(
        application=application,
        full_name=more.get("name", "Wei"),
        email=email,
        sections=sections,
        actor=actor,
        now=NOW,
    )


def a_world() -> World:
    terms = replace(find_kind("fellowship").terms_for(YEAR), intake=Intake(with_others=True))
    call = make_call(terms=terms)
    lead, helper = make_person("Amina Yusuf"), make_person("Wei")
    assert lead.account is not None
    assert helper.account is not None
    application = make_application(call, applicant=lead.account, answers=fellowship_answers())
    add_documents(application)
    asked = ask(application, helper.account.email, "proposal")
    for _ in range(2):
        asked = accept_collaboration(asked=asked, actor=helper.account, now=NOW)
    waiting = ask(application, "Late+x@example.org", "proposal", "studies", name="Late")
    return World(call, application, lead.account, helper.account, asked, waiting)


made = made_for_module(a_world)


@pytest.fixture
def world(made: World) -> World:
    return deepcopy(made)


def save(world: World, actor: Account, base: int | None = None, **fields: Any) -> Any:
    application = Application.objects.get(pk=world.application.pk)
    return save_answers(
        application=application,
        fields=fields,
        base=application.revision if base is None else base,
        token="",
        actor=actor,
        now=LATER,
    )


def test_whoever_was_asked_writes_their_parts_and_it_is_known_who_did(world: World) -> None:
    saved = save(world, world.helper, title="Salt in the Tana")
    assert saved.receipt.saved_by == world.helper
    assert save(world, world.lead, title="Salt").receipt.saved_by is None
    with pytest.raises(Refused, match="not yours to fill in"):
        save(world, world.helper, full_name="Somebody Else")
    with pytest.raises(Refused, match="Only whoever wrote it"):
        save(world, make_person("Stranger").account or world.lead, title="Mine")
    with pytest.raises(Refused):  # asked, and has not said yes
        save(world, make_account("late@example.org"), title="Mine")


def test_two_who_write_one_answer_lose_nothing_and_learn_nothing_else(world: World) -> None:
    base = Application.objects.get(pk=world.application.pk).revision
    save(world, world.lead, title="By the lead", full_name="Amina A. Yusuf")
    saved = save(world, world.helper, base=base, title="By the helper", keywords="salt")
    assert saved.disputed["title"].theirs == "By the lead"
    assert saved.receipt.set_aside == {"title": "By the helper"}
    assert "full_name" not in saved.unseen
    assert "full_name" in save(world, world.lead, base=base, relevance="Much").unseen
    repeated = SaveReceipt.objects.filter(application=world.application, saved_by=world.helper)
    assert repeated.count() == 1


def test_a_part_opens_for_them_alone_and_leads_to_no_other(world: World, client: Client) -> None:
    reference = world.application.reference
    form = reverse("applications:section", args=[reference, "proposal"])
    client.force_login(world.helper)
    with clock_at(NOW):
        page = squeezed(client.get(form))
        assert "The proposal" in page
        assert "Letters: see who was asked" not in page
        for other in ("about_you", "declarations"):
            url = reverse("applications:section", args=[reference, other])
            assert client.get(url).status_code == 404
            assert client.post(url, {"full_name": "X"}).status_code == 404
        for name in ("detail", "check", "letters", "withdraw", "together", "receipt"):
            assert client.get(reverse(f"applications:{name}", args=[reference])).status_code == 404
        answered = client.post(form, {"title": "Salt", "then": "list"})
        assert answered.headers["Location"] == f"/applications/shared/{world.asked.reference}/"
        onward = client.post(form, fellowship_answers(title="Salt"))
        assert onward.headers["Location"] == f"/applications/shared/{world.asked.reference}/"
        reply = client.post(
            reverse("applications:save", args=[reference]),
            json.dumps({"fields": {"level": "master"}, "base": 1, "token": "t"}),
            content_type="application/json",
        )
        assert reply.status_code == 403
    assert Application.objects.get(pk=world.application.pk).answers["title"]["value"] == "Salt"


def test_each_sees_who_else_is_where(world: World, client: Client) -> None:
    form = reverse("applications:section", args=[world.application.reference, "proposal"])
    with clock_at(NOW):
        client.force_login(world.helper)
        assert "Amina" not in squeezed(client.get(form))
        client.force_login(world.lead)
        assert "Wei is in “Research proposal” now." in squeezed(client.get(form))
    with clock_at(NOW + dt.timedelta(minutes=3)):
        client.force_login(world.helper)
        told = "Amina Yusuf was in “Research proposal” 3 min ago."
        assert told in squeezed(client.get(form))
    with clock_at(NOW + dt.timedelta(minutes=9)):
        client.force_login(world.lead)
        page = squeezed(client.get(f"/applications/{world.application.reference}/together/"))
    assert "min ago" not in page


def test_documents_of_their_parts_are_theirs_too(world: World) -> None:
    cv, passport = (
        world.application.documents.get(slot=slot).reference for slot in ("cv", "passport")
    )
    assert get_document_to_fill_in(world.helper, cv, NOW).slot == "cv"
    for other, account in ((passport, world.helper), (cv, make_account("late@example.org"))):
        with pytest.raises(Http404):
            get_document_to_fill_in(account, other, NOW)


@pytest.mark.parametrize(
    ("email", "sections", "told"),
    [
        ("new@example.org", (), "at least one part"),
        ("new@example.org", ("referees", "declarations", "nothing"), "at least one part"),
        ("not an address", ("proposal",), "@"),
        ("LATE+other@example.org", ("proposal",), "asked already"),
    ],
)
def test_nobody_is_asked_wrongly(
    world: World, email: str, sections: tuple[str, ...], told: str
) -> None:
    with pytest.raises(BadInput, match=told):
        ask(world, email, *sections)


def test_a_lead_does_not_ask_themself_nor_in_a_call_for_one(world: World) -> None:
    with pytest.raises(BadInput, match="your own address"):
        ask(world, world.lead.email, "proposal")
    alone = make_application(make_call(), answers={})
    with pytest.raises(Refused, match="everything themselves"):
        ask(alone, "new@example.org", "proposal")
    twice = Collaborator(
        application=world.application, full_name="X", email=world.asked.email.upper(),
        sections=["proposal"], asked_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError), transaction.atomic():
        twice.save()


def test_there_is_a_most(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("anso.applications.actions.collaborators.MOST", 2)
    with pytest.raises(BadInput, match="at most 2"):
        ask(world, "third@example.org", "proposal")


def test_nobody_answers_leaves_or_takes_over_for_somebody_else(world: World) -> None:
    stranger = make_person("Stranger").account
    assert stranger is not None
    offer_lead(asked=world.asked, actor=world.lead, now=NOW)
    for act, asked in (
        (accept_collaboration, world.waiting),
        (end_collaboration, world.waiting),
        (end_collaboration, world.asked),
        (keep_lead, world.asked),
        (take_over, world.asked),
    ):
        with pytest.raises(Refused, match="Somebody else was asked"):
            act(asked=asked, actor=stranger, now=NOW)


def test_whoever_says_no_is_asked_no_more_and_the_lead_hears_it(world: World) -> None:
    account = make_account("late@example.org")
    asked = get_collaboration_for(account, world.waiting.reference)
    assert [str(each.text) for each in collaboration_items(account, NOW)] == [
        "Answer Amina Yusuf, who asks you to fill in parts"
    ]
    for _ in range(2):
        end_collaboration(asked=asked, actor=account, now=NOW)
    with pytest.raises(Http404):
        get_collaboration_for(account, world.waiting.reference)
    (mail,) = Message.objects.filter(
        code="applications.collaborator_answered", body__contains="said no"
    )
    assert "Late" in mail.body
    with pytest.raises(Refused, match="no longer asked"):
        accept_collaboration(asked=asked, actor=account, now=NOW)
    assert ask(world, "late@example.org", "proposal")  # they may be asked anew


def test_whoever_leaves_or_is_let_go_writes_no_more_and_what_they_wrote_stays(
    world: World,
) -> None:
    save(world, world.helper, title="Salt")
    end_collaboration(asked=world.asked, actor=world.lead, now=NOW)
    with pytest.raises(Refused):
        save(world, world.helper, title="Other")
    assert Application.objects.get(pk=world.application.pk).answers["title"]["value"] == "Salt"
    assert Message.objects.filter(code="applications.collaboration_ended").count() == 1
    # Whoever wrote a part does not judge in the call, also after they left.
    assert Participant.objects.filter(application=world.application, role="collaborator").exists()


def test_whoever_leaves_without_a_word_is_free_again(world: World) -> None:
    end_collaboration(asked=world.asked, actor=world.helper, now=NOW)
    assert not Participant.objects.filter(role="collaborator").exists()
    assert Message.objects.filter(body__contains="fills in nothing any more").count() == 1


def test_parts_change_and_what_was_written_there_stays(world: World) -> None:
    share_sections(asked=world.asked, sections=["education"], actor=world.lead, now=NOW)
    share_sections(asked=world.asked, sections=["education"], actor=world.lead, now=LATER)
    with pytest.raises(Refused, match="not yours to fill in"):
        save(world, world.helper, title="Salt")
    save(world, world.helper, degree_institution="Moi University")
    mails = Message.objects.filter(code="applications.collaborator_asked")
    assert mails.filter(email=world.helper.email).count() == 2


def test_the_record_calls_parts_as_the_form_does(world: World) -> None:
    entry = Entry.objects.filter(verb="ask_collaborator").earliest("pk")
    lines = changes_in_words(entry, names_of_keys(keys_in([entry])))
    assert "Research proposal" in [str(line.after) for line in lines]


def test_whoever_fills_in_takes_part_in_the_call_and_does_not_judge_there(world: World) -> None:
    person = world.helper.person
    assert "party" in parts_in_call(world.call, [person.pk], NOW.date())[person.pk]
    submit = {"actor": world.lead, "arrived_at": NOW, "now": NOW}
    with pytest.raises(Refused):
        submit_application(application=world.application, **{**submit, "actor": world.helper})


def test_they_hear_that_it_was_handed_in_and_stay_in_it(world: World) -> None:
    from tests.factories.applications import agree_before_submission

    application = Application.objects.get(pk=world.application.pk)
    agree_before_submission(application, NOW)
    for _ in range(2):
        submit_application(application=application, actor=world.lead, arrived_at=NOW, now=NOW)
    (mail,) = Message.objects.filter(code="applications.collaborators_handed_in")
    assert mail.email == world.helper.email
    save(world, world.lead, relevance="More than before")
    again = Application.objects.get(pk=application.pk)
    submit_application(application=again, actor=world.lead, arrived_at=LATER, now=LATER)
    assert Participant.objects.filter(application=application, role="collaborator").count() == 1


def test_the_whole_is_handed_over(world: World, client: Client) -> None:
    with pytest.raises(Refused, match="not said yet"):
        offer_lead(asked=world.waiting, actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="not offered"):
        take_over(asked=world.asked, actor=world.helper, now=NOW)
    for _ in range(2):
        offered = offer_lead(asked=world.asked, actor=world.lead, now=NOW)
    assert "take it over" in str(collaboration_items(world.helper, NOW)[0].text)
    client.force_login(world.helper)
    with clock_at(NOW):
        page = squeezed(client.get(f"/applications/shared/{offered.reference}/"))
        assert "you read all of it, hand it in" in page
        taken = client.post(f"/applications/shared/{offered.reference}/", {"act": "take"})
        assert taken.headers["Location"] == f"/applications/{world.application.reference}/"
        assert client.get(taken.headers["Location"]).status_code == 200
    application = get_application_to_fill_in(world.lead, world.application.reference)
    assert application.applicant == world.helper.person
    assert application.subject_name == "Wei"
    assert save(world, world.lead, title="Still mine to write").receipt.saved_by == world.lead
    with pytest.raises(Refused):
        withdraw_application(application=application, actor=world.lead, now=NOW)
    roles = Participant.objects.filter(application=application).values_list("role", "full_name")
    assert sorted(roles) == [("applicant", "Wei"), ("collaborator", "Amina Yusuf")]
    assert Message.objects.filter(code="applications.lead_handed_over").count() == 1


def test_whoever_led_it_and_has_no_account_any_more_is_written_to_no_more(world: World) -> None:
    offer_lead(asked=world.asked, actor=world.lead, now=NOW)
    Person.objects.filter(account=world.lead).update(account=None)
    asked = Collaborator.objects.get(pk=world.asked.pk)
    application = take_over(asked=asked, actor=world.helper, now=NOW)
    assert application.applicant == world.helper.person
    assert not application.collaborators.filter(accepted_at__isnull=False, ended_at=None).exists()
    assert not Message.objects.filter(code="applications.lead_handed_over").exists()


def test_an_offer_to_take_over_is_refused_or_taken_back(world: World) -> None:
    other = make_person("Third")
    assert other.account is not None
    third = ask(world, other.account.email, "education", name="Third")
    third = accept_collaboration(asked=third, actor=other.account, now=NOW)
    offer_lead(asked=world.asked, actor=world.lead, now=NOW)
    offer_lead(asked=third, actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="not offered"):
        take_over(asked=world.asked, actor=world.helper, now=NOW)
    for _ in range(2):
        keep_lead(asked=third, actor=other.account, now=NOW)
    with pytest.raises(Refused, match="not offered"):
        take_over(asked=third, actor=other.account, now=NOW)
    (mail,) = Message.objects.filter(body__contains="it stays with you")
    assert mail.email == world.lead.email
    offer_lead(asked=third, actor=world.lead, now=LATER)
    keep_lead(asked=third, actor=world.lead, now=LATER)
    assert Message.objects.filter(body__contains="it stays with you").count() == 1


def test_nobody_takes_over_beside_one_of_their_own_or_when_it_is_over(world: World) -> None:
    start_application(call=world.call, actor=world.helper, now=NOW)
    offer_lead(asked=world.asked, actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="of your own in this call"):
        take_over(asked=world.asked, actor=world.helper, now=NOW)
    withdraw_application(application=world.application, actor=world.lead, now=NOW)
    with pytest.raises(Refused, match="It is over"):
        take_over(asked=world.asked, actor=world.helper, now=NOW)


def test_after_the_close_parts_are_closed(world: World, client: Client) -> None:
    closed = world.call.closes_at
    form = reverse("applications:section", args=[world.application.reference, "proposal"])
    with clock_at(closed):
        client.force_login(world.helper)
        assert client.get(form).headers["Location"].endswith(f"/shared/{world.asked.reference}/")
        page = squeezed(client.get(f"/applications/shared/{world.asked.reference}/"))
    assert "closed on" in page
    assert "Research proposal" not in page
    late = make_account("late@example.org")
    with pytest.raises(Refused, match="closed on"):
        accept_collaboration(asked=world.waiting, actor=late, now=closed)
    assert collaboration_items(late, closed) == []


def test_the_pages_of_both_sides(world: World, client: Client) -> None:
    url = f"/applications/{world.application.reference}/together/"
    body = {"act": "ask", "full_name": "Bo", "email": "bo@example.org", "sections": ["proposal"]}
    with clock_at(NOW):
        client.force_login(world.lead)
        detail = squeezed(client.get(f"/applications/{world.application.reference}/"))
        assert "Fill it in together with others" in detail
        assert "also before submission: Research proposal" in detail
        assert client.post(url, body).status_code == 302
        wrong = client.post(url, body)
        assert wrong.status_code == 422
        assert "asked already" in squeezed(wrong)
        page = squeezed(client.get(url))
        assert "asked, has not answered" in page
        assert "fills in" in page
        key = world.asked.reference
        assert client.post(url, {"act": f"share:{key}", f"sections-{key}": "education"})
        assert client.post(url, {"act": f"offer:{key}"}).status_code == 302
        assert client.post(url, {"act": f"keep:{key}"}).status_code == 302
        assert client.post(url, {"act": f"end:{key}"}).status_code == 302
        assert client.post(url, {"act": "nothing"}).status_code == 404
        assert client.post(url, {"act": f"nothing:{world.waiting.reference}"}).status_code == 404
        client.force_login(world.helper)
        assert client.get(f"/applications/shared/{key}/").status_code == 404
        bo = make_account("bo@example.org")
        client.force_login(bo)
        asked = Collaborator.objects.get(email="bo@example.org")
        own = f"/applications/shared/{asked.reference}/"
        assert "asks you to fill in: Research proposal" in squeezed(client.get(own))
        assert client.post(own, {"act": "nothing"}).status_code == 404
        assert client.post(own, {"act": "yes"}).headers["Location"] == own
        assert "Research proposal" in squeezed(client.get(own))
        assert client.post(own, {"act": "take"}).status_code == 403
        assert client.post(own, {"act": "leave"}).headers["Location"] == "/applications/"
        alone = make_application(make_call(), applicant=world.lead, answers={})
        client.force_login(world.lead)
        assert client.get(f"/applications/{alone.reference}/together/").status_code == 404
