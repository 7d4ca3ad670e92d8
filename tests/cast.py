"""The fixed cast that every permission test runs over. Each member is an account; what they may do
follows from facts made here.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields

import pytest

from anso.accounts.models import Account
from tests.factories.directory import make_country, make_organisation, make_person
from tests.factories.governance import make_body, make_mandate


@dataclass(frozen=True)
class Cast:
    """One account per role of the house."""

    applicant: Account
    co_applicant: Account
    referee: Account
    reviewer: Account
    conflicted_reviewer: Account
    panel_chair: Account
    programme_officer: Account
    members_delegate: Account
    board_member: Account
    regional_officer: Account
    auditor: Account
    stranger: Account

    def everyone(self) -> dict[str, Account]:
        """Role name to account, in the order of the list above."""
        return {item.name: getattr(self, item.name) for item in fields(self)}


NAMES = {
    "applicant": "Amina Yusuf",
    "co_applicant": "Temesgen Bekele",
    "referee": "Wanjiru Kamau",
    "reviewer": "María Quispe",
    "conflicted_reviewer": "Рустам Каримов",
    "panel_chair": "李雨桐",
    "programme_officer": "Ana Lúcia Prado",
    "members_delegate": "محمد الهاشمي",
    "board_member": "Đặng Minh Châu",
    "regional_officer": "Fatou Ndiaye",
    "auditor": "Priya Perera",
    "stranger": "Nurlan Abenov",
}


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast of one test."""
    return make_cast()


def make_cast() -> Cast:
    """The cast, with mandates where the role needs one. Calls, applications and assignments are
    made by the tests that need them.
    """
    make_country("CN")
    accounts = {
        role: make_person(name, account=Account.objects.create_user(f"{role}@cast.example")).account
        for role, name in NAMES.items()
    }
    division = make_body("division", code="capacity-building")
    roles = (
        ("programme_officer", "programme_officer", division),
        ("panel_chair", "chair", make_body("panel", code="fellowship-panel")),
        ("auditor", "auditor", make_body("audit", code="audit")),
        ("board_member", "member", make_body("board", code="governing-board")),
        ("regional_officer", "regional_officer", make_body("regional_centre", code="nairobi")),
        ("members_delegate", "delegate", make_body("assembly", code="general-assembly")),
    )
    for role, mandate, body in roles:
        make_mandate(
            accounts[role].person,
            mandate,
            body,
            organisation=make_organisation(),
            starts_on=dt.date(2019, 1, 1),
        )
    return Cast(**accounts)
