"""Every link to a letter that is still wanted works until it is due; another address is another
writer, who never sees what the first one typed.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from anso.applications.actions import (
    ask_letter,
    ask_letters,
    attach_letter_file,
    attach_letter_upload,
    decline_letter,
    issue_own_letter_link,
    open_letter,
    remind_letter,
    replace_letter,
    resend_letter,
    withdraw_application,
)
from anso.applications.actions.letter_writers import letter_upload_purpose
from anso.applications.models import Application, Letter
from anso.applications.queries.letter_links import OpenedLink, letters_to_remind, open_letter_link
from anso.applications.queries.letters import letter_form_of
from anso.audit.queries import entries_about
from anso.calls.queries import get_form, get_terms
from anso.kernel.actors import WORKER
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from anso.notifications.models import Message
from anso.programmes.catalogue import KINDS
from anso.programmes.outcomes import OUTCOMES
from tests.cast import Cast
from tests.factories.answers import answers_asking_everybody
from tests.factories.applications import (
    give_letter,
    make_application,
    make_stored_file,
    write_letter,
)
from tests.factories.calls import make_call, make_programme
from tests.factories.directory import make_country, make_person
from tests.programmes.unknown_kind import FIELD_SCHOOLS
from tests.programmes.unknown_kind.outcome import FIELD_SCHOOL

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)
SECRET = "I have taught her for nine years and would trust her with my own laboratory."
CORRECTED = "wanjiru.kamau@example.net"


def asked(now: dt.datetime, key: str = "referee_1", **more: Any) -> Letter:
    application = make_application(**more)
    return ask_letter(
        application=application, question_key=key, actor=application.applicant.account, now=now
    )


def links(letter: Letter) -> list[str]:
    """The tokens of all mails about a letter, the first one first."""
    found = Message.objects.filter(about_id=letter.pk, about_type="applications.letter")
    secrets = found.exclude(secret="").order_by("id").values_list("secret", flat=True)
    return [secret.rstrip("/").rpartition("/")[2] for secret in secrets]


def page(token: str, **asked_for: Any) -> str:
    response = Client().get(f"/letters/{token}/", **asked_for)
    return str(response.content.decode())


def again(letter: Letter, at: dt.datetime, email: str = "") -> Letter:
    actor = letter.application.applicant.account
    return resend_letter(letter=letter, actor=actor, now=at, email=email)


@pytest.fixture(autouse=True)
def today(now: dt.datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.now", lambda: now + 2 * HOUR)


def test_a_link_that_is_sent_again_leaves_every_earlier_one_and_what_was_typed(
    now: dt.datetime,
) -> None:
    letter = asked(now)
    write_letter(letter, {"letter_way": "write", "letter_text": SECRET}, now=now)
    for hour in (1, 2, 3):
        again(letter, now + hour * HOUR)
    remind_letter(letter=Letter.objects.get(), now=now + 9 * DAY)
    assert len(set(links(letter))) == 5
    for token in links(letter):
        assert SECRET in page(token)


@pytest.mark.parametrize(
    "email", ["", "kamau@example.org", "KAMAU@Example.org", " kamau@example.org "]
)
def test_the_same_address_however_it_is_spelled_is_the_same_writer(
    now: dt.datetime, email: str
) -> None:
    letter = asked(now)
    assert again(letter, now + HOUR, email).pk == letter.pk
    assert not Message.objects.filter(code="applications.letter_moved").exists()


def test_another_address_is_another_writer_and_an_empty_letter(now: dt.datetime) -> None:
    letter = asked(now)
    write_letter(letter, {"letter_way": "write", "letter_text": SECRET}, now=now)
    attach_letter_file(
        letter=letter,
        question_key="letter_file",
        stored=make_stored_file(),
        base_revision=1,
        now=now,
    )
    moved = again(letter, now + HOUR, CORRECTED)
    assert moved.pk != letter.pk
    assert (moved.full_name, moved.email, moved.position) == ("Wanjiru Kamau", CORRECTED, 1)
    assert (moved.answers, moved.revision, moved.file) == ({}, 0, None)
    (new,) = links(moved)
    assert SECRET not in page(new)
    assert "passport.pdf" not in page(new)
    old = Client().get(f"/letters/{links(letter)[0]}/")
    assert old.status_code == 410
    assert SECRET in old.content.decode(), "what was typed stays with whoever typed it"
    with pytest.raises(Refused):
        write_letter(letter, {"letter_text": "More."}, now=now + HOUR)
    told = Message.objects.get(code="applications.letter_moved")
    assert told.email == "kamau@example.org"
    assert CORRECTED not in told.body + told.subject
    assert Application.objects.get().answers["referee_1"]["value"]["email"] == CORRECTED


def test_an_upload_of_the_old_page_does_not_reach_the_new_letter(now: dt.datetime) -> None:
    letter = asked(now)
    purpose = letter_upload_purpose(letter, "letter_file")
    moved = again(letter, now + HOUR, CORRECTED)
    with pytest.raises(Refused):
        attach_letter_upload(
            purpose=purpose, stored=make_stored_file(), actor=WORKER, now=now + HOUR
        )
    moved.refresh_from_db()
    assert moved.file is None


def test_an_upload_of_a_page_that_was_opened_before_a_reminder_arrives(now: dt.datetime) -> None:
    letter = asked(now)
    purpose = letter_upload_purpose(letter, "letter_file")
    again(letter, now + HOUR)
    attach_letter_upload(
        purpose=purpose, stored=make_stored_file(), actor=WORKER, now=now + 2 * HOUR
    )
    letter.refresh_from_db()
    assert letter.file is not None


def test_a_mistyped_address_is_put_right_at_once_and_on_the_page(
    now: dt.datetime, client: Client, cast: Cast
) -> None:
    """Nobody waits ten minutes to put right what they mistyped."""
    letter = asked(now + 2 * HOUR, applicant=cast.applicant)
    client.force_login(cast.applicant)
    address = f"/applications/{letter.application.reference}/letters/"
    assert "Another address is asked for an empty letter" in client.get(address).content.decode()
    posted = {"act": "resend:referee_1", "referee_1:email": CORRECTED}
    done = client.post(address, posted, follow=True).content.decode()
    assert f"We are asking at {CORRECTED}." in done
    posted["referee_1:email"] = CORRECTED.upper()
    refused = client.post(address, posted)
    assert refused.status_code == 403
    assert "Wait ten minutes" in refused.content.decode()


def test_whoever_is_named_again_goes_on_with_their_own_letter(now: dt.datetime) -> None:
    letter = asked(now)
    open_letter(letter=letter, now=now)
    write_letter(letter, {"letter_way": "write", "letter_text": SECRET}, now=now)
    moved = again(letter, now + HOUR, CORRECTED)
    write_letter(moved, {"letter_way": "write", "letter_text": "Words of another."}, now=now + HOUR)
    back = again(moved, now + 2 * HOUR, letter.email)
    assert (back.pk, back.state, back.answers["letter_text"]) == (letter.pk, "asked", SECRET)
    assert len(links(letter)) == 2
    for token in links(letter):
        assert SECRET in page(token)
        assert "Words of another" not in page(token)
    assert SECRET not in page(links(moved)[0])
    assert entries_about(letter).filter(verb="ask_letter_again").exists()


def test_going_back_and_forth_between_two_addresses_pesters_neither(now: dt.datetime) -> None:
    letter, addresses = asked(now), ["kamau@example.org", CORRECTED]
    for hour in range(1, 10):
        letter = again(letter, now + hour * HOUR, addresses[hour % 2])
    with pytest.raises(Refused, match="five times already"):
        again(letter, now + 10 * HOUR, addresses[0])


def test_another_person_at_a_shared_address_does_not_read_the_first_ones_words(
    now: dt.datetime,
) -> None:
    letter = asked(now)
    actor = letter.application.applicant.account
    write_letter(letter, {"letter_way": "write", "letter_text": SECRET}, now=now)
    other = replace_letter(
        letter=letter, person={"name": "N. N.", "email": CORRECTED}, actor=actor, now=now
    )
    shared = {"name": "Mwangi Otieno", "email": letter.email}
    third = replace_letter(letter=other, person=shared, actor=actor, now=now)
    assert third.pk != letter.pk
    assert SECRET not in page(links(third)[0])


def test_a_no_is_not_taken_back_by_being_named_again(now: dt.datetime) -> None:
    letter = asked(now)
    actor = letter.application.applicant.account
    decline_letter(letter=letter, now=now)
    person = {"name": letter.full_name, "email": letter.email}
    other = replace_letter(letter=letter, person=person, actor=actor, now=now)
    assert (other.pk != letter.pk, other.state) == (True, "asked")


def test_an_extension_keeps_every_link_however_long_it_is(now: dt.datetime, cast: Cast) -> None:
    letter = asked(now)
    own = issue_own_letter_link(letter=letter, actor=cast.referee, now=now)
    call = letter.application.call
    call.closes_at += 200 * DAY
    call.save()
    late = letter.due_at + 199 * DAY
    for token in (*links(letter), own):
        assert open_letter_link(token, late).closed_because == ""
    assert open_letter_link(own, letter.due_at + 200 * DAY).closed_because == "late"
    assert [each.pk for each in letters_to_remind(late)] == [letter.pk]
    assert letters_to_remind(letter.due_at + 200 * DAY) == []
    assert letters_to_remind(letter.due_at + 900 * DAY) == []


def test_who_is_called_off_by_a_withdrawal_keeps_what_they_typed_and_gives_nothing(
    now: dt.datetime,
) -> None:
    letter = asked(now)
    write_letter(letter, {"letter_way": "write", "letter_text": SECRET}, now=now)
    application = letter.application
    withdraw_application(application=application, actor=application.applicant.account, now=now)
    closed = Client().get(f"/letters/{links(letter)[0]}/")
    assert closed.status_code == 410
    assert "What it was for was withdrawn" in closed.content.decode()
    assert SECRET in closed.content.decode()
    with pytest.raises(Refused):
        give_letter(letter, now=now)


def test_nobody_reads_what_was_typed_by_a_link_cut_off_or_revoked(now: dt.datetime) -> None:
    letter = asked(now)
    (token,) = links(letter)
    cut = Client().get(f"/letters/{token[:-1]}/")
    assert (cut.status_code, "cut off by your mail program" in cut.content.decode()) == (404, True)


def test_a_link_opens_nothing_that_has_become_somebody_elses(now: dt.datetime) -> None:
    letter = asked(now)
    (token,) = links(letter)
    Letter.objects.filter(pk=letter.pk).update(email="successor@example.org")
    assert open_letter_link(token, now) == OpenedLink(None, "replaced")


ASKING = [kind.code for kind in KINDS.values() if kind.letters]


@pytest.mark.parametrize("kind", sorted([*ASKING, FIELD_SCHOOLS.code]))
def test_of_every_kind_of_letter_nobody_reads_what_was_typed_at_another_address(
    now: dt.datetime, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Referees, supervisors, supporters, nominees, partners, and whom an unknown kind asks."""
    for register in (KINDS, OUTCOMES):
        monkeypatch.setattr(register, "_placed", dict(register._placed))
    if kind not in KINDS:
        OUTCOMES.add(FIELD_SCHOOL.code, FIELD_SCHOOL, order=len(OUTCOMES))
        KINDS.add(FIELD_SCHOOLS.code, FIELD_SCHOOLS, order=len(KINDS))
    call = make_call(make_programme(kind))
    for code in ("KE", "NP", "BR", "ET"):
        make_country(code)
    account = make_person("Amina").account
    answers = answers_asking_everybody(get_form(call)[1], get_terms(call))
    if kind == "fellowship":
        answers |= {
            "hosts": ["UCAS", "USTC"],
            "supervisor_ucas": {"name": "Li Wei", "email": "li@ucas.example"},
        }
    application = make_application(call, applicant=account, answers=answers)
    asked = ask_letters(application=application, actor=account, now=now)
    firsts = {letter.kind: letter for letter in asked}
    assert set(firsts) == {rule.kind for rule in get_terms(call).letters}
    for letter in firsts.values():
        Letter.objects.filter(pk=letter.pk).update(answers=_all_texts(letter), revision=1)
        moved = again(letter, now + HOUR, f"other.{letter.pk}@example.net")
        assert (moved.kind, moved.host, moved.answers) == (letter.kind, letter.host, {})
        assert SECRET not in page(links(moved)[0]), letter.kind
        if _all_texts(letter):
            assert SECRET in page(links(letter)[0]), letter.kind


def _all_texts(letter: Letter) -> dict[str, Any]:
    asked = letter_form_of(letter).questions()
    return {each.key: SECRET for each in asked if each.type in {"text", "longtext"}}


def test_an_address_that_nobody_can_have_changes_nothing(now: dt.datetime) -> None:
    letter = asked(now)
    with pytest.raises(BadInput):
        again(letter, now + HOUR, "kamau at example.org")
    assert Letter.objects.get().email == "kamau@example.org"
