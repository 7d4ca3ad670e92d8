"""Which rows belong to a person, and what keeps two from being made one: apps say it here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from anso.accounts.queries import has_second_factor
from anso.directory.models import Affiliation, Expertise, Interest, Merge, Person
from anso.kernel.registers import Register
from anso.kernel.wording import Message, gettext_noop


@dataclass(frozen=True)
class OwnRows:
    """Rows of one model that belong to a person by a column. A row of ``gone`` that says the same
    in ``once`` as one of ``kept`` stays: the database takes it only once.
    """

    model: type[Model]
    column: str
    once: str = ""

    def found(self, kept: Person, gone: Person) -> QuerySet[Any]:
        """The rows that move, in the order of their keys."""
        rows = self.model._default_manager.filter(**{self.column: gone.pk})
        if self.once:
            own = self.model._default_manager.filter(**{self.column: kept.pk})
            rows = rows.exclude(**{f"{self.once}__in": own.values(self.once)})
        return rows.order_by("pk")

    def moving(self, kept: Person, gone: Person) -> list[int]:
        """Their keys, locked."""
        return list(self.found(kept, gone).select_for_update().values_list("pk", flat=True))


@dataclass(frozen=True)
class Clash:
    """Why two people cannot be made one as things stand; in which call, where it is in one."""

    message: Message
    call_id: int | None = None


# By table and column; a test holds that no column which names a person is missing.
PERSON_ROWS: Register[OwnRows] = Register("rows of a person")
PERSON_ROWS.add_all(
    {
        "directory.affiliation.person": OwnRows(Affiliation, "person_id"),
        "directory.expertise.person": OwnRows(Expertise, "person_id", once="subject"),
        "directory.interest.person": OwnRows(Interest, "person_id"),
        "directory.interest.other_person": OwnRows(Interest, "other_person_id"),
    }
)
CLASHES: Register[Callable[[Person, Person, dt.datetime], Iterable[Clash]]] = Register(
    "what keeps two people from being one"
)


def clashes_between(kept: Person, gone: Person, now: dt.datetime) -> list[Clash]:
    """Everything that keeps two people from being made one."""
    return [clash for source in CLASHES.values() for clash in source(kept, gone, now)]


def clashes_of_accounts(kept: Person, gone: Person, now: dt.datetime) -> Iterator[Clash]:
    """Nobody who works for the Secretariat is merged, and no second factor falls silently."""
    accounts = [each.account for each in (kept, gone) if each.account]
    if kept.pk == gone.pk:
        yield Clash(Message("same", gettext_noop("This is the same person.")))
    for account in accounts:
        if account.is_staff:
            text = gettext_noop(
                "%(email)s is an account of the Secretariat. It is never merged: whoever leaves"
                " hands over, and the account is closed."
            )
            yield Clash(Message("staff", text, {"email": account.email}))
        if not account.is_active:
            text = gettext_noop("The account %(email)s is closed.")
            yield Clash(Message("closed", text, {"email": account.email}))
    if gone.account and kept.account is None:
        text = gettext_noop("%(name)s has no account: keep the other one.")
        yield Clash(Message("no_account", text, {"name": kept.full_name}))
    if gone.account and has_second_factor(gone.account):
        text = gettext_noop(
            "%(email)s is protected by a second factor, which would fall away. Its owner takes it"
            " off first, or keeps that account."
        )
        yield Clash(Message("second_factor", text, {"email": gone.account.email}))


CLASHES.add("directory", clashes_of_accounts, order=-1)


def merges_of(person: Person) -> list[Merge]:
    """What was merged into a person and not taken back, the newest first."""
    found = Merge.objects.filter(kept=person, undone_at__isnull=True)
    return list(found.select_related("kept", "gone__account", "merged_by__person").order_by("-id"))


def count_moving(kept: Person, gone: Person) -> list[tuple[str, int]]:
    """How many rows of each kind would move."""
    return [(name, rows.found(kept, gone).count()) for name, rows in PERSON_ROWS.items()]
