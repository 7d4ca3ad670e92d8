"""How an installation records what its bodies decided about members."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from anso.governance.models import MembershipEvent
from tests.factories.directory import make_organisation
from tests.factories.governance import make_membership

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    said = StringIO()
    call_command("members", *words, stdout=said)
    return said.getvalue()


def test_an_operator_follows_a_member_through_its_life() -> None:
    organisation = make_organisation(name="Example Academy")
    run("admit", organisation.reference, "full", "2019-01-01", "By the Assembly", "--source", "GA1")
    number = str(organisation.memberships.get().number)
    assert f"{number}  Example Academy  In good standing since 1 January 2019." in run("list")
    run("suspend", number, "2022-04-01", "Dues are unpaid", "--until", "2090-01-01")
    assert "Suspended since 1 April 2022. Dues are unpaid." in run("list")
    run("waive", number, "2022-05-01", "Hardship", "--until", "2080-01-01")
    assert "its suspension is waived until 1 January 2080" in run("list")
    run("restore", number, "2022-06-01", "Paid")
    run("recategorise", number, "founding", "2022-07-01", "By the Assembly")
    assert "In good standing since 1 June 2022. Paid." in run("list")
    run("leave", number, "2023-01-01", "Notice")
    assert "Example Academy" not in run("list")
    ended = MembershipEvent.objects.get(kind="left")
    assert f"{ended.pk}  2023-01-01  Left the alliance  Notice" in run("show", number)
    run("revoke", str(ended.pk), "The notice was withdrawn")
    assert "Example Academy" in run("list")
    run("expel", number, "2024-01-01", "By the Assembly")
    assert MembershipEvent.objects.latest("id").kind == "expelled"
    assert "Admitted as member  By the Assembly (GA1)" in run("show", number)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("admit", "NOBODY", "full", "2019-01-01", "x"), "no organisation"),
        (("leave", "999", "2019-01-01", "x"), "no member with this number"),
        (("revoke", "999", "x"), "no such record"),
        (("restore", "1", "2020-01-01", "x"), "not suspended"),
    ],
)
def test_what_cannot_be_done_is_said(words: tuple[str, ...], answer: str) -> None:
    make_membership(make_organisation(), number=1)
    with pytest.raises(CommandError, match=answer):
        run(*words)
