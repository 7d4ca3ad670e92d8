"""The answer to every "may they?": yes, or no with a reason.

A verdict belongs here because rules of every app return one; nothing here knows who asks or about
what.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Reason:
    """Why something is refused: a stable code for machines and a sentence for people.

    ``text`` may be a lazily translated string, so that the reason is read in the reader's language.
    """

    code: str
    text: Any
    facts: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True)
class Verdict:
    """Allowed, or refused for one or more reasons. True exactly when allowed."""

    reasons: tuple[Reason, ...] = ()

    @property
    def allowed(self) -> bool:
        return not self.reasons

    def __bool__(self) -> bool:
        return self.allowed

    def __and__(self, other: Verdict) -> Verdict:
        """Both must allow; the reasons of both are kept."""
        return Verdict(self.reasons + other.reasons)

    def __str__(self) -> str:
        return " ".join(str(reason) for reason in self.reasons)

    def require(self) -> None:
        """Raise :class:`Refused` unless allowed."""
        if self.reasons:
            raise Refused(self)


class Refused(Exception):
    """An action was refused by a rule; carries the verdict so that the page can say why."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict))
        self.verdict = verdict


ALLOWED = Verdict()


def refuse(code: str, text: Any, **facts: Any) -> Verdict:
    """A refusal with one reason."""
    return Verdict((Reason(code, text, facts),))


def first_refusal(*verdicts: Verdict) -> Verdict:
    """The first verdict that refuses, or allowed: for rules whose later tests make no sense after
    an earlier no.
    """
    return next((verdict for verdict in verdicts if not verdict), ALLOWED)
