"""Who acts: an account of a person, or a named process of the system. Never nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol


class Actor(Protocol):
    """Anything that can stand in the record as the one who acted: accounts and system processes
    do.
    """

    @property
    def pk(self) -> Any: ...


@dataclass(frozen=True)
class SystemProcess:
    """A process of the system that acts on its own, such as the clock that closes offers."""

    name: str

    @property
    def pk(self) -> None:
        """No account stands behind a process."""
        return None

    def __str__(self) -> str:
        return self.name


CLOCK = SystemProcess("clock")
WORKER = SystemProcess("worker")
SETUP = SystemProcess("set-up")


def name_of_account(account: Any) -> str:
    """The name of the person behind an account, or its address before they have given one."""
    person = getattr(account, "person", None)
    return str(person.full_name if person else account.email)
