"""Making accounts, scoped links and playing the demonstration cast."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from anso.accounts import actions, queries
from anso.accounts.actions import require_second_factor
from anso.accounts.apps import check_demonstration
from anso.accounts.models import Account, ScopedLink
from anso.audit.models import Entry
from anso.audit.queries import entries_about
from anso.kernel.actors import SETUP, SystemProcess
from anso.kernel.errors import BadInput
from anso.kernel.verdict import Refused
from tests.factories.directory import make_account

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
VISITOR = SystemProcess("visitor")


def test_account_is_made_once_per_address_in_any_case(now: dt.datetime) -> None:
    account = actions.create_account(email="amina@example.org", actor=SETUP, now=now)
    assert not account.has_usable_password()
    assert [entry.verb for entry in entries_about(account)] == ["create_account"]
    with pytest.raises(BadInput, match="already an account"):
        actions.create_account(email="AMINA@example.org", actor=SETUP, now=now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.create_user("AMINA@example.org")


def test_an_address_is_looked_up_by_the_index_that_keeps_it_unique(now: dt.datetime) -> None:
    """Compared in upper case, as ``iexact`` does, every sign-in would read all accounts."""
    account = actions.create_account(email="Amina@Example.org", actor=SETUP, now=now)
    with CaptureQueriesContext(connection) as asked:
        assert queries.find_account(" aMINA@example.ORG ") == account
    (statement,) = asked.captured_queries
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {statement['sql']}")
        plan = " ".join(line for (line,) in cursor.fetchall())
    assert "accounts_account_one_per_email" in plan


@pytest.mark.parametrize(
    "address", ["", "amina", "amina@example.org\nBcc: all@example.org", "a" * 400 + "@example.org"]
)
def test_what_is_no_address_is_refused(address: str, now: dt.datetime) -> None:
    with pytest.raises(BadInput, match=r"Give an address like|cannot be the name of a mailbox"):
        actions.create_account(email=address, actor=SETUP, now=now)


def test_only_the_hash_of_a_link_is_kept(now: dt.datetime) -> None:
    about = make_account()
    token = actions.issue_scoped_link(purpose="letter", about=about, expires_at=now + DAY, now=now)
    link = ScopedLink.objects.get()
    assert token not in str(link.__dict__)
    assert queries.get_scoped_link(token, "letter", now) == link
    assert queries.get_scoped_link(token, "offer", now) is None
    assert queries.get_scoped_link(token[:-1], "letter", now) is None


def test_a_link_opens_until_it_expires_or_is_revoked(now: dt.datetime) -> None:
    about, second = make_account(), dt.timedelta(seconds=1)
    token = actions.issue_scoped_link(purpose="letter", about=about, expires_at=now + DAY, now=now)
    assert queries.get_scoped_link(token, "letter", now + DAY - second)
    assert queries.get_scoped_link(token, "letter", now + DAY) is None
    assert actions.revoke_scoped_links(about=about, purpose="offer", now=now) == 0
    assert queries.get_scoped_link(token, "letter", now), "links for something else were revoked"
    assert actions.revoke_scoped_links(about=about, purpose="letter", now=now) == 1
    assert queries.get_scoped_link(token, "letter", now) is None


def test_use_of_a_link_is_noted_without_writing_each_time(now: dt.datetime) -> None:
    token = actions.issue_scoped_link(
        purpose="letter", about=make_account(), expires_at=now + DAY, now=now
    )
    link = queries.get_scoped_link(token, "letter", now)
    assert link is not None
    actions.note_link_use(link, now)
    actions.note_link_use(link, now + dt.timedelta(minutes=1))
    link.refresh_from_db()
    assert (link.first_used_at, link.last_used_at) == (now, now)
    actions.note_link_use(link, now + dt.timedelta(hours=1))
    link.refresh_from_db()
    assert (link.first_used_at, link.last_used_at) == (now, now + dt.timedelta(hours=1))


def test_visitor_plays_the_cast_in_a_demonstration(now: dt.datetime, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    amina = actions.create_account(
        email="a@demo.example", demonstration_role="applicant", actor=SETUP, now=now
    )
    crowd = actions.create_account(
        email="b@demo.example", is_demonstration=True, actor=SETUP, now=now
    )
    assert list(queries.demonstration_cast()) == [amina]
    assert queries.find_demonstration_account("applicant") == amina
    assert actions.play_demonstration_account(account=amina, actor=VISITOR, now=now) == amina
    with pytest.raises(Refused, match="not part of the demonstration"):
        actions.play_demonstration_account(account=crowd, actor=VISITOR, now=now)


def test_nobody_is_played_on_a_real_installation(now: dt.datetime, settings: object) -> None:
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    amina = actions.create_account(
        email="a@demo.example", demonstration_role="applicant", actor=SETUP, now=now
    )
    assert not queries.demonstration_cast().exists()
    with pytest.raises(Refused, match="not a demonstration"):
        actions.play_demonstration_account(account=amina, actor=VISITOR, now=now)


def test_nobody_is_played_beside_one_real_account(now: dt.datetime, settings: object) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    amina = actions.create_account(
        email="a@demo.example", demonstration_role="applicant", actor=SETUP, now=now
    )
    make_account()
    with pytest.raises(Refused, match="accounts of real people"):
        actions.play_demonstration_account(account=amina, actor=VISITOR, now=now)


def test_owner_changes_language_and_zone(now: dt.datetime) -> None:
    account = make_account()
    for _ in range(2):
        actions.change_account_settings(
            account=account,
            chosen={"language": "ar", "zone": "Africa/Nairobi", "reminders": True},
            actor=account,
            now=now,
        )
    account.refresh_from_db()
    assert (account.language, account.zone) == ("ar", "Africa/Nairobi")
    assert [entry.changes for entry in entries_about(account)] == [
        {"language": ["en", "ar"], "zone": ["", "Africa/Nairobi"]}
    ]


def test_check_refuses_a_demonstration_beside_real_accounts(
    now: dt.datetime, settings: object
) -> None:
    settings.DEMONSTRATION = True  # type: ignore[attr-defined]
    actions.create_account(
        email="a@demo.example", demonstration_role="applicant", actor=SETUP, now=now
    )
    assert check_demonstration(databases=["default"]) == []
    with pytest.raises(Refused, match="takes no real people in"):
        actions.create_account(email="real@example.org", actor=SETUP, now=now)
    make_account()
    assert [error.id for error in check_demonstration(databases=["default"])] == ["accounts.E001"]
    assert check_demonstration() == []
    settings.DEMONSTRATION = False  # type: ignore[attr-defined]
    assert check_demonstration(databases=["default"]) == []


def test_a_second_factor_is_asked_for_once(now: dt.datetime) -> None:
    account = make_account()
    for _ in range(2):
        require_second_factor(account=account, actor=SETUP, now=now)
    assert Entry.objects.filter(verb="require_second_factor").count() == 1
