"""The cast of the demonstration: one account per role, with the facts that give it its rights."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from anso.accounts.actions import create_account
from anso.accounts.models import Account
from anso.audit.actions import record_entry
from anso.directory.models import Affiliation, Country, Expertise, Organisation, Person
from anso.governance.enums import BodyKind
from anso.governance.models import Body, Mandate
from anso.governance.queries import alliance_day
from anso.kernel.actors import SETUP
from anso.kernel.wording import Text


@dataclass(frozen=True)
class CastMember:
    """One role, who plays it, and the mandate that comes with it."""

    role: str
    full_name: str
    gender: str
    country: str
    language: str = "en"
    mandate: str = ""
    body: str = ""
    is_staff: bool = False
    subjects: tuple[str, ...] = ()


CAST = (
    CastMember("applicant", "Amina Yusuf", "woman", "KE"),
    CastMember("co_applicant", "ተመስገን በቀለ", "man", "ET"),
    CastMember("referee", "Wanjiru Kamau", "woman", "KE"),
    CastMember("reviewer", "María Quispe", "woman", "PE", subjects=("06", "07", "01")),
    CastMember("conflicted_reviewer", "Рустам Каримов", "man", "UZ", subjects=("06", "05")),
    CastMember("panel_chair", "李雨桐", "woman", "CN", mandate="chair", body="fellowship-panel"),
    CastMember(
        "programme_officer",
        "Ana Lúcia Prado",
        "woman",
        "BR",
        mandate="programme_officer",
        body="secretariat",
        is_staff=True,
    ),
    CastMember(
        "members_delegate",
        "محمد الهاشمي",
        "man",
        "EG",
        language="ar",
        mandate="delegate",
        body="assembly",
    ),
    CastMember(
        "board_member", "Đặng Minh Châu", "woman", "VN", mandate="member", body="working_group"
    ),
    CastMember(
        "regional_officer",
        "Fatou Ndiaye",
        "woman",
        "SN",
        mandate="regional_officer",
        body="secretariat",
        is_staff=True,
    ),
    CastMember("auditor", "Priya Perera", "woman", "LK", mandate="auditor", body="audit"),
    CastMember("host", "Tsering Gurung", "woman", "NP"),
    CastMember("expert", "Юлия Ахметова", "woman", "KZ"),
    CastMember("admitting", "赵琳", "woman", "CN"),
    CastMember("stranger", "Нурлан Әбенов", "man", "KZ"),
)
PANEL_NAME = Text({"en": "Selection panel", "ar": "لجنة الاختيار"})
AUDIT_NAME = Text({"en": "Audit", "ar": "المراجعة"})


def assemble_cast(*, now: dt.datetime) -> dict[str, Account]:
    """Make the cast with its mandates; returns role to account."""
    since = alliance_day(now - dt.timedelta(days=900))
    bodies = _bodies(since)
    cast: dict[str, Account] = {}
    for part in CAST:
        account = create_account(
            email=f"{part.role.replace('_', '.')}@cast.example",
            actor=SETUP,
            now=now,
            language=part.language,
            is_staff=part.is_staff,
            demonstration_role=part.role,
        )
        person = _person(part, account, now=now)
        if part.mandate:
            mandate = Mandate.objects.create(
                body=bodies[part.body], role=part.mandate, person=person, starts_on=since
            )
            record_entry(mandate, "give_mandate", actor=SETUP, now=now)
        cast[part.role] = account
    return cast


def _person(part: CastMember, account: Account, *, now: dt.datetime) -> Person:
    """Who plays a part, with their fields of knowledge."""
    person = Person.objects.create(
        account=account,
        full_name=part.full_name,
        gender=part.gender,
        nationality=Country.objects.get(code=part.country),
    )
    record_entry(person, "create_person", actor=SETUP, now=now)
    Expertise.objects.bulk_create(
        Expertise(person=person, subject=subject) for subject in part.subjects
    )
    return person


def add_affiliations(first: Person, second: Person, *, since: dt.date) -> None:
    """Give two people the same employer, so that the computed conflict can be seen."""
    organisation = Organisation.objects.order_by("id").first()
    if organisation is not None:
        for person in (first, second):
            Affiliation.objects.create(person=person, organisation=organisation, starts_on=since)


def _bodies(since: dt.date) -> dict[str, Body]:
    found = {
        "secretariat": (
            Body.objects.filter(kind__in=[BodyKind.DIVISION, BodyKind.SECRETARIAT])
            .order_by("-kind", "id")
            .first()
        ),
        "assembly": Body.objects.filter(kind=BodyKind.ASSEMBLY).first(),
        "working_group": Body.objects.filter(kind=BodyKind.WORKING_GROUP).first(),
    }
    missing = [name for name, body in found.items() if body is None]
    if missing:
        raise LookupError(f"the reference facts are not loaded: {', '.join(missing)}")
    made = {
        "fellowship-panel": ("panel", PANEL_NAME),
        "audit": ("audit", AUDIT_NAME),
    }
    for code, (kind, name) in made.items():
        found[code] = Body.objects.get_or_create(
            code=code, defaults={"kind": kind, "name": name.to_dict(), "starts_on": since}
        )[0]
    return {name: body for name, body in found.items() if body is not None}
